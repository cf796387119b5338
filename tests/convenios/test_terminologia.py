"""The standard's tables come in once per edition, and a newer edition closes but never removes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from lxml import etree

from convenios.terminologia import FONTES, Carga, Fonte, carregar, carregar_tudo
from tiss_schemas import catalogo
from tiss_schemas.dominios import TABELA_DO_TIPO, TABELA_SO_DO_ESQUEMA, TEXTOS

TUSS = next(fonte for fonte in FONTES if fonte.nome == "tuss")
HOJE = date(2026, 2, 1)


@pytest.fixture
def dono(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The owner's connection, in a transaction that is rolled back."""
    with django_db_blocker.unblock():
        conexao = connections["dono"]
        conexao.set_autocommit(False)
        conexao.in_atomic_block = True
        conexao.savepoint_ids = []
        try:
            with conexao.cursor() as cursor:
                cursor.execute(
                    "delete from convenios_termo; delete from convenios_itemdedominio;"
                    "delete from convenios_mensagemtiss; delete from convenios_operadoranaans;"
                    "delete from convenios_edicao"
                )
                yield cursor
        finally:
            conexao.in_atomic_block = False
            conexao.rollback()
            conexao.close()


def _edicao(*termos: tuple[str, str, str, str]) -> bytes:
    registros = [
        {"tabela": "22", "codigo": codigo, "termo": termo, "vigencia_inicio": inicio, "vigencia_fim": fim}
        for codigo, termo, inicio, fim in termos
    ]
    return json.dumps({"records": registros}).encode()


def _carregar(conteudo: bytes, fonte: Fonte = TUSS) -> Carga:
    return carregar(fonte, conteudo, rotulo="de teste", hoje=HOJE)


def _termos(cursor: Any) -> list[tuple[Any, ...]]:
    cursor.execute("select codigo, termo, vigencia_inicio, vigencia_fim from convenios_termo order by 1, 3")
    return list(cursor.fetchall())


def test_the_whole_package_is_loaded_and_the_second_time_nothing_happens(dono: Any) -> None:
    linhas = {carga.fonte: carga.linhas for carga in carregar_tudo(hoje=HOJE)}
    assert linhas == {"tuss": 68_022, "dominios": 328, "listas do esquema": 208, "tabela 38": 470, "operadoras": 1_106}
    assert all(carga.ja_estava for carga in carregar_tudo(hoje=HOJE))
    dono.execute("select termo_busca, vigencia_fim from convenios_termo where tabela = '22' and codigo = '10101012'")
    assert dono.fetchall() == [("consulta em consultorio (no horario normal ou preestabelecido)", None)]
    dono.execute("select count(*) from convenios_termo where vigencia_fim is not null")
    assert dono.fetchone() == (4,)
    dono.execute("select razao_social from convenios_operadoranaans where registro_ans = '331988'")
    assert dono.fetchone() is not None


def test_lists_and_messages_can_be_searched_by_words_from_the_start(dono: Any) -> None:
    _carregar_listas()
    dono.execute("select count(*) from convenios_terminologia where texto_busca = ''")
    assert dono.fetchone() == (0,)
    procurar = "select texto from convenios_terminologia where tabela = %s and texto_busca like %s"
    for tabela, palavra, texto in (
        ("26", "enfermagem", "COREN – Enfermagem"),
        ("35", "instrumentador", "Instrumentador"),
        ("59", "sao paulo", "São Paulo"),
        ("23", "eletivo", "Eletivo"),
    ):
        dono.execute(procurar, [tabela, f"%{palavra}%"])
        assert dono.fetchall() == [(texto,)]


def test_an_edition_closes_nothing_of_tables_that_it_does_not_have(dono: Any) -> None:
    listas = _carregar_listas()["listas do esquema"]
    itens = [{"tabela": "59", "codigo": "35", "termo": "São Paulo", "vigencia_inicio": "", "vigencia_fim": ""}]
    _carregar(json.dumps({"records": itens}).encode(), listas)
    dono.execute(
        "select tabela, count(*) filter (where vigencia_fim is null) from convenios_itemdedominio "
        "where tabela in ('26', '59') group by tabela order by 1"
    )
    assert dono.fetchall() == [("26", 15), ("59", 1)]


def test_the_lists_of_the_schema_have_exactly_the_codes_of_its_newest_version() -> None:
    tipos = _codigos_do_esquema()
    assert {tipo: set(TEXTOS[tipo]) for tipo in TABELA_SO_DO_ESQUEMA} == {
        tipo: tipos[tipo] for tipo in TABELA_SO_DO_ESQUEMA
    }
    assert set(TABELA_SO_DO_ESQUEMA.values()).isdisjoint(TABELA_DO_TIPO.values())


def _carregar_listas() -> dict[str, Fonte]:
    """Load all but TUSS, which takes its time."""
    fontes = {fonte.nome: fonte for fonte in FONTES if fonte is not TUSS}
    for fonte in fontes.values():
        _carregar(fonte.conteudo(), fonte)
    return fontes


def _codigos_do_esquema() -> dict[str, set[str]]:
    xsd = "{http://www.w3.org/2001/XMLSchema}"
    tipos = {}
    for arquivo in catalogo.versoes()[-1].pasta.glob("*.xsd"):
        for tipo in etree.parse(arquivo).iter(f"{xsd}simpleType"):
            tipos[tipo.get("name") or ""] = {valor.get("value") or "" for valor in tipo.iter(f"{xsd}enumeration")}
    return tipos


def test_a_term_that_a_newer_edition_drops_is_closed_not_removed(dono: Any) -> None:
    _carregar(_edicao(("1", "Fica", "2020-01-01", ""), ("2", "Sai", "2020-01-01", "")))
    assert _carregar(_edicao(("1", "Fica", "2020-01-01", ""))).encerradas == 1
    assert _termos(dono) == [
        ("1", "Fica", date(2020, 1, 1), None),
        ("2", "Sai", date(2020, 1, 1), HOJE),
    ]


def test_a_code_that_begins_anew_ends_the_day_before(dono: Any) -> None:
    _carregar(_edicao(("1", "Antigo", "2020-01-01", "")))
    _carregar(_edicao(("1", "Novo", "2026-01-01", "")))
    assert _termos(dono) == [
        ("1", "Antigo", date(2020, 1, 1), date(2025, 12, 31)),
        ("1", "Novo", date(2026, 1, 1), None),
    ]


def test_a_newer_edition_corrects_what_it_keeps(dono: Any) -> None:
    _carregar(_edicao(("1", "Consulta", "2020-01-01", "")))
    _carregar(_edicao(("1", "Consulta médica", "2020-01-01", "2026-06-30")))
    assert _termos(dono) == [("1", "Consulta médica", date(2020, 1, 1), date(2026, 6, 30))]


def test_texts_with_tabs_breaks_and_backslashes_come_in_whole(dono: Any) -> None:
    termo = "5\\10 mg\tcom\nquebra\r\\N"
    _carregar(_edicao(("1", termo, "2020-01-01", "")))
    assert _termos(dono)[0][1] == termo


def test_an_edition_that_breaks_leaves_nothing_behind(dono: Any) -> None:
    with pytest.raises(Exception, match="2020-13-01"):
        _carregar(_edicao(("1", "Certo", "2020-01-01", ""), ("2", "Errado", "2020-13-01", "")))
    assert _termos(dono) == []
    assert _carregar(_edicao(("1", "Certo", "2020-01-01", ""))).linhas == 1


def test_the_command_says_what_became_of_each_source(dono: Any, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("carregar_terminologia")
    call_command("carregar_terminologia")
    linhas = capsys.readouterr().out.splitlines()
    assert [linha.split(":")[0].split(" (")[0] for linha in linhas] == [fonte.nome for fonte in FONTES] * 2
    assert all(linha.endswith("já estava carregada.") for linha in linhas[len(FONTES) :])
