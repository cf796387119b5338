"""The structure page for tests: opened, acted on as a browser without script does, saved."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any

from django.test import Client

from conecta.arquivos import cofre
from tests.fabrica import Cenario
from tests.uploads.apoio import processar_pendentes
from tiss_schemas.edicao import aplicar
from tiss_schemas.edicoes import Remover
from uploads.models import Arquivo, Versao

GUIA = "/ans:mensagemTISS/ans:prestadorParaOperadora/ans:loteGuias/ans:guiasTISS/ans:guiaSP-SADT"
SENHA = b"<ans:senha>S0000001</ans:senha>"
ESCONDIDO = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')

TelaDe = Callable[[bytes], "Tela"]


class Tela:
    """The page as a browser without script has it: its hidden fields go back with the button that is pressed."""

    def __init__(self, cliente: Client, arquivo: Arquivo) -> None:
        self.cliente, self.arquivo = cliente, arquivo
        self.url = f"/aurelia/uploads/arquivos/{arquivo.pk}/estrutura/"
        self.resposta: Any = None

    def abrir(self, **dados: str) -> Tela:
        self.resposta = self.cliente.get(self.url, dados)
        return self

    def fazer(self, acao: str, **dados: str) -> Tela:
        escondidos = {nome: html.unescape(valor) for nome, valor in ESCONDIDO.findall(self.texto)}
        self.resposta = self.cliente.post(self.url, escondidos | {"fazer": acao, "recalcular": "on"} | dados)
        return self

    @property
    def texto(self) -> str:
        return self.resposta.content.decode()

    @property
    def palavras(self) -> str:
        """The page without its markup."""
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", self.texto)).split())

    @property
    def passos(self) -> list[Any]:
        return list(json.loads(html.unescape(dict(ESCONDIDO.findall(self.texto))["passos"])))


def sem(dados: bytes, *caminhos: str) -> bytes:
    return aplicar(dados, [Remover(caminho) for caminho in caminhos]).conteudo


def salvo(cenario: Cenario, tela: Tela) -> bytes:
    """Save, and give the bytes of the new version."""
    assert tela.fazer("salvar:").resposta.status_code == 302, tela.palavras
    with cenario.dentro("aurelia"):
        return cofre.abrir(Versao.objects.get(arquivo=tela.arquivo, numero=2).conteudo_id)


def importado(cenario: Cenario, tela: Tela) -> bool:
    processar_pendentes()
    with cenario.dentro("aurelia"):
        return Arquivo.objects.get(pk=tela.arquivo.pk).situacao == "importado"


def com_o_foco(tela: Tela) -> str:
    return next(linha for linha in re.findall(r'data-no="([^"]+)"[^>]*autofocus', tela.texto))
