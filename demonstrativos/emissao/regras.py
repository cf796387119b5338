"""From which state of a protocol on an operadora issues its statements."""

from __future__ import annotations

from typing import Any, Final

from conecta.contas.models import Organizacao
from demonstrativos.emissao.models import ParametrosDosDemonstrativos
from lotes.estados import SituacaoDoProtocolo

_P = SituacaoDoProtocolo
_DEGRAUS: Final[dict[int, int]] = {
    _P.ENVIADO: 1,
    _P.EM_ANALISE: 2,
    _P.AGUARDANDO_INFORMACAO: 2,
    _P.LIBERADO: 3,
    _P.ENCERRADO_SEM_PAGAMENTO: 3,
    _P.FATURADO: 4,
    _P.PAGO: 5,
}
"""How far along its way a protocol is. One that was cancelled or that a court blocks gets no statement."""


def parametros_de(operadora: Organizacao) -> ParametrosDosDemonstrativos:
    """The operadora's row, or one of the defaults that is not kept."""
    guardados = ParametrosDosDemonstrativos.objects.filter(operadora=operadora).first()
    return guardados or ParametrosDosDemonstrativos(operadora=operadora)


def gravar_parametros(*, operadora: Organizacao, **valores: Any) -> ParametrosDosDemonstrativos:
    """What it decides from now on, by field; of two who decide at once the later one counts."""
    return ParametrosDosDemonstrativos.objects.update_or_create(operadora=operadora, defaults=valores)[0]


def situacoes_desde(minimo: int) -> list[int]:
    """The states in which a statement that is issued from `minimo` on can be had."""
    return [situacao for situacao, degrau in _DEGRAUS.items() if degrau >= _DEGRAUS[minimo]]
