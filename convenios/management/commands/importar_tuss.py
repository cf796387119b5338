"""`manage.py importar_tuss FICHEIRO --tabela 22`: one edition of one table, as ANS publishes it."""

from __future__ import annotations

import io
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from conecta.importacao.erros import ArquivoRecusado
from conecta.interface.formatos import inteiro
from conecta.tenancy.escopo import sistema
from convenios.terminologia_ans import EdicaoLida, Mudancas, comparar, importar, ler_edicao
from convenios.terminologia_tabelas import DA_OPERADORA, NOMES, rotulo

_EXEMPLOS: Final = 3
_TABELAS: Final = sorted(set(NOMES).difference(DA_OPERADORA))


class Command(BaseCommand):
    """Says what the file changes and, unless only asked to look, takes it in. The same file again changes nothing."""

    help = "Importa uma edição de uma tabela da TUSS ou de domínio, em CSV ou XLSX, como a ANS a publica."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What can be asked for."""
        parser.add_argument("ficheiro", type=Path, help="a planilha da ANS")
        parser.add_argument("--tabela", required=True, choices=_TABELAS, metavar="NN", help="número da tabela, como 22")
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
                nome = opcoes["edicao"] or opcoes["ficheiro"].name
                mudancas = importar(edicao, rotulo=nome, completa=completa, hoje=hoje)
        self._dizer(edicao, mudancas, so_conferiu=opcoes["conferir"])

    def _ler(self, ficheiro: Path, tabela: str) -> EdicaoLida:
        try:
            return ler_edicao(io.BytesIO(ficheiro.read_bytes()), tabela)
        except OSError as erro:
            raise CommandError(f"O arquivo “{ficheiro}” não pôde ser aberto: {erro.strerror}.") from erro
        except ArquivoRecusado as recusa:
            raise CommandError(recusa.frase) from recusa

    def _dizer(self, edicao: EdicaoLida, mudancas: Mudancas, *, so_conferiu: bool) -> None:
        for ruim in edicao.ruins:
            self.stdout.write(f"Linha {ruim.numero} deixada de fora: {ruim.motivo}")
        if mudancas.ja_estava:
            self.stdout.write(f"Tabela {rotulo(edicao.tabela)}: este arquivo já foi importado; nada mudou.")
            return
        self.stdout.write(f"Tabela {rotulo(edicao.tabela)}: {'mudaria assim' if so_conferiu else 'importada'}.")
        for nome, linhas in (
            ("novos", mudancas.novas),
            ("mudados", mudancas.mudadas),
            ("encerrados", mudancas.encerradas),
        ):
            exemplos = "; ".join(f"{linha.codigo} {linha.termo[:60]}" for linha in linhas[:_EXEMPLOS])
            self.stdout.write(f"  {inteiro(len(linhas))} {nome}{f', como {exemplos}' if exemplos else ''}")
        self.stdout.write(f"  {inteiro(mudancas.iguais)} iguais")
