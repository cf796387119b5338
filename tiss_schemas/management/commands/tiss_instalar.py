"""`manage.py tiss_instalar PASTA_OU_ZIP`: make another version of the standard known to this installation."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tiss_schemas import catalogo


class Command(BaseCommand):
    """Needs no database: versions are folders with a manifest."""

    help = "Instala versões do padrão TISS a partir de uma pasta ou do ZIP da ANS, depois de conferir que compilam."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One argument: the folder or the zip."""
        parser.add_argument("origem", type=Path, metavar="PASTA_OU_ZIP", help="pasta ou ZIP com os esquemas da ANS")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Install and say what is known now."""
        try:
            novas = catalogo.instalar(options["origem"])
        except catalogo.EsquemaInvalido as erro:
            raise CommandError(str(erro)) from erro
        for versao in novas:
            self.stdout.write(f"Versão {versao.numero} instalada em {versao.pasta} (SHA-256 {versao.sha256[:12]}…).")
        if not novas:
            self.stdout.write("Nada a instalar: as versões indicadas já vêm com o pacote “tiss”.")
        conhecidas = ", ".join(versao.numero for versao in catalogo.versoes())
        self.stdout.write(f"Versões disponíveis: {conhecidas}.")
