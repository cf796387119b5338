"""Which numbers a guide carries: the senha repeated, the prestador's repeated, or neither."""

from __future__ import annotations

import pytest

from convenios.numeracao.guia import NumerosDaGuia, numeros_da_guia
from convenios.numeracao.models import FaixaDeNumeracao
from convenios.numeracao.numeros import tipo_da_guia
from convenios.regras import Regras

Tipo = FaixaDeNumeracao.Tipo
REPETIR = Regras(repetir_senha_na_guia=True)
NAO_REPLICAR = Regras(nao_replicar_numero_da_guia=True)
OS_DOIS = Regras(repetir_senha_na_guia=True, nao_replicar_numero_da_guia=True)


@pytest.mark.parametrize(
    ("regras", "dada", "senha", "esperada"),
    [
        (Regras(), "", "", "G1"),
        (Regras(), "OP9", "S7", "OP9"),
        (REPETIR, "", "S7", "S7"),
        (REPETIR, "OP9", "S7", "S7"),
        (REPETIR, "OP9", "", "OP9"),
        (NAO_REPLICAR, "", "S7", ""),
        (NAO_REPLICAR, "OP9", "", "OP9"),
        (OS_DOIS, "", "S7", "S7"),
        (OS_DOIS, "", "", ""),
    ],
)
def test_o_numero_da_operadora(regras: Regras, dada: str, senha: str, esperada: str) -> None:
    numeros = numeros_da_guia(regras, prestador="G1", operadora=dada, senha=senha)
    assert numeros == NumerosDaGuia(prestador="G1", operadora=esperada)


@pytest.mark.parametrize(
    ("guia", "atendimento", "tipo"),
    [
        ("guiaConsulta", "", Tipo.CONSULTA),
        ("guiaResumoInternacao", "", Tipo.INTERNACAO),
        ("guiaSP-SADT", "23", Tipo.EXAME),
        ("guiaSP-SADT", "13", Tipo.PEQUENO_ATENDIMENTO),
        ("guiaSP-SADT", "04", Tipo.CONSULTA),
        ("guiaSP-SADT", "03", Tipo.GERAL),
        ("guiaHonorarios", "", Tipo.GERAL),
        ("guiaOdonto", "", Tipo.GERAL),
    ],
)
def test_cada_guia_tem_o_seu_tipo_de_faixa(guia: str, atendimento: str, tipo: str) -> None:
    assert tipo_da_guia(guia, atendimento) == tipo
