"""Cases about items and totals."""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from tiss_schemas.espacos import NS

from .apoio import IGNORAVEL, Caso, no_em, retira, troca

ITEM = "guiaSP-SADT[1]/procedimentosExecutados/procedimentoExecutado[1]"
DESPESA = "guiaSP-SADT[1]/outrasDespesas/despesa[1]/servicosExecutados"
GERAL = "guiaSP-SADT[1]/valorTotal/valorTotalGeral"
TOTAIS = frozenset({"S01", "S02"})


def _sem_itens_nem_totais(raiz: etree._Element) -> None:
    guia = no_em(raiz, "guiaSP-SADT[1]")
    for nome in ("procedimentosExecutados", "outrasDespesas"):
        guia.remove(guia.find(f"ans:{nome}", NS))
    totais = guia.find("ans:valorTotal", NS)
    for total in list(totais)[:-1]:
        totais.remove(total)
    totais[-1].text = "0.00"


def _sem_itens(raiz: etree._Element) -> None:
    guia = no_em(raiz, "guiaSP-SADT[1]")
    for nome in ("procedimentosExecutados", "outrasDespesas"):
        guia.remove(guia.find(f"ans:{nome}", NS))


def _zerar_a_consulta(raiz: etree._Element) -> None:
    troca("guiaConsulta[1]//valorProcedimento", "0.00")(raiz)


_SEM_COBRANCA = [troca("procedimentosExecutados/valorProc", "0.00"), troca("valorTotalProc", "0.00")]

DISPARAM = (
    Caso(
        regra="I09",
        titulo="a quantidade é zero",
        edicoes=[troca(f"{ITEM}/quantidadeExecutada", "0")],
        onde=f"{ITEM}/quantidadeExecutada",
        codigos=("1806", "1806"),
    ),
    Caso(
        regra="I09",
        titulo="a quantidade do dente é zero",
        tipo="odonto",
        edicoes=[troca("guiaOdonto[1]//qtdProc", "0")],
        onde="guiaOdonto[1]//qtdProc",
        codigos=("1806", "1806"),
    ),
    Caso(
        regra="I13",
        titulo="o valor unitário é zero",
        edicoes=[troca(f"{ITEM}/valorUnitario", "0"), troca(f"{ITEM}/valorTotal", "0")],
        onde=f"{ITEM}/valorUnitario",
        codigos=("5040", "5040"),
    ),
    Caso(
        regra="I13",
        titulo="a consulta é de graça",
        tipo="consulta",
        edicoes=[_zerar_a_consulta],
        onde="guiaConsulta[1]//valorProcedimento",
        codigos=("5040", "5040"),
    ),
    Caso(
        regra="I14",
        titulo="o valor unitário é negativo",
        edicoes=[troca(f"{ITEM}/valorUnitario", "-1.00")],
        onde=f"{ITEM}/valorUnitario",
        codigos=("5050", "5050"),
    ),
    Caso(
        regra="I14",
        titulo="o total da despesa é negativo",
        edicoes=[troca(f"{DESPESA}/valorTotal", "-1.00")],
        onde=f"{DESPESA}/valorTotal",
        codigos=("5050", "5050"),
    ),
    Caso(
        regra="I15",
        titulo="1 × 133,04 × 1 não é 94,00",
        edicoes=[
            troca(f"{ITEM}/quantidadeExecutada", "1"),
            troca(f"{ITEM}/reducaoAcrescimo", "1.00"),
            troca(f"{ITEM}/valorUnitario", "133.04"),
            troca(f"{ITEM}/valorTotal", "94.00"),
        ],
        onde=f"{ITEM}/valorTotal",
        codigos=("5050", "3311"),
        outras=TOTAIS,
    ),
    Caso(
        regra="I15",
        titulo="só o total da linha está errado, e o da guia está certo",
        edicoes=[lambda raiz: _somar(raiz, f"{ITEM}/valorTotal", "7")],
        onde=f"{ITEM}/valorTotal",
        codigos=("5050", "3311"),
    ),
    Caso(
        regra="I15",
        titulo="o fator 2,00 foi esquecido",
        tipo="honorarios",
        exemplo={"guias": 1, "itens": 1},
        edicoes=[troca("reducaoAcrescimo", "2.00")],
        onde="procedimentoRealizado/valorTotal",
        codigos=("5050", "3311"),
        outras=frozenset({"S01"}),
    ),
    Caso(
        regra="I18",
        titulo="o fator é zero",
        edicoes=[troca(f"{ITEM}/reducaoAcrescimo", "0.00")],
        onde=f"{ITEM}/reducaoAcrescimo",
        codigos=("1716", "1716"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="S01",
        titulo="o total geral tem um centavo a mais",
        edicoes=[lambda raiz: _somar(raiz, GERAL, "0.01")],
        onde=GERAL,
        codigos=("5042", "5042"),
    ),
    Caso(
        regra="S01",
        titulo="o total dos honorários é outro",
        tipo="honorarios",
        edicoes=[troca("guiaHonorarios[2]/valorTotalHonorarios", "1.00")],
        onde="guiaHonorarios[2]/valorTotalHonorarios",
        codigos=("5042", "5042"),
    ),
    Caso(
        regra="S01",
        titulo="o total do tratamento é outro",
        tipo="odonto",
        edicoes=[troca("guiaOdonto[2]/valorTotalProc", "1.00")],
        onde="guiaOdonto[2]/valorTotalProc",
        codigos=("5042", "5042"),
    ),
    Caso(
        regra="S02",
        titulo="o total de procedimentos é outro",
        edicoes=[lambda raiz: _somar(raiz, "valorTotal/valorProcedimentos", "5")],
        onde="guiaSP-SADT[1]/valorTotal/valorProcedimentos",
        codigos=("5042", "5042"),
    ),
    Caso(
        regra="S02",
        titulo="o total de franquia é outro",
        tipo="odonto",
        exemplo={"maximo": True},
        edicoes=[troca("guiaOdonto[1]/valorTotalFranquia", "1.00")],
        onde="guiaOdonto[1]/valorTotalFranquia",
        codigos=("5042", "5042"),
    ),
    Caso(
        regra="S03",
        titulo="o total geral é negativo",
        edicoes=[troca(GERAL, "-1.00")],
        onde=GERAL,
        codigos=("5049", "5049"),
    ),
    Caso(
        regra="S04",
        titulo="o tratamento não custa nada",
        tipo="odonto",
        exemplo={"guias": 1, "itens": 1},
        edicoes=_SEM_COBRANCA,
        onde="valorTotalProc",
        codigos=("5040", "5040"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="S05",
        titulo="a guia de SP/SADT não tem itens",
        edicoes=[_sem_itens_nem_totais],
        onde="guiaSP-SADT[1]",
        codigos=("5007", "5007"),
    ),
)

CALAM = (
    Caso(
        regra="I09",
        titulo="a quantidade da despesa é 0,25",
        edicoes=[troca(f"{DESPESA}/quantidadeExecutada", "0.2500")],
    ),
    Caso(
        regra="I13",
        titulo="a operadora aceita valor zero",
        edicoes=[troca(f"{ITEM}/valorUnitario", "0")],
        cadastro={"parametros": {"valor_unitario_zero": True}},
    ),
    Caso(regra="I14", titulo="um valor zero não é negativo", edicoes=[troca(f"{ITEM}/valorUnitario", "0.00")]),
    Caso(
        regra="I15",
        titulo="3 × 1,05 dá 3,16 com um centavo de tolerância",
        edicoes=[
            troca(f"{ITEM}/quantidadeExecutada", "3"),
            troca(f"{ITEM}/reducaoAcrescimo", "1.00"),
            troca(f"{ITEM}/valorUnitario", "1.05"),
            troca(f"{ITEM}/valorTotal", "3.16"),
        ],
    ),
    Caso(
        regra="I15",
        titulo="quem fala da quantidade zero é outra regra",
        edicoes=[troca(f"{ITEM}/quantidadeExecutada", "0")],
    ),
    Caso(regra="I18", titulo="o fator é 0,70", edicoes=[troca(f"{ITEM}/reducaoAcrescimo", "0.70")]),
    Caso(
        regra="S01",
        titulo="só uma linha tem o total errado",
        edicoes=[lambda raiz: _somar(raiz, f"{ITEM}/valorTotal", "7")],
    ),
    Caso(
        regra="S01",
        titulo="a diferença da linha está na tolerância, e a guia soma o que a linha diz",
        edicoes=[
            lambda raiz: _somar(raiz, f"{ITEM}/valorTotal", "0.01"),
            lambda raiz: _somar(raiz, GERAL, "0.01"),
            retira("guiaSP-SADT[1]/valorTotal/valorProcedimentos"),
        ],
    ),
    Caso(regra="S01", titulo="numa guia sem itens não há o que somar", edicoes=[_sem_itens]),
    Caso(
        regra="S01", titulo="a soma de um valor ilegível ninguém sabe", edicoes=[troca(f"{ITEM}/valorTotal", "12,50")]
    ),
    Caso(
        regra="S02",
        titulo="uma categoria opcional foi omitida",
        edicoes=[retira("guiaSP-SADT[1]/valorTotal/valorProcedimentos")],
    ),
    Caso(regra="S03", titulo="um total zero não é negativo", edicoes=[troca(GERAL, "0.00")]),
    Caso(
        regra="S04",
        titulo="a operadora aceita valor zero",
        tipo="odonto",
        exemplo={"guias": 1, "itens": 1},
        edicoes=_SEM_COBRANCA,
        cadastro={"parametros": {"valor_unitario_zero": True}},
    ),
    Caso(
        regra="S04",
        titulo="da consulta de graça já fala o valor do procedimento",
        tipo="consulta",
        edicoes=[_zerar_a_consulta],
    ),
    Caso(regra="S05", titulo="a guia só tem procedimentos", edicoes=[retira("guiaSP-SADT[1]/outrasDespesas")]),
)


def _somar(raiz: etree._Element, caminho: str, quanto: str) -> None:
    no = no_em(raiz, caminho)
    no.text = str(Decimal(no.text or "0") + Decimal(quanto))
