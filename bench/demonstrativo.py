"""Writing statements of analysis and reading them back beside the bare library: `python -m bench.demonstrativo`.

Bare writing is lxml making the same tree, element by element from texts that are ready, with its serialisation; ours
makes it from the values of the statement, each checked against its version, with the hash. Bare reading is
`lxml.etree.fromstring` and a compiled `XMLSchema` on the bytes; ours reads the file as an upload is read, validates it,
checks its hash and makes the values.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Final, TypeAlias

from lxml import etree

from bench.lote_escrito import Linha, medir_linha
from tiss_schemas import catalogo
from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.demonstrativo.escrita import Transacao, escrever_analise
from tiss_schemas.demonstrativo.leitura import ler_analise
from tiss_schemas.demonstrativo.valores import DemonstrativoDeAnalise
from tiss_schemas.exemplos_demonstrativo import Glosas, exemplo_de_analise
from tiss_schemas.mensagens.cabecalho import CODIFICACAO

VERSAO: Final = "4.03.00"
ITENS: Final = {1_000: 50, 22_000: 220}
"""How many items a statement has, and how many of them each of its guides."""
TETO_DE_ESCREVER: Final = 4.0
TETO_DE_LER: Final = 5.0
TRANSACAO: Final = Transacao(sequencial="1", momento=datetime(2026, 3, 20, 10, 30))

Muda: TypeAlias = tuple[str, str, "list[Muda]"]
"""An element as the bare writing takes it: tag, text and children."""


def medir() -> Iterator[Linha]:
    """Measure each size; a line as soon as it is known."""
    catalogo.esquema(VERSAO)
    for itens, por_guia in ITENS.items():
        demonstrativo = exemplo_de_analise(VERSAO, guias=itens // por_guia, itens=por_guia, glosas=Glosas.PARCIAL)
        xml = _escrever(demonstrativo)
        nome = f"análise, {itens} itens, {len(xml) // 1024} kB"
        muda = _muda(etree.fromstring(xml))
        yield medir_linha(
            f"escrever {nome}", partial(_escrever_nua, muda), partial(_escrever, demonstrativo), TETO_DE_ESCREVER
        )
        yield medir_linha(f"ler {nome}", partial(_ler_nua, xml), partial(ler_analise, xml), TETO_DE_LER)


def _muda(elemento: etree._Element) -> Muda:
    return str(elemento.tag), elemento.text or "", [_muda(filho) for filho in elemento]


@coletor_em_pausa()
def _escrever_nua(muda: Muda) -> bytes:
    raiz = etree.Element(muda[0])
    _plantar(raiz, muda)
    escrita = BytesIO()
    etree.ElementTree(raiz).write(escrita, encoding=CODIFICACAO, xml_declaration=True)
    return escrita.getvalue()


def _plantar(elemento: etree._Element, muda: Muda) -> None:
    for filha in muda[2]:
        filho = etree.SubElement(elemento, filha[0])
        if filha[2]:
            _plantar(filho, filha)
        else:
            filho.text = filha[1]


def _escrever(demonstrativo: DemonstrativoDeAnalise) -> bytes:
    return escrever_analise([demonstrativo], transacao=TRANSACAO)


def _ler_nua(xml: bytes) -> None:
    catalogo.esquema(VERSAO).validate(etree.fromstring(xml))


def main() -> None:
    """Print one line per measurement, and the peak of memory."""
    for linha in medir():
        print(linha, flush=True)
    print(f"pico de memória {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB", flush=True)


if __name__ == "__main__":
    main()
