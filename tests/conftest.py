"""What every test stands on: a real Postgres, used with the runtime's login, and a real Redis."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings

from tests.fabrica import Cenario, montar_cenario
from tests.servidores import exigir_servidores

pytest_plugins = ["tests.distribuicao", "tests.navegador", "tests.portal"]


def pytest_configure() -> None:
    """Say in one line how to start the servers where there are none."""
    exigir_servidores()


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
def django_db_setup(
    django_db_blocker: Any, django_db_modify_db_settings: None, request: pytest.FixtureRequest
) -> Iterator[None]:
    """One database per worker, migrated by its owner and used by the runtime's login."""
    from django.test.utils import setup_databases, teardown_databases

    # A name of its own, so that two runs on one server do not take each other's database away.
    connections["default"].settings_dict["TEST"]["NAME"] = f"test_conecta_{os.getpid()}"
    with django_db_blocker.unblock(), _como_dono():
        gc.disable()  # migrations build every model a hundred times: to search what they leave takes as long again
        antigos = setup_databases(verbosity=0, interactive=False)
        gc.enable()
    yield
    with django_db_blocker.unblock(), _como_dono():
        connections["dono"].close()
        teardown_databases(antigos, verbosity=0)


def _esvaziar() -> None:
    """Remove all rows but the standard's own, as the owner."""
    connections["default"].close()
    with connections["dono"].cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        tabelas = sorted({nome for (nome,) in cursor.fetchall()} - TABELAS_DA_NORMA)
        cursor.execute(f"truncate {', '.join(tabelas)}, auditoria.registro, auditoria.acesso restart identity")
    connections["dono"].close()


@pytest.fixture
def commitado(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database with real commits, for what a rolled back transaction cannot show. Emptied afterwards."""
    with django_db_blocker.unblock():
        yield
        _esvaziar()


@pytest.fixture(scope="module")
def cenario_gravado(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cenario]:
    """The scenario committed once for a module, whose tests each roll back what they change."""
    with django_db_blocker.unblock():
        yield montar_cenario()
        _esvaziar()


@pytest.fixture(scope="session", autouse=True)
def _arquivos_estaticos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Static files collected as in production: a template that names a file that is not there fails its test.

    WhiteNoise looks for a file when it is asked for: else each `Client()` reads the whole folder first.
    """
    armazenamento = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    with override_settings(
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STORAGES={**settings.STORAGES, "staticfiles": armazenamento},
        WHITENOISE_AUTOREFRESH=True,
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield


@pytest.fixture(scope="session", autouse=True)
def _cache_do_processo() -> Iterator[None]:
    """One Redis database per worker: emptying it takes nothing away from the worker beside it."""
    url = re.sub(r"([?&]db=)\d+$", rf"\g<1>{2 + os.getpid() % 14}", settings.REDIS_URL)
    with override_settings(CACHES={"default": {**settings.CACHES["default"], "LOCATION": url}}):
        yield


@pytest.fixture(autouse=True)
def _cache_limpo(_cache_do_processo: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def cenario(db: None) -> Cenario:
    """Two operadoras, three prestadores and their people; see `tests.fabrica`."""
    return montar_cenario()


@pytest.fixture
def entrar(client: Client) -> Any:
    """Log a person in: `entrar(cenario.pessoa("faturista", "aurelia"))` gives the client."""

    def _entrar(usuario: Any) -> Client:
        client.force_login(usuario)
        return client

    return _entrar
