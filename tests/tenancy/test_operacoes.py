"""Putting the wall up, and taking it down without leaving a hole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from conecta.tenancy.operacoes import INQUILINO, Auditar, ChaveComposta, Conceder, Murar, Politica

POLITICAS = [
    Politica("conecta_prestador", ("select", "insert"), f"prestador_id = {INQUILINO}"),
    Politica("conecta_prestador", ("update",), f"prestador_id = {INQUILINO}", colunas=("nome",)),
    Politica("conecta_operadora", ("select",), "nome <> ''"),
]


@pytest.fixture
def dono(commitado: None) -> Iterator[Any]:
    """The owner's connection with two scratch tables, removed afterwards."""
    conexao = connections["dono"]
    with conexao.cursor() as cursor:
        cursor.execute("create table rascunho (id bigint primary key, prestador_id bigint, nome text)")
        cursor.execute("alter table rascunho add unique (id, prestador_id)")
        cursor.execute("create table rascunho_filho (id bigint primary key, rascunho_id bigint, prestador_id bigint)")
    yield conexao
    with conexao.cursor() as cursor:
        cursor.execute("drop table rascunho_filho, rascunho")
    conexao.close()


def _fazer(conexao: Any, operacao: Any) -> None:
    with conexao.schema_editor() as editor:
        operacao.database_forwards("tenancy", editor, None, None)


def _desfazer(conexao: Any, operacao: Any) -> None:
    with conexao.schema_editor() as editor:
        operacao.database_backwards("tenancy", editor, None, None)


def _um(conexao: Any, sql: str) -> Any:
    with conexao.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def _pode(conexao: Any, papel: str, privilegio: str) -> bool:
    return bool(_um(conexao, f"select has_table_privilege('{papel}', 'rascunho', '{privilegio}')"))


def test_the_wall_forces_security_and_grants_what_the_policies_say(dono: Any) -> None:
    _fazer(dono, Murar("rascunho", POLITICAS))
    assert _um(dono, "select relforcerowsecurity from pg_class where relname = 'rascunho'")
    assert _pode(dono, "conecta_prestador", "insert")
    assert not _pode(dono, "conecta_prestador", "update")
    assert _um(dono, "select has_column_privilege('conecta_prestador', 'rascunho', 'nome', 'update')")
    assert not _um(dono, "select has_column_privilege('conecta_prestador', 'rascunho', 'prestador_id', 'update')")
    assert not _pode(dono, "conecta_operadora", "insert")
    assert not _pode(dono, "conecta_app", "select")


def test_taking_the_wall_down_takes_every_grant_with_it(dono: Any) -> None:
    _fazer(dono, Murar("rascunho", POLITICAS))
    _desfazer(dono, Murar("rascunho", POLITICAS))
    for papel in ("conecta_app", "conecta_prestador", "conecta_operadora", "conecta_sistema"):
        assert not _pode(dono, papel, "select, insert, update, delete")
    assert _um(dono, "select count(*) from pg_policies where tablename = 'rascunho'") == 0


def test_a_row_hangs_only_on_a_row_of_the_same_organisation(dono: Any) -> None:
    chave = ChaveComposta("rascunho_filho", ["rascunho_id", "prestador_id"], "rascunho", ["id", "prestador_id"])
    _fazer(dono, chave)
    with dono.cursor() as cursor:
        cursor.execute("insert into rascunho values (1, 10, 'a'); insert into rascunho_filho values (1, 1, 10)")
        with pytest.raises(Exception, match="violates foreign key"):
            cursor.execute("insert into rascunho_filho values (2, 1, 11)")
    _desfazer(dono, chave)


def test_grants_without_a_wall_come_and_go(dono: Any) -> None:
    conceder = Conceder("select", ["rascunho"], ["conecta_app"])
    _fazer(dono, conceder)
    assert _pode(dono, "conecta_app", "select")
    _desfazer(dono, conceder)
    assert not _pode(dono, "conecta_app", "select")


def test_the_trail_leaves_out_what_it_is_told_to_and_what_did_not_change(dono: Any) -> None:
    auditar = Auditar("rascunho", ["nome"])
    _fazer(dono, auditar)
    with dono.cursor() as cursor:
        cursor.execute(
            "insert into rascunho values (7, 10, 'segredo'); update rascunho set nome = 'outro' where id = 7"
        )
        cursor.execute("select operacao, depois from auditoria.registro where tabela = 'rascunho'")
        linhas = cursor.fetchall()
        cursor.execute("delete from auditoria.registro where tabela = 'rascunho'")
    _desfazer(dono, auditar)
    assert [operacao for operacao, _ in linhas] == ["INSERT"]
    assert "segredo" not in str(linhas)
