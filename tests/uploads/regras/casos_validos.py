"""Cases of files in order that a setting could seem to refuse: urgent care, teams, newborns, parts of a whole.

And of what is missing: found where it can be filled in.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from lxml import etree

from uploads.regras.contexto import Cobertura
from uploads.regras.planos import CoberturaDoCodigo

from .apoio import IGNORAVEL, Caso, Edicao, antes_de, com_regras, no_em, poe, retira, troca
from .casos_autorizacoes import NENHUMA, autorizou
from .casos_convenio_beneficiario import CARTEIRA, NA_CARTEIRA, PLANO
from .casos_exigencias import exige

UMA = {"guias": 1}
SADT = "guiaSP-SADT[1]"
ITEM = f"{SADT}/procedimentosExecutados/procedimentoExecutado[1]"
SEGUNDO = f"{SADT}/procedimentosExecutados/procedimentoExecutado[2]"
HONORARIO = "guiaHonorarios[1]/procedimentosRealizados/procedimentoRealizado"
DE_UM = {"guias": 2, "carteiras": [CARTEIRA, CARTEIRA]}
CONSULTA = [troca(f"{ITEM}//codigoProcedimento", "10101012")]
SO_SADT = com_regras(sadt_para_consulta=False)


def _repetida(linha: str, *edicoes: Edicao) -> Edicao:
    """The line again right after it, under another number, and what is different in it."""

    def editar(raiz: etree._Element) -> None:
        primeira = no_em(raiz, linha)
        outra = deepcopy(primeira)
        for edicao in edicoes:
            edicao(outra)
        primeira.addnext(outra)
        no_em(outra, "sequencialItem").text = "9"

    return editar


def _no_plano(*segmentacoes: str, inclusao: date = date(2015, 1, 1), **plano: Any) -> dict[str, Any]:
    return {
        "beneficiarios": {CARTEIRA: Cobertura(inclusao=inclusao, plano=PLANO.id)},
        "planos": {PLANO.id: replace(PLANO, segmentacoes=frozenset(segmentacoes), **plano)},
    }


def _consultas_em_sadt(**textos: str) -> list[Edicao]:
    """Two consultations in SP/SADT of the same beneficiário, nine days apart, with what else their guides say."""
    edicoes = []
    for ordem, dia in ((1, "2026-01-01"), (2, "2026-01-10")):
        guia = f"guiaSP-SADT[{ordem}]"
        edicoes += [
            troca(f"{guia}//codigoProcedimento", "10101012"),
            troca(f"{guia}//dataExecucao", dia),
            *(troca(f"{guia}//{nome}", texto) for nome, texto in textos.items()),
        ]
    return edicoes


_MESMO_NUMERO = [
    antes_de(f"guiaSP-SADT[{ordem}]/dadosAutorizacao/dataAutorizacao", "numeroGuiaOperadora", "70000123")
    for ordem in (1, 2)
]
_EM_OUTRO_LOTE = {"numeros_da_operadora_apresentados": frozenset({"70000123"})}
_NUM_CIRURGIAO_E_NUM_AUXILIAR = [
    troca(f"{HONORARIO}[1]/quantidadeExecutada", "1"),
    _repetida(f"{HONORARIO}[1]", troca("grauParticipacao", "01")),
]
_CIRURGIA = {("22", "31003079"): Decimal(1)}

DISPARAM = (
    Caso(
        regra="A11",
        titulo="o número da operadora é um espaço",
        tipo="consulta",
        exemplo=UMA | {"maximo": True},
        edicoes=[troca("numeroGuiaOperadora", " ")],
        cadastro=exige(exige_autorizacao=True),
        onde="guiaConsulta[1]/numeroGuiaOperadora",
        codigos=("1818", "1818"),
    ),
    Caso(
        regra="I24",
        titulo="o exame não diz quem o fez",
        exemplo=UMA,
        cadastro=exige(exige_equipe=True),
        onde=ITEM,
        codigos=("1310", "3285"),
    ),
    Caso(
        regra="I29",
        titulo="duas consultas em SP/SADT que não dizem quem atendeu",
        exemplo=DE_UM | {"itens": 1},
        edicoes=_consultas_em_sadt(),
        cadastro=com_regras(dias_retorno_eletivo=30),
        onde="guiaSP-SADT[2]//codigoProcedimento",
        codigos=("1823", "1823"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="P07",
        titulo="o nome de quem pediu é um espaço",
        exemplo=UMA,
        edicoes=[troca("profissionalSolicitante/nomeProfissional", " ")],
        cadastro=exige(exige_solicitante=True),
        onde="profissionalSolicitante/nomeProfissional",
        codigos=("1411", "1411"),
        outras=frozenset({"P11"}),
    ),
)

CALAM = (
    Caso(
        regra="A02",
        titulo="as sessões são de uma autorização de antes do registro",
        exemplo=UMA,
        edicoes=[troca("dataAutorizacao", "2025-11-20")],
        cadastro=NENHUMA,
    ),
    Caso(
        regra="A07",
        titulo="uma internação é autorizada inteira, e não exame por exame",
        tipo="internacao",
        exemplo=UMA,
        cadastro=autorizou(itens={("22", "31005497"): Decimal(1)}),
    ),
    Caso(
        regra="A08",
        titulo="o cirurgião e o auxiliar cobram a mesma cirurgia, cada um em sua linha",
        tipo="honorarios",
        exemplo=UMA | {"itens": 1, "maximo": True},
        edicoes=_NUM_CIRURGIAO_E_NUM_AUXILIAR,
        cadastro=autorizou(itens=_CIRURGIA),
    ),
    Caso(
        regra="A11",
        titulo="a consulta é de pronto-socorro",
        tipo="consulta",
        exemplo=UMA,
        edicoes=[troca("codigoProcedimento", "10101039")],
        cadastro=exige(exige_autorizacao=True),
    ),
    Caso(
        regra="B08",
        titulo="o nome do plano foi cortado no meio de uma palavra",
        tipo="odonto",
        exemplo=NA_CARTEIRA,
        edicoes=[troca("planoBeneficiario", "Empresarial Nacional Apartamento Com Cop")],
        cadastro=_no_plano("odontologico", nome="Empresarial Nacional Apartamento Com Coparticipação"),
    ),
    Caso(
        regra="B08",
        titulo="o código do plano tem um espaço",
        tipo="odonto",
        exemplo=NA_CARTEIRA,
        edicoes=[troca("planoBeneficiario", "esS 01")],
        cadastro=_no_plano("odontologico", codigo="ESS 01"),
    ),
    Caso(
        regra="B09",
        titulo="a consulta de pronto-socorro espera só um dia",
        tipo="consulta",
        exemplo=NA_CARTEIRA,
        edicoes=[troca("regimeAtendimento", "04"), troca("dataAtendimento", "2025-12-12")],
        cadastro=_no_plano(
            inclusao=date(2025, 12, 11), coberturas={("22", ""): CoberturaDoCodigo(coberto=True, carencia_dias=30)}
        ),
    ),
    *(
        Caso(
            regra="B10",
            titulo=f"{o_que} em plano hospitalar",
            exemplo=NA_CARTEIRA,
            edicoes=[troca("tipoAtendimento", tipo)],
            cadastro=_no_plano("hospitalar"),
        )
        for o_que, tipo in (("quimioterapia", "08"), ("radioterapia", "09"), ("diálise", "10"), ("remoção", "01"))
    ),
    Caso(
        regra="B10",
        titulo="o pré-natal está nos planos com obstetrícia",
        tipo="consulta",
        exemplo=NA_CARTEIRA,
        edicoes=[troca("tipoConsulta", "3")],
        cadastro=_no_plano("obstetricia"),
    ),
    Caso(
        regra="B10",
        titulo="o exame antes da cirurgia está nos planos hospitalares",
        exemplo=NA_CARTEIRA,
        edicoes=[poe(f"{SADT}/dadosSolicitacao", "indCobEspecial", "02")],
        cadastro=_no_plano("hospitalar"),
    ),
    Caso(
        regra="C14",
        titulo="a consulta de urgência não cabe em guia de consulta",
        exemplo=UMA | {"itens": 1},
        edicoes=[*CONSULTA, troca("caraterAtendimento", "2")],
        cadastro=SO_SADT,
    ),
    Caso(
        regra="C14",
        titulo="na consulta houve um procedimento",
        exemplo=UMA | {"itens": 3},
        edicoes=CONSULTA,
        cadastro=SO_SADT,
    ),
    Caso(
        regra="C16",
        titulo="do CNES em branco fala outra regra",
        exemplo=UMA,
        edicoes=[troca(f"{SADT}//CNES", " ")],
        cadastro=com_regras(obrigar_local_externo=True),
    ),
    Caso(
        regra="C17",
        titulo="das linhas da mesma hora fala outra regra",
        exemplo=UMA | {"itens": 1, "maximo": True},
        edicoes=[_repetida(ITEM)],
        cadastro=com_regras(agrupar_no_xml=True),
    ),
    Caso(
        regra="C17",
        titulo="a soma não cabe numa linha",
        exemplo=UMA | {"itens": 1},
        edicoes=[troca(f"{ITEM}/quantidadeExecutada", "500"), _repetida(ITEM)],
        cadastro=com_regras(agrupar_no_xml=True),
    ),
    Caso(
        regra="G05",
        titulo="o número foi dado antes do registro",
        exemplo=UMA,
        edicoes=[
            _MESMO_NUMERO[0],
            retira(f"{SADT}//senha"),
            troca(f"{SADT}//dataAutorizacao", "2025-11-20"),
        ],
        cadastro=NENHUMA,
    ),
    Caso(
        regra="G06",
        titulo="a guia inteira se repete no lote",
        edicoes=[*_MESMO_NUMERO, troca("guiaSP-SADT[2]//numeroGuiaPrestador", "1")],
    ),
    Caso(
        regra="G06",
        titulo="a guia inteira já está em outro lote",
        exemplo=UMA,
        edicoes=_MESMO_NUMERO[:1],
        cadastro=_EM_OUTRO_LOTE | {"numeros_de_guia_apresentados": frozenset({"1"})},
    ),
    Caso(
        regra="G06",
        titulo="as sessões autorizadas de uma vez são cobradas mês a mês",
        exemplo=UMA,
        edicoes=[_MESMO_NUMERO[0], troca("tipoAtendimento", "03")],
        cadastro=_EM_OUTRO_LOTE,
    ),
    Caso(
        regra="I10",
        titulo="o cirurgião e o auxiliar cobram a mesma cirurgia, cada um em sua linha",
        tipo="honorarios",
        exemplo=UMA | {"itens": 1, "maximo": True},
        edicoes=_NUM_CIRURGIAO_E_NUM_AUXILIAR,
        cadastro=exige(quantidade_maxima_por_dia=1, quantidade_maxima_por_guia=1),
    ),
    Caso(
        regra="I29",
        titulo="os gêmeos estão na carteira da mãe",
        exemplo=DE_UM | {"itens": 1},
        edicoes=_consultas_em_sadt(atendimentoRN="S"),
        cadastro=com_regras(dias_retorno_eletivo=30),
    ),
    Caso(
        regra="P07",
        titulo="de quem pediu só não se sabe a ocupação",
        exemplo=UMA,
        edicoes=[troca("profissionalSolicitante/CBOS", "999999")],
        cadastro=exige(exige_solicitante=True),
    ),
    Caso(
        regra="I39",
        titulo="do dente em branco fala o padrão",
        tipo="odonto",
        exemplo=UMA | {"itens": 1},
        edicoes=[troca("guiaOdonto[1]/procedimentosExecutados[1]//codDente", "")],
        cadastro=exige(exige_dente_ou_regiao=True),
    ),
)
