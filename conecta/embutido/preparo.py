"""Brings database, reference tables, demo and static files up to date, in one process: each start of Django costs."""

import io
import os

import django
from django.conf import settings
from django.core.management import call_command

from conecta.ambiente import PASTA_VAR
from conecta.embutido import console, estaticos


def preparar() -> None:
    """Do every step; each is quick when there is nothing to do. The demo's logins go to `acessos.txt`."""
    call_command("migrate", database="dono", interactive=False, verbosity=0)
    console.feito("Banco de dados em dia")
    call_command("carregar_terminologia", stdout=io.StringIO())
    console.feito("Tabelas da ANS carregadas")
    estaticos.coletar()
    acessos = PASTA_VAR / "acessos.txt"
    acessos.unlink(missing_ok=True)
    if settings.DEMONSTRACAO:
        saida = io.StringIO()
        call_command("demonstracao", stdout=saida)
        acessos.touch(mode=0o600)
        acessos.write_text(saida.getvalue())
        console.feito("Demonstração carregada")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conecta.settings")
    django.setup()
    preparar()
