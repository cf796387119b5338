"""Where on the teeth: the standard writes a tooth (digits) and a region (letters) in elements of their own."""

from __future__ import annotations

from tiss_schemas.mensagens.escrita import Arvore


def dente_ou_regiao(texto: str) -> Arvore | None:
    """The group denteRegiao of a tooth by its number, or of a region by its code; None of neither."""
    if not texto:
        return None
    return {"codDente" if texto.isdigit() else "codRegiao": texto}


def texto_de_dente_ou_regiao(grupo: Arvore | None) -> str:
    """The other way round; "" of none."""
    if not grupo:
        return ""
    return str(grupo.get("codDente") or grupo.get("codRegiao") or "")
