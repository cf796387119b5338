"""Each criterion finds what it looks for, and nothing else; nothing valid is refused."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from demonstrativos.analise.conferencia_decisao import Ajustado, decidir
from demonstrativos.analise.criterios import CRITERIOS, Indicio
from demonstrativos.analise.criterios.registro import Criterio, e_tecnico, existe_na
from demonstrativos.analise.estados import AcaoDoCriterio
from tests.demonstrativos.conferencia.situacoes import SITUACOES, Achado, Situacao, caso_de
from tiss_schemas.exemplos import TIPOS_DE_GUIA, VERSOES, lote_exemplo
from uploads.regras import REGRAS

ADOTADAS = ("4.02.00", "4.03.00")


def _achados(situacao: Situacao, versao: str) -> list[Indicio]:
    return list(CRITERIOS[situacao.criterio].funcao(situacao.caso(versao)))


def _onde(indicio: Indicio) -> Achado:
    guia, item = indicio.guia, indicio.item
    return (
        None if guia is None else guia.indice,
        None if guia is None or item is None else guia.itens.index(item) + 1,
    )


@pytest.mark.parametrize("versao", ADOTADAS)
@pytest.mark.parametrize("situacao", SITUACOES, ids=str)
def test_it_finds_what_is_wrong_there_and_nowhere_else(situacao: Situacao, versao: str) -> None:
    achados = _achados(situacao, versao)
    assert tuple(map(_onde, achados)) == situacao.acha
    assert all(achado.motivo.endswith(".") and len(achado.motivo) <= 500 for achado in achados)


@pytest.mark.parametrize("situacao", SITUACOES, ids=str)
def test_it_finds_nothing_where_that_is_in_order(situacao: Situacao) -> None:
    assert _achados(situacao.em_ordem, "4.03.00") == []


def test_every_criterion_has_its_pair() -> None:
    assert [situacao.criterio for situacao in SITUACOES] == list(CRITERIOS)


@pytest.mark.parametrize("tipo", TIPOS_DE_GUIA)
def test_of_a_valid_lot_nothing_is_found(tipo: str) -> None:
    caso = caso_de(lote_exemplo(tipo, guias=3, itens=6, maximo=True))
    assert decidir(caso, [Ajustado(criterio, criterio.acao) for criterio in CRITERIOS.values()]) == []


@pytest.mark.parametrize("criterio", CRITERIOS.values(), ids=lambda criterio: criterio.nome)
@pytest.mark.parametrize("versao", VERSOES)
def test_its_code_stands_in_tabela_38_and_in_the_version(criterio: Criterio, versao: str) -> None:
    dados = json.loads(resources.files("tiss").joinpath("_data", "glosas.json").read_text())
    codigo = criterio.codigo_na(versao)
    assert codigo in {linha["codigo"] for linha in dados["records"]}
    assert existe_na(codigo, versao)
    assert criterio.codigo_na(versao, "3312") == ("3312" if versao == "4.03.00" else codigo)


def test_what_an_auditor_judges_is_never_refused_without_one() -> None:
    assert [e_tecnico(codigo) for codigo in ("1801", "2607", "3022", "3210", "1705", "3306", "3097")] == [
        *([True] * 4),
        *([False] * 3),
    ]
    for criterio in CRITERIOS.values():
        assert Ajustado(criterio, AcaoDoCriterio.GLOSAR, "1801").acao_com("1801") != AcaoDoCriterio.GLOSAR


def test_rules_that_criteria_name_exist_and_are_named_once() -> None:
    nomeadas = [regra for criterio in CRITERIOS.values() for regra in criterio.regras]
    assert set(nomeadas) <= set(REGRAS)
    assert len(nomeadas) == len(set(nomeadas))
