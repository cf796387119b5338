"""Beneficiários of one operadora by words of their names, among half a million in less than a tenth of a second.

Each word that is typed begins a word of the name, wherever it stands. Under row-level security an index serves only
comparisons that give nothing away, so the words have rows of their own (`PalavraDoNome`): the rarest typed is looked
for among them, and the others in what the row has of the rest of the name. Nothing that many have is ever sorted: what
is shown comes in the order of an index, and no further than it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db.models import Func, Q, QuerySet, Value
from django.db.models.functions import StrIndex, Substr

from conecta.contas.models import Organizacao
from conecta.texto import para_busca
from convenios.models import Beneficiario, PalavraDoNome

MAIOR_CONTAGEM: Final = 10_000
"""Rows that are counted: beyond it a list says "more than"."""
SEPARADORES: Final = "'’`´.,;:/()_-"
"""What parts words beside blanks; the database's function `convenios_palavras` knows them too."""
DEPOIS_DE_TUDO: Final = "\U0010ffff"
"""The last character: what begins with a text is between it and the text with this one after it."""
_BRANCOS: Final = str.maketrans(dict.fromkeys(SEPARADORES, " "))
_RARA: Final = 1_000
"""A word that fewer rows have needs no rarer one."""


class BeneficiariosPeloNome:
    """Those found, to be counted and sliced: by name those that begin as typed, then by the word found and by name."""

    def __init__(self, comecam: QuerySet[Beneficiario], linhas: QuerySet[PalavraDoNome]) -> None:
        self._comecam = comecam.order_by("nome_busca", "pk")
        self._linhas = linhas.order_by("palavra", "palavras", "beneficiario_id")

    def count(self) -> int:
        """How many there are, counted up to `MAIOR_CONTAGEM`."""
        return self._linhas.order_by()[:MAIOR_CONTAGEM].count()

    def __getitem__(self, fatia: slice) -> list[Beneficiario]:
        """Those of the slice, which has a beginning of 0 or more and an end, with their planos."""
        inicio, fim = fatia.start or 0, fatia.stop
        ids = list(self._comecam.values_list("pk", flat=True)[:fim])
        if len(ids) < fim:
            outras = self._linhas.exclude(beneficiario__in=ids).values_list("beneficiario_id", flat=True)
            ids += outras[: fim - len(ids)]
        return _na_ordem(ids[inicio:])


def palavras_do_nome(nome: str) -> list[str]:
    """The words of a name as they are compared: lower case, without accents, in their order."""
    return para_busca(nome).translate(_BRANCOS).split()


def beneficiarios_pelo_nome(
    operadora: Organizacao, nome: str, *, entre: QuerySet[Beneficiario] | None = None
) -> BeneficiariosPeloNome:
    """The operadora's beneficiários of whose name every word of `nome` begins a word; nobody, where it has no word.

    `entre` are the only ones that count. Works in the scope of either side.
    """
    palavras = palavras_do_nome(nome)
    if not palavras:
        return BeneficiariosPeloNome(Beneficiario.objects.none(), PalavraDoNome.objects.none())
    da_operadora = PalavraDoNome.objects.filter(operadora=operadora)
    procurada = _mais_rara(da_operadora, palavras)
    linhas = da_operadora.filter(_que_comeca("palavra", procurada))
    for outra in set(palavras) - {procurada}:
        linhas = linhas.filter(palavras__contains=f" {outra}")
    linhas = _uma_vez(linhas, procurada)
    comecam = Beneficiario.objects.filter(_que_comeca("nome_busca", " ".join(palavras)), operadora=operadora)
    if entre is not None:
        linhas, comecam = linhas.filter(beneficiario__in=entre), comecam.filter(pk__in=entre)
    return BeneficiariosPeloNome(comecam, linhas)


def _mais_rara(linhas: QuerySet[PalavraDoNome], palavras: Sequence[str]) -> str:
    """The typed word that the fewest rows begin with, as far as it is worth counting; of equals the longest."""
    mais_longa, *outras = sorted(set(palavras), key=len, reverse=True)
    if not outras:
        return mais_longa
    return min(
        (mais_longa, *outras), key=lambda palavra: linhas.filter(_que_comeca("palavra", palavra))[:_RARA].count()
    )


def _que_comeca(campo: str, texto: str) -> Q:
    return Q(**{f"{campo}__gte": texto, f"{campo}__lt": texto + DEPOIS_DE_TUDO})


def _uma_vez(linhas: QuerySet[PalavraDoNome], procurada: str) -> QuerySet[PalavraDoNome]:
    """Of a name with several words that begin so, the row of the first one."""
    desde_ela = Substr("palavras", StrIndex("palavras", Value(f" {procurada}")) + 1)
    return linhas.filter(palavra=Func(desde_ela, Value(" "), Value(1), function="split_part"))


def _na_ordem(ids: Sequence[int]) -> list[Beneficiario]:
    por_id = Beneficiario.objects.select_related("plano").in_bulk(ids)
    return [por_id[pk] for pk in ids if pk in por_id]
