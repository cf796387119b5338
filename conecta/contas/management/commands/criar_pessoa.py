"""`criar_pessoa`: register a person with a papel in an organisation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from conecta.contas.cadastro import CadastroRecusado, criar_pessoa
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Papel


class Command(BaseCommand):
    help = "Cadastra uma pessoa com um papel em uma organização. A senha é escolhida por ela em “Esqueci a senha”."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("nome")
        parser.add_argument("--organizacao", required=True, help="endereço (slug) da organização")
        parser.add_argument("--papel", required=True, choices=Papel.values)

    def handle(self, *args: Any, **opcoes: Any) -> None:
        organizacao = Organizacao.objects.filter(slug=opcoes["organizacao"]).first()
        if organizacao is None:
            raise CommandError(f"Não há organização em /{opcoes['organizacao']}/.")
        try:
            vinculo = criar_pessoa(
                email=opcoes["email"], nome=opcoes["nome"], organizacao=organizacao, papel=Papel(opcoes["papel"])
            )
        except CadastroRecusado as erro:
            raise CommandError(erro.frase) from erro
        self.stdout.write(f"{opcoes['email']} é {vinculo.get_papel_display()} em {organizacao.sigla}.")
