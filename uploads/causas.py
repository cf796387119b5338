"""Findings of one cause together: the same rule, the same field, the same wrong value, in however many places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Case, Count, F, Func, Min, Q, QuerySet, TextField, Value, When, Window
from django.db.models.functions import MD5, Coalesce, Left, RowNumber

from convenios.models import MensagemTiss
from uploads.models import Arquivo, Critica

LUGARES_MOSTRADOS = 50
"""Places of a cause that its page lists; a correction reaches the others too."""

_PRIMEIRO_O_QUE_IMPEDE = Case(
    When(severidade="impeditiva", then=Value(0)), When(severidade="ignoravel", then=Value(1)), default=Value(2)
)


@dataclass(frozen=True, slots=True)
class Causa:
    """Críticas that one decision settles. `exemplo` is the first of them; `lugares` the first that are listed.

    `sugestoes` counts those with a suggestion, `ignoradas` those that were ignored.
    """

    id: str
    exemplo: Critica
    titulo: str
    total: int
    guias: int
    ignoradas: int
    sugestoes: int
    valores: int
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


def com_causa(arquivo: Arquivo) -> QuerySet[Critica]:
    """The críticas of the file's current version, each with the id of its cause (`causa`), the same in every verdict.

    A suggestion belongs to its place: with one, different values are still one cause.
    """
    texto = TextField()
    campo = Func(F("caminho"), Value(r"\[\d+\]"), Value(""), Value("g"), function="regexp_replace", output_field=texto)
    do_valor = [
        Case(
            When(sugestao__isnull=True, then=Left(Coalesce(F(nome), Value("")), 500)),
            default=Value(""),
            output_field=texto,
        )
        for nome in ("valor", "esperado")
    ]
    partes = [F("regra"), F("codigo"), F("severidade"), F("tipo"), campo, *do_valor]
    criticas = Critica.objects.filter(arquivo=arquivo, versao=arquivo.versao_atual)
    return criticas.annotate(causa=MD5(Func(Value("|"), *partes, function="concat_ws", output_field=texto)))


def causas(arquivo: Arquivo) -> QuerySet[Critica, dict[str, object]]:
    """One row a cause, what stops the file first, then in the order of the file. For a paginator."""
    linhas = (
        com_causa(arquivo)
        .values("causa", "severidade")
        .annotate(
            primeira=Min("posicao"),
            total=Count("id"),
            guias=Count("guia", distinct=True, filter=~Q(guia="")),
            ignoradas=Count("id", filter=Q(ignorada=True)),
            sugestoes=Count("id", filter=Q(sugestao__isnull=False)),
            valores=Count("valor", distinct=True),
        )
    )
    return linhas.order_by(_PRIMEIRO_O_QUE_IMPEDE, "primeira")


def montar(arquivo: Arquivo, linhas: Iterable[dict[str, object]]) -> list[Causa]:
    """The causes of these rows of `causas`, with their first places: two queries however many."""
    linhas = list(linhas)
    lugares = _lugares(arquivo, [str(linha["causa"]) for linha in linhas])
    nomes = titulos({exemplos[0].codigo for exemplos in lugares.values()})
    return [
        Causa(
            id=str(linha["causa"]),
            exemplo=lugares[str(linha["causa"])][0],
            titulo=nomes.get(lugares[str(linha["causa"])][0].codigo, "Crítica do arquivo"),
            lugares=lugares[str(linha["causa"])],
            **{nome: int(str(linha[nome])) for nome in ("total", "guias", "ignoradas", "sugestoes", "valores")},
        )
        for linha in linhas
    ]


def _lugares(arquivo: Arquivo, ids: list[str]) -> dict[str, list[Critica]]:
    ordem = Window(RowNumber(), partition_by=F("causa"), order_by=F("posicao").asc())
    criticas = com_causa(arquivo).filter(causa__in=ids).annotate(ordem_na_causa=ordem)
    lugares: dict[str, list[Critica]] = defaultdict(list)
    for critica in criticas.filter(ordem_na_causa__lte=LUGARES_MOSTRADOS).order_by("posicao"):
        lugares[critica.causa].append(critica)
    return lugares


def titulos(codigos: set[str]) -> dict[str, str]:
    """What Tabela 38 calls these codes."""
    return dict(MensagemTiss.objects.filter(codigo__in=codigos).values_list("codigo", "descricao"))
