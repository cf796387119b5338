"""What *Recalcular automaticamente totais* would change, summed up for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lotes.recebimento import valor_informado
from tiss_schemas.edicao import ErroDeEdicao, Mudanca, previa_de_totais
from tiss_schemas.edicoes import Edicao, Valor
from tiss_schemas.leitura import ArquivoRecusado, ler
from tiss_schemas.lote_lido import ler_lote
from tiss_schemas.valores import decimal_de
from uploads.caminhos import em_volta_de, nome_em
from uploads.comparacao import TOTAIS

_ZERO = Decimal(0)
_ITENS = ("procedimentoExecutado", "procedimentoRealizado", "despesa", "procedimentosExecutados")
_TOTAIS_DA_GUIA = ("valorTotalGeral", "valorTotalHonorarios", "valorTotalProc")


@dataclass(frozen=True, slots=True)
class Linha:
    """A kind of total: how many of them change, and their sum before and after."""

    nome: str
    quantos: int
    antes: Decimal
    depois: Decimal


@dataclass(frozen=True, slots=True)
class Previa:
    """The totals that would change: of items, of guides, and the lot's."""

    itens: Linha
    guias: Linha
    lote: Linha

    @property
    def muda(self) -> bool:
        """Whether anything would change."""
        return bool(self.itens.quantos or self.guias.quantos)


def previa(dados: bytes, edicoes: Sequence[Edicao] = ()) -> Previa | None:
    """What recalculating would change in these bytes once the edits are made; None where they cannot be read or made.

    Edits of the totals themselves are left out: what is recalculated has the last word about them.
    """
    try:
        mudancas = previa_de_totais(dados, [edicao for edicao in edicoes if not _de_total(edicao)])
        lote = ler_lote(ler(dados))
    except (ArquivoRecusado, ErroDeEdicao):
        return None
    dos_itens = [mudanca for mudanca in mudancas if _e_de_item(mudanca)]
    das_guias = [mudanca for mudanca in mudancas if nome_em(mudanca.caminho) in _TOTAIS_DA_GUIA]
    guias = _linha("guia", das_guias)
    antes = sum((valor_informado(guia) for guia in lote.guias), _ZERO) if lote else _ZERO
    return Previa(
        itens=_linha("item", dos_itens),
        guias=guias,
        lote=Linha("Lote", len(das_guias), antes, antes + guias.depois - guias.antes),
    )


def _linha(nome: str, mudancas: Iterable[Mudanca]) -> Linha:
    pares = [(decimal_de(mudanca.de) or _ZERO, decimal_de(mudanca.para) or _ZERO) for mudanca in mudancas]
    return Linha(nome, len(pares), sum((de for de, _ in pares), _ZERO), sum((para for _, para in pares), _ZERO))


def _e_de_item(mudanca: Mudanca) -> bool:
    return any(nome_em(caminho) in _ITENS for caminho in em_volta_de(mudanca.caminho))


def _de_total(edicao: Edicao) -> bool:
    return isinstance(edicao, Valor) and nome_em(edicao.caminho) in TOTAIS
