"""Paths: taken apart, and written for people. A message has thousands of findings, each guide is looked up once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tiss_schemas import campos
from tiss_schemas.leitura import Documento
from tiss_schemas.lote_lido import TIPOS_DE_GUIA, GuiaLida, LoteLido

MAIOR_NUMERO_DE_GUIA = 20
"""Characters of a guide's number in the standard; a wrong file may have more."""

HASH: Final = "/ans:epilogo/ans:hash"
"""How the path of the hash ends, which every saving renews."""

_POSICAO: Final = re.compile(r"\[\d+\]")
_PASSOS_ATE_A_GUIA: Final = 6
"""Pieces of the path of a guide, split at the slashes: the first is empty."""


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


def nome_em(caminho: str) -> str:
    """The local name that a path ends in: "/ans:a/ans:b[2]" is "b"."""
    return caminho.rpartition("/")[2].removeprefix("ans:").partition("[")[0]


def pai_de(caminho: str) -> str:
    """The path of the element around; "" around the message."""
    return caminho.rpartition("/")[0]


def em_volta_de(caminho: str) -> Iterator[str]:
    """The paths of everything around a place, the nearest first."""
    while caminho := pai_de(caminho):
        yield caminho


def sem_posicoes(caminho: str) -> str:
    """The path that all places of one field share."""
    return _POSICAO.sub("", caminho)


def na_guia(caminho: str) -> str:
    """The path of what stands in the place of a guide, guide or not, and holds the place at `caminho`."""
    return "/".join(caminho.split("/")[:_PASSOS_ATE_A_GUIA])


def ate_a_guia(caminho: str) -> tuple[str, str]:
    """The path split behind the step of the guide; ("", path) where it passes through none."""
    passos = caminho.split("/")
    for posicao, passo in enumerate(passos):
        if passo.removeprefix("ans:").partition("[")[0] in TIPOS_DE_GUIA:
            return "/".join(passos[: posicao + 1]), "".join(f"/{p}" for p in passos[posicao + 1 :])
    return "", caminho
