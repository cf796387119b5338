"""The engine beside the bare library calls on the same bytes: `python -m bench.motor`.

Bare is `lxml.etree.fromstring` and a compiled `XMLSchema`, with no limit, hash, line or sentence. The validator of the
package `tiss` is measured on the same files.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

import tiss
from lxml import etree

from tiss_schemas import catalogo
from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.hash import conferir
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import ler_lote
from tiss_schemas.validacao import validar_estrutura

VERSAO = "4.03.00"
RODADAS = 5


@dataclass(frozen=True, slots=True)
class Linha:
    """One measurement: seconds of the bare calls, of ours, and of the package `tiss`, medians of RODADAS rounds."""

    trabalho: str
    nua: float
    nossa: float
    pacote: float | None = None

    @property
    def razao(self) -> float:
        """How many times the bare calls ours take."""
        return self.nossa / self.nua

    def __str__(self) -> str:
        linha = f"{self.trabalho:<46} nua {self.nua:7.3f} s   nossa {self.nossa:7.3f} s   {self.razao:5.2f}x"
        return linha if self.pacote is None else f"{linha}   pacote tiss {self.pacote:7.3f} s"


def medir() -> Iterator[Linha]:
    """Measure each kind of file; a line as soon as it is known."""
    catalogo.esquema(VERSAO)
    validar_estrutura(ler(_com_datas_erradas(lote_exemplo("sadt", VERSAO))))
    grande = lote_exemplo("sadt", VERSAO, guias=100, itens=220)
    errado = _com_datas_erradas(grande)
    tipico = lote_exemplo("sadt", VERSAO, guias=100, itens=10)
    yield _linha("14 MB, 100 guias, 22.000 itens, válido", grande, com_pacote=True)
    yield _linha("o mesmo com 22.000 datas erradas", errado, com_pacote=False)
    yield _linha("típico: 100 guias, 10 itens cada", tipico, com_pacote=True)


def _linha(trabalho: str, conteudo: bytes, *, com_pacote: bool) -> Linha:
    """Rounds of each turn about, so that a slow moment of the machine falls on all of them."""
    funcoes: list[Callable[[bytes], object]] = [_nua, _nossa]
    tempos: list[list[float]] = [[], []]
    for _ in range(RODADAS):
        for funcao, medidos in zip(funcoes, tempos, strict=True):
            medidos.append(_tempo(funcao, conteudo))
    pacote = _tempo(_do_pacote, conteudo) if com_pacote else None
    return Linha(trabalho, median(tempos[0]), median(tempos[1]), pacote)


def _tempo(funcao: Callable[[bytes], object], conteudo: bytes) -> float:
    inicio = time.perf_counter()
    funcao(conteudo)
    return time.perf_counter() - inicio


def _nua(conteudo: bytes) -> None:
    esquema = catalogo.esquema(VERSAO)
    if not esquema.validate(etree.fromstring(conteudo)):
        list(esquema.error_log)


@coletor_em_pausa()
def _nossa(conteudo: bytes) -> None:
    documento = ler(conteudo)
    validar_estrutura(documento)
    conferir(documento)
    ler_lote(documento)


def _do_pacote(conteudo: bytes) -> None:
    tiss.validate(conteudo, version=VERSAO)


def _com_datas_erradas(conteudo: bytes) -> bytes:
    return re.sub(rb"<ans:dataExecucao>[^<]*", b"<ans:dataExecucao>13/13/2026", conteudo)


def main() -> None:
    """Print one line per measurement."""
    for linha in medir():
        print(linha, flush=True)


if __name__ == "__main__":
    main()
