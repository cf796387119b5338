"""Every kind of damage, and how many examples of each are tried."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings

from tests.danos.base import Dano
from tests.danos.de_conta import DANOS_DE_CONTA
from tests.danos.de_estrutura import DANOS_DE_ESTRUTURA
from tests.danos.de_valor import DANOS_DE_VALOR

DANOS: tuple[Dano, ...] = (*DANOS_DE_VALOR, *DANOS_DE_ESTRUTURA, *DANOS_DE_CONTA)


def _sempre_os_mesmos(exemplos: int) -> settings:
    """The same examples each time: what is found is found by everybody, and no build is luck."""
    return settings(
        max_examples=exemplos,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


POUCOS = _sempre_os_mesmos(2)
MODESTO = _sempre_os_mesmos(15)
