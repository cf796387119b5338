"""Every field of a guide's XML in the order of its form, for the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator

from lotes.guias_do_lote import guias_de
from lotes.guias_pdf import GuiaAImprimir
from lotes.models import Guia
from lotes.papel import Caixa, Modo, Tabela, montar
from tiss_schemas.fichas import ficha_de
from tiss_schemas.recusas import ArquivoRecusado

_POR_PAGINA: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TabelaNaTela:
    """Lines of one shape: the heads of its columns, and a page of its lines."""

    titulo: str
    cabecas: Sequence[Caixa]
    pagina: Page[list[Caixa]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bloco:
    """A titled block of what has a value."""

    titulo: str
    campos: Sequence[Caixa]
    tabelas: Sequence[TabelaNaTela]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuiaInteira:
    """A guide as it came. `falta` says why there is nothing to show; `crus` are its paths where no form is known."""

    blocos: Sequence[Bloco] = ()
    crus: Mapping[str, str] | None = None
    falta: str = ""


def ler_inteira(guia: Guia, pagina: str | None) -> GuiaInteira:
    """Read it from the lot's XML as it was sent; long lists come by the page."""
    lida = _ler(guia)
    if lida is None:
        return GuiaInteira(falta="O XML do lote não pôde ser lido até esta guia. Baixe o XML recebido para vê-lo.")
    try:
        papel = montar(ficha_de(lida.versao, lida.tipo), lida.valores, Modo())
    except ValueError:  # a version whose forms are not at hand
        return _crua(lida)
    quadros = [quadro for folha in papel.folhas for quadro in folha.quadros]
    blocos = [
        Bloco(
            titulo=quadro.titulo,
            campos=[caixa for fileira in quadro.fileiras for caixa in fileira if caixa.valor],
            tabelas=[_na_tela(tabela, pagina) for tabela in quadro.tabelas if _tem_linha(tabela)],
        )
        for quadro in quadros
    ]
    return GuiaInteira(blocos=[bloco for bloco in blocos if bloco.campos or bloco.tabelas])


def _ler(guia: Guia) -> GuiaAImprimir | None:
    try:
        return next((uma for posicao, uma in enumerate(guias_de(guia.lote), 1) if posicao == guia.posicao), None)
    except ArquivoRecusado:
        return None


def _crua(lida: GuiaAImprimir) -> GuiaInteira:
    return GuiaInteira(crus=lida.valores)


def _tem_linha(tabela: Tabela) -> bool:
    return any(caixa.valor for linha in tabela.linhas for fileira in linha for caixa in fileira)


def _na_tela(tabela: Tabela, pagina: str | None) -> TabelaNaTela:
    """The table without the columns in which no line has anything."""
    linhas = [[caixa for fileira in linha for caixa in fileira] for linha in tabela.linhas]
    cabecas = [caixa for cabeca in tabela.cabecas for caixa in cabeca]
    usadas = [coluna for coluna in range(len(cabecas)) if any(linha[coluna].valor for linha in linhas)]
    return TabelaNaTela(
        titulo=tabela.titulo,
        cabecas=[cabecas[coluna] for coluna in usadas],
        pagina=Paginator([[linha[coluna] for coluna in usadas] for linha in linhas], _POR_PAGINA).get_page(pagina),
    )
