"""What an operadora's own figures say: what waits and for how long, what is refused, and where it stands at ANS."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from conecta.contas.models import Organizacao
from demonstrativos.analise.models import Analise, Glosa
from demonstrativos.painel.ans import indicador_de
from demonstrativos.painel.do_prestador import dias_ate_pagar, por_codigo, por_procedimento
from demonstrativos.painel.quadros import Celula, Coluna, Quadro, Tipo, porcento
from lotes.estados import SituacaoDoProtocolo
from lotes.models import Protocolo
from uploads.series import limites

_ZERO = Decimal(0)
_P = SituacaoDoProtocolo
_NA_FILA = (_P.ENVIADO, _P.AGUARDANDO_INFORMACAO, _P.EM_ANALISE, _P.LIBERADO, _P.FATURADO, _P.BLOQUEIO_JUDICIAL)
"""What has not come to an end, in the order of the path."""
_A_ANALISAR = (_P.ENVIADO, _P.AGUARDANDO_INFORMACAO, _P.EM_ANALISE)
_IDADES = ((0, 7), (8, 15), (16, 30), (31, 60), (61, None))
"""Days since reception, from and to."""


def quadros(operadora: Organizacao, prestador: Organizacao | None, meses: Sequence[date]) -> list[Quadro]:
    """Every figure of the panel. A fixed number of queries."""
    protocolos = _de(Protocolo.objects.filter(operadora=operadora), prestador)
    inicio, fim = limites(meses)
    no_periodo = {"operadora": operadora, "liberada_em__gte": inicio, "liberada_em__lt": fim}
    analises = _de(Analise.objects.filter(**no_periodo), prestador)
    glosas = _de(Glosa.objects.filter(**no_periodo), prestador)
    return [
        _por_situacao_e_idade(protocolos),
        _fila_por_responsavel(protocolos),
        _por_prestador(analises, protocolos, meses),
        por_codigo(glosas),
        por_procedimento(glosas),
        _na_ans(operadora, analises, protocolos, meses),
    ]


def _de(linhas: QuerySet[Any], prestador: Organizacao | None) -> QuerySet[Any]:
    return linhas if prestador is None else linhas.filter(prestador=prestador)


def _por_situacao_e_idade(protocolos: QuerySet[Any]) -> Quadro:
    faixas = {f"faixa_{indice}": Count("pk", filter=_com_idade(*faixa)) for indice, faixa in enumerate(_IDADES)}
    somas = {"quantos": Count("pk"), "valor": Sum("valor_informado", default=_ZERO), **faixas}
    linhas = {
        linha["situacao"]: linha
        for linha in protocolos.filter(situacao__in=_NA_FILA).values("situacao").annotate(**somas).order_by("situacao")
    }
    nomes = [*faixas, "quantos", "valor"]
    return Quadro(
        id="por-situacao",
        titulo="Protocolos por situação e idade",
        frase="O que ainda não chegou ao fim, pelos dias desde o recebimento.",
        colunas=(
            Coluna("Situação"),
            *(Coluna(_nome_da_faixa(*faixa), Tipo.INTEIRO) for faixa in _IDADES),
            Coluna("Protocolos", Tipo.INTEIRO),
            Coluna("Valor informado", Tipo.DINHEIRO),
        ),
        linhas=tuple(
            (situacao.label, *(linhas[situacao][nome] for nome in nomes)) for situacao in _NA_FILA if situacao in linhas
        ),
        total=("Total", *(sum(linha[nome] for linha in linhas.values()) for nome in nomes)) if linhas else (),
        desenhadas=(len(_IDADES) + 2,),
        vazio="Nenhum protocolo em andamento.",
    )


def _com_idade(de: int, ate: int | None) -> Q:
    """Received so many days ago, of the days of the portal's zone."""
    hoje = timezone.localdate()
    idade = Q(enviado_em__date__lte=hoje - timedelta(days=de))
    return idade if ate is None else idade & Q(enviado_em__date__gte=hoje - timedelta(days=ate))


def _nome_da_faixa(de: int, ate: int | None) -> str:
    return f"{de} dias ou mais" if ate is None else f"{de} a {ate} dias"


def _fila_por_responsavel(protocolos: QuerySet[Any]) -> Quadro:
    hoje = timezone.localdate()
    linhas = (
        protocolos.filter(situacao__in=_A_ANALISAR)
        .values(responsavel=Coalesce("analise__responsavel_nome", Value("")))
        .annotate(
            quantos=Count("pk"),
            vencidos=Count("pk", filter=Q(analise__prazo__lt=hoje)),
            valor=Sum("valor_informado", default=_ZERO),
        )
        .order_by("-valor", "responsavel")
    )
    return Quadro(
        id="fila",
        titulo="Valor na fila de análise",
        frase="O que espera a análise, por responsável.",
        colunas=(
            Coluna("Responsável"),
            Coluna("Protocolos", Tipo.INTEIRO),
            Coluna("Com prazo vencido", Tipo.INTEIRO),
            Coluna("Valor informado", Tipo.DINHEIRO),
        ),
        linhas=tuple(
            (
                linha["responsavel"] or "Sem responsável",
                linha["quantos"],
                linha["vencidos"],
                linha["valor"],
            )
            for linha in linhas
        ),
        desenhadas=(3,),
        vazio="Nenhum protocolo espera análise.",
    )


def _por_prestador(analises: QuerySet[Any], protocolos: QuerySet[Any], meses: Sequence[date]) -> Quadro:
    dias = dias_ate_pagar(protocolos, meses, "prestador")
    linhas = (
        analises.values("prestador", "prestador__sigla")
        .annotate(
            quantos=Count("pk"),
            informado=Sum("valor_informado", default=_ZERO),
            glosado=Sum("valor_glosado", default=_ZERO),
        )
        .order_by("-glosado", "prestador__sigla")
    )
    return Quadro(
        id="por-prestador",
        titulo="Glosa por prestador",
        frase="O que foi analisado de cada um, e quanto dele foi glosado.",
        colunas=(
            Coluna("Prestador"),
            Coluna("Protocolos", Tipo.INTEIRO),
            Coluna("Informado", Tipo.DINHEIRO),
            Coluna("Glosado", Tipo.DINHEIRO),
            Coluna("% glosado", Tipo.PORCENTO),
            Coluna("Dias até o pagamento", Tipo.DIAS),
        ),
        linhas=tuple(
            (
                linha["prestador__sigla"],
                linha["quantos"],
                linha["informado"],
                linha["glosado"],
                porcento(linha["glosado"], linha["informado"]),
                dias.get(linha["prestador"]),
            )
            for linha in linhas
        ),
        desenhadas=(3,),
        nota="Conta no mês em que a análise foi liberada.",
    )


def _na_ans(
    operadora: Organizacao, analises: QuerySet[Any], protocolos: QuerySet[Any], meses: Sequence[date]
) -> Quadro:
    """The operadora's own figures of the period beside what ANS publishes about it."""
    soma = analises.aggregate(glosado=Sum("valor_glosado"), informado=Sum("valor_informado"))
    dias = dias_ate_pagar(protocolos, meses, "operadora").get(operadora.pk)
    da_ans = indicador_de(operadora.registro_ans)
    linhas: tuple[tuple[Celula, ...], ...] = ()
    if da_ans is not None:
        linhas = (
            ("Glosa inicial (%)", porcento(soma["glosado"], soma["informado"]), da_ans.glosa_inicial),
            ("Glosa final (%)", None, da_ans.glosa_final),
            ("Dias até o pagamento", dias, da_ans.dias_para_pagar),
        )
    return Quadro(
        id="ans",
        titulo="Conecta e ANS",
        frase="As contas deste portal, ao lado dos indicadores abertos da ANS.",
        colunas=(Coluna("Indicador"), Coluna("No Conecta", Tipo.DIAS), Coluna("Na ANS", Tipo.DIAS)),
        linhas=linhas,
        nota=f"{da_ans.fonte} (CC BY), {da_ans.periodo}, atualizado em {da_ans.atualizado_em:%d/%m/%Y}: o último "
        "semestre que a própria ANS dá por consistente. A glosa inicial do Conecta é a do período escolhido."
        if da_ans
        else "",
        vazio="A ANS não publica indicadores de glosa consistentes desta operadora.",
    )
