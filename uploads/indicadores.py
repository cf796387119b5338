"""What the counts of críticas say: to a clinic which causes recur, to an operadora what its rules find, and at whom.

A rule counts once for each field of a file: at the version in which it found something there first. Corrections bring
new versions, and what they leave unmended is no new error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from conecta.contas.models import Organizacao
from uploads.contagens import nome_do_campo
from uploads.estados import SituacaoDoArquivo
from uploads.models import Arquivo, Contagem
from uploads.regras import REGRAS, descricao
from uploads.series import Tendencia, comeco, limites, tendencia

DIAS_DA_REGRA: Final = 90
"""How far back a rule's page looks."""
MESES: Final = 12
"""How far back the clinic's page looks, the present month included."""


@dataclass(frozen=True, slots=True)
class Achados:
    """What one rule found at an operadora's prestadores in the last `DIAS_DA_REGRA` days.

    `totais` has arquivos, entraram, prestadores, guias and lugares; `por_mes` and `por_prestador` rows of the same.
    Guides are counted for each field of the rule.
    """

    totais: dict[str, int]
    por_mes: list[dict[str, Any]]
    por_prestador: list[dict[str, Any]]


@dataclass
class Causa:
    """A rule and a field in which it finds something, by month. `arquivos` and `lugares` are in the months' order."""

    regra: str
    campo: str
    arquivos: list[int]
    lugares: list[int]

    @property
    def total_de_arquivos(self) -> int:
        """Files in all months."""
        return sum(self.arquivos)

    @property
    def total_de_lugares(self) -> int:
        """Places in all months."""
        return sum(self.lugares)

    @cached_property
    def nome_do_campo(self) -> str:
        """The field in the words of the printed form."""
        return nome_do_campo(self.campo)

    @property
    def frase(self) -> str:
        """What the rule checks; "" for a rule that there is no more."""
        return frase_da(self.regra)

    @property
    def tendencia(self) -> Tendencia:
        """How it develops, by files."""
        return tendencia(self.arquivos)


@dataclass
class Celulas:
    """What one rule found at one prestador, by month."""

    prestador_id: int
    prestador: str
    regra: str
    meses: list[int]
    lugares: int = 0
    entraram: int = 0
    observadas: int = 0

    @property
    def arquivos(self) -> int:
        """Files in all months."""
        return sum(self.meses)

    @property
    def frase(self) -> str:
        """What the rule checks; "" for a rule that there is no more."""
        return frase_da(self.regra)


@dataclass(frozen=True)
class PrimeiraVez:
    """Files judged by month, and those that were imported at their first verdict."""

    meses: Sequence[date]
    julgados: list[int] = field(default_factory=list)
    de_primeira: list[int] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Files judged in all months."""
        return sum(self.julgados)

    @property
    def total_de_primeira(self) -> int:
        """Files imported at their first verdict in all months."""
        return sum(self.de_primeira)

    @property
    def taxa(self) -> int | None:
        """How many in a hundred; None without files."""
        return _porcento(self.total_de_primeira, self.total)

    def linhas(self) -> Iterator[tuple[date, int, int, int | None]]:
        """Month, files judged, imported at first, in percent."""
        for mes, julgados, de_primeira in zip(self.meses, self.julgados, self.de_primeira, strict=True):
            yield mes, julgados, de_primeira, _porcento(de_primeira, julgados)


def frase_da(regra: str) -> str:
    """What a rule checks; "" for one that there is no more."""
    return REGRAS[regra].frase if regra in REGRAS else ""


def codigo_atual(regra: str) -> tuple[str, str]:
    """The rule's code in the current Tabela 38, and its description."""
    if regra not in REGRAS:
        return "", ""
    codigo = REGRAS[regra].codigo_na(None)
    return codigo, descricao(codigo)


def da_regra(operadora: Organizacao, regra: str) -> Achados:
    """What the rule found, or would have refused while it is only observed. Three queries."""
    desde = timezone.now() - timedelta(days=DIAS_DA_REGRA)
    da_operadora = _primeiras(Contagem.objects.filter(operadora=operadora, regra=regra, julgado_em__gte=desde))
    linhas = da_operadora.annotate(entrou=_ENTROU)
    totais = linhas.aggregate(**_SOMAS, prestadores=Count("prestador", distinct=True))
    return Achados(
        totais={nome: valor or 0 for nome, valor in totais.items()},
        por_mes=list(linhas.annotate(mes=TruncMonth("julgado_em")).values("mes").annotate(**_SOMAS).order_by("-mes")),
        por_prestador=list(
            linhas.values("prestador", "prestador__sigla").annotate(**_SOMAS).order_by("-arquivos", "prestador__sigla")
        ),
    )


def recorrentes(prestador: Organizacao, operadora: Organizacao | None, meses: Sequence[date]) -> list[Causa]:
    """The causes of a prestador's críticas in these months, by files. One query."""
    inicio, fim = limites(meses)
    contagens = Contagem.objects.filter(prestador=prestador, julgado_em__gte=inicio, julgado_em__lt=fim)
    if operadora is not None:
        contagens = contagens.filter(operadora=operadora)
    linhas = (
        _primeiras(contagens)
        .annotate(mes=TruncMonth("julgado_em"))
        .values("regra", "campo", "mes")
        .annotate(arquivos=Count("arquivo", distinct=True), lugares=Sum("quantidade"))
        .order_by("regra", "campo")
    )
    causas: dict[tuple[str, str], Causa] = {}
    for linha in linhas:
        vazia = Causa(linha["regra"], linha["campo"], [0] * len(meses), [0] * len(meses))
        causa = causas.setdefault((linha["regra"], linha["campo"]), vazia)
        onde = meses.index(linha["mes"].date())
        causa.arquivos[onde], causa.lugares[onde] = linha["arquivos"], linha["lugares"]
    return sorted(causas.values(), key=lambda causa: (-causa.total_de_arquivos, -causa.total_de_lugares))


def primeira_vez(prestador: Organizacao, operadora: Organizacao | None, meses: Sequence[date]) -> PrimeiraVez:
    """How many of the files received since the first of these months came in as they were. One query."""
    arquivos = Arquivo.objects.do_prestador(prestador).filter(criado_em__gte=comeco(meses[0]))
    if operadora is not None:
        arquivos = arquivos.filter(operadora=operadora)
    sem_veredito = Q(situacao__in=[SituacaoDoArquivo.EM_PROCESSAMENTO, SituacaoDoArquivo.FALHOU], versao_atual=1)
    barrado = Exists(Contagem.objects.filter(arquivo=OuterRef("pk"), importado=False))
    de_primeira = Q(situacao=SituacaoDoArquivo.IMPORTADO, versao_atual=1, barrado=False)
    linhas = (
        arquivos.exclude(sem_veredito)
        .annotate(barrado=barrado, mes=TruncMonth("criado_em"))
        .values("mes")
        .annotate(julgados=Count("pk"), de_primeira=Count("pk", filter=de_primeira))
        .order_by("mes")
    )
    por_mes = {linha["mes"].date(): linha for linha in linhas}
    return PrimeiraVez(
        meses,
        [por_mes[mes]["julgados"] if mes in por_mes else 0 for mes in meses],
        [por_mes[mes]["de_primeira"] if mes in por_mes else 0 for mes in meses],
    )


def mapa(
    operadora: Organizacao, meses: Sequence[date], *, prestador: Organizacao | None = None, regra: str = ""
) -> list[Celulas]:
    """What each rule found at each prestador in these months, by files. One query."""
    inicio, fim = limites(meses)
    contagens = Contagem.objects.filter(operadora=operadora, julgado_em__gte=inicio, julgado_em__lt=fim)
    if prestador is not None:
        contagens = contagens.filter(prestador=prestador)
    if regra:
        contagens = contagens.filter(regra=regra)
    linhas = (
        _primeiras(contagens, por_campo=False)
        .annotate(entrou=_ENTROU, mes=TruncMonth("julgado_em"))
        .values("prestador", "prestador__sigla", "regra", "mes")
        .annotate(**_SOMAS, observadas=Count("arquivo", distinct=True, filter=Q(observada=True)))
        .order_by("prestador__sigla", "regra")
    )
    celulas: dict[tuple[int, str], Celulas] = {}
    for linha in linhas:
        vazia = Celulas(linha["prestador"], linha["prestador__sigla"], linha["regra"], [0] * len(meses))
        celula = celulas.setdefault((linha["prestador"], linha["regra"]), vazia)
        celula.meses[meses.index(linha["mes"].date())] = linha["arquivos"]
        celula.lugares += linha["lugares"]
        celula.entraram += linha["entraram"]
        celula.observadas += linha["observadas"]
    return sorted(celulas.values(), key=lambda celula: (-celula.arquivos, -celula.lugares))


def somar(colunas: Iterable[Sequence[int]], quantas: int) -> list[int]:
    """The sums of the columns of these rows, which all have so many."""
    somas = [0] * quantas
    for linha in colunas:
        somas = [a + b for a, b in zip(somas, linha, strict=True)]
    return somas


def _primeiras(contagens: QuerySet[Contagem], *, por_campo: bool = True) -> QuerySet[Contagem]:
    """Of each file those of the version in which the rule spoke first: of that field, or at all."""
    antes = Contagem.objects.filter(arquivo=OuterRef("arquivo"), regra=OuterRef("regra"), versao__lt=OuterRef("versao"))
    if por_campo:
        antes = antes.filter(campo=OuterRef("campo"))
    # Most rows are of a first version: for them nothing has to be looked up.
    return contagens.filter(Q(versao=1) | ~Exists(antes))


_ENTROU = Exists(Contagem.objects.filter(arquivo=OuterRef("arquivo"), regra=OuterRef("regra"), importado=True))
_SOMAS: Final[dict[str, Any]] = {
    "arquivos": Count("arquivo", distinct=True),
    "entraram": Count("arquivo", distinct=True, filter=Q(entrou=True)),
    "guias": Sum("guias"),
    "lugares": Sum("quantidade"),
}


def _porcento(parte: int, todo: int) -> int | None:
    return (200 * parte + todo) // (2 * todo) if todo else None
