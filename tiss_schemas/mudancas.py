"""What a correction did to a message, and why one cannot be made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ErroDeEdicao(Exception):
    """A correction that cannot be made: `caminho` says where, the text says why and what to do, in Portuguese."""

    def __init__(self, caminho: str, mensagem: str) -> None:
        super().__init__(mensagem)
        self.caminho = caminho
        self.mensagem = mensagem


class Motivo(StrEnum):
    """Why something changed."""

    EDICAO = "edicao"
    INCLUSAO = "inclusao"
    REMOCAO = "remocao"
    MOVIMENTO = "movimento"
    RENOMEACAO = "renomeacao"
    COPIA = "copia"
    LIMPEZA = "limpeza"
    ATRIBUTO = "atributo"
    RELEITURA = "releitura"
    RECALCULO = "recalculo"
    HASH = "hash"


@dataclass(frozen=True, slots=True)
class Mudanca:
    """One thing that is different now. None where there was, or is, nothing to say.

    `de` and `para` are texts of fields; the names of a rename; the attribute that went; and, as `para`, the group that
    something was moved into or the block that was copied, as `lugar_curto` writes it.

    `caminho` is the path before the corrections for what was there, and after them for what is new or recalculated.
    """

    caminho: str
    de: str | None
    para: str | None
    motivo: Motivo


_ATE_AS_GUIAS = "/mensagemTISS/prestadorParaOperadora/loteGuias/guiasTISS/"


def lugar_curto(caminho: str) -> str:
    """A path without prefixes, and without the steps that all guides share: "guiaSP-SADT[2]/dadosAutorizacao"."""
    return caminho.replace("/ans:", "/").removeprefix(_ATE_AS_GUIAS).removeprefix("/")
