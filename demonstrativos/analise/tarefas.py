"""Jobs of this app. Loaded when Django starts."""

from __future__ import annotations

from conecta.fila.registro import registrar
from demonstrativos.analise import conferencia
from demonstrativos.analise.conferencia_fila import TRABALHO


def _desistir(analise_id: int, erro: str) -> None:
    conferencia.falhar(analise_id)


CONFERIR = registrar(TRABALHO, fila="validacao", fazer=conferencia.conferir, desistir=_desistir)
