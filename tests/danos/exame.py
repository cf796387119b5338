"""Whether the verdict on a damaged message, and what is suggested, are what they must be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from lxml import etree

from tests.danos.base import Alvo, Conserto, Dano, Original
from tests.uploads.regras.apoio import AGORA, cadastro_de
from tiss_schemas.achados import Achado
from tiss_schemas.edicao import aplicar
from tiss_schemas.espacos import NS
from tiss_schemas.leitura import Documento, ler
from tiss_schemas.lote_lido import LoteLido, ler_lote
from uploads.regras.contexto import Contexto
from uploads.sugestoes import aplicar_sugestoes
from uploads.veredito import Veredito, julgar

Feito = tuple[Dano, Alvo]
CarregarContexto = Callable[[LoteLido | None, Documento], Contexto]


def examinar(original: Original, feitos: Sequence[Feito]) -> None:
    """The damages are done: each must be found at its node and nothing else, and what can be mended must be."""
    esperados = [(dano, _lugar(alvo.no), alvo.diz) for dano, alvo in feitos]
    dados = original.escrito(refaz_hash=all(dano.refaz_hash for dano, _ in feitos))
    contexto_de = cadastro_do(original.dados)
    veredito = julgar(dados, "lote.xml", contexto_de=contexto_de)
    achados, raiz = veredito.achados, lida(dados, veredito)
    for dano, lugar, diz in esperados:
        (achado,) = [a for a in achados if _seleciona(raiz, a) == lugar] or [None]
        assert achado is not None, f"{dano}: nada foi achado em {lugar_legivel(raiz, lugar)}; {_ditos(achados)}"
        assert achado.regra == dano.regra, f"{dano}: {achado}"
        assert diz in f"{achado.mensagem} {achado.esperado}", f"{dano}: não diz {diz}: {achado.mensagem}"
        assert bool(achado.edicoes) == (dano.conserto is not Conserto.NENHUM), f"{dano}: sugere {achado.edicoes}"
    assert len(achados) == len(esperados), _ditos(achados)
    _examinar_conserto(original, consertado(dados, achados), [dano for dano, _ in feitos], contexto_de)


def consertado(dados: bytes, achados: Sequence[Achado]) -> bytes:
    """The file after *aplicar todas*, and again for what came to light by it."""
    edicoes = [edicao for achado in achados for edicao in achado.edicoes]
    return aplicar_sugestoes(aplicar(dados, edicoes).conteudo if edicoes else dados, agora=AGORA).conteudo


def _examinar_conserto(original: Original, depois: bytes, danos: list[Dano], contexto_de: CarregarContexto) -> None:
    restam = julgar(depois, "lote.xml", contexto_de=contexto_de).achados
    sem_conserto = [dano.regra for dano in danos if dano.conserto is Conserto.NENHUM]
    assert sorted(a.regra for a in restam) == sorted(sem_conserto), f"depois do conserto: {_ditos(restam)}"
    if all(dano.conserto is Conserto.IGUAL for dano in danos):
        assert canonico(depois) == canonico(original.dados)


def lida(dados: bytes, veredito: Veredito) -> etree._Element:
    """The tree that paths hold for: the file's own, but where namespaces had to be understood first."""
    documento = veredito.documento
    return documento.raiz if documento is not None and documento.reparos else etree.fromstring(dados)


@lru_cache(maxsize=64)
def cadastro_do(dados: bytes) -> CarregarContexto:
    """A register in which the undamaged message is in order, whatever was done to it since."""
    contexto = cadastro_de(ler_lote(ler(dados)), parametros={"versoes_aceitas": ()})
    return lambda _lote, _documento: contexto


def canonico(dados: bytes) -> object:
    """The message without what XML holds for equal: indentation, prefixes, comments, quotes."""
    return _ramo(etree.fromstring(dados, etree.XMLParser(remove_comments=True, remove_pis=True)))


def _ramo(no: etree._Element) -> object:
    filhos = [_ramo(filho) for filho in no]
    texto = "".join([no.text or "", *(filho.tail or "" for filho in no)])
    return no.tag, texto.strip() if filhos else texto, dict(no.attrib), filhos


def _lugar(no: etree._Element) -> tuple[int, ...]:
    """The position among the elements of each parent, from the root down."""
    passos = []
    while (pai := no.getparent()) is not None:
        passos.append([*pai.iterchildren(etree.Element)].index(no))
        no = pai
    return tuple(reversed(passos))


def _seleciona(raiz: etree._Element, achado: Achado) -> tuple[int, ...] | None:
    if achado.caminho == "/":
        return None
    (no,) = raiz.xpath(achado.caminho, namespaces=NS)
    return _lugar(no)


def lugar_legivel(raiz: etree._Element, lugar: tuple[int, ...]) -> str:
    """The path to a position."""
    for passo in lugar:
        raiz = [*raiz.iterchildren(etree.Element)][passo]
    return str(raiz.getroottree().getpath(raiz))


def _ditos(achados: Sequence[Achado]) -> str:
    return "achados: " + "".join(f"\n  {a.regra} {a.caminho}: {a.mensagem} -> {a.edicoes}" for a in achados)
