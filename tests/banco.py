"""The tests' database: migrated once in a run, copied for each process, and holding what a test asks for."""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from tests.fabrica import Cenario, montar_cenario

TABELAS_DA_NORMA = {
    "convenios_edicao",
    "convenios_termo",
    "convenios_itemdedominio",
    "convenios_mensagemtiss",
    "convenios_operadoranaans",
    "django_migrations",
    "django_content_type",
    "auth_permission",
}


@contextmanager
def _como_dono() -> Iterator[None]:
    """Let the default connection log in as the owner of the tables: to make and remove databases, never in a test."""
    padrao, dono = connections["default"].settings_dict, connections["dono"].settings_dict
    login = {chave: padrao[chave] for chave in ("USER", "PASSWORD")}
    padrao.update({chave: dono[chave] for chave in ("USER", "PASSWORD")})
    connections["default"].close()
    try:
        yield
    finally:
        connections["default"].close()
        padrao.update(login)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, django_db_modify_db_settings: None, testrun_uid: str) -> Iterator[None]:
    """One database per process, migrated by its owner and used by the runtime's login.

    The first process of a run that needs one migrates a model; every process gets a copy of it.
    """
    modelo, copia = f"test_conecta_{testrun_uid[:16]}", f"test_conecta_{os.getpid()}"
    with django_db_blocker.unblock(), _como_dono(), connections["default"]._nodb_cursor() as servidor:
        servidor.execute("select pg_advisory_lock(hashtext(%s))", [modelo])
        servidor.execute("select 1 from pg_database where datname = %s", [modelo])
        if feito_aqui := not servidor.fetchone():
            _migrar(f"{modelo}_novo")
            servidor.execute(f'alter database "{modelo}_novo" rename to "{modelo}"')
        servidor.execute(f'create database "{copia}" template "{modelo}"')
        _apontar(copia)
    yield
    with django_db_blocker.unblock(), _como_dono(), connections["default"]._nodb_cursor() as servidor:
        connections["dono"].close()
        servidor.execute(f'drop database "{copia}"')
        if feito_aqui:
            servidor.execute(f'drop database "{modelo}"')


def _migrar(banco: str) -> None:
    """Make that database and run all migrations in it."""
    from django.test.utils import setup_databases

    connections["default"].settings_dict["TEST"]["NAME"] = banco
    gc.disable()  # migrations build every model a hundred times: to search what they leave takes as long again
    setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
    gc.enable()
    connections.close_all()


def _apontar(banco: str) -> None:
    """Let both logins of this process, and of those that it starts, work in that database."""
    for alias in ("default", "dono"):
        connections[alias].close()
        settings.DATABASES[alias]["NAME"] = connections[alias].settings_dict["NAME"] = banco


class _Guardado:
    """What is committed in this process's database beside the standard's rows."""

    cenario: bytes | None = None
    """The scenario's objects, or None where there is nothing."""


def _a_parte(bloqueio: Any, fazer: Callable[[], None]) -> None:
    """Do it with connections of its own: the test's may be in a transaction already, which sees what is committed."""

    def fazer_e_fechar() -> None:
        with bloqueio.unblock():
            try:
                fazer()
            finally:
                connections.close_all()

    with ThreadPoolExecutor(1) as linha:
        linha.submit(fazer_e_fechar).result()


def _gravar_cenario() -> None:
    cenario = montar_cenario()
    _Guardado.cenario = pickle.dumps((cenario.organizacoes, cenario.pessoas))


def _esvaziar() -> None:
    """Remove all rows but the standard's own, as the owner."""
    with connections["dono"].cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        tabelas = sorted({nome for (nome,) in cursor.fetchall()} - TABELAS_DA_NORMA)
        cursor.execute(f"truncate {', '.join(tabelas)}, auditoria.registro, auditoria.acesso restart identity")
    _Guardado.cenario = None


@pytest.fixture(autouse=True)
def _sem_o_cenario_de_outros(request: pytest.FixtureRequest) -> None:
    """A test that asks for the database and not for the scenario does not find it there."""
    pedidos = set(request.fixturenames)
    if _Guardado.cenario is None or "_cenario_guardado" in pedidos:
        return
    if "django_db_setup" in pedidos or request.node.get_closest_marker("django_db"):
        _a_parte(request.getfixturevalue("django_db_blocker"), _esvaziar)


@pytest.fixture
def _cenario_guardado(django_db_setup: None, django_db_blocker: Any) -> bytes:
    """Almost every test asks for the scenario: it is committed once, and stays until a test wants none."""
    if _Guardado.cenario is None:
        _a_parte(django_db_blocker, _gravar_cenario)
    assert _Guardado.cenario is not None
    return _Guardado.cenario


@pytest.fixture
def cenario(_cenario_guardado: bytes, db: None) -> Cenario:
    """Two operadoras, three prestadores and their people, see `tests.fabrica`; objects of the test's own."""
    organizacoes, pessoas = pickle.loads(_cenario_guardado)
    return Cenario(organizacoes, pessoas)


@pytest.fixture
def commitado(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database with real commits, for what a rolled back transaction cannot show. Emptied afterwards."""
    with django_db_blocker.unblock():
        yield
        connections["default"].close()
    _a_parte(django_db_blocker, _esvaziar)


@pytest.fixture(scope="module")
def cenario_gravado(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cenario]:
    """The scenario committed once for a module, whose tests each roll back what they change."""
    if _Guardado.cenario is not None:
        _a_parte(django_db_blocker, _esvaziar)
    with django_db_blocker.unblock():
        yield montar_cenario()
        connections["default"].close()
    _a_parte(django_db_blocker, _esvaziar)
