"""Names of files of strangers: kept as text to show and to search, never as a path."""

from __future__ import annotations

import re
import unicodedata

MAIOR_NOME = 255
SEM_NOME = "arquivo-sem-nome.xml"
_BRANCOS = re.compile(r"\s+")


def nome_limpo(bruto: str) -> str:
    """The last part of the path that a browser may send, without control and direction marks, 255 characters at most.

    A name that is too long keeps its end, where the extension is.
    """
    ultimo = re.split(r"[/\\]", bruto)[-1]
    visiveis = "".join(
        c for c in unicodedata.normalize("NFC", ultimo) if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    nome = _BRANCOS.sub(" ", visiveis).strip()
    if nome in {"", ".", ".."}:
        return SEM_NOME
    return nome if len(nome) <= MAIOR_NOME else f"{nome[:200]}…{nome[-54:]}"
