"""What a line gets by itself, besides its price: its number, quantity and day, and the grau that the convênio uses."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Final

from convenios.regras import Regras
from tiss_schemas.fichas import Celula, Grade
from tiss_schemas.valores import inteiro_de
from uploads.digitacao.passo_campos import SEQUENCIAL, Campos, nomes_das_linhas

_CODIGO: Final = "codigoProcedimento"
_DIAS: Final = frozenset({"dataExecucao", "dataRealizacao"})
_QUANTIDADES: Final = frozenset({"quantidadeExecutada", "qtdProc"})
_GRAUS: Final = frozenset({"grauPart", "grauParticipacao"})
_UM: Final = "1"
_DO_PORTAL: Final = frozenset({SEQUENCIAL, "valorTotal"})
_AUTORIZADO: Final = "autorizado"
_SIM: Final = "S"


def completar_linhas(
    campos: Campos, regras: Regras, valores: Mapping[str, str], *, mudou: Collection[str] | None, dia: date
) -> dict[str, str]:
    """What lines lack and have by themselves. Quantity and day go into lines whose code is among `mudou` (None: all),
    so that what was deleted stays deleted; the day is that of the line before, or `dia`."""
    novos = _sequenciais(campos, valores)
    for grade in campos.grades:
        anterior = dia.isoformat()
        for nome in nomes_das_linhas(valores, grade.caminho):
            novos |= _do_codigo(grade, nome, valores, mudou, anterior)
            novos |= _graus(grade, nome, regras, valores)
            anterior = next((valores[caminho] for caminho in _dias(grade, nome) if valores.get(caminho)), anterior)
    return novos


def _do_codigo(
    grade: Grade, nome: str, valores: Mapping[str, str], mudou: Collection[str] | None, dia: str
) -> dict[str, str]:
    """Of a line whose code was typed: done once, on that day."""
    codigo = next((f"{nome}/{coluna.caminho}" for coluna in grade.colunas if _folha(coluna) == _CODIGO), "")
    if not valores.get(codigo) or (mudou is not None and codigo not in mudou):
        return {}
    usuais = {coluna.caminho: usual for coluna in grade.colunas if (usual := _usual(_folha(coluna), dia))}
    return {f"{nome}/{caminho}": texto for caminho, texto in usuais.items() if not valores.get(f"{nome}/{caminho}")}


def _usual(folha: str, dia: str) -> str:
    if folha in _DIAS:
        return dia
    if folha in _QUANTIDADES:
        return _UM
    return _SIM if folha == _AUTORIZADO else ""


def _dias(grade: Grade, nome: str) -> Iterator[str]:
    return (f"{nome}/{coluna.caminho}" for coluna in grade.colunas if _folha(coluna) in _DIAS)


def _graus(grade: Grade, nome: str, regras: Regras, valores: Mapping[str, str]) -> dict[str, str]:
    """The convênio's *Posição Profissional*, for people on the line who have no grau."""
    achados = {}
    if regras.posicao_profissional:
        for dentro in grade.grades:
            for coluna in dentro.colunas:
                if _folha(coluna) in _GRAUS and _tem_o_codigo(coluna, regras.posicao_profissional):
                    for pessoa in nomes_das_linhas(valores, f"{nome}/{dentro.caminho}"):
                        if not valores.get(f"{pessoa}/{coluna.caminho}"):
                            achados[f"{pessoa}/{coluna.caminho}"] = regras.posicao_profissional
    return achados


def _tem_o_codigo(coluna: Celula, codigo: str) -> bool:
    return coluna.campo is not None and any(codigo == opcao for opcao, _ in coluna.campo.opcoes)


def _sequenciais(campos: Campos, valores: Mapping[str, str]) -> dict[str, str]:
    """Numbers for lines without one, above all that the guide has: procedures and expenses are counted together."""
    linhas = [
        f"{nome}/{SEQUENCIAL}"
        for grade in campos.grades
        if any(coluna.caminho == SEQUENCIAL for coluna in grade.colunas)
        for nome in nomes_das_linhas(valores, grade.caminho)
    ]
    ultimo = max((inteiro_de(valores.get(linha)) or 0 for linha in linhas), default=0)
    novos = {}
    for linha in linhas:
        if not valores.get(linha):
            ultimo += 1
            novos[linha] = str(ultimo)
    return novos


def _folha(coluna: Celula) -> str:
    return coluna.caminho.rpartition("/")[2]


def linhas_vazias(campos: Campos, valores: Mapping[str, str]) -> list[str]:
    """The paths of values in lines in which nothing is left but what the portal itself wrote."""
    por_linha: dict[str, list[str]] = {}
    for caminho in valores:
        grade = next((grade.caminho for grade in campos.grades if caminho.startswith(f"{grade.caminho}[")), None)
        if grade is not None:
            por_linha.setdefault(caminho[: caminho.index("]", len(grade)) + 1], []).append(caminho)
    return [
        caminho
        for caminhos in por_linha.values()
        if all(caminho.rpartition("/")[2] in _DO_PORTAL for caminho in caminhos)
        for caminho in caminhos
    ]
