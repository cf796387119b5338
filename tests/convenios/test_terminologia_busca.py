"""Terms are found by code or by words, best first, and say how they stand on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connections

from conecta.texto import para_busca
from convenios.models import ItemDaTerminologia
from convenios.terminologia_busca import Criterios, Vigencia, opcoes, periodos, procurar, situacao, tabelas
from tests.convenios.apoio_terminologia import termo_proprio
from tests.fabrica import Cenario

HOJE = date(2026, 11, 22)
TERMOS = (
    ("22", "10101012", "Consulta em consultório (no horário normal ou preestabelecido)", "2009-02-13", None),
    ("22", "10101020", "Consulta em domicílio", "2009-02-13", None),
    ("22", "40304361", "Hemograma com contagem de plaquetas ou frações", "2009-02-13", None),
    ("22", "40304957", "Adenograma (inclui hemograma)", "2009-02-13", None),
    ("22", "41101316", "RM - Articular (por articulação)", "2009-02-13", None),
    ("22", "40805018", "RX - Tórax - 1 incidência", "2009-02-13", None),
    ("22", "20104499", "Procedimento que saiu da lista", "2009-02-13", "2025-04-30"),
    ("22", "20109999", "Procedimento que ainda vai valer", "2027-01-01", None),
    ("19", "101030002", "Prótese de quadril", "2016-10-01", None),
    ("20", "90598296", "DIPIRONA SÓDICA", "2012-10-10", None),
)


@pytest.fixture(scope="module")
def termos(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A few terms of TUSS, committed for the module."""
    with django_db_blocker.unblock(), connections["dono"].cursor() as cursor:
        cursor.execute(
            "insert into convenios_edicao (fonte, rotulo, sha256, carregada_em) values ('tuss', 'de teste', 'busca', "
            "now()) returning id"
        )
        edicao = cursor.fetchone()[0]
        for tabela, codigo, termo, inicio, fim in TERMOS:
            cursor.execute(
                "insert into convenios_termo (tabela, codigo, termo, termo_busca, vigencia_inicio, vigencia_fim, "
                "edicao_id) values (%s, %s, %s, %s, %s, %s, %s)",
                [tabela, codigo, termo, para_busca(termo), inicio, fim, edicao],
            )
        cursor.execute(
            "insert into convenios_itemdedominio (tabela, codigo, texto, texto_busca, edicao_id) "
            "values ('50', '04', 'Consulta', 'consulta', %s)",
            [edicao],
        )
        yield
        for tabela in ("termo", "itemdedominio"):
            cursor.execute(f"delete from convenios_{tabela} where edicao_id = %s", [edicao])
        cursor.execute("delete from convenios_edicao where id = %s", [edicao])
        connections["dono"].close()


@pytest.fixture
def dentro(termos: None, cenario: Cenario) -> Iterator[Cenario]:
    with cenario.dentro("aurelia"):
        yield cenario


def _achados(texto: str, **criterios: Any) -> list[str]:
    return [item.codigo for item in procurar(Criterios(texto=texto, dia=HOJE, **criterios)).pagina]


@pytest.mark.parametrize("escrito", ["40304361", "4030436-1", "40.30.43.61", "0040304361", " 40304361 "])
def test_a_code_is_found_with_or_without_mask_and_leading_zeros(escrito: str, dentro: Cenario) -> None:
    assert _achados(escrito) == ["40304361"]


def test_codes_that_begin_so_come_in_the_order_of_codes(dentro: Cenario) -> None:
    assert _achados("10101") == ["10101012", "10101020"]
    assert _achados("101") == ["10101012", "10101020", "101030002"]


def test_a_code_of_a_list_is_found_without_its_zero(dentro: Cenario) -> None:
    assert "04" in _achados("4")
    assert _achados("0") == ["04"]


def test_words_are_found_without_accents_in_any_order(dentro: Cenario) -> None:
    assert _achados("CONSULTORIO consulta") == _achados("consulta consultório") == ["10101012"]


def test_a_text_that_begins_so_comes_before_one_that_only_holds_the_word(dentro: Cenario) -> None:
    assert _achados("hemograma") == ["40304361", "40304957"]


def test_what_is_charged_comes_before_the_lists_of_the_standard(dentro: Cenario) -> None:
    assert _achados("consulta") == ["10101020", "10101012", "04"]


def test_short_words_count_only_where_a_word_begins(dentro: Cenario) -> None:
    assert _achados("rx torax") == ["40805018"]
    assert _achados("ou") == ["40304361", "10101012"]


def test_words_that_ans_writes_as_initials_are_found_written_out(dentro: Cenario) -> None:
    assert _achados("raio x de tórax") == ["40805018"]
    assert _achados("ressonância magnética articular") == ["41101316"]


def test_what_is_misspelled_offers_what_is_spelled_most_alike(dentro: Cenario) -> None:
    achados = procurar(Criterios(texto="hemogrma", dia=HOJE))
    assert achados.parecidos
    assert achados.pagina[0].codigo == "40304361"
    assert not procurar(Criterios(texto="hemograma", dia=HOJE)).parecidos


@pytest.mark.parametrize("texto", ["a", "%", "_", "\\", "zzzqqq", "''", "\\m(", "é" * 80])
def test_what_says_nothing_finds_nothing(texto: str, dentro: Cenario) -> None:
    assert _achados(texto) == []


def test_a_table_leaves_the_others_out(dentro: Cenario) -> None:
    assert _achados("consulta", tabela="50") == ["04"]
    assert set(tabelas()) == {"19", "20", "22", "50"}


def test_validity_is_told_by_the_day(dentro: Cenario) -> None:
    saiu, ainda = (ItemDaTerminologia.objects.get(codigo=codigo) for codigo in ("20104499", "20109999"))
    assert situacao(saiu, date(2025, 4, 30)) == Vigencia.VIGENTE
    assert situacao(saiu, date(2025, 5, 1)) == Vigencia.VENCIDO
    assert situacao(ainda, date(2026, 12, 31)) == Vigencia.FUTURO
    assert situacao(ainda, date(2027, 1, 1)) == Vigencia.VIGENTE


def test_only_the_valid_ones_where_asked_for_and_first_otherwise(dentro: Cenario) -> None:
    assert _achados("procedimento") == ["20104499", "20109999"]
    assert _achados("procedimento", so_vigentes=True) == []
    assert [item.codigo for item in opcoes(Criterios(texto="procedimento", dia=date(2027, 1, 1)))] == ["20109999"]


def test_an_empty_search_lists_everything_by_code(dentro: Cenario) -> None:
    assert len(_achados("")) == len(TERMOS) + 1


def test_own_codes_are_found_by_the_operadora_and_its_credenciados_only(termos: None, cenario: Cenario) -> None:
    termo_proprio(cenario, "pasa", "PAC-1", "Pacote de consulta")
    termo_proprio(cenario, "sulina", "PAC-9", "Pacote de consulta da outra")
    vistos = {}
    for quem in ("pasa", "sulina", "aurelia", "boavista", "cedro"):
        with cenario.dentro(quem):
            vistos[quem] = set(_achados("pac")) | set(_achados("pacote consulta"))
    assert vistos == {
        "pasa": {"PAC-1"},
        "sulina": {"PAC-9"},
        "aurelia": {"PAC-1", "PAC-9"},
        "boavista": {"PAC-1"},
        "cedro": {"PAC-9"},
    }


def test_a_field_for_one_operadora_is_not_offered_the_codes_of_another(termos: None, cenario: Cenario) -> None:
    termo_proprio(cenario, "pasa", "PAC-1", "Pacote de consulta")
    termo_proprio(cenario, "sulina", "PAC-9", "Pacote de consulta da outra")
    with cenario.dentro("aurelia"):
        achados = opcoes(Criterios(texto="pacote", dia=HOJE), operadora=cenario.pasa.pk)
    assert [item.codigo for item in achados] == ["PAC-1"]


def test_the_periods_of_a_code_come_latest_first(termos: None, cenario: Cenario) -> None:
    termo_proprio(cenario, "pasa", "A1", "Antes", date(2020, 1, 1), date(2024, 12, 31))
    termo_proprio(cenario, "pasa", "A1", "Depois", date(2025, 1, 1))
    with cenario.dentro("aurelia"):
        assert [item.texto for item in periodos("00", "A1")] == ["Depois", "Antes"]
