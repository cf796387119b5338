"""Searching terminology by code or by words, across the standard's tables and the operadora's own.

A query is a code where it is one word that some code begins with, without mask and leading zeros; else words, each of
which must stand in the text, in any order. Best first: the exact code, codes that begin so, texts in which every word
begins a word, shorter texts. Where nothing is found, what is spelled most alike is offered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import reduce
from operator import and_
from typing import Any, Final

from django.contrib.postgres.lookups import TrigramWordSimilar
from django.contrib.postgres.search import TrigramWordSimilarity
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from conecta.texto import para_busca
from convenios.models import ItemDaTerminologia
from convenios.terminologia_tabelas import DE_ITENS, NOMES

POR_PAGINA: Final = 25
OPCOES: Final = 12
_MAIS_PALAVRAS: Final = 8
_MASCARA: Final = re.compile(r"[\s.\-/]+")
_FORA_DE_PALAVRA: Final = re.compile(r"[^0-9a-z]+")
_MAIOR_CODIGO: Final = 10
_CURTA: Final = 3
"""Letters of which an index of trigrams needs that many."""
_PARECIDO: Final = "0.5"
_CURTO: Final = 4
"""Letters below which nothing is similar enough to be offered."""
_LIGACOES: Final = frozenset(
    {"a", "ao", "com", "da", "das", "de", "do", "dos", "e", "em", "na", "no", "o", "para", "por"}
)
_NENHUM: Final = Q(pk__in=[])
_SIGLAS: Final = {
    "ressonancia": "rm",
    "magnetica": "rm",
    "tomografia": "tc",
    "computadorizada": "tc",
    "ultrassonografia": "us",
    "ultrassom": "us",
    "radiografia": "rx",
    "raio": "rx",
    "raios": "rx",
    "x": "rx",
}
"""What ANS writes in place of words that people type."""


class Vigencia(StrEnum):
    """How a term stands on a day."""

    VIGENTE = "vigente"
    VENCIDO = "vencido"
    FUTURO = "futuro"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterios:
    """What is asked for. `tabela` "": any; `so_vigentes`: leave out what is not valid on `dia`."""

    texto: str
    dia: date
    tabela: str = ""
    so_vigentes: bool = False


@dataclass(frozen=True, slots=True)
class Achados:
    """One page of what was found. `parecidos`: nothing matched, and these are spelled most alike."""

    pagina: Page[ItemDaTerminologia]
    parecidos: bool = False


@dataclass(frozen=True, slots=True)
class _Codigo:
    """A query that may be a code: what is that code, and what begins so."""

    exato: Q
    comeco: Q


def procurar(criterios: Criterios, *, pagina: str | None = None) -> Achados:
    """The page `pagina` of what matches, best first. An empty query lists the table by code."""
    achados = Paginator(ordenados(criterios), POR_PAGINA)
    if achados.count or len(para_busca(criterios.texto)) < _CURTO:
        return Achados(achados.get_page(pagina))
    parecidos = list(_parecidos(criterios)[:POR_PAGINA])
    return Achados(Paginator(parecidos, POR_PAGINA).get_page(pagina), parecidos=bool(parecidos))


def tabelas() -> list[str]:
    """The tables that have a code that the reader may see, those that are charged from first."""
    ha = set(ItemDaTerminologia.objects.values_list("tabela", flat=True).distinct())
    conhecidas = [tabela for tabela in NOMES if tabela in ha]
    return [*conhecidas, *sorted(ha.difference(conhecidas))]


def opcoes(criterios: Criterios, *, operadora: int | None = None) -> list[ItemDaTerminologia]:
    """The few best that are valid on the day, for a field that completes what is typed.

    Of own codes, only those of that operadora; None: all that the wall lets through.
    """
    itens = ordenados(replace(criterios, so_vigentes=True))
    if operadora is not None:
        itens = itens.filter(Q(operadora_id__isnull=True) | Q(operadora_id=operadora))
    return list(itens[:OPCOES])


def periodos(tabela: str, codigo: str) -> list[ItemDaTerminologia]:
    """Every period of validity of a code, the latest first; of own tables, as far as the wall lets through."""
    linhas = ItemDaTerminologia.objects.filter(tabela=tabela, codigo=codigo).select_related("edicao")
    return list(linhas.order_by("operadora_id", "-vigencia_inicio"))


def situacao(item: ItemDaTerminologia, dia: date) -> Vigencia:
    """How a term stands on that day."""
    if item.vigencia_inicio is not None and dia < item.vigencia_inicio:
        return Vigencia.FUTURO
    if item.vigencia_fim is not None and item.vigencia_fim < dia:
        return Vigencia.VENCIDO
    return Vigencia.VIGENTE


def ordenados(criterios: Criterios) -> QuerySet[ItemDaTerminologia]:
    """What matches, best first."""
    itens = _dos_criterios(criterios)
    if not criterios.texto.strip():
        return itens.order_by("tabela", "codigo", "vigencia_inicio")
    codigo, palavras = _codigo(criterios.texto), _palavras(criterios.texto)
    if codigo is None and not palavras:
        return itens.none()
    do_codigo = codigo.comeco if codigo else _NENHUM
    return (
        itens.filter(do_codigo | _com_as_palavras(palavras))
        .alias(
            posto=_posto(codigo, palavras),
            lista=_numero(Q(tabela__in=DE_ITENS), 0, 1),
            fora=_numero(_vigente(criterios.dia), 0, 1),
            tamanho=_numero(do_codigo, 0, Length("texto_busca")),
        )
        .order_by("posto", "lista", "fora", "tamanho", "codigo", "tabela", "vigencia_inicio")
    )


def _dos_criterios(criterios: Criterios) -> QuerySet[ItemDaTerminologia]:
    itens = ItemDaTerminologia.objects.all()
    if criterios.tabela:
        itens = itens.filter(tabela=criterios.tabela)
    return itens.filter(_vigente(criterios.dia)) if criterios.so_vigentes else itens


def _vigente(dia: date) -> Q:
    comecou = Q(vigencia_inicio__isnull=True) | Q(vigencia_inicio__lte=dia)
    return comecou & (Q(vigencia_fim__isnull=True) | Q(vigencia_fim__gte=dia))


def _codigo(texto: str) -> _Codigo | None:
    """The query as a code: digits with or without mask, or a single word. None where it cannot be one."""
    junto = _MASCARA.sub("", texto).lower()
    e_codigo = junto.isascii() and (junto.isdecimal() or (junto.isalnum() and len(texto.split()) == 1))
    if not e_codigo or len(junto) > _MAIOR_CODIGO:
        return None
    if sem_zeros := junto.lstrip("0"):
        return _Codigo(Q(codigo_busca=sem_zeros), Q(codigo_busca__startswith=sem_zeros))
    return _Codigo(Q(codigo=junto), Q(codigo__startswith=junto))


def _palavras(texto: str) -> list[str]:
    """The words of the query, each once; none where it is a code with mask, or too short to say anything."""
    junto = _MASCARA.sub("", texto)
    if junto.isdecimal() and (len(junto) < _CURTA or junto != texto.strip()):
        return []
    todas = [palavra for palavra in _FORA_DE_PALAVRA.split(para_busca(texto)) if palavra]
    dizem = [palavra for palavra in todas if palavra not in _LIGACOES] or todas
    return list(dict.fromkeys(dizem))[:_MAIS_PALAVRAS] if any(len(palavra) > 1 for palavra in dizem) else []


def _com_as_palavras(palavras: Sequence[str]) -> Q:
    return reduce(and_, map(_com_a_palavra, palavras)) if palavras else _NENHUM


def _com_a_palavra(palavra: str) -> Q:
    """Anywhere in the text; a word of one or two letters, which would stand anywhere, only where a word begins."""
    achada = Q(texto_busca__contains=palavra) if len(palavra) >= _CURTA else Q(texto_busca__regex=rf"\m{palavra}")
    sigla = _SIGLAS.get(palavra)
    return achada | Q(texto_busca__regex=rf"\m{sigla}\M") if sigla else achada


def _posto(codigo: _Codigo | None, palavras: Sequence[str]) -> Case:
    """0 the code itself, 1 codes that begin so, 2 texts that begin so, 3 whose words do, 4 the others."""
    casos = []
    if codigo:
        casos += [When(codigo.exato, then=Value(0)), When(codigo.comeco, then=Value(1))]
    if palavras:
        comecos = reduce(and_, map(_comeca_palavra, palavras))
        casos += [When(_comeca_texto(palavras[0]) & comecos, then=Value(2)), When(comecos, then=Value(3))]
    return Case(*casos, default=Value(4), output_field=IntegerField())


def _comeca_texto(palavra: str) -> Q:
    comeca = Q(texto_busca__startswith=palavra)
    sigla = _SIGLAS.get(palavra)
    return comeca | Q(texto_busca__startswith=f"{sigla} ") if sigla else comeca


def _comeca_palavra(palavra: str) -> Q:
    return _comeca_texto(palavra) | Q(texto_busca__contains=f" {palavra}")


def _numero(condicao: Q, sim: Any, nao: Any) -> Case:
    return Case(When(condicao, then=sim), default=nao, output_field=IntegerField())


def _parecidos(criterios: Criterios) -> QuerySet[ItemDaTerminologia]:
    """What is spelled most alike: letters left out, doubled or changed."""
    procurado = para_busca(criterios.texto)[:80]
    with connection.cursor() as cursor:
        cursor.execute("select set_config('pg_trgm.word_similarity_threshold', %s, true)", [_PARECIDO])
    # The operator, not the function, is what the index answers.
    itens = _dos_criterios(criterios).filter(TrigramWordSimilar(F("texto_busca"), procurado))
    return itens.alias(semelhanca=TrigramWordSimilarity(procurado, "texto_busca")).order_by(
        "-semelhanca", "tabela", "codigo"
    )
