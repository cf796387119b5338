"""Postgres and Redis for one data folder: ours where no address of others is given, and how to reach them."""

import json
import os
import secrets
from pathlib import Path

from conecta.embutido import servidor_postgres, servidor_redis
from conecta.embutido.vigia import Vigia

PRAZO_DO_POSTGRES = 120.0
"""Seconds: after a crash it reads its log again before it answers."""
PRAZO_DO_REDIS = 60.0


def iniciar_servidores(vigia: Vigia, var: Path, execucao: Path, *, duravel: bool = True) -> dict[str, str]:
    """Start the servers that the environment does not name, and give the environment that reaches all of them."""
    ambiente = {"CONECTA_VAR": str(var), "CONECTA_SUPERVISOR": str(var), "SECRET_KEY_FILE": str(_segredo(var))}
    ambiente.update(_postgres(vigia, var, execucao, duravel=duravel))
    ambiente.update(_redis(vigia, var, execucao))
    _escrever(var / "env.json", json.dumps({n: v for n, v in ambiente.items() if n != "CONECTA_SUPERVISOR"}, indent=1))
    return ambiente


def esquecer_servidores(var: Path) -> None:
    """Remove the description of servers that no longer run."""
    (var / "env.json").unlink(missing_ok=True)


def _postgres(vigia: Vigia, var: Path, execucao: Path, *, duravel: bool) -> dict[str, str]:
    if dado := os.environ.get("DATABASE_URL"):
        return {"DATABASE_URL": dado, "DATABASE_URL_DONO": os.environ.get("DATABASE_URL_DONO", dado)}
    processo = servidor_postgres.processo(var, execucao, duravel=duravel)
    vigia.iniciar(processo, lambda: servidor_postgres.pronto(execucao), prazo=PRAZO_DO_POSTGRES)
    servidor_postgres.preparar_banco(execucao)
    return {
        "DATABASE_URL": servidor_postgres.url(execucao, servidor_postgres.APLICACAO),
        "DATABASE_URL_DONO": servidor_postgres.url(execucao, servidor_postgres.DONO),
    }


def _redis(vigia: Vigia, var: Path, execucao: Path) -> dict[str, str]:
    if dado := os.environ.get("REDIS_URL"):
        return {"REDIS_URL": dado, "CELERY_BROKER_URL": os.environ.get("CELERY_BROKER_URL", dado)}
    vigia.iniciar(servidor_redis.processo(var, execucao), lambda: servidor_redis.pronto(execucao), prazo=PRAZO_DO_REDIS)
    return {
        "REDIS_URL": servidor_redis.url_do_cache(execucao),
        "CELERY_BROKER_URL": servidor_redis.url_das_mensagens(execucao),
    }


def _segredo(var: Path) -> Path:
    """The file of the secret key, made at the first start. `SECRET_KEY` in the environment goes before it."""
    arquivo = var / "secret"
    if not arquivo.exists():
        _escrever(arquivo, secrets.token_urlsafe(50))
    return arquivo


def _escrever(arquivo: Path, texto: str) -> None:
    """Write a private file that is either the old one or whole."""
    novo = arquivo.with_suffix(".novo")
    novo.unlink(missing_ok=True)
    with os.fdopen(os.open(novo, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as saida:
        saida.write(texto)
        saida.flush()
        os.fsync(saida.fileno())
    novo.replace(arquivo)
