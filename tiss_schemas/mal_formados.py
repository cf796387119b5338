"""Why a file is no XML at all, from what libxml2 says to what a biller can look for."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from lxml import etree

from tiss_schemas.palavras import cortado

Partes = re.Match[str]

_curto: Final = partial(cortado, maximo=60)
_MOTIVOS: Final[tuple[tuple[re.Pattern[str], Callable[[Partes], str]], ...]] = (
    (
        re.compile(r"(?:xmlParse)?EntityRef: "),
        lambda _: "há um “&” solto. Em XML ele se escreve “&amp;”",
    ),
    (
        re.compile(r"StartTag: invalid element name"),
        lambda _: "há um “<” que não começa o nome de um campo. No meio de um texto ele se escreve “&lt;”",
    ),
    (
        re.compile(r"Opening and ending tag mismatch: (\S+) line (\d+) and (\S+?)(?:,|$)"),
        lambda partes: (
            f"“{_curto(partes[1])}”, aberto na linha {partes[2]}, devia ser fechado antes, e o que se fecha ali é "
            f"“{_curto(partes[3])}”"
        ),
    ),
    (
        re.compile(r"invalid (?:xmlChar value|Char value)"),
        lambda _: "há um caractere de controle, invisível, que o XML não aceita",
    ),
    (
        re.compile(r"Entity '([^']+)' not defined"),
        lambda partes: f"“&{_curto(partes[1])};” não existe em XML. Escreva o próprio caractere",
    ),
    (
        re.compile(r"Extra content at the end of the document"),
        lambda _: "há algo depois do fim da mensagem, onde o arquivo devia terminar",
    ),
    (
        re.compile(r"XML declaration allowed only at the start"),
        lambda _: "há algo, talvez só uma linha em branco, antes da declaração “<?xml”, que deve começar o arquivo",
    ),
    (
        re.compile(r"Namespace prefix (\S+) (?:for \S+ )?on (\S+) is not defined"),
        lambda partes: (
            f"o prefixo “{_curto(partes[1])}” de “{_curto(partes[1])}:{_curto(partes[2])}” não foi declarado no começo "
            "da mensagem"
        ),
    ),
    (
        re.compile(r"Attribute (\S+) redefined"),
        lambda partes: f"o atributo “{_curto(partes[1])}” aparece duas vezes no mesmo elemento",
    ),
    (
        re.compile(r"AttValue: "),
        lambda _: "o valor de um atributo não está entre aspas",
    ),
)


def motivo(erro: etree.XMLSyntaxError) -> str | None:
    """What stands at the place of the error, in words that follow a colon; None where there are none for it."""
    dito = erro.msg or ""
    return next((palavras(partes) for padrao, palavras in _MOTIVOS if (partes := padrao.search(dito))), None)
