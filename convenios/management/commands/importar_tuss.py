"""`manage.py importar_tuss FICHEIRO --tabela 22`: one edition of one table, as ANS publishes it."""

from __future__ import annotations

import io
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from conecta.importacao.erros import ArquivoRecusado
from conecta.interface.formatos import inteiro
from conecta.tenancy.escopo import sistema
from convenios.terminologia_ans import EdicaoLida, Mudancas, TabelaIncompleta, comparar, importar, ler_edicao
from convenios.terminologia_tabelas import DO_PADRAO, rotulo

_EXEMPLOS: Final = 3


class Command(BaseCommand):
    """Says what the file changes and, unless only asked to look, takes it in. The same file again changes nothing."""

    help = "Importa uma edição de uma tabela da TUSS ou de domínio, em CSV ou XLSX, como a ANS a publica."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What can be asked for."""
        parser.add_argument("ficheiro", type=Path, help="a planilha da ANS")
        parser.add_argument(
            "--tabela", required=True, choices=DO_PADRAO, metavar="NN", help="número da tabela, como 22"
        )
        parser.add_argument("--edicao", default="", help="como chamar a edição; sem isto, o nome do arquivo")
        parser.add_argument(
            "--completa", action="store_true", help="o arquivo é a tabela inteira: encerrar hoje o que não está nele"
        )
        parser.add_argument("--conferir", action="store_true", help="só dizer o que mudaria")

    def handle(self, *args: Any, **opcoes: Any) -> None:
        """Read, compare, and say."""
        edicao = self._ler(opcoes["ficheiro"], opcoes["tabela"])
        hoje, completa = timezone.localdate(), opcoes["completa"]
        with sistema():
            if opcoes["conferir"]:
                mudancas = comparar(edicao, completa=completa, hoje=hoje)
            else:
                mudancas = self._importar(edicao, opcoes, hoje)
        self._dizer(edicao, mudancas, so_conferiu=opcoes["conferir"])

    def _ler(self, ficheiro: Path, tabela: str) -> EdicaoLida:
        try:
            return ler_edicao(io.BytesIO(ficheiro.read_bytes()), tabela)
        except OSError as erro:
            raise CommandError(f"O arquivo “{ficheiro}” não pôde ser aberto: {erro.strerror}.") from erro
        except ArquivoRecusado as recusa:
            raise CommandError(recusa.frase) from recusa

    def _importar(self, edicao: EdicaoLida, opcoes: dict[str, Any], hoje: date) -> Mudancas:
        nome = opcoes["edicao"] or opcoes["ficheiro"].name
        try:
            return importar(edicao, rotulo=nome, completa=opcoes["completa"], hoje=hoje)
        except TabelaIncompleta as recusa:
            self._dizer_ruins(edicao)
            raise CommandError(recusa.frase) from recusa

    def _dizer_ruins(self, edicao: EdicaoLida) -> None:
        for ruim in edicao.ruins:
            self.stdout.write(f"Linha {ruim.numero} deixada de fora, coluna “{ruim.coluna}”: {ruim.motivo}")

    def _dizer(self, edicao: EdicaoLida, mudancas: Mudancas, *, so_conferiu: bool) -> None:
        self._dizer_ruins(edicao)
        if mudancas.ja_estava:
            self.stdout.write(f"Tabela {rotulo(edicao.tabela)}: este arquivo já foi importado; nada mudou.")
            return
        self.stdout.write(f"Tabela {rotulo(edicao.tabela)}: {'mudaria assim' if so_conferiu else 'importada'}.")
        for um, varios, linhas in (
            ("novo", "novos", mudancas.novas),
            ("mudado", "mudados", mudancas.mudadas),
            ("encerrado", "encerrados", mudancas.encerradas),
        ):
            exemplos = "; ".join(f"{linha.codigo} {linha.termo[:60]}" for linha in linhas[:_EXEMPLOS])
            self.stdout.write(f"  {_contados(len(linhas), um, varios)}{f', como {exemplos}' if exemplos else ''}")
        self.stdout.write(f"  {_contados(mudancas.iguais, 'igual', 'iguais')}")


def _contados(quantos: int, um: str, varios: str) -> str:
    return f"{inteiro(quantos)} {um if quantos == 1 else varios}"
