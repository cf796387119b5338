"""`manage.py conferir`: look through the portal's own books. It reports and never repairs."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from demonstrativos.autoconferencia.todas import VERIFICACOES
from demonstrativos.autoconferencia.verificacao import OrganizacaoDesconhecida, conferir


class Command(BaseCommand):
    """Reads every organisation's rows in that organisation's own scope."""

    help = (
        "Confere as contas do portal: todo total é a soma das partes, todo protocolo tem o arquivo congelado com o "
        "SHA-256 do recibo, as numerações não têm falhas. Só relata; termina com 1 quando algo não confere."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("organizacoes", nargs="*", metavar="endereço", help="só estas organizações (slug)")

    def handle(self, *args: Any, **opcoes: Any) -> None:
        """Print a line for each thing that is wrong, and how many checks ran."""
        quantas = 0
        try:
            for divergencia in conferir(VERIFICACOES, opcoes["organizacoes"]):
                quantas += 1
                self.stdout.write(f"{divergencia.organizacao}: {divergencia.prova}: {divergencia.frase}")
        except OrganizacaoDesconhecida as desconhecida:
            raise CommandError(
                f"Não há organização com este endereço: {desconhecida}. Nada foi conferido; confira os endereços."
            ) from desconhecida
        if quantas:
            encontradas = "1 divergência" if quantas == 1 else f"{quantas} divergências"
            self.stdout.write(f"{encontradas} em {len(VERIFICACOES)} verificações.")
            sys.exit(1)
        self.stdout.write(f"Tudo confere: {len(VERIFICACOES)} verificações, nenhuma divergência.")
