"""The name beside the card, which messages up to 3.05.00 carry."""

from __future__ import annotations

from datetime import date

import pytest

from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import GuiaLida, ler_lote
from uploads.regras import REGRAS, Apontamento
from uploads.regras.beneficiario import mesmo_nome
from uploads.regras.contexto import Cobertura

from .apoio import cadastro_de, editado, troca

CARTEIRA = "00090025012300"


def _guia(atendimento_rn: str = "N") -> GuiaLida:
    conteudo = lote_exemplo("sadt", "3.05.00", carteiras=[CARTEIRA], primeiro_numero_guia=8)
    documento = ler(editado(conteudo, [troca("atendimentoRN", atendimento_rn)]))
    lote = ler_lote(documento)
    assert lote is not None
    return lote.guias[0]


def _apontamentos(guia: GuiaLida, nome: str) -> list[Apontamento]:
    contexto = cadastro_de(None, beneficiarios={CARTEIRA: Cobertura(inclusao=date(2015, 1, 1), nome=nome)})
    regra = REGRAS["B15"]
    assert regra.funcao is not None
    return list(regra.funcao(guia, contexto))


def test_the_name_of_somebody_else_is_found_at_its_field_and_not_told() -> None:
    guia = _guia()
    (apontamento,) = _apontamentos(guia, "Belmiro Taveira Couto")
    assert apontamento.no is guia.campos["nomeBeneficiario"]
    assert apontamento.valor == "Anaíra Quintela Bragança"
    assert "Belmiro" not in apontamento.mensagem


@pytest.mark.parametrize("nome", ["Anaíra Quintela Bragança", "ANAIRA BRAGANCA", ""])
def test_the_same_name_written_otherwise_is_not(nome: str) -> None:
    assert _apontamentos(_guia(), nome) == []


def test_a_newborn_on_the_card_of_a_parent_has_another_name() -> None:
    assert _apontamentos(_guia("S"), "Belmiro Taveira Couto") == []


def test_versions_and_codes() -> None:
    assert [REGRAS["B15"].codigo_na(versao) for versao in ("3.05.00", "4.03.00")] == ["1011", "3243"]


@pytest.mark.parametrize(
    ("um", "outro", "esperado"),
    [
        ("Maria da Silva Souza", "MARIA SILVA SOUZA", True),
        ("Maria S. Souza", "Maria da Silva Souza", True),
        ("Maria Souza", "Maria da Silva Souza", True),
        ("Maria Souza Silva", "Maria da Silva Souza", False),
        ("Mariana da Silva", "Marta da Silva", False),
        ("João d'Ávila", "JOAO DAVILA", True),
        ("", "João", False),
        ("", "", True),
    ],
)
def test_names_of_one_person(um: str, outro: str, esperado: bool) -> None:
    assert mesmo_nome(um, outro) is esperado
    assert mesmo_nome(outro, um) is esperado
