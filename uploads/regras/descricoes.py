"""Official descriptions of Tabela 38."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Final

_APOSENTADAS: Final = {
    "1005": "ATENDIMENTO ANTERIOR À INCLUSÃO DO BENEFICIÁRIO",
    "1007": "ATENDIMENTO DENTRO DA CARÊNCIA DO BENEFICIÁRIO",
    "1011": "IDENTIFICAÇÃO DO BENEFICIÁRIO NÃO CONSISTENTE",
    "1203": "CÓDIGO PRESTADOR INVÁLIDO",
    "1207": "CREDENCIADO NÃO PERTENCE À REDE CREDENCIADA",
    "1212": "ATENDIMENTO / REFERÊNCIA FORA DA VIGÊNCIA DO CONTRATO DO PRESTADOR",
    "1303": "NÃO EXISTE O NÚMERO GUIA PRINCIPAL INFORMADO",
    "1310": "SERVIÇO DO TIPO CIRÚRGICO E INVASIVO. EQUIPE MÉDICA NÃO INFORMADA NA GUIA",
    "1318": "GUIA COM CÓDIGO DE SERVIÇO PREENCHIDO INCORRETAMENTE.",
    "1403": "NÃO EXISTE INFORMAÇÃO SOBRE A SENHA DE AUTORIZAÇÃO DO PROCEDIMENTO",
    "1404": "NÃO EXISTE GUIA DE AUTORIZAÇÃO RELACIONADA",
    "1405": "DATA DE VALIDADE DA SENHA É ANTERIOR A DATA DO ATENDIMENTO",
    "1406": "NÚMERO DA SENHA INFORMADO DIFERENTE DO LIBERADO",
    "1416": "SOLICITANTE NÃO CADASTRADO",
    "1420": "SERVIÇO SOLICITADO FORA DA COBERTURA",
    "1429": "CBO-S (ESPECIALIDADE) NÃO AUTORIZADO A REALIZAR O SERVIÇO",
    "1606": "FINAL DA INTERVENÇÃO ANTERIOR AO INÍCIO DA INTERVENÇÃO",
    "1701": "COBRANÇA FORA DO PRAZO DE VALIDADE",
    "1702": "COBRANÇA DE PROCEDIMENTO EM DUPLICIDADE",
    "1708": "NÃO EXISTE VALOR PARA O PROCEDIMENTO REALIZADO",
    "1714": "VALOR DO SERVIÇO SUPERIOR AO VALOR DE TABELA",
    "1715": "VALOR DO SERVIÇO INFERIOR AO VALOR DE TABELA",
    "1820": "COBRANÇA DE PROCEDIMENTO EM QUANTIDADE ACIMA DA MÁXIMA PERMITIDA/AUTORIZADA",
    "1838": "GRAU DE PARTICIPAÇÃO INFORMADO INCOMPATÍVEL COM EVENTO COBRADO.",
    "1914": "COBRANÇA DE DIÁRIA EM QUANTIDADE INCOMPATÍVEL COM A PERMANÊNCIA HOSPITALAR.",
}
"""Codes that the current table no longer has and messages before 4.03.00 still need."""


def descricao(codigo: str) -> str:
    """The official description of a code, in capitals as ANS writes it; "" for a code that is in no table."""
    return _tabela_38().get(codigo, "")


@cache
def _tabela_38() -> dict[str, str]:
    glosas = json.loads(files("tiss").joinpath("_data", "glosas.json").read_text(encoding="utf-8"))
    return _APOSENTADAS | {registro["codigo"]: registro["descricao"] for registro in glosas["records"]}
