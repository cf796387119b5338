"""Jobs of this app. Loaded when Django starts."""

from __future__ import annotations

from conecta.fila.registro import registrar
from uploads.digitacao import geracao

GERAR = registrar(geracao.TRABALHO, fila="importacao", fazer=geracao.fazer, desistir=geracao.desistir)
