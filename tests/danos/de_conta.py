"""Damages that the schema lets pass: sums, numbers of guides and items, the hash, who is addressed."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

from lxml import etree

from tests.danos.base import COM_DESPESAS, COM_FATOR, COM_ITENS, Alvo, Conserto, Dano, Original, ans, local
from tiss_schemas.espacos import NS

CATEGORIAS = frozenset(
    {
        *("valorProcedimentos", "valorDiarias", "valorTaxasAlugueis", "valorMateriais", "valorMedicamentos"),
        *("valorOPME", "valorGasesMedicinais"),
    }
)
ITENS = frozenset({"procedimentoExecutado", "procedimentoRealizado", "servicosExecutados"})


def _nas_guias(serve: Callable[[etree._Element], bool]) -> Callable[[Original], list[etree._Element]]:
    return lambda original: [no for guia in original.guias() for no in guia.iter(etree.Element) if serve(no)]


def _em(*caminhos: str) -> Callable[[Original], list[etree._Element]]:
    """The elements at these paths below the root."""
    return lambda original: [no for caminho in caminhos for no in original.raiz.iterfind(caminho, NS)]


def _texto(novo: Callable[[str], str]) -> Callable[[Original, etree._Element, random.Random], Alvo]:
    def fazer(_original: Original, no: etree._Element, _dado: random.Random) -> Alvo:
        no.text = novo(no.text or "")
        return Alvo(no)

    return fazer


def _mais(texto: str) -> str:
    return str(Decimal(texto) + Decimal("7.31"))


def _repete_o_anterior(_original: Original, no: etree._Element, _dado: random.Random) -> Alvo:
    no.text = _anterior(no)
    return Alvo(no)


def _anterior(no: etree._Element) -> str | None:
    """The number of the item before, in the same guide."""
    guia = next(acima for acima in no.iterancestors() if local(acima.getparent()) == "guiasTISS")
    numeros = list(guia.iter(no.tag))
    lugar = numeros.index(no)
    return numeros[lugar - 1].text if lugar else None


def _segundos_itens(original: Original) -> list[etree._Element]:
    return [no for no in _nas_guias(lambda no: local(no) == "sequencialItem")(original) if _anterior(no) is not None]


def _segundas_guias(original: Original) -> list[etree._Element]:
    return [next(guia.iter(ans("numeroGuiaPrestador"))) for guia in original.guias()[1:]]


def _repete_o_da_primeira(original: Original, no: etree._Element, _dado: random.Random) -> Alvo:
    no.text = next(original.guias()[0].iter(no.tag)).text
    return Alvo(no)


def _registros_das_guias(original: Original) -> list[etree._Element]:
    return [next(guia.iter(ans("registroANS"))) for guia in original.guias()]


def _do_item(*nomes: str) -> Callable[[Original], list[etree._Element]]:
    return _nas_guias(lambda no: local(no) in nomes and local(no.getparent()) in ITENS)


def _sem_hash(_original: Original, no: etree._Element, _dado: random.Random) -> Alvo:
    epilogo = no.getparent()
    epilogo.remove(no)
    return Alvo(epilogo, "hash")


_IGUAL, _NENHUM = Conserto.IGUAL, Conserto.NENHUM
_HASH = _em("ans:epilogo/ans:hash")
_ORIGEM = _em("ans:cabecalho/ans:origem/ans:identificacaoPrestador/ans:CNPJ")
_PADRAO = _em("ans:cabecalho/ans:Padrao")

DANOS_DE_CONTA = (
    Dano(
        nome="total do item errado",
        lugares=_do_item("valorTotal"),
        fazer=_texto(_mais),
        conserto=_IGUAL,
        regra="I15",
        tipos=COM_FATOR,
    ),
    Dano(
        nome="total da guia errado",
        lugares=_nas_guias(lambda no: local(no) in {"valorTotalGeral", "valorTotalHonorarios", "valorTotalProc"}),
        fazer=_texto(_mais),
        conserto=_IGUAL,
        regra="S01",
        tipos=COM_ITENS,
    ),
    Dano(
        nome="total de categoria errado",
        lugares=_nas_guias(lambda no: local(no) in CATEGORIAS),
        fazer=_texto(_mais),
        conserto=_IGUAL,
        regra="S02",
        tipos=COM_DESPESAS,
    ),
    Dano(
        nome="total da guia negativo",
        lugares=_nas_guias(lambda no: local(no) in {"valorTotalGeral", "valorTotalHonorarios", "valorTotalProc"}),
        fazer=_texto(lambda t: f"-{t}"),
        conserto=_IGUAL,
        regra="S03",
        tipos=COM_ITENS,
    ),
    Dano(
        nome="unitário negativo",
        lugares=_do_item("valorUnitario"),
        fazer=_texto(lambda t: f"-{t}"),
        conserto=_NENHUM,
        regra="I14",
        tipos=COM_FATOR,
    ),
    Dano(
        nome="quantidade zero",
        lugares=_do_item("quantidadeExecutada"),
        fazer=_texto(lambda _: "0"),
        conserto=_NENHUM,
        regra="I09",
        tipos=COM_FATOR,
    ),
    Dano(
        nome="sequencial de item repetido",
        lugares=_segundos_itens,
        fazer=_repete_o_anterior,
        conserto=Conserto.VALIDO,
        regra="I01",
        tipos=COM_ITENS,
    ),
    Dano(
        nome="número de guia repetido",
        lugares=_segundas_guias,
        fazer=_repete_o_da_primeira,
        conserto=_NENHUM,
        regra="G03",
        combina=False,
    ),
    Dano(
        nome="guia com registro ANS de outra",
        lugares=_registros_das_guias,
        fazer=_texto(lambda _: "354317"),
        conserto=_IGUAL,
        regra="G01",
        combina=False,
    ),
    Dano(
        nome="hash de outro conteúdo",
        lugares=_HASH,
        fazer=_texto(lambda t: t[::-1]),
        conserto=_IGUAL,
        regra="M02",
        refaz_hash=False,
    ),
    Dano(
        nome="hash vazio",
        lugares=_HASH,
        fazer=_texto(lambda _: ""),
        conserto=_IGUAL,
        regra="M01",
        refaz_hash=False,
    ),
    Dano(
        nome="hash de 31 dígitos",
        lugares=_HASH,
        fazer=_texto(lambda t: t[1:]),
        conserto=_IGUAL,
        regra="M01",
        refaz_hash=False,
    ),
    Dano(nome="sem hash", lugares=_HASH, fazer=_sem_hash, conserto=_IGUAL, refaz_hash=False),
    Dano(
        nome="dígito verificador da origem errado",
        lugares=_ORIGEM,
        fazer=_texto(lambda t: t[:-1] + str((int(t[-1]) + 1) % 10)),
        conserto=_IGUAL,
        regra="H04",
        combina=False,
    ),
    Dano(
        nome="versão que não existe",
        lugares=_PADRAO,
        fazer=_texto(lambda _: "9.99.00"),
        conserto=_NENHUM,
        regra="M04",
        combina=False,
    ),
    Dano(
        nome="versão em branco",
        lugares=_PADRAO,
        fazer=_texto(lambda _: ""),
        conserto=_NENHUM,
        regra="M04",
        combina=False,
    ),
)
