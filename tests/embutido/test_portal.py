"""`make run` as its operator sees it: one process to start and stop, that says where the portal is."""

import json
import os
import signal
import socket
import subprocess
import urllib.request
from pathlib import Path

import pytest

from conecta.embutido.processos import esperar
from tests.servidores import PRAZO, RAIZ, Supervisor, vivo

pytestmark = [pytest.mark.processos, pytest.mark.enable_socket]
SERVIR = ("servir", "--porta", "0")


@pytest.fixture
def var(tmp_path: Path) -> Path:
    pasta = tmp_path / "minha pasta"
    pasta.mkdir()
    return pasta


@pytest.fixture(scope="module")
def estaticos(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One folder of collected static files for all the starts of this module."""
    return str(tmp_path_factory.mktemp("estaticos"))


def endereco(supervisor: Supervisor) -> str:
    """Wait until the portal is up; give its address."""
    supervisor.aguardar_texto("Conecta em http")
    return supervisor.saida.rpartition("Conecta em ")[2].split()[0]


def pronto(portal: str) -> bool:
    try:
        with urllib.request.urlopen(f"{portal}readyz", timeout=10) as resposta:
            return bool(json.load(resposta)["pronto"])
    except OSError:
        return False


def test_inicia_serve_reinicia_o_que_morre_e_encerra_tudo(var: Path, estaticos: str) -> None:
    with Supervisor(var, *SERVIR, STATIC_ROOT=estaticos) as supervisor:
        portal = endereco(supervisor)
        assert pronto(portal)
        antes = supervisor.pids()
        assert set(antes) == {"postgres", "redis", "web", "trabalhador-validacao", "trabalhador-documentos", "relogio"}

        for nome in ("web", "trabalhador-validacao", "postgres"):
            os.kill(antes[nome], signal.SIGKILL)
        assert esperar(lambda: all(map(vivo, supervisor.pids().values())) and pronto(portal), PRAZO), supervisor.saida
        depois = supervisor.pids()
        assert {nome for nome in antes if antes[nome] != depois[nome]} == {"web", "trabalhador-validacao", "postgres"}

        assert supervisor.terminar(signal.SIGINT) == 0
    assert not any(map(vivo, depois.values()))
    assert "Encerrando" in supervisor.saida


def test_mortos_todos_a_forca_o_proximo_inicio_usa_a_mesma_pasta_e_a_mesma_porta(var: Path, estaticos: str) -> None:
    with Supervisor(var, *SERVIR, STATIC_ROOT=estaticos) as supervisor:
        portal = endereco(supervisor)
        sobras = supervisor.pids()
        for pid in (supervisor.processo.pid, *sobras.values()):
            os.kill(pid, signal.SIGKILL)
    # The web's own children outlive it for a while, and hold the port.
    porta = portal.rstrip("/").rpartition(":")[2]
    with Supervisor(var, "servir", "--porta", porta, STATIC_ROOT=estaticos) as supervisor:
        assert pronto(endereco(supervisor))
        assert not any(map(vivo, sobras.values()))


def test_porta_ocupada_e_dita_em_uma_frase(var: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as ocupante:
        porta = ocupante.getsockname()[1]
        with Supervisor(var, "servir", "--porta", str(porta)) as supervisor:
            assert supervisor.aguardar_fim() == 1
    assert f"A porta {porta} já está em uso por outro programa." in supervisor.saida
    assert "Traceback" not in supervisor.saida


def test_encerrado_o_make_o_portal_tambem_encerra(var: Path) -> None:
    make = subprocess.Popen(
        ["make", "--silent", "run", "PORT=0"],
        cwd=RAIZ,
        env={**os.environ, "CONECTA_VAR": str(var), "DATABASE_URL": "", "REDIS_URL": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert esperar((var / "env.json").exists, PRAZO)
        servidores = json.loads((var / "processos.json").read_text())
    finally:
        make.kill()
        make.wait()
    assert esperar(lambda: not any(map(vivo, servidores.values())), PRAZO)
