"""Files that a clinic brings along on its journey."""

from __future__ import annotations

from pathlib import Path

from tests.portal import DOCUMENTOS, arquivo_valido, novo_numero

CLINICA = "santa-aurelia"
CNPJ_CERTO = DOCUMENTOS[CLINICA]
CNPJ_ERRADO = CNPJ_CERTO[:-1] + str((int(CNPJ_CERTO[-1]) + 1) % 10)


def com_cnpj_errado(pasta: Path, nome: str, **opcoes: int) -> Path:
    """A file of the clinic for PASA in which somebody changed the last digit of the CNPJ of its origin."""
    certo = arquivo_valido(CLINICA, "pasa", "sadt", **opcoes)
    arquivo = pasta / f"{nome}_{novo_numero()}.xml"
    arquivo.write_bytes(certo.replace(CNPJ_CERTO.encode(), CNPJ_ERRADO.encode(), 1))
    return arquivo
