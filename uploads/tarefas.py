"""Jobs of this app. Loaded when Django starts."""

from __future__ import annotations

from conecta.fila.registro import registrar
from uploads import processamento, transicoes


def _desistir(arquivo_id: int, erro: str) -> None:
    transicoes.falhar(arquivo_id=arquivo_id)


PROCESSAR = registrar(transicoes.TRABALHO, fila="validacao", fazer=processamento.processar, desistir=_desistir)
