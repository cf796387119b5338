"""The portal on this machine: servers, database up to date, demo, web and workers, until somebody stops it."""

import errno
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from conecta.embutido import console
from conecta.embutido.erros import ErroDeInicio
from conecta.embutido.identidade import morrer_com_o_pai
from conecta.embutido.pastas import RAIZ
from conecta.embutido.processos import Processo
from conecta.embutido.servidores import iniciar_servidores
from conecta.embutido.sinais import PedidoDeParada, conferir_pedido
from conecta.embutido.supervisao import Supervisao, supervisao
from conecta.embutido.vigia import Vigia

PRAZO_DA_WEB = 90.0
CAMADA = 2
PORTAS_RESERVADAS = 1023
DESTA_MAQUINA = {"127.0.0.1": "localhost", "0.0.0.0": "localhost", "::": "[::1]"}  # noqa: S104 - only looked up
"""What people type: passkeys need a name, an address of digits is none."""
PROCESSOS_WEB, LINHAS_POR_PROCESSO = 2, 4
TRABALHADORES = {"validacao": ("validacao", 2), "documentos": ("documentos,integracao,importacao", 1)}
"""Name of each worker process: its queues, and how many jobs it does at once."""


def servir(var: Path, *, host: str, porta: int) -> None:
    """Run the portal at `host:porta` until Ctrl-C or SIGTERM.

    Raises:
        ErroDeInicio: something keeps it from starting, or stopped it.
    """
    with supervisao(var) as esta, _ocupar_porta(host, porta) as soquete:
        endereco = _endereco(soquete)
        esta.trava.anotar("iniciando", endereco)
        try:
            _iniciar(esta, soquete, endereco)
            esta.trava.anotar("em execução", endereco)
            _vigiar(esta.vigia)
        except PedidoDeParada:
            console.titulo("Encerrando…")


def _iniciar(esta: Supervisao, soquete: socket.socket, endereco: str) -> None:
    var, vigia = esta.var, esta.vigia
    console.titulo("Conecta: preparando. Ctrl-C encerra tudo.")
    ambiente = {**iniciar_servidores(vigia, var, esta.execucao), "CONECTA_EMBUTIDO": "1"}
    console.feito("Postgres e Redis prontos")
    _preparar(ambiente)
    vigia.iniciar(_web(var, ambiente, soquete), lambda: _responde(endereco), prazo=PRAZO_DA_WEB)
    for processo in (*_trabalhadores(var, ambiente), _relogio(var, ambiente)):
        vigia.iniciar(processo, processo.vivo, prazo=PRAZO_DA_WEB)
    console.feito("Web e trabalhadores prontos")
    acessos = var / "acessos.txt"
    if acessos.exists():
        console.texto(acessos.read_text())
    console.titulo(f"Conecta em {endereco}")


def _vigiar(vigia: Vigia) -> None:
    while True:
        vigia.conferir()
        time.sleep(0.2)


def _preparar(ambiente: dict[str, str]) -> None:
    """Migrate and load in a process of its own, which shows its steps itself."""
    pai = os.getpid()
    preparo = subprocess.Popen(
        [sys.executable, "-m", "conecta.embutido.preparo"],
        cwd=RAIZ,
        env={**os.environ, **ambiente},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: morrer_com_o_pai(signal.SIGTERM, pai),
    )
    try:
        while preparo.poll() is None:
            conferir_pedido()
            time.sleep(0.05)
    finally:
        preparo.kill()
        preparo.wait()
    if preparo.returncode != 0:
        raise ErroDeInicio("A preparação do banco de dados falhou; as linhas acima dizem por quê.")


def _web(var: Path, ambiente: dict[str, str], soquete: socket.socket) -> Processo:
    return Processo(
        nome="web",
        comando=[
            *(sys.executable, "-m", "gunicorn", "conecta.wsgi:application"),
            *("--bind", f"fd://{soquete.fileno()}", "--no-control-socket"),
            *("--workers", str(PROCESSOS_WEB), "--worker-class", "gthread", "--threads", str(LINHAS_POR_PROCESSO)),
            *("--timeout", "120", "--graceful-timeout", "5"),
        ],
        camada=CAMADA,
        registro=var / "log" / "web.log",
        ambiente=ambiente,
        descritores=(soquete.fileno(),),
    )


def _trabalhadores(var: Path, ambiente: dict[str, str]) -> list[Processo]:
    return [
        Processo(
            nome=f"trabalhador-{nome}",
            comando=[
                *(sys.executable, "-m", "celery", "-A", "conecta.celery", "worker", "--loglevel", "INFO"),
                *("--pool", "prefork", "--concurrency", str(simultaneos), "--queues", filas),
                *("--hostname", f"{nome}@%h", "--without-gossip", "--without-mingle"),
            ],
            camada=CAMADA,
            registro=var / "log" / f"trabalhador-{nome}.log",
            ambiente=ambiente,
        )
        for nome, (filas, simultaneos) in TRABALHADORES.items()
    ]


def _relogio(var: Path, ambiente: dict[str, str]) -> Processo:
    agenda = var / "celerybeat-schedule"
    for resto in var.glob(f"{agenda.name}*"):  # a killed beat may leave it half written; the settings hold it anyway
        resto.unlink()
    return Processo(
        nome="relogio",
        comando=[
            *(sys.executable, "-m", "celery", "-A", "conecta.celery", "beat", "--loglevel", "INFO"),
            *("--schedule", str(agenda), "--pidfile", ""),
        ],
        camada=CAMADA,
        registro=var / "log" / "relogio.log",
        ambiente=ambiente,
    )


def _ocupar_porta(host: str, porta: int) -> socket.socket:
    """Take the port before anything else starts: it is the only thing on the machine that others may hold."""
    soquete = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    soquete.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        soquete.bind((host, porta))
        soquete.listen(512)
    except OSError as erro:
        soquete.close()
        raise ErroDeInicio(_frase_da_porta(host, porta, erro)) from erro
    return soquete


def _endereco(soquete: socket.socket) -> str:
    """What to type into the browser on this machine."""
    host, porta = soquete.getsockname()[:2]
    return f"http://{DESTA_MAQUINA.get(host, f'[{host}]' if ':' in host else host)}:{porta}/"


def _frase_da_porta(host: str, porta: int, erro: OSError) -> str:
    outra = f"Escolha outra, por exemplo: make run PORT={porta + 10 if porta > PORTAS_RESERVADAS else 8010}"
    if erro.errno == errno.EADDRINUSE:
        return f"A porta {porta} já está em uso por outro programa. {outra}"
    if erro.errno == errno.EACCES:
        return f"Este usuário não pode abrir a porta {porta}. {outra}"
    return f"Não foi possível abrir {host}:{porta}: {erro.strerror}."


def _responde(endereco: str) -> bool:
    try:
        with urllib.request.urlopen(f"{endereco}readyz", timeout=10) as resposta:  # noqa: S310 - our own address
            return bool(resposta.status == http.client.OK)
    except (OSError, http.client.HTTPException):
        return False
