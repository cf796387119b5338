"""Pages drawn without a server: the template engine renders, the browser's requests are answered from memory."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory

from conecta.contas.models import Organizacao, Usuario
from conecta.contas.papeis import Papel, permissoes_de
from conecta.interface import contadores

ENDERECO = "http://conecta.teste"
CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'"


@pytest.fixture(autouse=True)
def _cache_limpo() -> None:
    """Nothing here asks the cache or the database, so neither need run."""


@pytest.fixture(autouse=True)
def _sem_contadores(monkeypatch: pytest.MonkeyPatch) -> None:
    """The menu as it is before any app counts: counters ask the database."""
    monkeypatch.setattr(contadores, "_contadores", {})


@pytest.fixture(autouse=True)
def _sem_manifesto(settings: Any) -> None:
    """Static files by their own names: no test needs to collect them first."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@dataclass
class VinculoSolto:
    """A membership that is in no database: the menu asks only what it may do."""

    organizacao: Organizacao
    papel: str = Papel.FATURISTA

    def pode(self, permissao: str) -> bool:
        return permissao in permissoes_de(self.organizacao.tipo, self.papel)

    def get_papel_display(self) -> str:
        return str(Papel(self.papel).label)


PRESTADOR = Organizacao(pk=1, tipo="prestador", sigla="Santa Aurélia", slug="aurelia", documento="41208337000176")
OPERADORA = Organizacao(
    pk=2, tipo="operadora", sigla="PASA", slug="pasa", documento="39419809000198", registro_ans="331988"
)


@pytest.fixture
def pedido(rf: RequestFactory) -> Callable[..., HttpRequest]:
    """`pedido(vinculo, "/aurelia/?ordem=lote")`: a request as the middleware hands it to a view."""

    def _pedido(vinculo: VinculoSolto | None = None, endereco: str = "/") -> HttpRequest:
        request = rf.get(endereco)
        request.user = Usuario(pk=7, nome="Marina Teixeira", email="marina@exemplo.com.br")
        request.vinculo = vinculo
        request.organizacao = vinculo.organizacao if vinculo else None
        request._messages = CookieStorage(request)
        request.resolver_match = SimpleNamespace(view_name="")
        return request

    return _pedido


@pytest.fixture
def desenhar() -> Callable[..., str]:
    """`desenhar("{% icone 'x' %}", campo=…)`: what a piece of template gives, the interface's tags loaded."""

    def _desenhar(fonte: str, request: HttpRequest | None = None, **contexto: Any) -> str:
        return engines["django"].from_string("{% load interface %}" + fonte).render(contexto, request)

    return _desenhar


@dataclass
class Navegador:
    """A browser whose site is a dictionary of pages, with the static files of the project."""

    browser: Any
    paginas: dict[str, str | Callable[[Any], dict[str, Any]]] = field(default_factory=dict)

    def abrir(self, caminho: str, **opcoes: Any) -> Any:
        """Open one of `paginas`. The page has `.recusas`, what the CSP and the console complained of."""
        pagina = self.browser.new_context(locale="pt-BR", **opcoes).new_page()
        pagina.recusas = []
        pagina.on("pageerror", lambda erro: pagina.recusas.append(str(erro)))
        pagina.on("console", lambda m: pagina.recusas.append(m.text) if "Content Security" in m.text else None)
        pagina.route("**/*", self._responder)
        pagina.goto(ENDERECO + caminho)
        return pagina

    def _responder(self, rota: Any) -> None:
        caminho = rota.request.url.removeprefix(ENDERECO).split("?")[0]
        if caminho.startswith("/static/"):
            return rota.fulfill(**_estatico(caminho.removeprefix("/static/")))
        pagina = self.paginas.get(caminho)
        if pagina is None:
            return rota.fulfill(status=404, body="")
        if callable(pagina):
            resposta = pagina(rota.request)
            return rota.abort() if resposta.get("cai") else rota.fulfill(**resposta)
        return rota.fulfill(**html(pagina))


def html(corpo: str, status: int = 200) -> dict[str, Any]:
    """A page under the portal's CSP."""
    cabecalhos = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": CSP}
    return {"status": status, "headers": cabecalhos, "body": corpo}


def _estatico(nome: str) -> dict[str, Any]:
    achado = finders.find(nome)
    assert achado, f"static file that is not there: {nome}"
    tipo = mimetypes.guess_type(nome)[0] or "application/octet-stream"
    return {"status": 200, "content_type": f"{tipo}; charset=utf-8", "body": Path(achado).read_bytes()}


@pytest.fixture
def navegador(chromium: Any) -> Iterator[Navegador]:
    """The browser, with no pages yet."""
    aberto = Navegador(chromium)
    yield aberto
    for contexto in chromium.contexts:
        contexto.close()
