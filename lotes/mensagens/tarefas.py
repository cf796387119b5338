"""Jobs of this app. Loaded when Django starts."""

from __future__ import annotations

from conecta.fila.registro import registrar
from lotes.mensagens import avisos

AVISAR = registrar(avisos.AVISAR, fila="integracao", fazer=avisos.enviar, desistir=avisos.desistir)
