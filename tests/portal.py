"""The portal as its operator runs it: servers, web, workers, beat and demonstration, each a process of its own."""

from __future__ import annotations

import os
import re
import signal
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import psycopg2
import pytest
import requests
from django.utils import timezone

from conecta.demonstracao.cadastro import carteiras_de
from conecta.demonstracao.pessoas import ORGANIZACOES, PESSOAS, SENHA
from conecta.embutido.processos import esperar
from conecta.embutido.servidor_postgres import BANCO, SUPERUSUARIO
from tests.servidores import Supervisor
from tiss_schemas.exemplos import lote_exemplo

INICIO = 240.0
"""Seconds that a first start may take on a busy machine: it also loads the standard's tables."""
ESPERA = 30.0
"""Seconds that one request may take, and that a condition is waited for."""
DOCUMENTOS = {organizacao.slug: organizacao.documento for organizacao in ORGANIZACOES}
REGISTROS = {organizacao.slug: organizacao.registro_ans for organizacao in ORGANIZACOES}
NA_URL = {pessoa.email: pessoa.vinculos[0][0] for pessoa in PESSOAS}
"""The organisation in whose URL a person of the demonstration works."""
ACIMA_DA_DEMONSTRACAO = 100_000
"""Lot numbers up to here may be of files that the demonstration brings along."""
_FILHOS = re.compile(r"\d+")


class Portal:
    """One portal over one data folder. It can be stopped, killed, and started again with other settings."""

    def __init__(self, pasta: Path) -> None:
        self.var = pasta / "o portal"  # folders of people have blanks in their names
        self.var.mkdir()
        self._ambiente: dict[str, str] | None = None
        self._supervisor: Supervisor | None = None
        self.endereco = ""
        self._conexao: psycopg2.extensions.connection | None = None

    def ligar(self, **ambiente: str) -> Portal:
        """Start it with these settings, or leave it as it is when it runs with them already."""
        if self._supervisor is not None and self._supervisor.processo.poll() is None:
            if self._ambiente == ambiente:
                return self
            self.desligar()
        supervisor = Supervisor(self.var, "--com-o-pai", "servir", "--porta", "0", **ambiente)
        self._supervisor, self._ambiente = supervisor.__enter__(), ambiente
        pronto = "Conecta em http"
        esperar(lambda: pronto in supervisor.saida or supervisor.processo.poll() is not None, INICIO)
        assert pronto in supervisor.saida, supervisor.saida
        self.endereco = supervisor.saida.rpartition("Conecta em ")[2].split()[0]
        assert esperar(self.pronto, ESPERA), supervisor.saida
        return self

    def ligado(self) -> Portal:
        """Leave it as it is when it runs, whatever its settings; else start it."""
        return self.ligar(**(self._ambiente or {}))

    def desligar(self) -> None:
        """Stop it as Ctrl-C does."""
        if self._supervisor is not None and self._supervisor.processo.poll() is None:
            assert self._supervisor.terminar(signal.SIGINT) == 0, self._supervisor.saida
        self._supervisor = None
        if self._conexao is not None:
            self._conexao.close()
            self._conexao = None

    def matar(self) -> None:
        """Kill the supervisor itself, as a machine that takes `make run` away does."""
        assert self._supervisor is not None
        self._supervisor.processo.kill()
        self._supervisor.processo.wait()

    def pronto(self) -> bool:
        """Say whether it answers and reaches its servers."""
        try:
            return requests.get(urljoin(self.endereco, "/readyz"), timeout=ESPERA).ok
        except requests.RequestException:
            return False

    def pids(self) -> dict[str, int]:
        """The process ids of its parts: "postgres", "redis", "web", "trabalhador-validacao", …"""
        assert self._supervisor is not None
        return self._supervisor.pids()

    def pid(self, nome: str) -> int:
        """The process id of one of its parts."""
        return self.pids()[nome]

    def filhos(self, nome: str) -> list[int]:
        """The process ids of the children of one of its parts: web processes, worker processes."""
        pid = self.pid(nome)
        return [int(n) for n in _FILHOS.findall(Path(f"/proc/{pid}/task/{pid}/children").read_text())]

    def sinalizar(self, nome: str, sinal: signal.Signals) -> None:
        """Send a signal to one of its parts with all the processes that this part has started."""
        os.killpg(self.pid(nome), sinal)

    @property
    def ambiente(self) -> dict[str, str]:
        """The environment that reaches its servers."""
        assert self._supervisor is not None
        return self._supervisor.ambiente()

    def consultar(self, sql: str, *parametros: Any) -> list[tuple[Any, ...]]:
        """Ask its database as the superuser, who stands above the walls between organisations.

        From one thread. A connection that died with its server is made anew, and the question asked again.
        """
        try:
            return self._consultar(sql, parametros)
        except (psycopg2.OperationalError, psycopg2.InterfaceError):
            self._conexao = None
            return self._consultar(sql, parametros)

    def _consultar(self, sql: str, parametros: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        if self._conexao is None:
            soquetes = self.ambiente["DATABASE_URL"].partition("@/")[2].removesuffix(f"/{BANCO}")
            self._conexao = psycopg2.connect(host=f"/{soquetes.lstrip('/')}", dbname=BANCO, user=SUPERUSUARIO)
            self._conexao.autocommit = True
        with self._conexao.cursor() as cursor:
            cursor.execute(sql, parametros)
            return cursor.fetchall() if cursor.description else []


class Sessao:
    """A person of the demonstration who is logged in, without a browser. One thread at a time."""

    def __init__(self, portal: Portal, email: str) -> None:
        self._portal = portal
        self._http = requests.Session()
        self._http.trust_env = False
        self.slug = NA_URL[email]
        self.abrir("/conta/login/")
        resposta = self.postar("/conta/login/", login=email, password=SENHA)
        assert resposta.status_code == requests.codes.found, resposta.text

    def abrir(self, caminho: str) -> requests.Response:
        """GET a path of the portal, without following where it leads."""
        return self._http.get(urljoin(self._portal.endereco, caminho), timeout=ESPERA, allow_redirects=False)

    def postar(self, caminho: str, arquivos: dict[str, Any] | None = None, **campos: str) -> requests.Response:
        """POST a form, without following where it leads."""
        return self._http.post(
            urljoin(self._portal.endereco, caminho),
            data=campos,
            files=arquivos,
            headers={"X-CSRFToken": self._http.cookies["csrf"]},
            timeout=ESPERA,
            allow_redirects=False,
        )

    def incluir(self, nome: str, dados: bytes) -> int | None:
        """Upload a file; give its id when the portal acknowledged it, else None."""
        try:
            resposta = self.postar(f"/{self.slug}/uploads/novo/", {"arquivo": (nome, dados, "text/xml")})
        except requests.RequestException:
            return None
        if resposta.status_code != requests.codes.found:
            return None
        return int(resposta.headers["Location"].rstrip("/").rpartition("/")[2])

    def agir(self, lote: int, acao: str) -> bool:
        """Press a button of a lot ("fechar", "enviar"); say whether the portal acknowledged it."""
        try:
            resposta = self.postar(f"/{self.slug}/lotes/{lote}/{acao}/")
        except requests.RequestException:
            return False
        return resposta.status_code == requests.codes.found


class _Numeros:
    """Numbers of lots and guides that no other file of this run has."""

    def __init__(self) -> None:
        self._trava = threading.Lock()
        self._ultimo = ACIMA_DA_DEMONSTRACAO

    def proximo(self) -> int:
        with self._trava:
            self._ultimo += 1
            return self._ultimo


_numeros = _Numeros()
novo_numero = _numeros.proximo


def ontem() -> date:
    """A day on which everything in an invented file may have happened."""
    return timezone.localdate() - timedelta(days=1)


def arquivo_valido(prestador: str, operadora: str, tipo: str = "consulta", **opcoes: Any) -> bytes:
    """A file of that prestador of the demonstration for that operadora, unlike any other, that no rule objects to."""
    numero = novo_numero()
    dados: dict[str, Any] = {
        "guias": 2,
        "registro_ans": REGISTROS[operadora],
        "cnpj": DOCUMENTOS[prestador],
        "carteiras": carteiras_de(operadora),
        "data": ontem(),
        "numero_lote": str(numero),
        "sequencial": str(numero),
        "primeiro_numero_guia": numero * 1000,
        "semente": numero,
    }
    return lote_exemplo(tipo, **(dados | opcoes))


@pytest.fixture(scope="session")
def _portal_da_sessao(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    portal = Portal(tmp_path_factory.mktemp("portal"))
    yield portal
    portal.desligar()


@pytest.fixture
def portal(_portal_da_sessao: Portal) -> Portal:
    """The portal with its own settings, started when the first test of this process needs it."""
    return _portal_da_sessao.ligar()
