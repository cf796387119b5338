"""Hostile inputs, reproducible: each mutation turns a valid message and dice into bytes that may be anything."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from lxml import etree

from tiss_schemas.espacos import ANS
from tiss_schemas.exemplos import TIPOS_DE_GUIA, VARIANTES, lote_exemplo

Mutacao = Callable[[bytes, random.Random], bytes]

VERSOES = ("4.02.00", "4.03.00")
CODIFICACOES = ("ISO-8859-1", "UTF-8", "windows-1252")
TEXTOS = (
    *(
        "",
        " ",
        "\n\t",
        "0",
        "-1",
        "+0",
        "007",
        "1,5",
        "R$ 1.234,56",
        "1e9",
        "1e400",
        "NaN",
        "INF",
        "9" * 40,
        "0." + "9" * 60,
    ),
    *(
        "٣٤٥",
        "１２３",
        "²",
        "½",
        "31/02/2026",
        "2026-13-45",
        "0000-00-00",
        "-0001-01-01",
        "24:00:00",
        "14h30",
        "25:61:61",
    ),
    *("true", "TRUE", "S", "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}", "é" * 200, "\N{PILE OF POO}", "\ud7ff", "]]>"),
    *("<b>", "&amp;", "{{ 7*7 }}", "%s%n", "'; drop table x; --", "../../etc/passwd", "=1+1", "x" * 5_000),
)
LIXO = (
    *(b"<", b">", b"</", b"/>", b"&", b"&amp;", b"&#0;", b"&#x1F;", b"&#xFFFF;", b"&#99999999;", b"&nada;", b"<!--"),
    *(b"-->", b"<![CDATA[", b"]]>", b"<?pi ?>", b"<?xml version='1.0'?>", b"\x00", b"\x0b", b"\x1f", b"\x7f", b"\x85"),
    *(b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xa9", b"\xf0\x9f\x92\xa9", b"\xed\xa0\x80", b"'", b'"', b"=", b"\r\n"),
)


def troca_bits(base: bytes, dado: random.Random) -> bytes:
    """A few bits anywhere turned over."""
    mexido = bytearray(base)
    for _ in range(dado.choice((1, 1, 2, 5, 50))):
        mexido[dado.randrange(len(mexido))] ^= 1 << dado.randrange(8)
    return bytes(mexido)


def corta(base: bytes, dado: random.Random) -> bytes:
    """The end, the beginning or a piece in between is missing."""
    a, b = sorted((dado.randrange(len(base)), dado.randrange(len(base))))
    return dado.choice((base[:a], base[a:], base[:a] + base[b:]))


def emenda(base: bytes, dado: random.Random) -> bytes:
    """The beginning of one message and the end of another."""
    outra = mensagem(dado)
    return base[: dado.randrange(len(base))] + outra[dado.randrange(len(outra)) :]


def repete(base: bytes, dado: random.Random) -> bytes:
    """A piece, of bytes or of whole elements, several times over."""
    inteiro = dado.choice(list(re.finditer(rb"<ans:(\w+)>.*?</ans:\1>", base, re.DOTALL)))
    a, b = inteiro.span() if dado.random() < 0.7 else sorted((dado.randrange(len(base)), dado.randrange(len(base))))
    vezes = dado.choice((2, 3, 20))
    return base[:a] + base[a:b] * vezes + base[b:]


def semeia_lixo(base: bytes, dado: random.Random) -> bytes:
    """What means something to a parser, anywhere."""
    for _ in range(dado.choice((1, 1, 2, 8))):
        lugar = dado.randrange(len(base))
        base = base[:lugar] + dado.choice(LIXO) * dado.choice((1, 1, 30)) + base[lugar:]
    return base


def aleatorio(_base: bytes, dado: random.Random) -> bytes:
    """No message at all: bytes, letters, or tags without order."""
    quantos = dado.choice((0, 1, 3, 80, 2_000))
    feitio = dado.randrange(3)
    if feitio == 0:
        return dado.randbytes(quantos)
    if feitio == 1:
        return bytes(dado.choices(range(32, 127), k=quantos))
    nomes = (b"mensagemTISS", b"ans:cabecalho", b"loteGuias", b"a", b"x:y", b"?pi", b"!x")
    partes = [
        b"<" + dado.choice((b"", b"/")) + dado.choice(nomes) + dado.choice((b">", b"/>", b" a='1'>"))
        for _ in range(quantos)
    ]
    return b"".join(partes)


def atributos(base: bytes, dado: random.Random) -> bytes:
    """Too many attributes, or one too long."""
    quais = dado.choice(
        (
            b" x='" + b"y" * dado.choice((1, 70_000)) + b"'",
            b"".join(b" a%d='1'" % n for n in range(dado.choice((2, 61, 500)))),
            b" a='1' a='2'",
            b" xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type='ans:st_data' xsi:nil='true'",
            b" xml:lang='pt' xml:base='file:///etc/passwd'",
        )
    )
    return _na_tag(base, dado, quais)


def afunda(base: bytes, dado: random.Random) -> bytes:
    """Elements in elements in elements."""
    niveis, nome = dado.choice((2, 30, 240, 300, 2_000)), dado.choice((b"ans:procedimento", b"a"))
    return _entre_tags(base, dado, b"<" + nome + b">", niveis, b"</" + nome + b">")


def alarga(base: bytes, dado: random.Random) -> bytes:
    """Many children where few are meant."""
    filho = dado.choice((b"<a/>", b"<ans:procedimentoExecutado/>", b"<ans:senha>1</ans:senha>", b"t<ans:UF/>"))
    return _entre_tags(base, dado, filho, dado.choice((2, 40, 900)), b"")


def declara_entidades(base: bytes, dado: random.Random) -> bytes:
    """The tricks that DOCTYPE is good for."""
    dtd = dado.choice(
        (
            b"<!DOCTYPE x>",
            b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
            b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]>",
            b"<!DOCTYPE x SYSTEM 'http://exemplo.invalid/x.dtd'>",
            b"<!-- c --><!doctype x>",
            b"<!ENTITY a 'b'>",
        )
    )
    fim = base.index(b"?>") + 2
    referencia = dado.choice((b"", b"&e;", b"&c;"))
    return base[:fim] + dtd + base[fim:].replace(b"</ans:observacao>", referencia + b"</ans:observacao>")


def recodifica(base: bytes, dado: random.Random) -> bytes:
    """Bytes in one encoding, declared in another."""
    texto = re.sub(r'encoding="[^"]*"', f'encoding="{dado.choice(_DECLARADAS)}"', _texto(base), count=1)
    texto = texto.replace("</ans:nomeProf", dado.choice(("é", "“–”", "")) + "</ans:nomeProf")
    como = dado.choice(("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-7", "cp037", "cp1252", "latin-1"))
    return texto.encode(como, "replace")


_DECLARADAS = ("UTF-8", "ISO-8859-1", "windows-1252", "UTF-16", "utf8", "latin1", "cp037", "UTF-7", "x-nada", "base64")


def cobre(base: bytes, dado: random.Random) -> bytes:
    """Comments, CDATA and instructions, where they may stand and where they may not."""
    marca = dado.choice(
        (b"<!-- %s -->", b"<![CDATA[%s]]>", b"<?x %s?>", b"<!--%s--", b"<![CDATA[%s", b"<!-- -- %s -->")
    )
    alvo = dado.choice(list(re.finditer(rb">([^<]*)<", base)))
    return base[: alvo.start(1)] + marca.replace(b"%s", alvo[1]) + base[alvo.end(1) :]


def muda_espaco(base: bytes, dado: random.Random) -> bytes:
    """Another namespace, another prefix, or none, for all or from some place on."""
    outro = dado.choice((b"http://www.ans.gov.br/padroes/tiss/schema", ANS.upper().encode(), b"", b"urn:x"))
    return dado.choice(
        (
            lambda: base.replace(ANS.encode(), outro),
            lambda: base.replace(b"ans:", b""),
            lambda: base.replace(b"ans:", b"b:", dado.randrange(1, 40)),
            lambda: base.replace(b"<ans:", b"<").replace(b"</ans:", b"</").replace(b"xmlns:ans", b"xmlns"),
            lambda: _na_tag(base, dado, b' xmlns:ans="' + outro + b'"'),
        )
    )()


def opera_a_arvore(base: bytes, dado: random.Random) -> bytes:
    """Elements removed, doubled, moved, renamed, emptied: well-formed still, and wrong anywhere."""
    raiz = etree.fromstring(base)
    for _ in range(dado.choice((1, 1, 2, 4, 12))):
        nos = list(raiz.iter(etree.Element))
        if len(nos) > 2:
            dado.choice(_CIRURGIAS)(dado.choice(nos[1:]), dado.choice(nos), dado)
    return etree.tostring(raiz, encoding=dado.choice(CODIFICACOES), xml_declaration=True)


def escreve_nos_campos(base: bytes, dado: random.Random) -> bytes:
    """Values that nobody expects, in a few fields or in many."""
    raiz = etree.fromstring(base)
    folhas = [no for no in raiz.iter(etree.Element) if len(no) == 0]
    for no in dado.sample(folhas, min(len(folhas), dado.choice((1, 2, 6, 40)))):
        no.text = dado.choice(TEXTOS)
    return etree.tostring(raiz, encoding="UTF-8", xml_declaration=True)


def duas(base: bytes, dado: random.Random) -> bytes:
    """One on the tree, then one on the bytes."""
    mexida = dado.choice((opera_a_arvore, escreve_nos_campos))(base, dado)
    return dado.choice((troca_bits, corta, cobre, atributos, muda_espaco))(mexida, dado)


MUTACOES: tuple[Mutacao, ...] = (
    *(troca_bits, corta, emenda, repete, semeia_lixo, aleatorio, atributos, afunda, alarga, declara_entidades),
    *(recodifica, cobre, muda_espaco, opera_a_arvore, opera_a_arvore, escreve_nos_campos, escreve_nos_campos, duas),
)
"""What parses is the harder half, so it comes more often."""


def mensagem(dado: random.Random) -> bytes:
    """A small valid message of some type, version and encoding."""
    return lote_exemplo(
        dado.choice(TIPOS_DE_GUIA),
        dado.choice(VERSOES),
        guias=dado.choice((1, 2)),
        itens=dado.choice((1, 2, 3)),
        maximo=dado.random() < 0.5,
        variante=dado.randrange(VARIANTES),
        codificacao=dado.choice(CODIFICACOES),
    )


def hostil(semente: int) -> bytes:
    """The hostile input of that number, always the same."""
    dado = random.Random(semente)
    return MUTACOES[semente % len(MUTACOES)](mensagem(dado), dado)


def _remove(no: etree._Element, _outro: etree._Element, _dado: random.Random) -> None:
    no.getparent().remove(no)


def _duplica(no: etree._Element, _outro: etree._Element, _dado: random.Random) -> None:
    no.addnext(etree.fromstring(etree.tostring(no, with_tail=False)))


def _muda_de_lugar(no: etree._Element, outro: etree._Element, dado: random.Random) -> None:
    if no not in {outro, *outro.iterancestors()}:
        outro.insert(dado.randrange(len(outro) + 1), no)


def _renomeia(no: etree._Element, outro: etree._Element, dado: random.Random) -> None:
    local = etree.QName(no).localname
    nome = dado.choice((local.upper(), local[:-1] or "x", local + "s", "versaoPadrao", etree.QName(outro).localname))
    no.tag = f"{{{dado.choice((ANS, ANS, 'urn:x'))}}}{nome}"


def _esvazia(no: etree._Element, _outro: etree._Element, _dado: random.Random) -> None:
    no.clear()


def _poe_texto(no: etree._Element, _outro: etree._Element, dado: random.Random) -> None:
    no.text = dado.choice(TEXTOS)


_CIRURGIAS = (_remove, _duplica, _muda_de_lugar, _renomeia, _esvazia, _poe_texto)


def _na_tag(base: bytes, dado: random.Random, atributos: bytes) -> bytes:
    tag = dado.choice(list(re.finditer(rb"<ans:\w+(?:-\w+)?", base)))
    return base[: tag.end()] + atributos + base[tag.end() :]


def _entre_tags(base: bytes, dado: random.Random, antes: bytes, vezes: int, depois: bytes) -> bytes:
    lugar = dado.choice(list(re.finditer(rb">\n", base))).end()
    return base[:lugar] + antes * vezes + depois * vezes + base[lugar:]


def _texto(base: bytes) -> str:
    try:
        return base.decode("utf-8")
    except UnicodeDecodeError:
        return base.decode("cp1252")
