"""Imported once by the server from which dry runs are forked, so that each of them finds everything ready."""

from importlib import import_module
from typing import Final

import django

from tiss_schemas import campos, catalogo

AQUECIDAS: Final = 2
"""Versions, newest first, that are ready beforehand: each takes half a second, and few files come in older ones."""

django.setup()
import_module("uploads.teste")
for versao in catalogo.versoes()[-AQUECIDAS:]:
    catalogo.esquema(versao)
    campos.descrever(versao.numero, "/ans:mensagemTISS")
