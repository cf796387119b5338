"""Findings of one cause together: the same rule, the same field, the same wrong value, in however many places.

What makes one cause is written twice, and a test holds the two together: for rows as SQL (`com_causa`), so that a page
of 20,000 críticas is counted where they lie, and for a verdict that was never written down as Python (`por_causa`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import md5
from itertools import groupby
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, F, Func, JSONField, Min, Q, QuerySet, TextField, Value, When
from django.db.models.functions import MD5, Coalesce, Left

from convenios.models import MensagemTiss
from tiss_schemas.achados import Achado
from uploads.caminhos import HASH, sem_posicoes
from uploads.models import Arquivo, Critica
from uploads.models.critica import COM_SUGESTAO

LUGARES_MOSTRADOS = 3
"""Places of a cause that are shown beside it; its own page lists them all."""

RECALCULADA = Q(caminho__endswith=HASH) | Q(conserto=[{"tipo": "Reler"}])
"""Críticas that every saving mends by itself."""

SUGERIDAS = COM_SUGESTAO & ~RECALCULADA
"""Críticas whose suggestion somebody may choose."""

_PRIMEIRO_O_QUE_IMPEDE = Case(
    When(severidade="impeditiva", then=Value(0)), When(severidade="ignoravel", then=Value(1)), default=Value(2)
)


@dataclass(frozen=True, slots=True)
class Causa:
    """Críticas that one decision settles. `exemplo` is the first of them; `lugares` the first that are listed.

    `sugestoes` counts those with a suggestion, `ignoradas` those that were ignored, `impedem` those that stop the file.
    """

    id: str
    exemplo: Critica
    titulo: str
    total: int
    guias: int
    ignoradas: int
    sugestoes: int
    impedem: int
    lugares: list[Critica] = field(default_factory=list)

    @property
    def com_sugestao(self) -> bool:
        """Whether every place has a suggestion."""
        return self.sugestoes == self.total

    @property
    def resolvida(self) -> bool:
        """Whether all of it was ignored."""
        return self.ignoradas == self.total

    @property
    def resto(self) -> int:
        """Places that are not listed."""
        return self.total - len(self.lugares)


_MAIOR_VALOR = 500
"""Characters by which two values are told apart."""
_TEXTO = TextField()
_CAMPO = Func(F("caminho"), Value(r"\[\d+\]"), Value(""), Value("g"), function="regexp_replace", output_field=_TEXTO)
_TIPOS = Func(
    Func(F("conserto"), Value("$[*].tipo"), function="jsonb_path_query_array", output_field=JSONField()),
    template="regexp_replace((%(expressions)s)::text, '(\"[A-Za-z]+\")(, \\1)+', '\\1', 'g')",
    output_field=_TEXTO,
)
"""The kinds of edit that a suggestion is made of; many of one kind in a row are one."""
_SUGESTAO = Case(
    When(sugestao__isnull=False, then=Value("texto")),
    When(conserto__isnull=False, then=_TIPOS),
    default=Value(""),
    output_field=_TEXTO,
)


def _do_lugar(nome: str) -> Case:
    """What is found or wanted at one place; nothing where a suggestion settles it, whatever it is."""
    return Case(
        When(COM_SUGESTAO, then=Value("")),
        default=Left(Coalesce(F(nome), Value("")), _MAIOR_VALOR),
        output_field=_TEXTO,
    )


def com_causa(arquivo: Arquivo) -> QuerySet[Critica]:
    """The críticas of the file's current version, each with the id of its cause (`causa`), the same in every verdict.

    A suggestion belongs to its place: with one, different values are still one cause. Suggestions of different kinds,
    as a new name and a new place, are not.
    """
    partes = [F("regra"), F("codigo"), F("severidade"), F("tipo"), _CAMPO, _SUGESTAO]
    chave = Func(Value("|"), *partes, *map(_do_lugar, ("valor", "esperado")), function="concat_ws", output_field=_TEXTO)
    return Critica.objects.filter(arquivo=arquivo, versao=arquivo.versao_atual).annotate(causa=MD5(chave))


def por_causa(achados: Iterable[Achado]) -> list[list[Achado]]:
    """Findings of one verdict by cause, as `com_causa` groups its rows; causes and findings in their order."""
    causas: dict[str, list[Achado]] = defaultdict(list)
    for achado in achados:
        causas[id_da_causa(achado)].append(achado)
    return list(causas.values())


def id_da_causa(achado: Achado) -> str:
    """The id that `com_causa` gives to the row made of this finding."""
    campo, sugestao = sem_posicoes(achado.caminho), _sugestao_de(achado)
    proprios = ("", "") if sugestao else (achado.valor or "", achado.esperado or "")
    partes = (achado.regra, achado.codigo, achado.severidade.value, achado.tipo.value, campo, sugestao)
    chave = "|".join([*partes, *(texto[:_MAIOR_VALOR] for texto in proprios)])
    return md5(chave.encode(), usedforsecurity=False).hexdigest()


def _sugestao_de(achado: Achado) -> str:
    """The kind of the suggestion: another text, or the kinds of its edits, many of one kind in a row as one."""
    if achado.sugestao is not None:
        return "texto"
    tipos = [tipo for tipo, _ in groupby(type(edicao).__name__ for edicao in achado.conserto)]
    return "[" + ", ".join(f'"{tipo}"' for tipo in tipos) + "]" if tipos else ""


class _Primeiras(ArrayAgg):
    """The first values of a group, in their order."""

    template = f"({ArrayAgg.template})[1:{LUGARES_MOSTRADOS}]"


def causas(arquivo: Arquivo) -> QuerySet[Critica, dict[str, Any]]:
    """One row a cause, what stops the file first, then in the order of the file. For a paginator."""
    linhas = (
        com_causa(arquivo)
        .values("causa", "severidade")
        .annotate(
            primeira=Min("posicao"),
            primeiras=_Primeiras("posicao", order_by="posicao"),
            total=Count("id"),
            guias=Count("guia", distinct=True, filter=~Q(guia="")),
            ignoradas=Count("id", filter=Q(ignorada=True)),
            sugestoes=Count("id", filter=SUGERIDAS),
            impedem=Count("id", filter=Q(ignorada=False) & ~Q(severidade=Critica.Severidade.INFORMATIVA)),
        )
    )
    return linhas.order_by(_PRIMEIRO_O_QUE_IMPEDE, "primeira")


def montar(arquivo: Arquivo, linhas: Iterable[Mapping[str, Any]]) -> list[Causa]:
    """The causes of these rows of `causas`, with their first places: two queries however many."""
    linhas = list(linhas)
    por_posicao = nas_posicoes(arquivo, [posicao for linha in linhas for posicao in linha["primeiras"]])
    nomes = titulos({por_posicao[linha["primeira"]].codigo for linha in linhas})
    return [
        Causa(
            id=linha["causa"],
            exemplo=por_posicao[linha["primeira"]],
            titulo=nomes.get(por_posicao[linha["primeira"]].codigo, "Crítica do arquivo"),
            lugares=[por_posicao[posicao] for posicao in linha["primeiras"]],
            **{nome: linha[nome] for nome in ("total", "guias", "ignoradas", "sugestoes", "impedem")},
        )
        for linha in linhas
    ]


def posicoes_de(arquivo: Arquivo, causa: str) -> list[int]:
    """The places of a cause in the verdict, in order."""
    return list(com_causa(arquivo).filter(causa=causa).order_by("posicao").values_list("posicao", flat=True))


def nas_posicoes(arquivo: Arquivo, posicoes: Sequence[int]) -> dict[int, Critica]:
    """The críticas at these places of the current verdict, by their place."""
    criticas = Critica.objects.filter(arquivo=arquivo, versao=arquivo.versao_atual, posicao__in=posicoes)
    return {critica.posicao: critica for critica in criticas.order_by("posicao")}


def titulos(codigos: set[str]) -> dict[str, str]:
    """What Tabela 38 calls these codes."""
    return dict(MensagemTiss.objects.filter(codigo__in=codigos).values_list("codigo", "descricao"))
