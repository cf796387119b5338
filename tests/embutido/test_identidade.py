"""Postgres refuses root: both ways around it are tried for real, in a child, where the tests run as root."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conecta.embutido import identidade

LER = "import os, sys; print(os.geteuid(), open(sys.argv[1]).read())"
SO_ROOT = pytest.mark.skipif(os.getuid() != 0, reason="changes of identity are root's")


def _executar(preparo: identidade.Preparo, arquivo: Path) -> str:
    feito = subprocess.run(
        [sys.executable, "-I", "-S", "-c", LER, str(arquivo)],
        preexec_fn=preparo,
        capture_output=True,
        text=True,
        check=True,
    )
    return feito.stdout.strip()


@pytest.fixture
def privado(tmp_path: Path) -> Path:
    """A file of this user's in a folder closed to everybody else."""
    pasta = tmp_path / "privada"
    pasta.mkdir(mode=0o700)
    arquivo = pasta / "dado"
    arquivo.write_text("lido")
    arquivo.chmod(0o600)
    return arquivo


def test_um_usuario_comum_continua_quem_e_e_o_root_muda_de_identidade(tmp_path: Path) -> None:
    assert (identidade.preparo_para(tmp_path) is not None) == (os.getuid() == 0)


@SO_ROOT
def test_no_espaco_proprio_os_arquivos_do_root_sao_de_um_usuario_comum(privado: Path) -> None:
    assert _executar(identidade.entrar_em_espaco_proprio, privado) == f"{identidade.UID_NO_ESPACO} lido"


@SO_ROOT
def test_a_conta_sem_privilegio_ainda_passa_por_pastas_privadas(privado: Path) -> None:
    assert _executar(lambda: identidade.virar_conta(65534, 65534), privado) == "65534 lido"


@SO_ROOT
def test_dados_da_conta_sem_privilegio_continuam_a_ser_servidos_por_ela(tmp_path: Path, privado: Path) -> None:
    dados = tmp_path / "postgres"
    dados.mkdir(mode=0o700)
    os.chown(dados, 65534, 65534)
    preparo = identidade.preparo_para(dados)
    assert preparo is not None
    assert _executar(preparo, privado).startswith("65534 ")
