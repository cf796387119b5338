"""What the form of a guide shows: blocks, cells and lines with their values and findings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tiss_schemas.fichas import Bloco, Celula, Grade, ficha_de
from uploads.digitacao.formulario import valor_da_celula
from uploads.digitacao.juizo import CriticaDaGuia
from uploads.digitacao.models import GuiaDigitada

_POSICAO = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class CelulaNaTela:
    """A control: its field, the name it is sent by, what it shows, and what was found about it."""

    celula: Celula
    nome: str
    nome_da_escolha: str
    valor: str
    escolhida: str
    criticas: Sequence[CriticaDaGuia]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinhaNaTela:
    """A line of a grid. `nome` is its path with its position; `nova` marks the empty one at the end."""

    nome: str
    celulas: Sequence[CelulaNaTela]
    grades: Sequence[GradeNaTela]
    nova: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeNaTela:
    """A grid with its lines."""

    grade: Grade
    nome: str
    linhas: Sequence[LinhaNaTela]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlocoNaTela:
    """A block with its cells and grids."""

    bloco: Bloco
    celulas: Sequence[CelulaNaTela]
    grades: Sequence[GradeNaTela]


class _Montagem:
    """Puts values and findings of one guide into its form."""

    def __init__(self, valores: Mapping[str, str], criticas: Sequence[CriticaDaGuia]) -> None:
        self._valores = valores
        self._criticas: dict[str, list[CriticaDaGuia]] = {}
        for critica in criticas:
            self._criticas.setdefault(critica.campo, []).append(critica)

    def celula(self, celula: Celula, prefixo: str) -> CelulaNaTela:
        valor, escolhida = valor_da_celula(celula, prefixo, self._valores)
        caminhos = [prefixo + opcao.caminho for opcao in celula.opcoes or (celula,)]
        return CelulaNaTela(
            celula=celula,
            nome=prefixo + celula.nome,
            nome_da_escolha=prefixo + celula.nome_da_escolha if celula.opcoes else "",
            valor=valor,
            escolhida=escolhida,
            criticas=[critica for caminho in caminhos for critica in self._criticas.get(caminho, ())],
        )

    def grade(self, grade: Grade, prefixo: str) -> GradeNaTela:
        nome = prefixo + grade.caminho
        presentes = self._posicoes(nome)
        nova = max(presentes, default=0) + 1
        return GradeNaTela(
            grade=grade,
            nome=nome,
            linhas=[self._linha(grade, f"{nome}[{posicao}]", nova=False) for posicao in presentes]
            + [self._linha(grade, f"{nome}[{nova}]", nova=True)],
        )

    def _linha(self, grade: Grade, nome: str, *, nova: bool) -> LinhaNaTela:
        return LinhaNaTela(
            nome=nome,
            celulas=[self.celula(coluna, f"{nome}/") for coluna in grade.colunas],
            grades=[self.grade(dentro, f"{nome}/") for dentro in grade.grades],
            nova=nova,
        )

    def _posicoes(self, nome: str) -> list[int]:
        inicio = f"{nome}["
        achadas = (_POSICAO.match(caminho, len(nome)) for caminho in self._valores if caminho.startswith(inicio))
        return sorted({int(achada[1]) for achada in achadas if achada})


def tela_da_guia(guia: GuiaDigitada, criticas: Sequence[CriticaDaGuia]) -> dict[str, Any]:
    """Context of templates/digitacao/ficha.html. No query."""
    ficha = ficha_de(guia.versao_tiss, guia.tipo)
    montagem = _Montagem(guia.valores, criticas)
    blocos = [
        BlocoNaTela(
            bloco=bloco,
            celulas=[montagem.celula(celula, "") for celula in bloco.celulas],
            grades=[montagem.grade(grade, "") for grade in bloco.grades],
        )
        for bloco in ficha.blocos
    ]
    return {"guia": guia, "ficha": ficha, "blocos": blocos, "criticas": criticas}
