"""Finding the fields of a guide by what they are called, whatever its type: the standard's names, not its paths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tiss_schemas.fichas import Celula, Grade, ficha_de

NUMERO: Final = "numeroGuiaPrestador"
NUMERO_DA_OPERADORA: Final = "numeroGuiaOperadora"
GUIA_PRINCIPAL: Final = ("guiaPrincipal", "numeroGuiaPrincipal")
SENHAS: Final = ("senha", "senhaAutorizacao")
CARTEIRA: Final = "numeroCarteira"
TIPO_DE_ATENDIMENTO: Final = "tipoAtendimento"
REGIME: Final = "regimeAtendimento"
SEQUENCIAL: Final = "sequencialItem"


@dataclass(frozen=True, slots=True)
class Campos:
    """The fields of one guide type in one version. Paths are those of values."""

    soltos: Mapping[str, str]
    """Outside of grids, by the name of the element; the first of those that share it."""
    grades: tuple[Grade, ...]

    def caminho(self, *nomes: str) -> str | None:
        """The path of the first of these fields that the guide has."""
        return next((self.soltos[nome] for nome in nomes if nome in self.soltos), None)

    def texto(self, valores: Mapping[str, str], *nomes: str) -> str:
        """What the first of these fields that the guide has says; "" for nothing."""
        caminho = self.caminho(*nomes)
        return valores.get(caminho, "") if caminho else ""


@lru_cache(maxsize=64)
def campos_de(versao: str, tipo: str) -> Campos:
    """The fields of that guide type. ValueError for a type or a version that is not at hand."""
    ficha = ficha_de(versao, tipo)
    soltos: dict[str, str] = {}
    for celula in ficha.celulas():
        for caminho in _caminhos(celula):
            soltos.setdefault(caminho.rpartition("/")[2], caminho)
    return Campos(soltos, tuple(ficha.grades()))


def nomes_das_linhas(valores: Mapping[str, str], grade: str) -> list[str]:
    """The lines of a grid in which something stands, "…/procedimentoExecutado[2]", in the order of the form."""
    inicio = f"{grade}["
    achadas = {caminho[len(inicio) :].partition("]")[0] for caminho in valores if caminho.startswith(inicio)}
    return [f"{inicio}{posicao}]" for posicao in sorted(achadas, key=int)]


def _caminhos(celula: Celula) -> Iterator[str]:
    for opcao in celula.opcoes or (celula,):
        yield opcao.caminho
