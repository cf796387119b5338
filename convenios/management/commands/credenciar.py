"""`credenciar`: register the contract of a prestador with an operadora."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, transaction

from conecta.contas.models import Organizacao
from conecta.tenancy.escopo import inquilino
from convenios.models import Credenciamento
from convenios.transicoes import convenio_principal


class Command(BaseCommand):
    help = "Credencia um prestador em uma operadora."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("operadora", help="endereço (slug) da operadora")
        parser.add_argument("prestador", help="endereço (slug) do prestador")
        parser.add_argument("--codigo", required=True, help="código do prestador na operadora")
        parser.add_argument("--inicio", required=True, type=date.fromisoformat, help="aaaa-mm-dd")
        parser.add_argument("--fim", type=date.fromisoformat, help="aaaa-mm-dd; sem fim quando não informado")

    def handle(self, *args: Any, **opcoes: Any) -> None:
        operadora = self._organizacao(opcoes["operadora"], Organizacao.Tipo.OPERADORA)
        prestador = self._organizacao(opcoes["prestador"], Organizacao.Tipo.PRESTADOR)
        with inquilino(operadora.tipo, operadora.pk):
            convenio_principal(operadora=operadora)
            try:
                with transaction.atomic():
                    Credenciamento.objects.create(
                        operadora=operadora,
                        prestador=prestador,
                        codigo_na_operadora=opcoes["codigo"],
                        inicio=opcoes["inicio"],
                        fim=opcoes["fim"],
                    )
            except IntegrityError as erro:
                raise CommandError(
                    f"{prestador.sigla} já é credenciado em {operadora.sigla}, o código já é de outro prestador, "
                    "ou o fim é anterior ao início."
                ) from erro
        self.stdout.write(f"{prestador.sigla} credenciado em {operadora.rotulo} desde {opcoes['inicio']:%d/%m/%Y}.")

    @staticmethod
    def _organizacao(slug: str, tipo: Organizacao.Tipo) -> Organizacao:
        organizacao = Organizacao.objects.filter(slug=slug, tipo=tipo).first()
        if organizacao is None:
            raise CommandError(f"Não há {tipo.label.lower()} em /{slug}/.")
        return organizacao
