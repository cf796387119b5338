"""Files that a clinic brings along on its journey."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from conecta.demonstracao.cadastro import carteiras_de
from tests.portal import DOCUMENTOS, arquivo_valido, novo_numero, ontem

CLINICA = "santa-aurelia"
CNPJ_CERTO = DOCUMENTOS[CLINICA]
CNPJ_ERRADO = CNPJ_CERTO[:-1] + str((int(CNPJ_CERTO[-1]) + 1) % 10)
_DO_MESMO_DIA = 9
"""The dice that give two guides of such a file the same day."""
_HA_MAIS_TEMPO = timedelta(days=40)
"""Before everything in the other files, so that none of them bills the same."""


def com_cnpj_errado(pasta: Path, nome: str, **opcoes: int) -> Path:
    """A file of the clinic for PASA in which somebody changed the last digit of the CNPJ of its origin."""
    certo = arquivo_valido(CLINICA, "pasa", "sadt", **opcoes)
    arquivo = pasta / f"{nome}_{novo_numero()}.xml"
    arquivo.write_bytes(certo.replace(CNPJ_CERTO.encode(), CNPJ_ERRADO.encode(), 1))
    return arquivo


def com_exames_repetidos(pasta: Path) -> Path:
    """A valid file of the clinic for PASA: one person's two guides, the second with the exams of the first at the very
    same hours. Of the first exam the first guide bills three."""
    arquivo = pasta / f"repetidos_{novo_numero()}.xml"
    arquivo.write_bytes(
        arquivo_valido(
            CLINICA,
            "pasa",
            "sadt",
            itens=4,
            maximo=True,
            carteiras=carteiras_de("pasa")[:1],
            data=ontem() - _HA_MAIS_TEMPO,
            semente=_DO_MESMO_DIA,
        )
    )
    return arquivo
