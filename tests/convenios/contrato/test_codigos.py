"""The most specific code wins: procedimento, atendimento, entrada, and the general one at last."""

from __future__ import annotations

import pytest

from convenios.contrato.codigos import CodigoAcordado, Por, Situacao, codigo_credenciado, codigos_da_guia

EXAME = Situacao(tipo_de_guia="guiaSP-SADT", regime="01", tipo_de_atendimento="23")
HEMOGRAMA, CONSULTA = ("22", "40304361"), ("22", "10101012")


def _acordados(**chaves: str) -> list[CodigoAcordado]:
    return [
        CodigoAcordado(convenio=1, por=por, chave=chave, codigo=codigo)
        for por, linhas in chaves.items()
        for chave, codigo in (linha.split("=") for linha in linhas.split())
    ]


TODOS = _acordados(
    procedimento="2240304361=HEMOGRAMA 22403=EXAMES 20=REMEDIOS",
    atendimento="23=EXAME",
    entrada="guiaSP-SADT=SADT guiaConsulta=CONSULTA 01=AMBULATORIAL",
)


def _sem(*pors: str) -> list[CodigoAcordado]:
    return [acordado for acordado in TODOS if acordado.por not in pors and acordado.chave not in pors]


@pytest.mark.parametrize(
    ("acordados", "esperado"),
    [
        (TODOS, "HEMOGRAMA"),
        (_sem("2240304361"), "EXAMES"),
        (_sem(Por.PROCEDIMENTO), "EXAME"),
        (_sem(Por.PROCEDIMENTO, Por.ATENDIMENTO), "AMBULATORIAL"),
        (_sem(Por.PROCEDIMENTO, Por.ATENDIMENTO, "01"), "SADT"),
        ([], "GERAL"),
    ],
)
def test_o_mais_especifico_vence(acordados: list[CodigoAcordado], esperado: str) -> None:
    assert codigo_credenciado(acordados, EXAME, padrao="GERAL", procedimento=HEMOGRAMA) == esperado


def test_um_codigo_so_de_tabela_vale_para_todos_dela() -> None:
    assert codigo_credenciado(TODOS, EXAME, padrao="GERAL", procedimento=("20", "90000001")) == "REMEDIOS"


def test_o_prefixo_nao_atravessa_a_tabela() -> None:
    acordados = _acordados(procedimento="22403=EXAMES")
    assert codigo_credenciado(acordados, EXAME, padrao="GERAL", procedimento=("98", "40304361")) == "GERAL"


def test_uma_guia_aceita_o_codigo_de_cada_um_dos_seus_procedimentos() -> None:
    acordados = _acordados(procedimento="22403=EXAMES")
    assert codigos_da_guia(acordados, EXAME, padrao="GERAL", procedimentos=[HEMOGRAMA, CONSULTA]) == {"EXAMES", "GERAL"}
    assert codigos_da_guia(acordados, EXAME, padrao="GERAL", procedimentos=[HEMOGRAMA]) == {"EXAMES"}
    assert codigos_da_guia(acordados, EXAME, padrao="GERAL", procedimentos=[]) == {"GERAL"}
