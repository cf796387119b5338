"""Which versions of the standard are at hand, and their compiled schemas.

4.02.00 and 4.03.00 come with the package `tiss`; others are installed by the user from ANS's files.
"""

from __future__ import annotations

import os
import re
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from lxml import etree

from tiss_schemas import instalacao
from tiss_schemas.versoes import EsquemaInvalido, Versao, arquivos_do_esquema, compilar, impressao, nome_da_raiz

__all__ = ["EsquemaInvalido", "Versao", "esquema", "instalar", "obter", "pasta_instaladas", "usar_pasta", "versoes"]

_IMPRESSOES_DO_PACOTE: Final = {
    "4.02.00": "b58f20e037cba61aef7a0b07815d9a6992d86a5aee4db1813f8abcc5177f828d",
    "4.03.00": "2c5c75f10444ca5be87b4572e2785d8537d70504a328f71295cab3ac5d86d57f",
}
"""What `versoes.impressao` gave for the files of ANS when they were reviewed."""

_NUMERO: Final = re.compile(r"\d{1,2}\.\d\d\.\d\d")
_PADRAO: Final = Path(__file__).resolve().parent.parent / "var" / "tiss_schemas"
_pasta_escolhida: Path | None = None


def usar_pasta(pasta: Path) -> None:
    """Keep installed versions in `pasta` for the life of this process (the Django setting ends here)."""
    global _pasta_escolhida
    _pasta_escolhida = pasta


def pasta_instaladas() -> Path:
    """Where installed versions live: `usar_pasta`, else TISS_ESQUEMAS_DIR, else `var/tiss_schemas`."""
    if _pasta_escolhida is not None:
        return _pasta_escolhida
    return Path(os.environ.get("TISS_ESQUEMAS_DIR") or _PADRAO)


def versoes() -> list[Versao]:
    """Every version at hand, oldest first."""
    numeros = set(_IMPRESSOES_DO_PACOTE)
    if (pasta := pasta_instaladas()).is_dir():
        numeros.update(filho.name for filho in pasta.iterdir() if _NUMERO.fullmatch(filho.name))
    achadas = [versao for numero in numeros if (versao := obter(numero)) is not None]
    return sorted(achadas, key=lambda versao: versao.numero)


def obter(versao: str) -> Versao | None:
    """The version of that number (`"4.03.00"`), or None if its files are not at hand.

    Raises `EsquemaInvalido` if the files are no longer those that were reviewed or installed.
    """
    if versao in _IMPRESSOES_DO_PACOTE:
        return _do_pacote(versao)
    if not _NUMERO.fullmatch(versao):
        return None
    return _instalada(pasta_instaladas() / versao)


def esquema(versao: str | Versao) -> etree.XMLSchema:
    """The compiled schema, compiled once per process. Raises `EsquemaInvalido` if the version is not at hand."""
    achada = obter(versao) if isinstance(versao, str) else versao
    if achada is None:
        raise EsquemaInvalido(f"A versão {versao} do padrão TISS não está instalada.")
    return _compilado(achada)


def instalar(origem: Path) -> list[Versao]:
    """Install every version found in a folder or a zip of ANS, and return them, oldest first.

    Versions of the package are passed over. Raises `EsquemaInvalido` where there is none, or one does not compile.
    """
    numeros = instalacao.instalar(origem, pasta_instaladas(), exceto=frozenset(_IMPRESSOES_DO_PACOTE))
    _instalada_em.cache_clear()
    return [versao for numero in numeros if (versao := obter(numero)) is not None]


@cache
def _do_pacote(numero: str) -> Versao:
    especificacao = find_spec("tiss")
    if especificacao is None or especificacao.origin is None:
        raise EsquemaInvalido("O pacote “tiss”, que traz os esquemas da ANS, não está instalado.")
    raiz = Path(especificacao.origin).parent / "_data" / "schemas" / numero / nome_da_raiz(numero)
    sha256 = impressao(arquivos_do_esquema(raiz))
    if sha256 != _IMPRESSOES_DO_PACOTE[numero]:
        raise EsquemaInvalido(f"Os arquivos da versão {numero} no pacote “tiss” não são os que foram conferidos.")
    return Versao(numero=numero, raiz=raiz, origem="pacote", sha256=sha256)


def _instalada(pasta: Path) -> Versao | None:
    manifesto = instalacao.manifesto(pasta)
    return None if manifesto is None else _instalada_em(pasta, manifesto)


@lru_cache(maxsize=64)
def _instalada_em(pasta: Path, sha256: str) -> Versao:
    raiz = pasta / nome_da_raiz(pasta.name)
    if impressao(arquivos_do_esquema(raiz)) != sha256:
        raise EsquemaInvalido(f"Os arquivos da versão {pasta.name} mudaram depois de instalados. Instale-a novamente.")
    return Versao(numero=pasta.name, raiz=raiz, origem="instalada", sha256=sha256)


@cache
def _compilado(versao: Versao) -> etree.XMLSchema:
    return compilar(versao.raiz)
