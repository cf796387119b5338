"""Paths for people: thousands of findings in one message, each guide looked up once."""

from __future__ import annotations

from dataclasses import dataclass

from tiss_schemas import campos
from tiss_schemas.leitura import Documento
from tiss_schemas.lote_lido import TIPOS_DE_GUIA, GuiaLida, LoteLido

MAIOR_NUMERO_DE_GUIA = 20
"""Characters of a guide's number in the standard; a wrong file may have more."""


@dataclass(frozen=True, slots=True)
class Lugar:
    """A path as people read it, and the prestador's number of the guide that it is in ("" outside guides)."""

    legivel: str
    guia: str


class Caminhos:
    """The places of one message. Without a message, as of a file that cannot be read, every place is the file.

    Without its lot, places have no guide's number of their own; the path has it all the same.
    """

    def __init__(self, documento: Documento | None, lote: LoteLido | None) -> None:
        self._documento = documento
        self._guias: dict[str, GuiaLida] | None = None
        self._lote = lote
        self._legiveis: dict[str, str] = {}

    def lugar(self, caminho: str) -> Lugar:
        """The place of an absolute path."""
        if self._documento is None or caminho == "/":
            return Lugar("", "")
        da_guia, resto = ate_a_guia(caminho)
        if not da_guia:
            return Lugar(campos.caminho_legivel(self._documento.raiz, caminho), "")
        return Lugar(self._legivel(da_guia) + resto.replace("/ans:", "/"), self._numero(da_guia))

    def _legivel(self, da_guia: str) -> str:
        assert self._documento is not None
        if da_guia not in self._legiveis:
            self._legiveis[da_guia] = campos.caminho_legivel(self._documento.raiz, da_guia)
        return self._legiveis[da_guia]

    def _numero(self, da_guia: str) -> str:
        if self._guias is None:
            assert self._documento is not None
            lidas = self._lote.guias if self._lote else []
            self._guias = {self._documento.caminho(guia.elemento): guia for guia in lidas}
        guia = self._guias.get(da_guia)
        return ((guia.numero_prestador or "") if guia else "")[:MAIOR_NUMERO_DE_GUIA]


def ate_a_guia(caminho: str) -> tuple[str, str]:
    """The path split behind the step of the guide; ("", path) where it passes through none."""
    passos = caminho.split("/")
    for posicao, passo in enumerate(passos):
        if passo.removeprefix("ans:").partition("[")[0] in TIPOS_DE_GUIA:
            return "/".join(passos[: posicao + 1]), "".join(f"/{p}" for p in passos[posicao + 1 :])
    return "", caminho
