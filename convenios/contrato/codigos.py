"""Which code a prestador uses at an operadora: one in general, and others agreed for some of what it does.

Pure values and functions, for rules and typing alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Por(StrEnum):
    """What an agreed code depends on, the most specific last."""

    ENTRADA = "entrada"
    """Guide type, by its XML name, or regime of attendance (table 76), which is more specific."""
    ATENDIMENTO = "atendimento"
    """Type of attendance (table 50)."""
    PROCEDIMENTO = "procedimento"
    """Table and code, or how the code begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodigoAcordado:
    """A code that holds in one convênio where `chave` fits.

    `chave` is the XML name of a guide type or a code of table 76 (entrada), a code of table 50 (atendimento), or the
    two digits of a table with the code after them, whole or only its beginning (procedimento).
    """

    convenio: int
    por: str
    chave: str
    codigo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Situacao:
    """What of a guide decides about the code. "" where the guide does not say."""

    tipo_de_guia: str
    regime: str = ""
    tipo_de_atendimento: str = ""


def codigo_credenciado(
    acordados: Iterable[CodigoAcordado],
    situacao: Situacao,
    *,
    padrao: str,
    procedimento: tuple[str, str] | None = None,
) -> str:
    """The code for one procedure (table, code) of such a guide, or for the guide as such.

    `acordados` are those of one convênio. The most specific one wins: procedimento (the longest beginning), then
    atendimento, then entrada (regime before guide type), and `padrao`, the code of the credenciamento, at last.
    """
    por_chave = {(acordado.por, acordado.chave): acordado.codigo for acordado in acordados}
    chaves = [
        *_chaves_do_procedimento(procedimento),
        (Por.ATENDIMENTO, situacao.tipo_de_atendimento),
        (Por.ENTRADA, situacao.regime),
        (Por.ENTRADA, situacao.tipo_de_guia),
    ]
    return next((por_chave[chave] for chave in chaves if chave in por_chave), padrao)


def codigos_da_guia(
    acordados: Collection[CodigoAcordado],
    situacao: Situacao,
    *,
    padrao: str,
    procedimentos: Collection[tuple[str, str]],
) -> frozenset[str]:
    """Every code that may stand on a guide with these procedures: a guide has one executante, its lines may ask for
    several codes. Without procedures, the code of the guide as such.
    """
    if not procedimentos:
        return frozenset({codigo_credenciado(acordados, situacao, padrao=padrao)})
    return frozenset(
        codigo_credenciado(acordados, situacao, padrao=padrao, procedimento=procedimento)
        for procedimento in procedimentos
    )


def _chaves_do_procedimento(procedimento: tuple[str, str] | None) -> Iterable[tuple[Por, str]]:
    if procedimento is None:
        return
    tabela, codigo = procedimento
    for tamanho in range(len(codigo), -1, -1):
        yield Por.PROCEDIMENTO, tabela + codigo[:tamanho]
