"""The files of a statement: PDF and message are kept with it, spreadsheets are written from its values when asked."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from io import BytesIO, TextIOWrapper
from typing import IO, Any, Final

from django.utils import timezone

from conecta import planilha
from conecta.interface.formatos import data, dinheiro, quantidade
from conecta.planilha import Coluna
from demonstrativos.emissao.linhas import linhas_de
from demonstrativos.emissao.models import Demonstrativo, Tipo
from demonstrativos.recursos.xml import TRANSACAO
from lotes.numeracao import proximo_da_serie
from tiss_schemas.demonstrativo.contas import Demonstrativo as Valores
from tiss_schemas.demonstrativo.escrita import Transacao, escrever_analise, escrever_odonto, escrever_pagamento
from tiss_schemas.demonstrativo.valores import DemonstrativoDeAnalise, DemonstrativoDePagamento

TITULOS: Final = {Tipo.ANALISE: "Análise de conta", Tipo.PAGAMENTO: "Pagamento", Tipo.ODONTO: "Pagamento odontológico"}
_DE_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def mensagem(linha: Demonstrativo, valores: Valores) -> bytes:
    """The statement as a message of its version, with the next number of the operadora's messages.

    Raises `NaoCabeNaVersao` and `VersaoIndisponivel`.
    """
    sequencial = str(proximo_da_serie(linha.operadora, TRANSACAO))
    transacao = Transacao(sequencial=sequencial, momento=timezone.localtime(linha.emitido_em))
    if isinstance(valores, DemonstrativoDeAnalise):
        return escrever_analise([valores], transacao=transacao)
    if isinstance(valores, DemonstrativoDePagamento):
        return escrever_pagamento(valores, transacao=transacao)
    return escrever_odonto(valores, transacao=transacao)


def em_xlsx(linha: Demonstrativo, valores: Valores) -> IO[bytes]:
    """The rows of a statement as a workbook."""
    colunas, linhas = linhas_de(valores)
    return planilha.escrever(TITULOS[Tipo(linha.tipo)], colunas, linhas)


def em_csv(valores: Valores) -> IO[bytes]:
    """The same rows as CSV, as Brazilian spreadsheets read it: semicolons, decimal commas, UTF-8 with its mark."""
    colunas, linhas = linhas_de(valores)
    arquivo = BytesIO()
    arquivo.write(BOM_UTF8)
    texto = TextIOWrapper(arquivo, encoding="utf-8", newline="")
    _escrever(texto, colunas, linhas)
    texto.flush()
    texto.detach()
    arquivo.seek(0)
    return arquivo


def _escrever(texto: TextIOWrapper, colunas: Iterable[Coluna], linhas: Iterable[Iterable[Any]]) -> None:
    escritor = csv.writer(texto, delimiter=";")
    escritor.writerow([coluna.titulo for coluna in colunas])
    escritor.writerows([_celula(valor) for valor in linha] for linha in linhas)


def _celula(valor: Any) -> str:
    """Text that no program takes for a formula."""
    if isinstance(valor, Decimal):
        return (dinheiro(valor) if valor.as_tuple().exponent == -2 else quantidade(valor)).replace(".", "")
    if isinstance(valor, date):
        return data(valor)
    texto = "" if valor is None else str(valor)
    return f"'{texto}" if texto.startswith(_DE_FORMULA) else texto
