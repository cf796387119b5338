"""Cases about how a convênio wants guides filled in: consultations, exams, lines, codes, professionals, returns."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

from lxml import etree

from .apoio import IGNORAVEL, Caso, Edicao, antes_de, com_regras, no_em, retira, troca

UMA = {"guias": 1}
SADT = "guiaSP-SADT[1]"
ITEM = f"{SADT}/procedimentosExecutados/procedimentoExecutado[1]"
SEGUNDO = f"{SADT}/procedimentosExecutados/procedimentoExecutado[2]"
MEMBRO = f"{ITEM}/equipeSadt"
DESPESA = f"{SADT}/outrasDespesas/despesa[1]"
SOLICITANTE = f"{SADT}/dadosSolicitante"
EXECUTANTE = "guiaConsulta[2]/profissionalExecutante"
CARTEIRA = "00090025012300"
DO_MESMO = {"carteiras": [CARTEIRA], "tipo": "consulta"}
TAXA = {"tipo": "internacao", "exemplo": UMA | {"itens": 2}}
COM_EQUIPE = UMA | {"maximo": True, "itens": 1}
TEM_TOTAL = frozenset({"S01", "S02"})


def _duas_linhas(raiz: etree._Element) -> None:
    """The first line again, under another number, and the total as it is then."""
    linha = no_em(raiz, ITEM)
    outra = deepcopy(linha)
    linha.addnext(outra)
    no_em(raiz, f"{SEGUNDO}/sequencialItem").text = "9"


def _consultas(*dias: str) -> list[Edicao]:
    """The consultations of the file on these days, and all by the same professional."""
    edicoes = []
    for ordem, dia in enumerate(dias, start=1):
        guia = f"guiaConsulta[{ordem}]"
        edicoes.append(troca(f"{guia}//dataAtendimento", dia))
        edicoes.append(troca(f"{guia}//numeroConselhoProfissional", "100001"))
    return edicoes


def _retorno(**regras: Any) -> dict[str, Any]:
    return com_regras(**({"dias_retorno_eletivo": 30} | regras))


def _ja_apresentada(dia: date) -> dict[str, Any]:
    return _retorno() | {"consultas_apresentadas": {(CARTEIRA, "10101012"): (dia,)}}


def _pronto_socorro(guia: str) -> Edicao:
    return troca(f"{guia}//codigoProcedimento", "10101039")


DISPARAM = (
    Caso(
        regra="C14",
        titulo="a consulta está em SP/SADT",
        exemplo=UMA | {"itens": 1},
        edicoes=[troca(f"{ITEM}//codigoProcedimento", "10101012")],
        cadastro=com_regras(sadt_para_consulta=False),
        onde=f"{ITEM}//codigoProcedimento",
        codigos=("1304", "1304"),
    ),
    Caso(
        regra="C14",
        titulo="o tipo de atendimento é consulta",
        exemplo=UMA,
        edicoes=[troca("tipoAtendimento", "04"), antes_de("regimeAtendimento", "tipoConsulta", "1")],
        cadastro=com_regras(sadt_para_consulta=False),
        onde="tipoAtendimento",
        codigos=("1304", "1304"),
    ),
    Caso(
        regra="C15",
        titulo="o convênio aceita um exame por guia",
        exemplo=UMA | {"itens": 3},
        cadastro=com_regras(qtd_exame_guia=1),
        onde=f"{SEGUNDO}//codigoProcedimento",
        codigos=("1820", "3210"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="C16",
        titulo="o CNES é o de quem não tem",
        exemplo=UMA,
        cadastro=com_regras(obrigar_local_externo=True),
        onde=f"{SADT}//CNES",
        codigos=("1202", "1202"),
    ),
    Caso(
        regra="C17",
        titulo="duas linhas iguais do mesmo dia",
        exemplo=UMA | {"itens": 1},
        edicoes=[_duas_linhas],
        cadastro=com_regras(agrupar_no_xml=True),
        onde=f"{SEGUNDO}//codigoProcedimento",
        codigos=("1702", "3209"),
        severidade=IGNORAVEL,
        outras=TEM_TOTAL,
    ),
    Caso(
        regra="C18",
        titulo="a equipe traz o código, e o convênio pede o CPF",
        exemplo=COM_EQUIPE,
        cadastro=com_regras(documento_executante="cpf"),
        onde=f"{MEMBRO}/codProfissional/codigoPrestadorNaOperadora",
        codigos=("3111", "3111"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="C18",
        titulo="dos médicos o convênio pede o código",
        exemplo=COM_EQUIPE | {"variante": 1},
        cadastro=com_regras(documento_executante="cpf", documentos_por_conselho={"executante": {"06": "codigo"}}),
        onde=f"{MEMBRO}/codProfissional/cpfContratado",
        codigos=("3111", "3111"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="C19",
        titulo="o solicitante traz o código, e o convênio pede o CNPJ",
        exemplo=UMA,
        cadastro=com_regras(documento_solicitante="cnpj"),
        onde=f"{SOLICITANTE}/contratadoSolicitante/codigoPrestadorNaOperadora",
        codigos=("3111", "3111"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="C19",
        titulo="o número no conselho é só de noves",
        exemplo=UMA,
        edicoes=[troca(f"{SOLICITANTE}//numeroConselhoProfissional", "999999")],
        cadastro=com_regras(documento_solicitante="conselho"),
        onde=f"{SOLICITANTE}//numeroConselhoProfissional",
        codigos=("3111", "3111"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="C19",
        titulo="o solicitante não é conhecido, e o convênio o exige",
        exemplo=UMA,
        edicoes=[
            troca(f"{SOLICITANTE}//numeroConselhoProfissional", "000000"),
            troca(f"{SOLICITANTE}//CBOS", "999999"),
        ],
        cadastro=com_regras(documento_solicitante="conselho"),
        onde=f"{SOLICITANTE}//numeroConselhoProfissional",
        codigos=("3111", "3111"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="C20",
        titulo="o profissional não diz o grau de participação",
        exemplo=COM_EQUIPE,
        edicoes=[retira(f"{MEMBRO}/grauPart")],
        cadastro=com_regras(posicao_profissional="12"),
        onde=MEMBRO,
        codigos=("3111", "3111"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I02",
        titulo="o convênio quer os procedimentos na tabela 00",
        exemplo=UMA | {"itens": 1},
        cadastro=com_regras(tabela_tiss_procedimentos="00") | {"parametros": {"tabelas_aceitas": ("22",)}},
        onde=f"{ITEM}//codigoTabela",
        codigos=("3150", "3150"),
    ),
    Caso(
        regra="I02",
        titulo="o convênio quer as taxas na tabela 00",
        **TAXA,
        cadastro=com_regras(tabela_tiss_taxas="00"),
        onde="despesa[1]//codigoTabela",
        codigos=("3150", "3150"),
    ),
    Caso(
        regra="I06",
        titulo="o convênio quer dez dígitos nos medicamentos",
        exemplo=UMA,
        cadastro=com_regras(digitos_do_codigo=10),
        onde=f"{DESPESA}//codigoProcedimento",
        codigos=("1318", "3219"),
    ),
    Caso(
        regra="I29",
        titulo="outra consulta com o mesmo médico dentro dos 30 dias",
        tipo="consulta",
        exemplo={"carteiras": [CARTEIRA]},
        edicoes=_consultas("2025-12-11", "2026-01-10"),
        cadastro=_retorno(),
        onde="guiaConsulta[2]//codigoProcedimento",
        codigos=("1823", "1823"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I29",
        titulo="a consulta anterior está em outro lote",
        tipo="consulta",
        exemplo=UMA | {"carteiras": [CARTEIRA]},
        edicoes=_consultas("2026-01-10"),
        cadastro=_ja_apresentada(date(2025, 12, 11)),
        onde="guiaConsulta[1]//codigoProcedimento",
        codigos=("1823", "1823"),
        severidade=IGNORAVEL,
    ),
    Caso(
        regra="I29",
        titulo="a segunda é de pronto-socorro, que tem o seu prazo",
        tipo="consulta",
        exemplo={"carteiras": [CARTEIRA]},
        edicoes=[*_consultas("2026-01-09", "2026-01-10"), _pronto_socorro("guiaConsulta[2]")],
        cadastro=_retorno(dias_retorno_eletivo=None, dias_retorno_emergencia=1),
        onde="guiaConsulta[2]//codigoProcedimento",
        codigos=("1823", "1823"),
        severidade=IGNORAVEL,
    ),
)

CALAM = (
    Caso(
        regra="C14",
        titulo="o convênio aceita consulta em SP/SADT",
        exemplo=UMA,
        edicoes=[troca(f"{ITEM}//codigoProcedimento", "10101012")],
    ),
    Caso(regra="C14", titulo="a guia é de exames", cadastro=com_regras(sadt_para_consulta=False)),
    Caso(
        regra="C15",
        titulo="as despesas não contam",
        exemplo=UMA | {"itens": 2},
        cadastro=com_regras(qtd_exame_guia=1),
    ),
    Caso(regra="C16", titulo="o convênio não exige o local", exemplo=UMA),
    Caso(
        regra="C16",
        titulo="a guia diz o local",
        exemplo=UMA,
        edicoes=[troca(f"{SADT}//CNES", "2077485")],
        cadastro=com_regras(obrigar_local_externo=True),
    ),
    Caso(regra="C17", titulo="o convênio não agrupa", exemplo=UMA | {"itens": 1}, edicoes=[_duas_linhas]),
    Caso(
        regra="C17",
        titulo="as linhas iguais são de dias diferentes",
        exemplo=UMA | {"itens": 1},
        edicoes=[_duas_linhas, troca(f"{SEGUNDO}/dataExecucao", "2026-01-05")],
        cadastro=com_regras(agrupar_no_xml=True),
    ),
    Caso(
        regra="C17",
        titulo="uma pequena cirurgia não se agrupa",
        exemplo=UMA | {"itens": 1},
        edicoes=[_duas_linhas, troca("tipoAtendimento", "02")],
        cadastro=com_regras(agrupar_no_xml=True),
    ),
    Caso(
        regra="C18",
        titulo="a equipe traz o CPF",
        exemplo=COM_EQUIPE | {"variante": 1},
        cadastro=com_regras(documento_executante="cpf"),
    ),
    Caso(
        regra="C18",
        titulo="a equipe não tem lugar para um CNPJ",
        exemplo=COM_EQUIPE,
        cadastro=com_regras(documento_executante="cnpj"),
    ),
    Caso(
        regra="C18",
        titulo="dos médicos o convênio não pede nada",
        exemplo=COM_EQUIPE,
        cadastro=com_regras(documento_executante="cpf", documentos_por_conselho={"executante": {"06": ""}}),
    ),
    Caso(
        regra="C18",
        titulo="o número no conselho está sempre na equipe",
        exemplo=COM_EQUIPE,
        cadastro=com_regras(documento_executante="conselho"),
    ),
    Caso(
        regra="C19",
        titulo="o solicitante traz o código",
        exemplo=UMA,
        cadastro=com_regras(documento_solicitante="codigo"),
    ),
    Caso(
        regra="C19",
        titulo="o solicitante traz o número no conselho",
        exemplo=UMA,
        cadastro=com_regras(documento_solicitante="conselho"),
    ),
    Caso(regra="C20", titulo="a equipe diz o grau", exemplo=COM_EQUIPE, cadastro=com_regras(posicao_profissional="00")),
    Caso(
        regra="C20",
        titulo="o convênio não tem padrão",
        exemplo=COM_EQUIPE,
        edicoes=[retira(f"{MEMBRO}/grauPart")],
    ),
    Caso(
        regra="I02",
        titulo="um pacote tem a tabela dele",
        exemplo=UMA | {"itens": 1},
        edicoes=[troca(f"{ITEM}//codigoTabela", "98")],
        cadastro=com_regras(tabela_tiss_procedimentos="22"),
    ),
    Caso(
        regra="I06",
        titulo="o medicamento tem os dez dígitos",
        exemplo=UMA,
        edicoes=[troca(f"{DESPESA}//codigoProcedimento", "0090267303")],
        cadastro=com_regras(digitos_do_codigo=10),
    ),
    Caso(
        regra="I06",
        titulo="o material tem o prefixo do Simpro",
        exemplo=UMA,
        edicoes=[
            troca(f"{DESPESA}//codigoTabela", "00"),
            troca(f"{DESPESA}//codigoProcedimento", "SP1234"),
        ],
        cadastro=com_regras(digitos_do_codigo=10, prefixo_simpro="SP"),
    ),
    Caso(
        regra="I06",
        titulo="os dígitos pedidos não são dos procedimentos",
        exemplo=UMA | {"itens": 1},
        cadastro=com_regras(digitos_do_codigo=10),
    ),
    Caso(
        regra="I29",
        titulo="o prazo acabou na véspera",
        tipo="consulta",
        exemplo={"carteiras": [CARTEIRA]},
        edicoes=_consultas("2025-12-10", "2026-01-10"),
        cadastro=_retorno(),
    ),
    Caso(
        regra="I29",
        titulo="o médico é outro",
        tipo="consulta",
        exemplo={"carteiras": [CARTEIRA]},
        edicoes=[
            *_consultas("2026-01-09", "2026-01-10"),
            troca(f"{EXECUTANTE}/numeroConselhoProfissional", "100777"),
        ],
        cadastro=_retorno(),
    ),
    Caso(
        regra="I29",
        titulo="a segunda é de urgência, e só há prazo para as eletivas",
        tipo="consulta",
        exemplo={"carteiras": [CARTEIRA]},
        edicoes=[*_consultas("2026-01-09", "2026-01-10"), _pronto_socorro("guiaConsulta[2]")],
        cadastro=_retorno(),
    ),
    Caso(
        regra="I29",
        titulo="o beneficiário é outro",
        tipo="consulta",
        edicoes=_consultas("2026-01-09", "2026-01-10"),
        cadastro=_retorno(),
    ),
    Caso(
        regra="I29",
        titulo="a consulta já apresentada é de antes do prazo",
        tipo="consulta",
        exemplo=UMA | {"carteiras": [CARTEIRA]},
        edicoes=_consultas("2026-01-10"),
        cadastro=_ja_apresentada(date(2025, 12, 10)),
    ),
)
