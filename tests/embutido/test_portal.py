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
SEM_DEMONSTRACAO = {"DEMONSTRACAO": "false"}
"""What is killed here are processes: the portal of `tests.portal` has the demonstration, and is killed, too."""
PRAZO_DO_PORTAL = 240.0
"""Seconds: a first start makes the database and loads ANS's tables."""


@pytest.fixture
def var(tmp_path: Path) -> Path:
    pasta = tmp_path / "minha pasta"
    pasta.mkdir()
    return pasta


def endereco(supervisor: Supervisor) -> str:
    """Wait until the portal is up; give its address."""
    supervisor.aguardar_texto("Conecta em http", prazo=PRAZO_DO_PORTAL)
    return supervisor.saida.rpartition("Conecta em ")[2].split()[0]


def refeito(supervisor: Supervisor, antes: dict[str, int], nomes: set[str]) -> bool:
    """Say whether these parts run again, as new processes."""
    agora = supervisor.pids()
    return all(vivo(agora.get(nome)) and agora[nome] != antes[nome] for nome in nomes)


def pronto(portal: str) -> bool:
    try:
        with urllib.request.urlopen(f"{portal}readyz", timeout=10) as resposta:
            return bool(json.load(resposta)["pronto"])
    except OSError:
        return False


def test_o_portal_se_refaz_do_que_morre_e_encerra_tudo_a_pedido(var: Path) -> None:
    with Supervisor(var, *SERVIR, **SEM_DEMONSTRACAO) as supervisor:
        portal = endereco(supervisor)
        antes = supervisor.pids()
        assert set(antes) == {"postgres", "redis", "web", "trabalhador-validacao", "trabalhador-documentos", "relogio"}

        mortos = {"web", "trabalhador-validacao", "postgres"}
        for nome in mortos:
            os.kill(antes[nome], signal.SIGKILL)
        assert esperar(lambda: refeito(supervisor, antes, mortos) and pronto(portal), PRAZO_DO_PORTAL), supervisor.saida
        sobras = supervisor.pids()
        assert {nome for nome in antes if antes[nome] != sobras[nome]} == mortos

        for pid in (supervisor.processo.pid, *sobras.values()):
            os.kill(pid, signal.SIGKILL)
    # The web's own children outlive it for a while, and hold the port.
    porta = portal.rstrip("/").rpartition(":")[2]
    with Supervisor(var, "servir", "--porta", porta, **SEM_DEMONSTRACAO) as supervisor:
        assert endereco(supervisor) == portal
        assert pronto(portal)
        assert not any(map(vivo, sobras.values()))

        pids = supervisor.pids()
        assert supervisor.terminar(signal.SIGINT) == 0
    assert not any(map(vivo, pids.values()))
    assert "Encerrando" in supervisor.saida


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


@pytest.mark.parametrize("porta", ["abc", "99999", "-1", "", "80 80"])
def test_o_que_nao_e_porta_e_dito_em_portugues(var: Path, porta: str) -> None:
    recusa = subprocess.run(
        ["make", "run", f"PORT={porta}"],
        cwd=RAIZ,
        env={**os.environ, "CONECTA_VAR": str(var)},
        capture_output=True,
        text=True,
        timeout=PRAZO,
    )
    assert recusa.returncode
    assert f"A porta é um número até 65535, e não “{porta}”" in recusa.stdout + recusa.stderr
    assert not list(var.iterdir())
