"""Jobs of this app. Loaded when Django starts."""

from __future__ import annotations

from conecta.fila.registro import registrar
from conecta.importacao import transicoes


def _desistir(importacao_id: int, erro: str) -> None:
    transicoes.falhar(importacao_id)


CONFERIR = registrar(transicoes.CONFERIR, fila="importacao", fazer=transicoes.conferir, desistir=_desistir)
GRAVAR = registrar(transicoes.GRAVAR, fila="importacao", fazer=transicoes.gravar, desistir=_desistir)
