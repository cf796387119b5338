"""Files of rows, and the way of a file through the import."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from conecta.fila import fila
from conecta.importacao import transicoes
from conecta.importacao.estados import Modo
from conecta.importacao.layout import layout_de
from conecta.importacao.models import Importacao
from tests.fabrica import Cenario

TITULOS = ("Código", "Nome", "Início", "Ativo")


def csv(*linhas: Sequence[str], delimitador: str = ";", codificacao: str = "utf-8") -> bytes:
    """Rows as a CSV file."""
    return "\r\n".join(delimitador.join(linha) for linha in linhas).encode(codificacao)


def xlsx(*linhas: Sequence[Any]) -> bytes:
    """Rows as a workbook."""
    pasta = Workbook()
    for linha in linhas:
        pasta.active.append(list(linha))
    arquivo = io.BytesIO()
    pasta.save(arquivo)
    return arquivo.getvalue()


def planos(quantos: int, nome: str = "Plano") -> bytes:
    """A CSV file of good planos."""
    return csv(TITULOS, *((f"P{n:03}", f"{nome} {n}", "01/01/2026", "Sim") for n in range(quantos)))


RUINS = csv(
    TITULOS,
    ("P1", "Bom", "01/01/2026", "Sim"),
    ("P2", "", "31/02/2026", "talvez"),
    ("P1", "Repetido", "01/01/2026", "Sim"),
)
"""One good plano, one with two errors, and one that repeats the first."""


def papel(cenario: Cenario, quem: str) -> str:
    """Of the person who brings files there."""
    return "administrador" if cenario.organizacoes[quem].e_prestador else "gestor"


def incluir(
    cenario: Cenario, dados: bytes, *, layout: str = "planos", quem: str = "pasa", opcoes: dict | None = None
) -> Importacao:
    """Bring a file, as who answers for the organisation; its check waits in the queue."""
    with cenario.dentro(quem, papel(cenario, quem)):
        return transicoes.incluir(
            organizacao=cenario.organizacoes[quem],
            layout=layout_de(layout),
            opcoes=opcoes or {},
            nome="arquivo.csv",
            tamanho=len(dados),
            arquivo=io.BytesIO(dados),
            por=cenario.pessoa(papel(cenario, quem), quem),
        )


def trabalhar() -> int:
    """Do all that waits in the queue; gives how much that was."""
    feitos = 0
    while (trabalho := fila.reclamar("importacao", "teste")) is not None:
        fila.executar(trabalho, "teste")
        feitos += 1
    return feitos


def conferida(cenario: Cenario, dados: bytes, **opcoes: Any) -> Importacao:
    """A file that was checked."""
    importacao = incluir(cenario, dados, **opcoes)
    trabalhar()
    return atual(cenario, importacao, opcoes.get("quem", "pasa"))


def gravada(cenario: Cenario, dados: bytes, modo: Modo = Modo.TUDO, **opcoes: Any) -> Importacao:
    """A file that was checked and written."""
    importacao = conferida(cenario, dados, **opcoes)
    quem = opcoes.get("quem", "pasa")
    with cenario.dentro(quem, papel(cenario, quem)):
        transicoes.pedir_gravacao(
            importacao_id=importacao.pk, modo=modo, por=cenario.pessoa(papel(cenario, quem), quem)
        )
    trabalhar()
    return atual(cenario, importacao, quem)


def atual(cenario: Cenario, importacao: Importacao, quem: str = "pasa") -> Importacao:
    """The import as it stands now."""
    with cenario.dentro(quem):
        return Importacao.objects.get(pk=importacao.pk)
