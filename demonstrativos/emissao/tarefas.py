"""Jobs of this app. Loaded when Django starts."""

from __future__ import annotations

from conecta.fila.registro import registrar
from demonstrativos.emissao import transicoes

EMITIR = registrar(transicoes.EMITIR, fila="documentos", fazer=transicoes.emitir, desistir=transicoes.desistir)
