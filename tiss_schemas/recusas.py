"""Why a file is not even opened: one exception, carrying the finding that the user reads."""

from __future__ import annotations

from tiss_schemas.achados import Achado, Severidade, Tipo

CODIGOS = {"F01": "5002", "F02": "3166", "F03": "5002", "F04": "5001", "F05": "5001", "F07": "5010"}
"""Tabela 38 code of each check on the file as a whole."""


class ArquivoRecusado(Exception):
    """The file cannot be read as a TISS message; `achado` says why, in Portuguese."""

    def __init__(self, achado: Achado) -> None:
        super().__init__(achado.mensagem)
        self.achado = achado


def recusa(
    regra: str,
    mensagem: str,
    *,
    caminho: str = "/",
    linha: int | None = None,
    valor: str | None = None,
    esperado: str | None = None,
) -> ArquivoRecusado:
    """Build the refusal for check `regra` (F01–F05, F07)."""
    return ArquivoRecusado(
        Achado(
            regra=regra,
            codigo=CODIGOS[regra],
            severidade=Severidade.IMPEDITIVA,
            mensagem=mensagem,
            caminho=caminho,
            linha=linha,
            valor=valor,
            esperado=esperado,
            tipo=Tipo.ARQUIVO,
        )
    )
