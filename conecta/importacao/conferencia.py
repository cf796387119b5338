"""A file's rows through a layout: each becomes a typed row, or a bad line with its reasons."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final

from conecta.importacao.cabecalho import Cabecalho, pontuar, reconhecer
from conecta.importacao.erros import ArquivoRecusado
from conecta.importacao.layout import Coluna, ErroDaLinha, Layout
from conecta.importacao.leitura import Registro, registros
from conecta.importacao.planilha_alheia import Ilegivel

MAIOR_VALOR: Final = 300
"""Characters of a cell that are shown."""


@dataclass(frozen=True, slots=True)
class Conferida:
    """A row: `lida` by the layout, None for a bad one and for the example of the model file; `erros` of a bad one."""

    registro: Registro
    lida: tuple[Any, ...] | None
    erros: tuple[ErroDaLinha, ...] = ()

    @property
    def ruim(self) -> bool:
        """Whether it cannot be imported."""
        return bool(self.erros)


class Conferencia:
    """Reads a file once, row by row. `cabecalho` is known from the start; duplicates are told by the layout's key."""

    def __init__(self, arquivo: IO[bytes], layout: Layout, preparado: Any) -> None:
        """Read the headings. Raises `ArquivoRecusado`."""
        self._layout = layout
        self._preparado = preparado
        self._registros = registros(arquivo, lambda titulos: pontuar(titulos, layout.colunas))
        primeiro = next(self._registros, None)
        if primeiro is None:
            raise ArquivoRecusado("O arquivo não tem nenhuma linha preenchida.")
        self.cabecalho: Cabecalho = reconhecer(primeiro.celulas, layout.colunas)
        self._exemplo = {coluna.nome: coluna.exemplo for coluna in layout.colunas}
        self._vistas: dict[Hashable, int] = {}

    def linhas(self) -> Iterator[Conferida]:
        """Every row after the headings that is not blank. Raises `ArquivoRecusado` at one that is too much."""
        for registro in self._registros:
            yield self._conferir(registro)

    def _conferir(self, registro: Registro) -> Conferida:
        valores = self.cabecalho.valores(registro.celulas)
        if self._e_exemplo(valores):
            return Conferida(registro, None)
        if ilegiveis := _ilegiveis(valores, self._layout.colunas):
            return Conferida(registro, None, ilegiveis)
        try:
            lida = self._layout.ler(valores, self._preparado)
        except ErroDaLinha as erro:
            return Conferida(registro, None, erro.todos)
        antes = self._vistas.setdefault(self._layout.chave(lida), registro.numero)
        if antes != registro.numero:
            return Conferida(registro, None, (ErroDaLinha(f"Repete a linha {antes}. Deixe só uma das duas."),))
        return Conferida(registro, lida)

    def _e_exemplo(self, valores: Mapping[str, str]) -> bool:
        presentes = self.cabecalho.lugares
        return all(valores[nome] == self._exemplo[nome] for nome in presentes)

    def como_ruim(self, conferida: Conferida) -> tuple[int, list[str], list[dict[str, str]]]:
        """A bad row as it is kept: its number, its cells, and what is wrong with which."""
        celulas = conferida.registro.celulas
        erros = [self._descrever(erro, celulas) for erro in conferida.erros]
        return conferida.registro.numero, [str(celula)[:MAIOR_VALOR] for celula in celulas], erros

    def _descrever(self, erro: ErroDaLinha, celulas: Sequence[str]) -> dict[str, str]:
        titulo = next((coluna.titulo for coluna in self._layout.colunas if coluna.nome == erro.coluna), "")
        valor = self.cabecalho.valores(celulas).get(erro.coluna, "")
        return {"coluna": titulo, "valor": str(valor)[:MAIOR_VALOR], "frase": erro.frase}


def _ilegiveis(valores: Mapping[str, str], colunas: Sequence[Coluna]) -> tuple[ErroDaLinha, ...]:
    """Empty cells that must not be, and cells that the reader could not take as they stand."""
    erros = []
    for coluna in colunas:
        valor = valores[coluna.nome]
        if not valor and coluna.obrigatoria:
            erros.append(ErroDaLinha("Está vazio e é obrigatório.", coluna.nome))
        elif isinstance(valor, Ilegivel):
            erros.append(ErroDaLinha(valor.frase, coluna.nome))
    return tuple(erros)
