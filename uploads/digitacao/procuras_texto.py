"""How what is typed into a look-up is compared: words as beginnings of words, accents and capitals ignored."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from functools import reduce
from operator import and_
from typing import Final, TypeVar

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils import timezone

from conecta.texto import para_busca
from uploads.digitacao.models import Conhecido

_MAIOR_TEXTO: Final = 80
_MAIS_PALAVRAS: Final = 8
_RECENTE: Final = timedelta(days=90)
_FORA_DE_PALAVRA: Final = re.compile(r"[^0-9a-z]+")
_NAO_IMPRIME: Final = re.compile(r"[\x00-\x1f\x7f]")
_MASCARA: Final = re.compile(r"[\s./-]+")
Linhas = TypeVar("Linhas", bound=Conhecido)


def limpo(texto: str) -> str:
    """What was typed, without what no text column takes, and not longer than anybody types."""
    return _NAO_IMPRIME.sub(" ", texto).strip()[:_MAIOR_TEXTO]


def codigo_em(texto: str) -> str:
    """What was typed as a code: without mask, in capitals."""
    return _MASCARA.sub("", texto).upper()


def palavras_de(texto: str) -> list[str]:
    """The words that were typed, as they are compared."""
    return [palavra for palavra in _FORA_DE_PALAVRA.split(para_busca(texto)) if palavra][:_MAIS_PALAVRAS]


def tem_as_palavras(busca: str, palavras: Iterable[str]) -> bool:
    """Whether each of the words begins one of the text, which is as `para_busca` makes it."""
    deste = [palavra for palavra in _FORA_DE_PALAVRA.split(busca) if palavra]
    return all(any(tida.startswith(palavra) for tida in deste) for palavra in palavras)


def com_as_palavras(coluna: str, palavras: Iterable[str]) -> Q:
    """The rows in whose column each of the words begins one; none where there is no word."""
    condicoes = [Q(**{f"{coluna}__startswith": p}) | Q(**{f"{coluna}__contains": f" {p}"}) for p in palavras]
    return reduce(and_, condicoes) if condicoes else Q(pk__in=[])


def mais_usados(linhas: QuerySet[Linhas]) -> QuerySet[Linhas]:
    """Those used of late first, among them the most used."""
    de_agora = When(ultimo_uso__gte=timezone.now() - _RECENTE, then=Value(0))
    return linhas.order_by(Case(de_agora, default=Value(1)), "-usos", "-ultimo_uso", "pk")
