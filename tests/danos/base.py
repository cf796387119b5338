"""What a kind of damage is, the message that it is done to, and the places where it can be done."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from lxml import etree

from tiss_schemas import campos
from tiss_schemas import hash as epilogo
from tiss_schemas.campos import Campo, TipoDeCampo
from tiss_schemas.espacos import NS, TAG_ANS, nome_local
from tiss_schemas.exemplos import TIPOS_DE_GUIA, VARIANTES, lote_exemplo

TODOS = frozenset(TIPOS_DE_GUIA)
COM_ITENS = TODOS - {"consulta"}
COM_FATOR = frozenset({"sadt", "internacao", "honorarios"})
COM_DESPESAS = frozenset({"sadt", "internacao"})

DA_CONTA = frozenset(
    {
        *("quantidadeExecutada", "reducaoAcrescimo", "valorUnitario", "valorTotal", "codigoDespesa", "valorProc"),
        *("valorFranquia", "qtdUS", "qtdProc", "valorProcedimentos", "valorDiarias", "valorTaxasAlugueis"),
        *("valorMateriais", "valorMedicamentos", "valorOPME", "valorGasesMedicinais", "valorTotalGeral"),
        *("valorTotalHonorarios", "valorTotalProc", "valorTotalFranquia", "qtdTotalUS", "valorProcedimento"),
    }
)
"""Fields that others are reckoned from: only one of them at a time is damaged in a guide."""
TOTAIS = (
    DA_CONTA
    - {"quantidadeExecutada", "reducaoAcrescimo", "valorUnitario", "codigoDespesa", "valorProc"}
    - {
        *("valorFranquia", "qtdUS", "qtdProc", "valorProcedimento"),
    }
)
"""What arithmetic can give back."""
_DA_VERSAO = frozenset({"Padrao", "hash", "tipoTransacao"})


class Conserto(Enum):
    """What the suggestions of a damage lead to."""

    IGUAL = "the message as it was"
    VALIDO = "a message without findings"
    NENHUM = "nothing: only the clinic can know"


@dataclass(frozen=True, slots=True)
class Alvo:
    """The element that the finding must select, and a name that it must say."""

    no: etree._Element
    diz: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """A valid message of three guides, open for damage."""

    tipo: str
    versao: str
    dados: bytes
    raiz: etree._Element

    @classmethod
    def novo(cls, tipo: str, versao: str, variante: int = 0, *, maximo: bool = True) -> Original:
        """A fresh tree."""
        dados = _exemplo(tipo, versao, variante % VARIANTES, maximo)
        return cls(tipo, versao, dados, etree.fromstring(dados))

    def campo(self, no: etree._Element) -> Campo:
        """What the schema says of an element of the undamaged message."""
        return _campo(self.versao, (no.tag, *(acima.tag for acima in no.iterancestors())))

    def folhas(self) -> Iterator[etree._Element]:
        """The fields, but version and hash."""
        return (no for no in self.elementos() if len(no) == 0)

    def grupos(self) -> Iterator[etree._Element]:
        """The elements that hold others, from the guides down and inside the header."""
        return (no for no in self.elementos() if len(no) > 0)

    def elementos(self) -> Iterator[etree._Element]:
        """Every element inside the header's groups and inside the guides."""
        for ramo in ("ans:cabecalho/*", "ans:prestadorParaOperadora/ans:loteGuias/*"):
            for topo in self.raiz.iterfind(ramo, NS):
                yield from (no for no in topo.iter(etree.Element) if nome_local(no.tag) not in _DA_VERSAO)

    def guias(self) -> list[etree._Element]:
        """The guides."""
        return list(self.raiz.iterfind("ans:prestadorParaOperadora/ans:loteGuias/ans:guiasTISS/*", NS))

    def escrito(self, *, refaz_hash: bool) -> bytes:
        """The bytes of the tree as it is now."""
        hash_ = self.raiz.find("ans:epilogo/ans:hash", NS)
        if refaz_hash and hash_ is not None:
            hash_.text = epilogo.calcular(self.raiz)
        return etree.tostring(self.raiz, encoding="ISO-8859-1", xml_declaration=True)


Lugares = Callable[[Original], list[etree._Element]]
Fazer = Callable[[Original, etree._Element, random.Random], Alvo]


@dataclass(frozen=True, kw_only=True)
class Dano:
    """One kind of damage: where it can be done, how, which rule finds it, and what is suggested."""

    nome: str
    lugares: Lugares
    fazer: Fazer
    conserto: Conserto
    regra: str = "F06"
    tipos: frozenset[str] = TODOS
    refaz_hash: bool = True
    combina: bool = True
    """Whether others can be found beside it: not where the verdict ends with it, or two places are compared."""

    def __str__(self) -> str:
        return self.nome


def da_conta(no: etree._Element) -> bool:
    """Whether amounts depend on this element or on something in it."""
    return any(nome_local(dentro.tag) in DA_CONTA for dentro in no.iter(etree.Element))


def ans(nome: str) -> str:
    """The tag of a local name."""
    return TAG_ANS + nome


def local(no: etree._Element) -> str:
    """The local name of an element."""
    return nome_local(no.tag)


def do_tipo(*tipos: TipoDeCampo) -> Callable[[Campo], bool]:
    """Whether a field is of one of these kinds."""
    return lambda campo: campo.tipo in tipos


@cache
def _campo(versao: str, tags: tuple[str, ...]) -> Campo:
    campo = campos.descrever(versao, "".join(f"/ans:{nome_local(tag)}" for tag in reversed(tags)))
    assert campo is not None, tags
    return campo


@lru_cache(maxsize=64)
def _exemplo(tipo: str, versao: str, variante: int, maximo: bool) -> bytes:
    return lote_exemplo(tipo, versao, guias=3, itens=6, maximo=maximo, variante=variante, semente=variante)
