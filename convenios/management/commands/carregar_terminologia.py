"""`manage.py carregar_terminologia`: the standard's tables from the package into Postgres."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from conecta.interface.formatos import inteiro
from convenios.terminologia import carregar_tudo


class Command(BaseCommand):
    """Loads what is new; does nothing where the edition was loaded before."""

    help = "Carrega TUSS, tabelas de domínio, Tabela 38 e o registro de operadoras da ANS."

    def handle(self, *args: Any, **opcoes: Any) -> None:
        """Load and say what became of each source."""
        for carga in carregar_tudo(hoje=timezone.localdate()):
            feito = (
                "já estava carregada"
                if carga.ja_estava
                else f"{inteiro(carga.linhas)} linhas, {inteiro(carga.encerradas)} com vigência encerrada"
            )
            self.stdout.write(f"{carga.fonte} ({carga.rotulo}): {feito}.")
