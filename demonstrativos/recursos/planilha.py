"""The spreadsheet of what can be appealed against, brought back with values and justifications.

Each row is a glosa, known by its number in the first column. Rows in which neither a value nor a justification was
written ask for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import IO, Final

from conecta.contas.models import Organizacao
from conecta.importacao.cabecalho import pontuar, reconhecer
from conecta.importacao.celulas import dinheiro, inteiro, texto
from conecta.importacao.erros import ArquivoRecusado
from conecta.importacao.layout import Celulas, Coluna, ErroDaLinha
from conecta.importacao.leitura import registros
from conecta.importacao.planilha_alheia import Ilegivel
from conecta.interface.formatos import reais
from demonstrativos.recursos.forms import MAIOR_TEXTO
from demonstrativos.recursos.preparo import Pedido
from demonstrativos.recursos.recorriveis import recorriveis

MAIOR_PLANILHA: Final = 5 * 1024 * 1024
"""Bytes of a file."""
MAIS_LINHAS: Final = 5_000
"""Rows of a file in which something is asked."""
_MAIOR_NUMERO: Final = 10**15
COLUNAS: Final = (
    Coluna(nome="glosa", titulo="Nº da glosa", obrigatoria=True),
    Coluna(nome="valor", titulo="Valor recursado"),
    Coluna(nome="justificativa", titulo="Justificativa", obrigatoria=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinhaRuim:
    """A row that cannot be taken, by its number in the spreadsheet, and what to do with it."""

    numero: int
    frases: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Lida:
    """What a spreadsheet asks: by glosa in its good rows; and its bad rows."""

    pedidos: dict[int, Pedido] = field(default_factory=dict)
    ruins: list[LinhaRuim] = field(default_factory=list)


def ler(arquivo: IO[bytes], prestador: Organizacao) -> Lida:
    """Read a CSV or XLSX file row by row. Raises `ArquivoRecusado` for what is no such list, or too long a one."""
    linhas = registros(arquivo, lambda titulos: pontuar(titulos, COLUNAS))
    primeiro = next(linhas, None)
    if primeiro is None:
        raise ArquivoRecusado("O arquivo não tem nenhuma linha preenchida.")
    cabecalho = reconhecer(primeiro.celulas, COLUNAS)
    recorrivel = dict(recorriveis(prestador).values_list("pk", "recorrivel"))  # type: ignore[misc]
    lida, vistas = Lida(), dict[int, int]()
    for registro in linhas:
        valores = cabecalho.valores(registro.celulas)
        if not valores["valor"] and not valores["justificativa"]:
            continue
        if len(lida.pedidos) + len(lida.ruins) >= MAIS_LINHAS:
            raise ArquivoRecusado(f"A planilha pede mais de {MAIS_LINHAS} glosas. Divida-a em duas ou mais.")
        try:
            glosa, pedido = _linha(valores, recorrivel)
            antes = vistas.setdefault(glosa, registro.numero)
            if antes != registro.numero:
                raise ErroDaLinha(f"Repete a glosa da linha {antes}. Deixe só uma das duas.")
            lida.pedidos[glosa] = pedido
        except ErroDaLinha as erro:
            frases = tuple(_frase(um) for um in erro.todos)
            lida.ruins.append(LinhaRuim(numero=registro.numero, frases=frases))
    return lida


def _linha(valores: Mapping[str, str], recorrivel: Mapping[int, Decimal]) -> tuple[int, Pedido]:
    celulas = Celulas(valores)
    for nome, celula in valores.items():
        if isinstance(celula, Ilegivel):
            raise ErroDaLinha(celula.frase, nome)
    glosa = celulas.ler("glosa", inteiro, minimo=1, maximo=_MAIOR_NUMERO)
    valor = celulas.ler("valor", dinheiro, algarismos=12)
    justificativa = celulas.ler("justificativa", texto, maximo=MAIOR_TEXTO)
    if not valores["glosa"]:
        celulas.recusar(
            "glosa", "Falta o número da glosa: é ele que diz de que linha se trata. Exporte a lista de novo."
        )
    elif glosa is not None and glosa not in recorrivel:
        celulas.recusar(
            "glosa", f"A glosa {glosa} já está em outro recurso, ou o prazo dela acabou. Apague esta linha."
        )
    elif glosa is not None and valor is not None and not 0 < valor <= recorrivel[glosa]:
        celulas.recusar("valor", f"O valor vai de {reais(Decimal('0.01'))} a {reais(recorrivel[glosa])}. Corrija-o.")
    celulas.conferir()
    return glosa or 0, Pedido(valor=valor, justificativa=justificativa)


def _frase(erro: ErroDaLinha) -> str:
    titulo = next((coluna.titulo for coluna in COLUNAS if coluna.nome == erro.coluna), "")
    return f"{titulo}: {erro.frase}" if titulo else erro.frase
