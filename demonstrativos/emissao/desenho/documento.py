"""Pages as a PDF, by WeasyPrint: a page is one run of text on a grid, above one drawing of its rules.

Boxes are what WeasyPrint takes its time for: the eleven cells of an item would cost it eleven times as much as the
one line of text that they are here. The values themselves can be read cell by cell in the spreadsheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from django.conf import settings

from conecta import pdf
from tiss_schemas.demonstrativo.valores import CabecalhoDoDemonstrativo

from .folhas import Folha
from .medidas import CELULA, LARGURA, LINHA, LINHAS
from .pecas import Corpo, Fundo, Linha, Peca, Risco

PASTA: Final = Path(settings.BASE_DIR) / "static" / "documentos"
FOLHA: Final = "demonstrativo.css"
_POR_VEZ: Final = 50
"""Pages that are laid out together: what bounds the memory, and how often progress is told."""
_MARCAS: Final = {Corpo.ROTULO: "i", Corpo.TITULO: "b"}
_CINZA: Final = "#efeaef"
_FORTE: Final = "#857b84"
_LEVE: Final = "#c9c2c8"

Andamento = Callable[[int, int], None]
"""Told now and then how many pages are drawn, and of how many."""


@dataclass(frozen=True, slots=True)
class Papel:
    """What the head of every page is made of: the title, who issues, and the logo's file name and bytes if any."""

    titulo: str
    cabecalho: CabecalhoDoDemonstrativo
    sigla: str
    logotipo: tuple[str, bytes] | None = None

    @property
    def nome(self) -> str:
        """Title of the PDF."""
        return f"{self.titulo.capitalize()} nº {self.cabecalho.numero}"


def desenhar(papel: Papel, folhas: Sequence[Folha], andamento: Andamento | None = None) -> bytes:
    """The pages as one PDF; the same ones are the same bytes. Raises `pdf.PdfIndisponivel`."""
    return pdf.juntar(_partes(papel, folhas, andamento), papel.nome)


def _partes(papel: Papel, folhas: Sequence[Folha], andamento: Andamento | None) -> Iterator[bytes]:
    for de in range(0, len(folhas), _POR_VEZ):
        parte = folhas[de : de + _POR_VEZ]
        anexos = {_nome_dos_riscos(folha): _riscos(folha.pecas).encode() for folha in parte}
        if papel.logotipo:
            anexos |= dict([papel.logotipo])
        yield pdf.desenhar(_html(papel, parte, len(folhas)), PASTA, anexos, FOLHA)
        if andamento:
            andamento(de + len(parte), len(folhas))


def _html(papel: Papel, folhas: Sequence[Folha], de_quantas: int) -> str:
    paginas = "".join(_pagina(papel, folha, de_quantas) for folha in folhas)
    return f'<!doctype html><html lang="pt-BR"><title>{escape(papel.nome)}</title><body>{paginas}</body></html>'


def _pagina(papel: Papel, folha: Folha, de_quantas: int) -> str:
    quem = (
        f'<img src="{pdf.ANEXO}{escape(papel.logotipo[0])}" alt="{escape(papel.sigla)}">'
        if papel.logotipo
        else escape(papel.sigla)
    )
    titulo = "h1" if folha.numero == 1 else "div"
    linhas = "\n".join(_linha(linha) for peca in folha.pecas for linha in peca.linhas)
    return (
        f"<section style=\"background-image: url('{pdf.ANEXO}{_nome_dos_riscos(folha)}')\">"
        f'<div class="quem">{quem}</div><{titulo} class="titulo">{escape(papel.titulo)}</{titulo}>'
        f'<div class="numero">2 - Nº: {papel.cabecalho.numero}<br>folha {folha.numero} de {de_quantas}</div>'
        f"<pre>{linhas}</pre></section>"
    )


def _linha(linha: Linha) -> str:
    marca = _MARCAS.get(linha.corpo)
    texto = escape(linha.texto, quote=False)
    return f"<{marca}>{texto}</{marca}>" if marca else texto


def _nome_dos_riscos(folha: Folha) -> str:
    return f"riscos{folha.numero}.svg"


def _riscos(pecas: Iterable[Peca]) -> str:
    """The rules and shades of a page as a drawing over all of its grid."""
    riscos, fundos = _na_folha(pecas)
    largura, altura = LARGURA + 1, LINHAS * LINHA + 1
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{largura}" height="{altura}" '
        f'viewBox="-.5 -.5 {largura} {altura}">'
        f'<path fill="{_CINZA}" d="{"".join(map(_caixa, fundos))}"/>'
        f'<path stroke="{_LEVE}" stroke-width=".5" d="{"".join(_traco(r) for r in riscos if r.leve)}"/>'
        f'<path stroke="{_FORTE}" stroke-width=".7" d="{"".join(_traco(r) for r in riscos if not r.leve)}"/></svg>'
    )


def _caixa(fundo: Fundo) -> str:
    largura = fundo.largura * CELULA
    return f"M{fundo.x * CELULA:.2f} {fundo.y * LINHA}h{largura:.2f}v{fundo.altura * LINHA}h-{largura:.2f}z"


def _traco(risco: Risco) -> str:
    ate = f"V{risco.ate_y * LINHA}" if risco.x == risco.ate_x else f"H{risco.ate_x * CELULA:.2f}"
    return f"M{risco.x * CELULA:.2f} {risco.y * LINHA}{ate}"


def _na_folha(pecas: Iterable[Peca]) -> tuple[list[Risco], list[Fundo]]:
    """Rules and shades where they stand on the page; upright rules that follow each other are one."""
    y = 0
    riscos: list[Risco] = []
    fundos: list[Fundo] = []
    abertos: dict[int, Risco] = {}
    for peca in pecas:
        fundos += [Fundo(f.x, f.y + y, f.largura, f.altura) for f in peca.fundos]
        for risco in peca.riscos:
            posto = Risco(risco.x, risco.y + y, risco.ate_x, risco.ate_y + y, risco.leve)
            anterior = abertos.get(risco.x)
            if risco.x != risco.ate_x:
                riscos.append(posto)
            elif anterior and anterior.ate_y == posto.y:
                abertos[risco.x] = Risco(posto.x, anterior.y, posto.ate_x, posto.ate_y)
            else:
                riscos += [anterior] if anterior else []
                abertos[risco.x] = posto
        y += peca.altura
    return [*riscos, *abertos.values()], fundos
