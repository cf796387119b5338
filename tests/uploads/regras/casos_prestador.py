"""Cases about who was contracted, who asked and who gave the care, and whose card it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lxml import etree

from tiss_schemas.exemplos import cnpj_valido, cpf_valido
from uploads.regras.contexto import Cobertura, PrestadorConhecido

from .apoio import CONTRATO, IGNORAVEL, Caso, Edicao, no_em, renomeia, retira, troca

CARTEIRA = "00090025012300"
DE_UMA_CRIANCA = {"beneficiarios": {CARTEIRA: Cobertura(inclusao=date(2015, 1, 1), nascimento=date(2020, 5, 4))}}
DA_MAE = {"beneficiarios": {CARTEIRA: Cobertura(inclusao=date(2015, 1, 1), nascimento=date(1996, 5, 4))}}
DO_PROPRIO_RN = {"beneficiarios": {CARTEIRA: Cobertura(inclusao=date(2025, 12, 20), nascimento=date(2025, 12, 20))}}
NA_CARTEIRA = {"carteiras": [CARTEIRA]}
RN = "guiaSP-SADT[1]//atendimentoRN"

EXECUTANTE = "guiaSP-SADT[2]/dadosExecutante/contratadoExecutante"
SOLICITANTE = "guiaSP-SADT[2]/dadosSolicitante/contratadoSolicitante"
QUEM_PEDIU = "guiaSP-SADT[2]/dadosSolicitante/profissionalSolicitante"
QUEM_ATENDEU = "guiaConsulta[2]/profissionalExecutante"
EQUIPE = "guiaResumoInternacao[1]/procedimentosExecutados/procedimentoExecutado[1]/identEquipe[1]/identificacaoEquipe"
CPF_DA_EQUIPE = f"{EQUIPE}/codProfissional/cpfContratado"
COM_CPF_NA_EQUIPE = {"maximo": True, "variante": 1}
OUTRO_CNPJ = cnpj_valido("55666777")
FILIAL = cnpj_valido("112223330002")
CPF_ERRADO = "12345678900"


def _todas(caminho: str, texto: str) -> list[Edicao]:
    return [troca(f"{guia}//{caminho}", texto) for guia in ("guiaSP-SADT[1]", "guiaSP-SADT[2]")]


def _executante_por_codigo(codigo: str) -> list[Edicao]:
    return [
        renomeia(f"{EXECUTANTE}/cnpjContratado", "codigoPrestadorNaOperadora"),
        troca(f"{EXECUTANTE}/codigoPrestadorNaOperadora", codigo),
    ]


def _solicitante_por_cnpj(raiz: etree._Element) -> None:
    renomeia(f"{SOLICITANTE}/codigoPrestadorNaOperadora", "cnpjContratado")(raiz)
    no_em(raiz, f"{SOLICITANTE}/cnpjContratado").text = OUTRO_CNPJ


def _desde_o_dia_da_segunda(raiz: etree._Element) -> None:
    no_em(raiz, "guiaConsulta[1]//dataAtendimento").text = "2025-11-30"
    no_em(raiz, "guiaConsulta[2]//dataAtendimento").text = "2025-12-01"


DISPARAM = (
    Caso(
        regra="B12",
        titulo="a carteira é de uma criança de 5 anos",
        exemplo={"guias": 1} | NA_CARTEIRA,
        edicoes=[troca(RN, "S")],
        cadastro=DE_UMA_CRIANCA,
        onde=RN,
        codigos=("5032", "5032"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="P01",
        titulo="os dígitos do CNPJ do executante não conferem",
        edicoes=[troca(f"{EXECUTANTE}/cnpjContratado", "11222333000199")],
        onde=f"{EXECUTANTE}/cnpjContratado",
        codigos=("1206", "1206"),
    ),
    Caso(
        regra="P01",
        titulo="os dígitos do CNPJ do hospital não conferem",
        tipo="honorarios",
        edicoes=[troca("guiaHonorarios[1]//cnpjLocalExecutante", "11222333000199")],
        onde="guiaHonorarios[1]//cnpjLocalExecutante",
        codigos=("1206", "1206"),
    ),
    Caso(
        regra="P01",
        titulo="os dígitos do CPF do executante não conferem",
        edicoes=[
            renomeia(f"{EXECUTANTE}/cnpjContratado", "cpfContratado"),
            troca(f"{EXECUTANTE}/cpfContratado", CPF_ERRADO),
        ],
        onde=f"{EXECUTANTE}/cpfContratado",
        codigos=("1206", "1206"),
    ),
    Caso(
        regra="P02",
        titulo="o código do executante é o do solicitante desconhecido",
        edicoes=_executante_por_codigo("99999999999999"),
        onde=f"{EXECUTANTE}/codigoPrestadorNaOperadora",
        codigos=("1203", "3279"),
    ),
    Caso(
        regra="P02",
        titulo="o código do dentista é zero",
        tipo="odonto",
        edicoes=[troca("guiaOdonto[2]//codigoProfExec", "000")],
        onde="guiaOdonto[2]//codigoProfExec",
        codigos=("1203", "3279"),
    ),
    Caso(
        regra="P03",
        titulo="o executante é outra empresa",
        edicoes=[troca(f"{EXECUTANTE}/cnpjContratado", OUTRO_CNPJ)],
        onde=f"{EXECUTANTE}/cnpjContratado",
        codigos=("1207", "3279"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="P03",
        titulo="o código do executante é de outro",
        edicoes=_executante_por_codigo("PREST02"),
        onde=f"{EXECUTANTE}/codigoPrestadorNaOperadora",
        codigos=("1207", "3279"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="P04",
        titulo="a primeira consulta é da véspera do contrato",
        tipo="consulta",
        edicoes=[_desde_o_dia_da_segunda],
        cadastro={"credenciamento": replace(CONTRATO, inicio=date(2025, 12, 1))},
        onde="guiaConsulta[1]//dataAtendimento",
        codigos=("1212", "3278"),
    ),
    Caso(
        regra="P04",
        titulo="um item da guia é de antes do contrato",
        exemplo={"guias": 1, "itens": 4},
        edicoes=[troca("procedimentoExecutado[2]/dataExecucao", "2019-02-28")],
        cadastro={"credenciamento": replace(CONTRATO, fim=date(2026, 12, 31))},
        onde="procedimentoExecutado[2]/dataExecucao",
        codigos=("1212", "3278"),
    ),
    Caso(
        regra="P05",
        titulo="faltam zeros à esquerda",
        edicoes=[troca("guiaSP-SADT[2]//CNES", "12345")],
        onde="guiaSP-SADT[2]//CNES",
        codigos=("1202", "1202"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="P05",
        titulo="o CNES é só de zeros",
        tipo="odonto",
        edicoes=[troca("guiaOdonto[1]//cnesExec", "0000000")],
        onde="guiaOdonto[1]//cnesExec",
        codigos=("1202", "1202"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="P05",
        titulo="o CNES do hospital está em branco",
        tipo="honorarios",
        edicoes=[troca("guiaHonorarios[1]//cnes", " ")],
        onde="guiaHonorarios[1]//cnes",
        codigos=("1202", "1202"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="P06",
        titulo="os dígitos do CPF do solicitante não conferem",
        edicoes=[
            renomeia(f"{SOLICITANTE}/codigoPrestadorNaOperadora", "cpfContratado"),
            troca(f"{SOLICITANTE}/cpfContratado", CPF_ERRADO),
        ],
        onde=f"{SOLICITANTE}/cpfContratado",
        codigos=("1416", "1417"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="P08",
        titulo="o número no conselho é zero",
        edicoes=[troca(f"{QUEM_PEDIU}/numeroConselhoProfissional", "000")],
        onde=f"{QUEM_PEDIU}/numeroConselhoProfissional",
        codigos=("1416", "3269"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="P08",
        titulo="o número no conselho é o CPF",
        tipo="internacao",
        edicoes=[troca(f"{EQUIPE}/numeroConselhoProfissional", cpf_valido(8))],
        onde=f"{EQUIPE}/numeroConselhoProfissional",
        codigos=("1416", "3269"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="P08",
        titulo="o número no CRO está em branco",
        tipo="odonto",
        edicoes=[troca("guiaOdonto[2]//croExec2", " ")],
        onde="guiaOdonto[2]//croExec2",
        codigos=("1416", "3269"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="P09",
        titulo="um médico com CBO de enfermeiro",
        tipo="consulta",
        edicoes=[troca(f"{QUEM_ATENDEU}/CBOS", "223505")],
        onde=f"{QUEM_ATENDEU}/CBOS",
        codigos=("1213", "1213"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="P09",
        titulo="um dentista com CBO de médico",
        tipo="odonto",
        edicoes=[troca("guiaOdonto[2]//cbosExec2", "225125")],
        onde="guiaOdonto[2]//cbosExec2",
        codigos=("1213", "1213"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="P09",
        titulo="uma enfermeira da equipe com CBO de psicólogo",
        tipo="internacao",
        edicoes=[troca(f"{EQUIPE}/conselho", "02"), troca(f"{EQUIPE}/CBOS", "251510")],
        onde=f"{EQUIPE}/CBOS",
        codigos=("1213", "1213"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="P11",
        titulo="falta o nome de quem atendeu na clínica",
        tipo="consulta",
        edicoes=[retira(f"{QUEM_ATENDEU}/nomeProfissional")],
        onde=QUEM_ATENDEU,
        codigos=("3111", "3111"),
    ),
    Caso(
        regra="P11",
        titulo="o nome de quem pediu está em branco",
        edicoes=[_solicitante_por_cnpj, troca(f"{QUEM_PEDIU}/nomeProfissional", " ")],
        onde=f"{QUEM_PEDIU}/nomeProfissional",
        codigos=("3111", "3111"),
    ),
    Caso(
        regra="P11",
        titulo="falta o nome do dentista na clínica, conhecida pelo código",
        tipo="odonto",
        edicoes=[
            troca("guiaOdonto[2]//codigoProfExec", "PREST01"),
            retira("guiaOdonto[2]//nomeProfExec2"),
        ],
        onde="guiaOdonto[2]/dadosProfissionaisResponsaveis",
        codigos=("3111", "3111"),
    ),
    Caso(
        regra="P12",
        titulo="os dígitos do CPF do cirurgião não conferem",
        tipo="internacao",
        exemplo=COM_CPF_NA_EQUIPE,
        edicoes=[troca(CPF_DA_EQUIPE, CPF_ERRADO)],
        onde=CPF_DA_EQUIPE,
        codigos=("1206", "1206"),
    ),
)

CALAM = (
    Caso(regra="B12", titulo="a carteira é da mãe", exemplo=NA_CARTEIRA, edicoes=[troca(RN, "S")], cadastro=DA_MAE),
    Caso(
        regra="B12",
        titulo="a carteira já é a do recém-nascido",
        exemplo=NA_CARTEIRA,
        edicoes=[troca(RN, "S")],
        cadastro=DO_PROPRIO_RN,
    ),
    Caso(regra="B12", titulo="não é atendimento a RN", exemplo=NA_CARTEIRA, cadastro=DE_UMA_CRIANCA),
    Caso(regra="P01", titulo="o CPF do executante está certo", exemplo={"maximo": True, "variante": 2}),
    Caso(regra="P02", titulo="o código do executante é o do contrato", edicoes=_executante_por_codigo("PREST01")),
    Caso(
        regra="P03",
        titulo="o executante é a filial",
        edicoes=[troca(f"{EXECUTANTE}/cnpjContratado", FILIAL)],
    ),
    Caso(regra="P03", titulo="o executante é um profissional da clínica", exemplo={"maximo": True, "variante": 2}),
    Caso(regra="P03", titulo="os honorários são de outro código", tipo="honorarios"),
    Caso(
        regra="P04",
        titulo="a consulta é do primeiro dia do contrato",
        tipo="consulta",
        edicoes=[troca("guiaConsulta[1]//dataAtendimento", "2025-12-01")],
        cadastro={"credenciamento": replace(CONTRATO, inicio=date(2025, 12, 1))},
    ),
    Caso(
        regra="P04",
        titulo="o contrato acabou durante a internação",
        tipo="internacao",
        exemplo={"guias": 1},
        edicoes=[troca("dataInicioFaturamento", "2025-12-01")],
        cadastro={"credenciamento": replace(CONTRATO, fim=date(2025, 12, 2))},
    ),
    Caso(
        regra="P04",
        titulo="nenhum atendimento está na vigência, o que H07 já diz",
        cadastro={"credenciamento": replace(CONTRATO, fim=date(2025, 6, 30))},
    ),
    Caso(regra="P05", titulo="não há CNES"),
    Caso(regra="P05", titulo="o CNES tem 7 dígitos", edicoes=_todas("CNES", "2077485")),
    Caso(
        regra="P06",
        titulo="o CNPJ do solicitante está certo",
        edicoes=[_solicitante_por_cnpj],
    ),
    Caso(regra="P06", titulo="o solicitante é desconhecido"),
    Caso(regra="P08", titulo="o número tem sinais", edicoes=_todas("numeroConselhoProfissional", "52-12345-6")),
    Caso(
        regra="P08",
        titulo="não se sabe quem pediu",
        edicoes=[troca(f"{QUEM_PEDIU}/numeroConselhoProfissional", "0"), troca(f"{QUEM_PEDIU}/CBOS", "999999")],
    ),
    Caso(regra="P09", titulo="um médico cardiologista", edicoes=[troca(f"{QUEM_PEDIU}/CBOS", "225120")]),
    Caso(
        regra="P09",
        titulo="outros conselhos servem a todos",
        edicoes=[troca(f"{QUEM_PEDIU}/conselhoProfissional", "10"), troca(f"{QUEM_PEDIU}/CBOS", "221205")],
    ),
    Caso(
        regra="P09",
        titulo="um perfusionista pode ser de vários conselhos",
        tipo="internacao",
        edicoes=[troca(f"{EQUIPE}/CBOS", "223570")],
    ),
    Caso(
        regra="P11",
        titulo="o solicitante é pessoa física",
        exemplo={"maximo": True, "variante": 1},
        edicoes=[retira(f"{QUEM_PEDIU}/nomeProfissional")],
    ),
    Caso(
        regra="P11",
        titulo="o consultório que envia é de um profissional",
        tipo="odonto",
        edicoes=[retira("guiaOdonto[2]//nomeProfExec2"), troca("guiaOdonto[2]//codigoProfExec", "PREST01")],
        exemplo={"cnpj": cpf_valido(4)},
        cadastro={"prestador": PrestadorConhecido(id=3, documento=cpf_valido(4))},
    ),
    Caso(regra="P12", titulo="os CPF da equipe estão certos", tipo="internacao", exemplo=COM_CPF_NA_EQUIPE),
)
