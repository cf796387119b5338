"""Jobs of this app. Loaded when Django starts."""

from __future__ import annotations

from conecta.fila.registro import registrar
from convenios import terminologia_recebidas as recebidas

CONFERIR = registrar(recebidas.CONFERIR, fila="importacao", fazer=recebidas.conferir, desistir=recebidas.falhar)
GRAVAR = registrar(recebidas.GRAVAR, fila="importacao", fazer=recebidas.gravar, desistir=recebidas.falhar)
