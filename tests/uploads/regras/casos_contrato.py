"""Cases about what was agreed with one prestador: its codes, and what its laboratory still owes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from convenios.contrato.codigos import CodigoAcordado, Por

from .apoio import CONTRATO, CONVENIO, Caso, Edicao, com_regras, no_em, renomeia, troca

EXECUTANTE = "guiaSP-SADT[2]/dadosExecutante/contratadoExecutante"
CODIGO = f"{EXECUTANTE}/codigoPrestadorNaOperadora"
ORIGEM = "cabecalho/origem/identificacaoPrestador/codigoPrestadorNaOperadora"
ITEM_2 = "guiaSP-SADT[2]/procedimentosExecutados/procedimentoExecutado[2]"
POR_CODIGO = {"codigo_na_operadora": "PREST01"}
PENDENTE, SEM_LAUDO = frozenset({"exame_pendente"}), frozenset({"sem_laudo"})


def _acordado(por: Por, chave: str, codigo: str, convenio: int = CONVENIO.id) -> CodigoAcordado:
    return CodigoAcordado(convenio=convenio, por=por, chave=chave, codigo=codigo)


def _com(*acordados: CodigoAcordado) -> dict[str, Any]:
    return {"credenciamento": replace(CONTRATO, codigos=acordados)}


def _executante(codigo: str) -> list[Edicao]:
    return [renomeia(f"{EXECUTANTE}/cnpjContratado", "codigoPrestadorNaOperadora"), troca(CODIGO, codigo)]


def _um_procedimento(raiz: Any) -> None:
    """All procedures of the second guide are the same one."""
    guia = no_em(raiz, "guiaSP-SADT[2]")
    for item in guia.iter("{*}procedimentoExecutado"):
        item.find(".//{*}codigoTabela").text = "22"
        item.find(".//{*}codigoProcedimento").text = "40304361"


SADT = _com(_acordado(Por.ENTRADA, "guiaSP-SADT", "SADT01"))
INTERNACAO = _com(_acordado(Por.ENTRADA, "guiaResumoInternacao", "INTERNA1"))
DUAS_FORMAS = _com(_acordado(Por.ENTRADA, "guiaSP-SADT", "SADT01"), _acordado(Por.PROCEDIMENTO, "22403", "LABOR1"))
NAO_FATURA_PENDENTES = com_regras(nao_faturar_exames_pendentes=True)
NAO_FATURA_SEM_LAUDO = com_regras(nao_faturar_sem_laudo=True)


def _pendencia(motivos: frozenset[str]) -> dict[str, Any]:
    return {"pendencias": {"77": motivos}}


GUIA_77 = {"guias": 1, "primeiro_numero_guia": 77}
DISPARAM = (
    Caso(
        regra="C01",
        titulo="a guia SP/SADT tem código próprio, e traz o geral",
        edicoes=_executante("PREST01"),
        cadastro=SADT,
        onde=CODIGO,
        codigos=("1203", "3279"),
    ),
    Caso(
        regra="C01",
        titulo="o código da internação está numa guia SP/SADT",
        edicoes=_executante("INTERNA1"),
        cadastro=INTERNACAO,
        onde=CODIGO,
        codigos=("1203", "3279"),
    ),
    Caso(
        regra="C01",
        titulo="o procedimento tem código próprio, que vale mais que o da guia",
        edicoes=[*_executante("SADT01"), _um_procedimento],
        cadastro=DUAS_FORMAS,
        onde=CODIGO,
        codigos=("1203", "3279"),
    ),
    Caso(
        regra="C02",
        titulo="a origem traz o código da internação num lote SP/SADT",
        exemplo={"codigo_na_operadora": "INTERNA1"},
        cadastro=INTERNACAO,
        onde=ORIGEM,
        codigos=("1203", "3100"),
    ),
    Caso(
        regra="C03",
        titulo="o material do exame não foi entregue",
        exemplo=GUIA_77,
        cadastro=NAO_FATURA_PENDENTES | _pendencia(PENDENTE),
        onde="guiaSP-SADT[1]//numeroGuiaPrestador",
        codigos=("1809", "1809"),
    ),
    Caso(
        regra="C04",
        titulo="o laudo não foi lançado",
        exemplo=GUIA_77,
        cadastro=NAO_FATURA_SEM_LAUDO | _pendencia(SEM_LAUDO),
        onde="guiaSP-SADT[1]//numeroGuiaPrestador",
        codigos=("1822", "1822"),
    ),
)
CALAM = (
    Caso(regra="C01", titulo="o contrato só tem um código", edicoes=_executante("PREST01")),
    Caso(regra="C01", titulo="a guia traz o código combinado", edicoes=_executante("SADT01"), cadastro=SADT),
    Caso(
        regra="C01",
        titulo="o código combinado é de outro convênio",
        edicoes=_executante("PREST01"),
        cadastro=_com(_acordado(Por.ENTRADA, "guiaSP-SADT", "SADT01", convenio=9)),
    ),
    Caso(regra="C01", titulo="a guia se identifica por CNPJ", cadastro=SADT),
    Caso(
        regra="C01",
        titulo="de um código que não é do prestador fala outra regra",
        edicoes=_executante("OUTRO99"),
        cadastro=SADT,
    ),
    Caso(
        regra="C01",
        titulo="um dos procedimentos tem código próprio, e o outro não",
        edicoes=[
            *_executante("SADT01"),
            _um_procedimento,
            troca(f"{ITEM_2}/procedimento/codigoProcedimento", "10101012"),
        ],
        exemplo={"itens": 4},
        cadastro=DUAS_FORMAS,
    ),
    Caso(regra="P03", titulo="o código é um dos combinados", edicoes=_executante("SADT01"), cadastro=SADT),
    Caso(
        regra="H05",
        titulo="a origem traz um dos códigos combinados",
        exemplo={"codigo_na_operadora": "SADT01"},
        cadastro=SADT,
    ),
    Caso(
        regra="C02",
        titulo="a origem traz o código das guias do lote",
        exemplo={"codigo_na_operadora": "SADT01"},
        cadastro=SADT,
    ),
    Caso(regra="C02", titulo="as guias do lote usam o código geral", exemplo=POR_CODIGO, cadastro=INTERNACAO),
    Caso(regra="C02", titulo="a origem se identifica por CNPJ", cadastro=SADT),
    Caso(regra="C03", titulo="o convênio deixa faturar exame pendente", exemplo=GUIA_77, cadastro=_pendencia(PENDENTE)),
    Caso(
        regra="C03",
        titulo="só o laudo falta",
        exemplo=GUIA_77,
        cadastro=NAO_FATURA_PENDENTES | _pendencia(SEM_LAUDO),
    ),
    Caso(
        regra="C03",
        titulo="a pendência é de outra guia",
        exemplo={"guias": 1, "primeiro_numero_guia": 78},
        cadastro=NAO_FATURA_PENDENTES | _pendencia(PENDENTE),
    ),
    Caso(regra="C04", titulo="o convênio deixa faturar sem laudo", exemplo=GUIA_77, cadastro=_pendencia(SEM_LAUDO)),
    Caso(
        regra="C04",
        titulo="o exame está pendente, e só o laudo se exige",
        exemplo=GUIA_77,
        cadastro=NAO_FATURA_SEM_LAUDO | _pendencia(PENDENTE),
    ),
)
