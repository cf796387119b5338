"""What a rule finds missing is asked for in the fields of its place, and filled in it leaves nothing to say."""

from __future__ import annotations

import pytest

from tiss_schemas.achados import Tipo
from tiss_schemas.edicao import aplicar
from uploads.controles import controles_de
from uploads.models import Critica

from . import casos_convenio_numeros, casos_exigencias, casos_validos
from .apoio import Caso

VERSAO = "4.03.00"
PREENCHIDO = {
    "A01": {"dataAutorizacao": "2026-01-01", "senha": "884512", "senhaAutorizacao": "884512"},
    "A11": {"dataAutorizacao": "2026-01-01", "numeroGuiaOperadora": "70000123"},
    "B13": {"ausenciaCodValidacao": "03"},
    "G05": {"numeroGuiaOperadora": "70000123"},
    "I24": {
        "grauPart": "12",
        "cpfContratado": "52998224725",
        "nomeProf": "MARIA DE TESTE",
        "conselho": "06",
        "numeroConselhoProfissional": "100001",
        "UF": "35",
        "CBOS": "225125",
    },
    "I39": {"codDente": "36"},
    "P07": {"nomeProfSolic": "JOSE DE TESTE", "croSolic": "10203", "ufSolic": "35", "cbosSolic": "223208"},
}
"""By rule, what a person types, by the name of the field."""
CASOS = [
    caso
    for arquivo in (casos_convenio_numeros, casos_exigencias, casos_validos)
    for caso in arquivo.DISPARAM
    if caso.regra in PREENCHIDO
]


@pytest.mark.parametrize("caso", CASOS, ids=str)
def test_what_is_missing_is_filled_in_where_it_is_asked_for(caso: Caso) -> None:
    conteudo = caso.bytes_na(VERSAO)
    (achado,) = [achado for achado in caso.julgar_bytes(conteudo).achados if achado.regra == caso.regra]
    if achado.tipo is not Tipo.FALTANDO:
        return
    critica = Critica(caminho=achado.caminho, tipo=achado.tipo, esperado=achado.esperado, valor=achado.valor)
    controles = {controle.nome.rpartition("/")[2]: controle for controle in controles_de(critica, VERSAO, None)}
    edicoes = [
        controles[nome].edicao(achado.caminho, valor)
        for nome, valor in PREENCHIDO[caso.regra].items()
        if nome in controles
    ]
    assert edicoes
    assert caso.julgar_bytes(aplicar(conteudo, edicoes).conteudo).achados == ()


def test_every_one_of_these_rules_asks_for_a_field() -> None:
    faltas = [achado for caso in CASOS for achado in caso.julgar(VERSAO).achados if achado.tipo is Tipo.FALTANDO]
    assert {achado.regra for achado in faltas} == set(PREENCHIDO)
