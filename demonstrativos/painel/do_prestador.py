"""What a prestador's own figures say: what was refused, by whom and why, how long money takes, what is still to come.

A period is whole months, the present one included. A glosa counts in the month in which the analysis was released,
informado in the same month: what was sent and is not judged yet is in neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, DateField, DurationField, ExpressionWrapper, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncDate, TruncMonth

from conecta.contas.models import Organizacao
from demonstrativos.analise.models import Analise, Glosa
from demonstrativos.pagamentos.estados import SituacaoDoPagamento
from demonstrativos.pagamentos.models import Pagamento
from demonstrativos.painel.ans import indicador_de
from demonstrativos.painel.quadros import Celula, Coluna, Quadro, Tipo, porcento
from lotes.estados import SituacaoDoProtocolo
from lotes.models import Protocolo
from uploads.indicadores import primeira_vez
from uploads.regras import descricao
from uploads.series import limites, nome_do_mes

QUANTOS = 20
"""Rows of a figure that has no natural end."""

_MICROSSEGUNDO = timedelta(microseconds=1)
_ZERO = Decimal(0)
_P, _S = SituacaoDoProtocolo, SituacaoDoPagamento
_VALORES = {
    "informado": Sum("valor_informado", default=_ZERO),
    "glosado": Sum("valor_glosado", default=_ZERO),
    "liberado": Sum("valor_liberado", default=_ZERO),
}
_DAS_GLOSAS = {"valor": Sum("valor"), "itens": Count("item", distinct=True)}


def quadros(prestador: Organizacao, operadora: Organizacao | None, meses: Sequence[date]) -> list[Quadro]:
    """Every figure of the panel. A fixed number of queries."""
    analises = _no_periodo(Analise.objects.filter(prestador=prestador), operadora, meses)
    glosas = _no_periodo(Glosa.objects.filter(prestador=prestador), operadora, meses)
    protocolos = Protocolo.objects.filter(prestador=prestador)
    if operadora is not None:
        protocolos = protocolos.filter(operadora=operadora)
    return [
        _por_mes(analises, meses),
        _por_operadora(analises, protocolos, meses),
        por_codigo(glosas),
        por_procedimento(glosas),
        _por_profissional(glosas),
        _previsto_e_recebido(prestador, operadora, meses),
        _de_primeira(prestador, operadora, meses),
    ]


def _no_periodo(linhas: QuerySet[Any], operadora: Organizacao | None, meses: Sequence[date]) -> QuerySet[Any]:
    inicio, fim = limites(meses)
    linhas = linhas.filter(liberada_em__gte=inicio, liberada_em__lt=fim)
    return linhas if operadora is None else linhas.filter(operadora=operadora)


def _por_mes(analises: QuerySet[Any], meses: Sequence[date]) -> Quadro:
    linhas = {
        linha["mes"].date(): linha
        for linha in analises.annotate(mes=TruncMonth("liberada_em")).values("mes").annotate(**_VALORES).order_by("mes")
    }
    return Quadro(
        id="por-mes",
        titulo="Glosa por mês",
        frase="O que foi analisado em cada mês, e quanto dele foi glosado.",
        colunas=(Coluna("Mês"), *_COLUNAS_DOS_VALORES),
        linhas=tuple((nome_do_mes(mes), *_valores(linhas.get(mes, _NADA))) for mes in meses),
        total=("Total", *_valores(_somar(linhas.values()))),
        desenhadas=(2,),
        nota="Conta no mês em que a operadora liberou a análise.",
    )


_NADA: dict[str, Any] = {"informado": _ZERO, "glosado": _ZERO, "liberado": _ZERO}
_COLUNAS_DOS_VALORES = (
    Coluna("Informado", Tipo.DINHEIRO),
    Coluna("Glosado", Tipo.DINHEIRO),
    Coluna("Liberado", Tipo.DINHEIRO),
    Coluna("% glosado", Tipo.PORCENTO),
)


def _valores(linha: dict[str, Any]) -> tuple[Celula, ...]:
    return linha["informado"], linha["glosado"], linha["liberado"], porcento(linha["glosado"], linha["informado"])


def _somar(linhas: Any) -> dict[str, Any]:
    soma = dict(_NADA)
    for linha in linhas:
        soma = {nome: soma[nome] + linha[nome] for nome in soma}
    return soma


def dias_ate_pagar(protocolos: QuerySet[Any], meses: Sequence[date], por: str) -> dict[Any, Decimal]:
    """Days from reception to payment, on average, of what was paid in these months, by that column. One query."""
    inicio, fim = limites(meses)
    dias = ExpressionWrapper(
        F("data_de_pagamento") - TruncDate("enviado_em", output_field=DateField()), output_field=DurationField()
    )
    pagos = protocolos.filter(situacao=_P.PAGO, data_de_pagamento__gte=inicio.date(), data_de_pagamento__lt=fim.date())
    linhas = pagos.values(por).annotate(dias=Avg(dias)).order_by(por)
    return {linha[por]: _em_dias(linha["dias"]) for linha in linhas}


def _em_dias(duracao: timedelta) -> Decimal:
    """To one decimal."""
    return (Decimal(duracao // _MICROSSEGUNDO) / (timedelta(days=1) // _MICROSSEGUNDO)).quantize(Decimal("0.1"))


def _por_operadora(analises: QuerySet[Any], protocolos: QuerySet[Any], meses: Sequence[date]) -> Quadro:
    dias = dias_ate_pagar(protocolos, meses, "operadora")
    agrupadas = analises.values("operadora", "operadora__sigla", "operadora__registro_ans").annotate(**_VALORES)
    linhas = []
    for linha in agrupadas.order_by("-glosado", "operadora__sigla"):
        da_ans = indicador_de(linha["operadora__registro_ans"])
        linhas.append(
            (
                linha["operadora__sigla"],
                *_valores(linha),
                da_ans.glosa_inicial if da_ans else None,
                dias.get(linha["operadora"]),
                da_ans.dias_para_pagar if da_ans else None,
            )
        )
    return Quadro(
        id="por-operadora",
        titulo="Glosa e prazo por operadora",
        frase="Cada operadora, ao lado do que a ANS publica sobre ela.",
        colunas=(
            Coluna("Operadora"),
            *_COLUNAS_DOS_VALORES,
            Coluna("Glosa inicial na ANS", Tipo.PORCENTO),
            Coluna("Dias até o pagamento", Tipo.DIAS),
            Coluna("Dias na ANS", Tipo.DIAS),
        ),
        linhas=tuple(linhas),
        desenhadas=(4,),
        nota="ANS, Painel de Indicadores de Glosa (CC BY): o último semestre que a própria ANS dá por consistente. "
        "Os dias contam do recebimento do protocolo ao pagamento.",
    )


def por_codigo(glosas: QuerySet[Any]) -> Quadro:
    """The codes of Tabela 38 that cost most."""
    todas = glosas.aggregate(valor=Sum("valor"), itens=Count("item", distinct=True))
    linhas = glosas.values("codigo").annotate(**_DAS_GLOSAS).order_by("-valor", "codigo")[:QUANTOS]
    return Quadro(
        id="por-codigo",
        titulo="Glosa por código",
        frase="Os motivos da Tabela 38 que mais custaram.",
        colunas=(Coluna("Código e motivo"), *_COLUNAS_DAS_GLOSAS),
        linhas=tuple(
            (f"{linha['codigo']} {descricao(linha['codigo']).capitalize()}".strip(), *_das_glosas(linha, todas))
            for linha in linhas
        ),
        desenhadas=(1,),
        nota=f"Os {QUANTOS} maiores." if len(linhas) == QUANTOS else "",
        vazio="Nenhuma glosa neste período.",
    )


_COLUNAS_DAS_GLOSAS = (
    Coluna("Glosado", Tipo.DINHEIRO),
    Coluna("Itens", Tipo.INTEIRO),
    Coluna("% da glosa", Tipo.PORCENTO),
)


def _das_glosas(linha: dict[str, Any], todas: dict[str, Any]) -> tuple[Celula, ...]:
    return linha["valor"], linha["itens"], porcento(linha["valor"], todas["valor"])


def por_procedimento(glosas: QuerySet[Any]) -> Quadro:
    """The procedures and expenses of which most was refused."""
    todas = glosas.aggregate(valor=Sum("valor"))
    codigo = ("item__item__tabela", "item__item__codigo")
    linhas = list(glosas.values(*codigo).annotate(**_DAS_GLOSAS).order_by("-valor", *codigo)[:QUANTOS])
    descricoes = _descricoes(glosas, [linha["item__item__codigo"] for linha in linhas])
    return Quadro(
        id="por-procedimento",
        titulo="Glosa por procedimento",
        frase="Os procedimentos e as despesas de que mais se glosou.",
        colunas=(Coluna("Procedimento"), *_COLUNAS_DAS_GLOSAS),
        linhas=tuple((_nome_do_procedimento(linha, descricoes), *_das_glosas(linha, todas)) for linha in linhas),
        desenhadas=(1,),
        nota=f"Os {QUANTOS} maiores." if len(linhas) == QUANTOS else "",
        vazio="Nenhuma glosa neste período.",
    )


def _descricoes(glosas: QuerySet[Any], codigos: Sequence[str]) -> dict[tuple[str, str], str]:
    """One of the descriptions that each code came with."""
    campos = ("item__item__tabela", "item__item__codigo", "item__item__descricao")
    achadas = glosas.filter(item__item__codigo__in=codigos).order_by().values_list(*campos).distinct()
    return {(tabela, codigo): descricao_dele for tabela, codigo, descricao_dele in achadas}


def _nome_do_procedimento(linha: dict[str, Any], descricoes: dict[tuple[str, str], str]) -> str:
    tabela, codigo = linha["item__item__tabela"], linha["item__item__codigo"]
    return f"{tabela} | {codigo} {descricoes.get((tabela, codigo), '')}".strip()


def _por_profissional(glosas: QuerySet[Any]) -> Quadro:
    todas = glosas.aggregate(valor=Sum("valor"))
    quem = ("item__executante__nome", "item__executante__numero", "item__executante__uf")
    linhas = list(glosas.values(*quem).annotate(**_DAS_GLOSAS).order_by("-valor", *quem)[:QUANTOS])
    return Quadro(
        id="por-profissional",
        titulo="Glosa por profissional",
        frase="Quem executou o que foi glosado.",
        colunas=(Coluna("Profissional"), *_COLUNAS_DAS_GLOSAS),
        linhas=tuple((_nome_do_profissional(linha), *_das_glosas(linha, todas)) for linha in linhas),
        desenhadas=(1,),
        nota="De um item com equipe conta o primeiro da equipe; sem equipe, o profissional da guia.",
        vazio="Nenhuma glosa neste período.",
    )


def _nome_do_profissional(linha: dict[str, Any]) -> str:
    nome, numero = linha["item__executante__nome"], linha["item__executante__numero"]
    if not nome and not numero:
        return "Sem profissional na guia"
    return f"{nome or 'Sem nome'}, conselho nº {numero}" if numero else str(nome)


def _previsto_e_recebido(prestador: Organizacao, operadora: Organizacao | None, meses: Sequence[date]) -> Quadro:
    inicio, _ = limites(meses)
    pagamentos = Pagamento.objects.de(prestador).filter(situacao__in=[_S.FECHADO, _S.PAGO])
    if operadora is not None:
        pagamentos = pagamentos.filter(operadora=operadora)
    por_situacao = {
        "previsto": Sum("valor_liquido", filter=Q(situacao=_S.FECHADO), default=_ZERO),
        "recebido": Sum("valor_liquido", filter=Q(situacao=_S.PAGO), default=_ZERO),
    }
    com_dia = pagamentos.annotate(dia=Coalesce("pago_em", "data_de_pagamento")).filter(Q(dia__gte=inicio.date()))
    linhas: QuerySet[Any, Any] = com_dia.annotate(mes=TruncMonth("dia")).values("mes").annotate(**por_situacao)
    return Quadro(
        id="previsto-e-recebido",
        titulo="Previsto e recebido",
        frase="O previsto, pela data de pagamento marcada; o recebido, pelo dia em que foi pago.",
        colunas=(Coluna("Mês"), Coluna("Previsto", Tipo.DINHEIRO), Coluna("Recebido", Tipo.DINHEIRO)),
        linhas=tuple(
            (nome_do_mes(linha["mes"]), linha["previsto"], linha["recebido"]) for linha in linhas.order_by("mes")
        ),
        desenhadas=(2, 1),
        nota="Na barra, a parte escura é o recebido e a clara, o previsto. Valor líquido dos pagamentos: com os "
        "recursos acatados, os débitos e os créditos.",
        vazio="Nenhum pagamento previsto ou recebido neste período.",
    )


def _de_primeira(prestador: Organizacao, operadora: Organizacao | None, meses: Sequence[date]) -> Quadro:
    primeira = primeira_vez(prestador, operadora, meses)
    return Quadro(
        id="de-primeira",
        titulo="Arquivos importados de primeira",
        frase="Quantos arquivos entraram sem nenhuma correção.",
        colunas=(
            Coluna("Mês"),
            Coluna("Conferidos", Tipo.INTEIRO),
            Coluna("De primeira", Tipo.INTEIRO),
            Coluna("%", Tipo.PORCENTO),
        ),
        linhas=tuple(
            (nome_do_mes(mes), julgados, de_primeira, porcento(de_primeira, julgados))
            for mes, julgados, de_primeira, _ in primeira.linhas()
        ),
        total=(
            "Total",
            primeira.total,
            primeira.total_de_primeira,
            porcento(primeira.total_de_primeira, primeira.total),
        ),
        desenhadas=(3,),
    )
