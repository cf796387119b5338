"""Compiling before anybody waits for it: the first file and the first correction of a process would pay otherwise."""

from __future__ import annotations

import threading

from tiss_schemas import campos, catalogo

_PADRAO = "/ans:mensagemTISS/ans:cabecalho/ans:Padrao"
USUAIS = ("4.03.00", "4.02.00")
"""Versions that nearly all files come in, the newest first."""


def aquecer() -> None:
    """Compile the schemas and the field descriptions of the usual versions in this process."""
    for versao in USUAIS:
        catalogo.esquema(versao)
        campos.descrever(versao, _PADRAO)


def aquecer_ao_lado() -> None:
    """The same in a thread, beside the first work and not before it: a restarted process answers at once."""
    threading.Thread(target=aquecer, name="aquecimento", daemon=True).start()
