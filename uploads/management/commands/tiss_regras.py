"""`manage.py tiss_regras`: the catalogue of rules, as the page has it."""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from conecta.interface.formatos import data
from uploads.catalogo import Codigo, Entrada, entradas

_COLUNAS = (
    "numero",
    "grupo",
    "frase",
    "exemplo",
    "versao",
    "codigo",
    "descricao",
    "severidade",
    "ajustavel",
    "dispensavel",
    "desde",
)


class Command(BaseCommand):
    """Needs no database: everything stands in the registry of rules."""

    help = "Lista as regras de validação: o que conferem, exemplo, código por versão, severidade e desde quando."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--formato", choices=("texto", "json", "csv"), default="texto")
        parser.add_argument(
            "--versao", type=_versao, metavar="N.NN.NN", help="só os códigos desta versão (padrão: as instaladas)"
        )

    def handle(self, *args: Any, formato: str, versao: str | None, **opcoes: Any) -> None:
        """Print the catalogue."""
        regras = entradas(None if versao is None else [versao])
        {"texto": self._em_texto, "json": self._em_json, "csv": self._em_csv}[formato](regras)

    def _em_texto(self, regras: list[Entrada]) -> None:
        self.stdout.write("\n".join(_linhas(regras)))

    def _em_json(self, regras: list[Entrada]) -> None:
        self.stdout.write(json.dumps([_registro(entrada) for entrada in regras], ensure_ascii=False, indent=2))

    def _em_csv(self, regras: list[Entrada]) -> None:
        escritor = csv.writer(self.stdout, lineterminator="\n")
        escritor.writerow(_COLUNAS)
        for entrada in regras:
            registro = _registro(entrada)
            for codigo in registro["codigos"]:
                escritor.writerow((registro | codigo)[coluna] for coluna in _COLUNAS)


def _registro(entrada: Entrada) -> dict[str, Any]:
    regra = entrada.regra
    return {
        "numero": regra.numero,
        "grupo": entrada.grupo,
        "frase": regra.frase,
        "exemplo": regra.exemplo,
        "codigos": [
            {"versao": versao, "codigo": codigo.codigo, "descricao": codigo.descricao}
            for codigo in entrada.codigos
            for versao in codigo.versoes
        ],
        "severidade": regra.severidade.value,
        "ajustavel": regra.ajustavel,
        "dispensavel": regra.dispensavel,
        "desde": regra.desde.isoformat(),
    }


def _linhas(regras: list[Entrada]) -> Iterator[str]:
    grupo = ""
    for entrada in regras:
        if entrada.grupo != grupo:
            grupo = entrada.grupo
            yield f"{grupo}\n"
        yield f"  {entrada.numero}  {entrada.regra.frase}"
        if entrada.regra.exemplo:
            yield f"       Exemplo: {entrada.regra.exemplo}"
        yield from (f"       {_codigo(codigo)}" for codigo in entrada.codigos)
        yield f"       {entrada.severidade}. Desde {data(entrada.regra.desde)}.\n"


def _codigo(codigo: Codigo) -> str:
    return f"{', '.join(codigo.versoes)}: {codigo.codigo} {codigo.descricao}"


def _versao(texto: str) -> str:
    if not re.fullmatch(r"\d{1,2}\.\d\d\.\d\d", texto):
        raise argparse.ArgumentTypeError(f"“{texto}” não é uma versão: escreva como 4.03.00")
    return texto
