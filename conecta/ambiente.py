"""Where settings come from: the environment first, then what the embedded servers wrote to `var/env.json`."""

import json
import os
from pathlib import Path

import environ

RAIZ = Path(__file__).resolve().parent.parent
PASTA_VAR = Path(os.environ.get("CONECTA_VAR", RAIZ / "var"))


def ler_ambiente() -> tuple[environ.Env, bool]:
    """Give the reader of settings and whether the embedded servers supply them.

    The environment always wins over `var/env.json`. A name with the suffix `_FILE` is read from that file, as
    container platforms hand over secrets.
    """
    embutido = False
    arquivo = PASTA_VAR / "env.json"
    if "DATABASE_URL" not in os.environ and arquivo.is_file():
        embutido = True
        for nome, valor in json.loads(arquivo.read_text()).items():
            os.environ.setdefault(nome, str(valor))
    for nome in [n for n in os.environ if n.endswith("_FILE") and n.removesuffix("_FILE") in _SEGREDOS]:
        os.environ.setdefault(nome.removesuffix("_FILE"), Path(os.environ[nome]).read_text().strip())
    return environ.Env(), embutido or os.environ.get("CONECTA_EMBUTIDO") == "1"


_SEGREDOS = frozenset(
    {
        "SECRET_KEY",
        "DATABASE_URL",
        "DATABASE_URL_DONO",
        "REDIS_URL",
        "ARMAZENAMENTO_URL",
        "EMAIL_HOST_PASSWORD",
    }
)
