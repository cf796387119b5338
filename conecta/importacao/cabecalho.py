"""Which column of a file is which of the layout's, by its heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from conecta.importacao.erros import ArquivoRecusado
from conecta.importacao.layout import Coluna
from conecta.texto import para_busca


@dataclass(frozen=True, slots=True)
class Cabecalho:
    """`lugares`: index of the file's column by the layout's name. `ignorados`: headings that mean nothing to it."""

    titulos: tuple[str, ...]
    lugares: Mapping[str, int]
    faltam: tuple[str, ...]
    ignorados: tuple[str, ...]

    def valores(self, celulas: Sequence[str]) -> dict[str, str]:
        """The cells of a row by the layout's names; what the file has not is empty."""
        quantas = len(celulas)
        valores = dict.fromkeys(self.faltam, "")
        for nome, lugar in self.lugares.items():
            valores[nome] = celulas[lugar] if lugar < quantas else ""
        return valores


def pontuar(titulos: Sequence[str], colunas: Sequence[Coluna]) -> int:
    """How many headings belong to a column."""
    nomes = _nomes(colunas)
    return sum(_simples(titulo) in nomes for titulo in titulos)


def reconhecer(titulos: Sequence[str], colunas: Sequence[Coluna]) -> Cabecalho:
    """Read the headings. Raises `ArquivoRecusado` when an obligatory column is missing, or one is there twice."""
    nomes = _nomes(colunas)
    lugares: dict[str, int] = {}
    ignorados = []
    for lugar, titulo in enumerate(titulos):
        nome = nomes.get(_simples(titulo))
        if nome is None:
            ignorados.append(titulo)
        elif nome in lugares:
            raise ArquivoRecusado(
                f"As colunas “{titulos[lugares[nome]]}” e “{titulo}” são a mesma. Deixe só uma e envie outra vez."
            )
        else:
            lugares[nome] = lugar
    _exigir(lugares, titulos, colunas)
    faltam = tuple(coluna.nome for coluna in colunas if coluna.nome not in lugares)
    return Cabecalho(tuple(map(str, titulos)), lugares, faltam, tuple(titulo for titulo in ignorados if titulo))


def _exigir(lugares: Mapping[str, int], titulos: Sequence[str], colunas: Sequence[Coluna]) -> None:
    if not lugares:
        achados = ", ".join(f"“{titulo[:30]}”" for titulo in titulos[:5] if titulo)
        precisos = ", ".join(f"“{coluna.titulo}”" for coluna in colunas if coluna.obrigatoria)
        raise ArquivoRecusado(
            f"A primeira linha não tem os títulos das colunas: nela está {achados}. "
            f"Escreva nela pelo menos estes títulos: {precisos}."
        )
    faltam = [f"“{coluna.titulo}”" for coluna in colunas if coluna.obrigatoria and coluna.nome not in lugares]
    if len(faltam) == 1:
        raise ArquivoRecusado(f"Falta a coluna {faltam[0]}, que é obrigatória. Inclua-a e envie outra vez.")
    if faltam:
        raise ArquivoRecusado(
            f"Faltam as colunas {', '.join(faltam)}, que são obrigatórias. Inclua-as e envie de novo."
        )


def _nomes(colunas: Sequence[Coluna]) -> dict[str, str]:
    return {
        _simples(escrito): coluna.nome
        for coluna in colunas
        for escrito in (*coluna.sinonimos, coluna.nome, coluna.titulo)
    }


def _simples(titulo: str) -> str:
    return "".join(letra for letra in para_busca(titulo) if letra.isalnum())
