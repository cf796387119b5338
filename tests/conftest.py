"""What every test stands on: a real Postgres, used with the runtime's login, and a real Redis."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client, override_settings
from hypothesis import settings as hypothesis

from tests.servidores import exigir_servidores

# The same examples for everybody: no build is luck. `--hypothesis-profile=outros` looks for what they do not find.
hypothesis.register_profile("iguais", derandomize=True)
hypothesis.register_profile("outros", max_examples=300)
hypothesis.load_profile("iguais")

pytest_plugins = ["tests.banco", "tests.distribuicao", "tests.navegador", "tests.portal"]


def pytest_configure() -> None:
    """Say in one line how to start the servers where there are none."""
    exigir_servidores()


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
def entrar(client: Client) -> Any:
    """Log a person in: `entrar(cenario.pessoa("faturista", "aurelia"))` gives the client."""

    def _entrar(usuario: Any) -> Client:
        client.force_login(usuario)
        return client

    return _entrar
