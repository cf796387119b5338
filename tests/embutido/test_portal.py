"""`make run` as its operator sees it: what it refuses, and what ends with it."""

import json
import os
import socket
import subprocess
from pathlib import Path

import pytest

from conecta.embutido.processos import esperar
from tests.servidores import PRAZO, RAIZ, Supervisor, vivo

pytestmark = [pytest.mark.processos, pytest.mark.enable_socket]


@pytest.fixture
def var(tmp_path: Path) -> Path:
    pasta = tmp_path / "minha pasta"
    pasta.mkdir()
    return pasta


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
