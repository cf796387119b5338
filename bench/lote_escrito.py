"""Writing and validating a lot of typed guides beside the bare library: `python -m bench.lote_escrito`.

Bare writing is lxml's serialisation of a tree that is there already; ours makes the tree from the flat values of a
hundred guides, in the order of the XSD, with its hash. Bare validation is `lxml.etree.fromstring` and a compiled
`XMLSchema` on the bytes; ours reads the file and validates it as an upload is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from statistics import median
from typing import Final

from lxml import etree

from tiss_schemas import catalogo
from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.fragmento import escrever_guia, ler_guia
from tiss_schemas.leitura import ler
from tiss_schemas.lote_escrito import CODIFICACAO, CabecalhoDoLote, escrever_lote
from tiss_schemas.lote_lido import ler_lote
from tiss_schemas.validacao import validar_estrutura

VERSAO: Final = "4.03.00"
TIPOS: Final = {"consulta": "guiaConsulta", "sadt": "guiaSP-SADT", "odonto": "guiaOdonto"}
TETOS: Final = {"consulta": (200.0, 6.0), "sadt": (40.0, 3.0), "odonto": (40.0, 3.0)}
"""Of writing and of validating. A lot of consultations is so small that what each guide costs is all that is measured.
"""
GUIAS: Final = 100
ITENS: Final = 10
RODADAS: Final = 9
CABECALHO: Final = CabecalhoDoLote(
    versao=VERSAO,
    numero_lote="1000412",
    sequencial="1000412",
    momento=datetime(2026, 11, 22, 8, 51, 20),
    origem="CNPJ",
    identificacao="41208337000176",
    registro_ans="331988",
)


@dataclass(frozen=True, slots=True)
class Linha:
    """One measurement: seconds of the bare calls and of ours, medians of RODADAS rounds, and the ratio's ceiling."""

    trabalho: str
    nua: float
    nossa: float
    teto: float

    @property
    def razao(self) -> float:
        """How many times the bare calls ours take."""
        return self.nossa / self.nua

    def __str__(self) -> str:
        nomes = f"{self.trabalho:<46} nua {self.nua * 1000:7.1f} ms   nossa {self.nossa * 1000:7.1f} ms"
        acima = "  ACIMA DO TETO" if self.razao > self.teto else ""
        return f"{nomes}   {self.razao:6.2f}x (teto {self.teto:.0f}x){acima}"


def medir() -> Iterator[Linha]:
    """Measure each kind of lot; a line as soon as it is known."""
    catalogo.esquema(VERSAO)
    for exemplo, tipo in TIPOS.items():
        lido = ler_lote(ler(lote_exemplo(exemplo, VERSAO, guias=GUIAS, itens=ITENS)))
        assert lido is not None
        guias = [ler_guia(VERSAO, guia.elemento) for guia in lido.guias]
        dados = _escrever(tipo, guias)
        arvore = etree.fromstring(dados).getroottree()
        nome = f"{exemplo}, {GUIAS} guias, {len(dados) // 1024} kB"
        yield medir_linha(
            f"escrever {nome}",
            partial(_serializar, arvore),
            partial(_escrever, tipo, guias),
            TETOS[exemplo][0],
        )
        yield medir_linha(f"validar {nome}", partial(_validar_nua, dados), partial(_validar, dados), TETOS[exemplo][1])


def medir_linha(trabalho: str, nua: Callable[[], object], nossa: Callable[[], object], teto: float) -> Linha:
    """Rounds of each turn about, so that a slow moment of the machine falls on both."""
    tempos: tuple[list[float], list[float]] = ([], [])
    for _ in range(RODADAS):
        for funcao, medidos in zip((nua, nossa), tempos, strict=True):
            inicio = time.perf_counter()
            funcao()
            medidos.append(time.perf_counter() - inicio)
    return Linha(trabalho, median(tempos[0]), median(tempos[1]), teto)


def _serializar(arvore: etree._ElementTree) -> None:
    arvore.write(BytesIO(), encoding=CODIFICACAO, xml_declaration=True)


def _validar_nua(dados: bytes) -> None:
    catalogo.esquema(VERSAO).validate(etree.fromstring(dados))


@coletor_em_pausa()
def _validar(dados: bytes) -> None:
    validar_estrutura(ler(dados))


@coletor_em_pausa()
def _escrever(tipo: str, guias: list[dict[str, str]]) -> bytes:
    return escrever_lote(CABECALHO, [escrever_guia(VERSAO, tipo, valores) for valores in guias])


def main() -> None:
    """Print one line per measurement."""
    for linha in medir():
        print(linha, flush=True)


if __name__ == "__main__":
    main()
