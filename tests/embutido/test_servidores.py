"""Postgres and Redis around a command: private, complete, and gone when the command ends."""

import json
import os
import stat
import sys
from pathlib import Path

import psycopg2
import pytest
import redis

from conecta.embutido import servidor_postgres
from conecta.embutido.processos import esperar
from tests.servidores import PRAZO, Supervisor, vivo

pytestmark = pytest.mark.processos
ESPERAR = ("servidores", "--", "sleep", "600")


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """A data folder whose path has a space and an accent."""
    pasta = tmp_path / "um lugar é este"
    pasta.mkdir()
    return pasta


def soquetes(supervisor: Supervisor) -> Path:
    """The directory in which the supervisor's servers listen."""
    return Path(supervisor.ambiente()["DATABASE_URL"].partition("@/")[2]).parent


def conectar(supervisor: Supervisor, login: str) -> "psycopg2.extensions.connection":
    conexao = psycopg2.connect(host=str(soquetes(supervisor)), dbname="conecta", user=login)
    conexao.autocommit = True
    return conexao


def consultar(supervisor: Supervisor, login: str, sql: str) -> list[tuple[object, ...]]:
    conexao = conectar(supervisor, login)
    try:
        with conexao.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []
    finally:
        conexao.close()


def test_o_comando_recebe_os_servidores_e_seu_codigo_de_saida_e_devolvido(var: Path) -> None:
    programa = "import os, json; print(json.dumps(dict(os.environ))); raise SystemExit(7)"
    with Supervisor(var, "servidores", "--temporario", "--", sys.executable, "-c", programa) as supervisor:
        assert supervisor.aguardar_fim() == 7
    recebido = json.loads(supervisor.saida)
    assert "conecta_app" in recebido["DATABASE_URL"]
    assert "conecta_owner" in recebido["DATABASE_URL_DONO"]
    assert recebido["REDIS_URL"].startswith("unix:///")
    assert recebido["CELERY_BROKER_URL"].startswith("redis+socket:///")


def test_servidores_temporarios_nao_deixam_nada_no_disco(var: Path) -> None:
    programa = "import os; print(os.environ['CONECTA_VAR'], os.environ['DATABASE_URL'].partition('@/')[2])"
    with Supervisor(var, "servidores", "--temporario", "--", sys.executable, "-c", programa) as supervisor:
        assert supervisor.aguardar_fim() == 0
    pasta, banco = map(Path, supervisor.saida.split())
    assert not pasta.exists()
    assert not banco.parent.exists()


def test_dados_soquetes_e_segredo_sao_so_de_quem_executa(var: Path) -> None:
    with Supervisor(var, *ESPERAR) as supervisor:
        supervisor.aguardar_servidores()
        for pasta in (var, var / "postgres", var / "redis", soquetes(supervisor)):
            assert stat.S_IMODE(pasta.stat().st_mode) == 0o700, pasta
        for arquivo in ("secret", "env.json"):
            assert stat.S_IMODE((var / arquivo).stat().st_mode) == 0o600, arquivo


def test_nenhuma_porta_e_aberta(var: Path) -> None:
    with Supervisor(var, *ESPERAR) as supervisor:
        supervisor.aguardar_servidores()
        assert consultar(supervisor, "conecta_app", "show listen_addresses") == [("",)]
        with redis.Redis.from_url(supervisor.ambiente()["REDIS_URL"]) as cliente:
            assert cliente.config_get("port") == {"port": "0"}


def test_os_papeis_nao_podem_mais_do_que_devem(var: Path) -> None:
    with Supervisor(var, *ESPERAR) as supervisor:
        supervisor.aguardar_servidores()
        poderosos = (
            "select rolname from pg_roles where rolname like 'conecta%' and (rolsuper or rolbypassrls or rolcreaterole)"
        )
        assert consultar(supervisor, "conecta_owner", poderosos) == []
        for papel in ("conecta_prestador", "conecta_operadora", "conecta_sistema"):
            assert consultar(supervisor, "conecta_app", f"set role {papel}; select current_user") == [(papel,)]
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            consultar(supervisor, "conecta_app", "create table intrusa (id int)")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            consultar(supervisor, "conecta_app", "set role conecta_owner")


def test_um_banco_novo_do_dono_ja_tem_as_extensoes(var: Path) -> None:
    with Supervisor(var, *ESPERAR) as supervisor:
        supervisor.aguardar_servidores()
        consultar(supervisor, "conecta_owner", "create database test_conecta")
        conexao = psycopg2.connect(host=str(soquetes(supervisor)), dbname="test_conecta", user="conecta_owner")
        with conexao, conexao.cursor() as cursor:
            cursor.execute("select unaccent('Órtese'), similarity('guia', 'guias') > 0.5")
            assert cursor.fetchone() == ("Ortese", True)
        conexao.close()


def test_preparar_o_banco_de_novo_nao_muda_nada(var: Path) -> None:
    with Supervisor(var, *ESPERAR) as supervisor:
        supervisor.aguardar_servidores()
        servidor_postgres.preparar_banco(soquetes(supervisor))
        assert consultar(supervisor, "conecta_app", "set role conecta_sistema; select 1") == [(1,)]


def test_o_segundo_inicio_diz_quem_ja_esta_em_execucao(var: Path) -> None:
    with Supervisor(var, *ESPERAR) as primeiro:
        primeiro.aguardar_servidores()
        with Supervisor(var, "servir", "--porta", "0") as segundo:
            assert segundo.aguardar_fim() == 1
        assert "já está em execução nesta pasta" in segundo.saida
        assert f"processo {primeiro.processo.pid}" in segundo.saida
        assert primeiro.processo.poll() is None


def test_sigterm_encerra_o_comando_e_os_servidores(var: Path) -> None:
    with Supervisor(var, *ESPERAR) as supervisor:
        supervisor.aguardar_servidores()
        pids = supervisor.pids()
        assert supervisor.terminar() == 128 + 15
    assert set(pids) == {"postgres", "redis"}
    assert not any(map(vivo, pids.values()))
    assert not (var / "env.json").exists()


def test_morto_o_supervisor_nada_sobra_e_o_proximo_inicio_tem_os_dados(var: Path) -> None:
    with Supervisor(var, *ESPERAR) as supervisor:
        supervisor.aguardar_servidores()
        consultar(supervisor, "conecta_owner", "create table fica (valor text); insert into fica values ('aqui')")
        with redis.Redis.from_url(supervisor.ambiente()["REDIS_URL"]) as cliente:
            cliente.set("fica", "aqui")
        pids = supervisor.pids()
        supervisor.processo.kill()
        assert esperar(lambda: not any(map(vivo, pids.values())), PRAZO)
    (var / "env.json").unlink()
    with Supervisor(var, *ESPERAR) as supervisor:
        supervisor.aguardar_servidores()
        assert consultar(supervisor, "conecta_owner", "select valor from fica") == [("aqui",)]
        with redis.Redis.from_url(supervisor.ambiente()["REDIS_URL"]) as cliente:
            assert cliente.get("fica") == b"aqui"


@pytest.mark.parametrize("nome", ["postgres", "redis"])
def test_um_servidor_morto_e_reiniciado_com_os_dados(var: Path, nome: str) -> None:
    with Supervisor(var, *ESPERAR) as supervisor:
        supervisor.aguardar_servidores()
        consultar(supervisor, "conecta_owner", "create table fica (valor text); insert into fica values ('aqui')")
        antes = supervisor.pids()
        os.kill(antes[nome], 9)
        assert esperar(lambda: supervisor.pids()[nome] not in (None, antes[nome]), PRAZO)
        execucao = soquetes(supervisor)
        assert esperar(lambda: servidor_postgres.pronto(execucao), PRAZO)
        assert consultar(supervisor, "conecta_app", "select 1 where to_regclass('fica') is not null") == [(1,)]
        assert supervisor.processo.poll() is None
