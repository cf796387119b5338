"""The embedded Postgres: a cluster in `var/postgres`, reached by its socket only, with the roles of Conecta."""

import signal
import subprocess
from pathlib import Path

import psycopg2
from psycopg2.extensions import connection

from conecta.embutido import binarios
from conecta.embutido.erros import ErroDeInicio
from conecta.embutido.identidade import preparo_para
from conecta.embutido.pastas import remover
from conecta.embutido.processos import Processo

BANCO = "conecta"
DONO, APLICACAO, SUPERUSUARIO = "conecta_owner", "conecta_app", "postgres"
PASTA_DOS_SQL = Path(__file__).parent
CONEXOES = 100
SEM_DADOS_NO_REGISTRO = ("log_min_error_statement=panic", "log_error_verbosity=terse")
"""A refused statement and the detail of its error hold values, which may be health data."""
SEM_DURABILIDADE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def url(execucao: Path, login: str) -> str:
    """Give the URL of the portal's database over the socket in `execucao`, as django-environ reads it."""
    return f"postgres://{login}@/{execucao}/{BANCO}"


def processo(var: Path, execucao: Path, *, duravel: bool = True) -> Processo:
    """Describe the server, making its cluster first when there is none.

    `duravel=False` is for servers that are thrown away: a crash of the machine (not of a process) may lose their data.
    """
    dados = var / "postgres"
    if not (dados / "PG_VERSION").exists():
        _criar_cluster(var, dados, duravel=duravel)
    opcoes = [
        "listen_addresses=",
        f"unix_socket_directories={execucao}",
        "unix_socket_permissions=0700",
        f"max_connections={CONEXOES}",
        "timezone=UTC",
        "log_timezone=UTC",
        *SEM_DADOS_NO_REGISTRO,
        *(() if duravel else SEM_DURABILIDADE),
    ]
    return Processo(
        nome="postgres",
        comando=[binarios.do_postgres("postgres"), "-D", str(dados), *(p for o in opcoes for p in ("-c", o))],
        camada=0,
        registro=var / "log" / "postgres.log",
        pasta=var,
        sinal=signal.SIGINT,  # fast shutdown
        prazo=30.0,
        preparo=preparo_para(dados),
    )


def pronto(execucao: Path) -> bool:
    """Say whether the server answers queries."""
    try:
        _conectar(execucao, "postgres").close()
    except psycopg2.OperationalError:
        return False
    return True


def preparar_banco(execucao: Path) -> None:
    """Make roles, database and extensions where they are missing."""
    _executar(execucao, "postgres", (PASTA_DOS_SQL / "papeis.sql").read_text())
    _executar(execucao, "template1", (PASTA_DOS_SQL / "banco.sql").read_text())
    if not _existe_banco(execucao):
        _executar(execucao, "postgres", f"create database {BANCO} owner {DONO}")
    _executar(execucao, BANCO, (PASTA_DOS_SQL / "banco.sql").read_text())


def _criar_cluster(var: Path, dados: Path, *, duravel: bool) -> None:
    """Run initdb beside the final folder and rename, so that a killed start leaves nothing half made."""
    novo = var / "postgres.novo"
    remover(novo)
    novo.mkdir(mode=0o700)
    preparo = preparo_para(novo)
    comando = [
        binarios.do_postgres("initdb"),
        *("-D", str(novo), "-U", SUPERUSUARIO, "--auth=trust", "--encoding=UTF8", "--no-instructions"),
        *(() if duravel else ("--no-sync",)),
        # The same order and case on every machine, whatever locales it has.
        *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
    ]
    resultado = subprocess.run(
        comando, cwd=var, stdin=subprocess.DEVNULL, capture_output=True, text=True, preexec_fn=preparo, check=False
    )
    if resultado.returncode != 0:
        raise ErroDeInicio(f"O Postgres não conseguiu criar a pasta de dados {dados}:\n{resultado.stderr.strip()}")
    novo.rename(dados)


def _conectar(execucao: Path, banco: str) -> connection:
    return psycopg2.connect(host=str(execucao), dbname=banco, user=SUPERUSUARIO, connect_timeout=5)


def _executar(execucao: Path, banco: str, sql: str) -> None:
    conexao = _conectar(execucao, banco)
    conexao.autocommit = True
    try:
        with conexao.cursor() as cursor:
            cursor.execute(sql)
    finally:
        conexao.close()


def _existe_banco(execucao: Path) -> bool:
    conexao = _conectar(execucao, "postgres")
    try:
        with conexao.cursor() as cursor:
            cursor.execute("select 1 from pg_database where datname = %s", [BANCO])
            return cursor.fetchone() is not None
    finally:
        conexao.close()
