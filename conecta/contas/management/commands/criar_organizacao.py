"""`criar_organizacao`: register a prestador or an operadora."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from conecta.contas.cadastro import CadastroRecusado, criar_organizacao
from conecta.contas.models import Organizacao


class Command(BaseCommand):
    help = "Cadastra uma organização (prestador ou operadora)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("tipo", choices=Organizacao.Tipo.values)
        parser.add_argument("sigla", help="nome curto, como aparece nas telas")
        parser.add_argument("--nome", required=True, help="razão social")
        parser.add_argument("--documento", required=True, help="CNPJ ou CPF, sem máscara")
        parser.add_argument("--registro-ans", default="", help="seis dígitos; só de operadora")
        parser.add_argument("--slug", default="", help="endereço; feito da sigla quando não informado")

    def handle(self, *args: Any, **opcoes: Any) -> None:
        try:
            organizacao = criar_organizacao(
                tipo=Organizacao.Tipo(opcoes["tipo"]),
                sigla=opcoes["sigla"],
                nome=opcoes["nome"],
                documento=opcoes["documento"],
                registro_ans=opcoes["registro_ans"],
                slug=opcoes["slug"],
            )
        except CadastroRecusado as erro:
            raise CommandError(erro.frase) from erro
        self.stdout.write(f"{organizacao.rotulo} cadastrada em /{organizacao.slug}/.")
