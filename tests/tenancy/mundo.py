"""Every address of the portal, and a world with one row of everything to ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from conecta.contas.models import Usuario
from tests.fabrica import Cenario


@dataclass(frozen=True)
class Caminho:
    """An address inside an organisation, and what its view declares."""

    nome: str
    rota: str
    permissao: str | None
    de: str | None

    def __str__(self) -> str:
        return self.nome


def _caminhos(resolvedor: URLResolver, espaco: str = "", rota: str = "") -> Iterator[Caminho]:
    for padrao in resolvedor.url_patterns:
        completa = rota + str(padrao.pattern)
        if isinstance(padrao, URLResolver):
            yield from _caminhos(padrao, f"{padrao.namespace}:" if padrao.namespace else espaco, completa)
        elif isinstance(padrao, URLPattern) and "<slug:slug>" in completa:
            vista = padrao.callback
            yield Caminho(
                f"{espaco}{padrao.name}",
                completa,
                getattr(vista, "permissao", None),
                getattr(vista, "tipo_de_organizacao", None),
            )


TERMO_PROPRIO = "PROPRIO-1"
"""A code of table 00 that every operadora of the world has."""
OUTROS: dict[str, Any] = {
    "numero": 1,
    "operadora": "pasa",
    "codigo": 1,
    "verbo": "fechar",
    "formato": "pdf",
    "regra": "G04",
    "criterio": "preco_acima",
}
"""What else stands in addresses."""
CAMINHOS = list(_caminhos(get_resolver()))


@dataclass
class Mundo:
    """The scenario with one row of everything: not sent, and sent.

    Ids stand under what precedes them in addresses ("lotes"), or also whose address it is ("lotes de aurelia").
    """

    cenario: Cenario
    antes_do_envio: dict[str, int]
    enviado: dict[str, int]
    estranho: Usuario
    sessoes: dict[int, str]
    """The key of the session of each person, all of whom are logged in."""

    def cliente(self, usuario: Usuario, **opcoes: Any) -> Client:
        """A browser in which that person is logged in."""
        cliente = Client(**opcoes)
        cliente.cookies[settings.SESSION_COOKIE_NAME] = self.sessoes[usuario.pk]
        return cliente

    def endereco(self, caminho: Caminho, quem: str, linhas: dict[str, int]) -> str:
        """The address in that organisation's name, of those rows."""
        argumentos = {"slug": quem}
        if "<int:pk>" in caminho.rota:
            coisa = caminho.rota.split("/<int:pk>")[0].rsplit("/", 1)[-1]
            argumentos["pk"] = linhas.get(f"{coisa} de {quem}", linhas[coisa])
        if "<slug:tabela>/<str:termo>" in caminho.rota:
            argumentos |= {"tabela": "00", "termo": TERMO_PROPRIO}
        if "<slug:layout>" in caminho.rota:
            argumentos["layout"] = "planos" if quem in ("pasa", "sulina") else "produtos"
        argumentos |= {nome: valor for nome, valor in OUTROS.items() if f":{nome}>" in caminho.rota}
        return reverse(caminho.nome, kwargs=argumentos)
