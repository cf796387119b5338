"""The embedded Redis: broker of the wake-ups, and cache. Reached by its socket only, kept on disk."""

from pathlib import Path

import redis

from conecta.embutido import binarios
from conecta.embutido.processos import Processo

BASE_DAS_MENSAGENS, BASE_DO_CACHE = 0, 1
"""Two databases, so that clearing the cache does not throw the broker's messages away."""


def url_do_cache(execucao: Path) -> str:
    """Give the cache's URL, as Django's Redis cache reads it."""
    return f"unix://{_soquete(execucao)}?db={BASE_DO_CACHE}"


def url_das_mensagens(execucao: Path) -> str:
    """Give the broker's URL, as Celery reads it."""
    return f"redis+socket://{_soquete(execucao)}?virtual_host={BASE_DAS_MENSAGENS}"


def processo(var: Path, execucao: Path) -> Processo:
    """Describe the server."""
    dados = var / "redis"
    dados.mkdir(mode=0o700, exist_ok=True)
    opcoes = {
        "port": "0",
        "unixsocket": str(_soquete(execucao)),
        "unixsocketperm": "700",
        "pidfile": str(execucao / "redis.pid"),
        "dir": ".",
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
    }
    return Processo(
        nome="redis",
        comando=[binarios.do_redis("redis-server"), *(p for n, v in opcoes.items() for p in (f"--{n}", v))],
        camada=1,
        registro=var / "log" / "redis.log",
        pasta=dados,
    )


def pronto(execucao: Path) -> bool:
    """Say whether the server answers and has read its data."""
    cliente = redis.Redis(unix_socket_path=str(_soquete(execucao)), socket_timeout=5)
    try:
        return bool(cliente.ping())
    except redis.RedisError:
        return False
    finally:
        cliente.close()


def _soquete(execucao: Path) -> Path:
    return execucao / "redis.sock"
