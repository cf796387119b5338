"""The drawing of one page in PDF's own operators: shades and rules, then texts, each marked for whoever reads aloud.

A page is measured in CSS pixels from its top left corner within the margins, as its pieces are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from .folhas import ALTURA, DO_TITULO, Folha
from .medidas import Fonte
from .pecas import LARGURA, ROTULO, Bloco, Fundo, Peca, Risco, Texto

PONTOS: Final = 0.75
"""Points of a CSS pixel."""
MARGEM_X: Final = 25.6
MARGEM_Y: Final = 20.2
"""Points left of and below what is drawn, which leaves as much at the other sides of A4."""
LOGOTIPO: Final = (200, 38)
"""Room for the logo."""
_GRANDE: Final = Fonte(15, negrito=True)
_SIGLA: Final = Fonte(18, negrito=True)
_NUMERO: Final = Fonte(13, negrito=True)
_FOLHA: Final = Fonte(9)
_MARCA: Final = Fonte(8, negrito=True)
_TEXTO: Final = "0.125 0.102 0.125 rg"
_CLARO: Final = "0.314 0.282 0.314 rg"
_ROXO: Final = "0.239 0.082 0.235 rg"
_CINZA: Final = "0.937 0.918 0.937 rg"
_FORTE: Final = "0.522 0.482 0.518 RG 0.7 w"
_LEVE: Final = "0.788 0.761 0.784 RG 0.5 w"


@dataclass(frozen=True, slots=True)
class Cabeca:
    """What stands in the head of every page."""

    titulo: str
    numero: str
    sigla: str
    folhas: int
    com_logotipo: bool


@dataclass(slots=True)
class Pagina:
    """What was drawn: the operators, and the kind of each marked piece of text, by its number."""

    operadores: list[str] = field(default_factory=list)
    marcas: list[str] = field(default_factory=list)

    def marcar(self, tipo: str, operadores: Iterable[str]) -> None:
        """Draw something that is read; `tipo` is its kind in the tree of the document (P, H1, Figure)."""
        self.operadores.append(f"/{tipo} <</MCID {len(self.marcas)}>> BDC")
        self.operadores.extend(operadores)
        self.operadores.append("EMC")
        self.marcas.append(tipo)

    def enfeitar(self, operadores: Iterable[str]) -> None:
        """Draw something that is only seen."""
        self.operadores += ["/Artifact BMC", *operadores, "EMC"]

    def bytes(self) -> bytes:
        """The operators as PDF holds them."""
        inicio = f"{PONTOS} 0 0 {PONTOS} {MARGEM_X} {MARGEM_Y} cm"
        return "\n".join((inicio, *self.operadores)).encode("cp1252")


def pintar(folha: Folha, cabeca: Cabeca) -> Pagina:
    """A page. What stands again only because a page ended is not read again."""
    pagina = Pagina()
    pagina.enfeitar(_riscos(folha.pecas))
    _cabeca(pagina, folha, cabeca)
    y = DO_TITULO
    for indice, peca in enumerate(folha.pecas):
        for bloco in peca.blocos:
            operadores = _bloco(bloco, y)
            if indice < folha.repetidas:
                pagina.enfeitar(operadores)
            else:
                pagina.marcar("P", operadores)
        y += peca.altura
    pagina.enfeitar((_ROXO, *_escrever(Texto(0, ALTURA + 12, "conecta", _MARCA))))
    return pagina


def _cabeca(pagina: Pagina, folha: Folha, cabeca: Cabeca) -> None:
    meio = (LARGURA - _GRANDE.largura(cabeca.titulo)) / 2
    titulo = [_TEXTO, *_escrever(Texto(meio, 26, cabeca.titulo, _GRANDE))]
    quem = _logotipo() if cabeca.com_logotipo else [_ROXO, *_escrever(Texto(0, 25, cabeca.sigla, _SIGLA)), _TEXTO]
    numero = [*_a_direita(20, f"2 - Nº: {cabeca.numero}", _NUMERO)]
    qual = [*_a_direita(33, f"folha {folha.numero} de {cabeca.folhas}", _FOLHA)]
    if folha.numero > 1:
        pagina.enfeitar([*quem, *titulo, *numero, *qual])
        return
    pagina.marcar("Figure" if cabeca.com_logotipo else "P", quem)
    pagina.marcar("H1", titulo)
    pagina.marcar("P", numero)
    pagina.enfeitar(qual)


def _logotipo() -> list[str]:
    return [f"q {1 / PONTOS:.4f} 0 0 {1 / PONTOS:.4f} 0 {ALTURA - LOGOTIPO[1]} cm /Logotipo Do Q"]


def _a_direita(y: float, texto: str, fonte: Fonte) -> Iterator[str]:
    return _escrever(Texto(LARGURA - fonte.largura(texto), y, texto, fonte))


def _bloco(bloco: Bloco, y: float) -> list[str]:
    return [
        operador for texto in bloco for operador in _escrever(Texto(texto.x, texto.y + y, texto.texto, texto.fonte))
    ]


def _escrever(texto: Texto) -> Iterator[str]:
    protegido = texto.texto.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    fonte = "F2" if texto.fonte.negrito else "F1"
    operador = f"BT /{fonte} {texto.fonte.corpo} Tf {texto.x:.2f} {ALTURA - texto.y:.2f} Td ({protegido}) Tj ET"
    yield f"{_CLARO} {operador} {_TEXTO}" if texto.fonte == ROTULO else operador


def _riscos(pecas: Iterable[Peca]) -> list[str]:
    riscos, fundos = _na_folha(pecas)
    cheios = [f"{f.x} {ALTURA - f.y - f.altura} {f.largura} {f.altura} re" for f in fundos]
    leves = [_linha(risco) for risco in riscos if risco.leve]
    fortes = [_linha(risco) for risco in riscos if not risco.leve]
    return [_CINZA, *cheios, "f", _LEVE, *leves, "S", _FORTE, *fortes, "S", _TEXTO]


def _linha(risco: Risco) -> str:
    return f"{risco.x} {ALTURA - risco.y} m {risco.ate_x} {ALTURA - risco.ate_y} l"


def _na_folha(pecas: Iterable[Peca]) -> tuple[list[Risco], list[Fundo]]:
    """Rules and shades where they stand on the page; upright rules that follow each other are one."""
    y = DO_TITULO
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
