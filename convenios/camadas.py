"""Which value a layered setting has, and which layer gave it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from convenios.models import Convenio, Credenciamento, ParametrosDaOperadora, RegrasDoCredenciamento
from convenios.models.camadas import RegrasEmCamadas
from convenios.regras import Regras


class Camada(StrEnum):
    """Who decides, from the top; the value is how people read "herdado de …"."""

    CONECTA = "padrão do Conecta"
    OPERADORA = "operadora"
    CONVENIO = "convênio"
    CONTRATO = "contrato com o prestador"
    PRESTADOR = "escolha do prestador"


NOMES: Final = tuple(campo.name for campo in fields(Regras))
"""Every layered setting."""


@dataclass(frozen=True, slots=True)
class Efetivas:
    """What holds, and which layer decided each setting."""

    regras: Regras
    origem: Mapping[str, Camada]


def resolver(
    operadora: RegrasEmCamadas | None,
    convenio: RegrasEmCamadas | None = None,
    contrato: RegrasEmCamadas | None = None,
    prestador: RegrasEmCamadas | None = None,
    *,
    abertos: Collection[str] = (),
) -> Efetivas:
    """Ask the layers from the top; the lowest that says something decides. `prestador` counts only for `abertos`."""
    camadas = [
        (Camada.OPERADORA, operadora, NOMES),
        (Camada.CONVENIO, convenio, NOMES),
        (Camada.CONTRATO, contrato, NOMES),
        (Camada.PRESTADOR, prestador, [nome for nome in NOMES if nome in abertos]),
    ]
    valores: dict[str, Any] = {}
    origem = dict.fromkeys(NOMES, Camada.CONECTA)
    for camada, linha, nomes in camadas:
        for nome, valor in _decididos(linha, nomes):
            valores[nome] = valor
            origem[nome] = camada
    return Efetivas(Regras(**valores), MappingProxyType(origem))


def do_prestador(convenio: Convenio, credenciamento: Credenciamento | None) -> Efetivas:
    """What holds between that convênio and that prestador; None: with whoever has agreed nothing. Two queries."""
    parametros = ParametrosDaOperadora.objects.filter(operadora=convenio.operadora_id).first()
    return efetivas_de([convenio], parametros, credenciamento)[convenio.pk]


def efetivas_de(
    convenios: Iterable[Convenio], parametros: ParametrosDaOperadora | None, credenciamento: Credenciamento | None
) -> dict[int, Efetivas]:
    """What holds in each of these convênios of one operadora, by its id; one query, none without a credenciamento."""
    linhas = list(RegrasDoCredenciamento.objects.filter(credenciamento=credenciamento)) if credenciamento else []
    por_autor = {(linha.convenio_id, linha.autor): linha for linha in linhas}
    return {
        convenio.pk: resolver(
            parametros,
            convenio,
            por_autor.get((convenio.pk, RegrasDoCredenciamento.Autor.OPERADORA)),
            por_autor.get((convenio.pk, RegrasDoCredenciamento.Autor.PRESTADOR)),
            abertos=convenio.abertos,
        )
        for convenio in convenios
    }


def _decididos(linha: RegrasEmCamadas | None, nomes: Iterable[str]) -> Iterable[tuple[str, Any]]:
    if linha is None:
        return
    for nome in nomes:
        valor = getattr(linha, nome)
        if valor is not None:
            yield nome, tuple(valor) if isinstance(valor, list) else valor
