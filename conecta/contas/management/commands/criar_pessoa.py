"""`criar_pessoa`: register a person with a papel in an organisation, or one of the platform."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from conecta.contas.cadastro import CadastroRecusado, criar_pessoa, por_na_plataforma
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Papel


class Command(BaseCommand):
    help = (
        "Cadastra uma pessoa com um papel em uma organização, ou, com --plataforma, quem cuida do que é de todas. "
        "A senha é escolhida por ela em “Esqueci a senha”."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("nome")
        parser.add_argument("--organizacao", help="endereço (slug) da organização")
        parser.add_argument("--papel", choices=Papel.values)
        parser.add_argument(
            "--plataforma", action="store_true", help="importa edições da terminologia; não vê dados de organizações"
        )

    def handle(self, *args: Any, **opcoes: Any) -> None:
        try:
            feito = self._na_plataforma(opcoes) if opcoes["plataforma"] else self._na_organizacao(opcoes)
        except CadastroRecusado as erro:
            raise CommandError(erro.frase) from erro
        self.stdout.write(feito)

    def _na_plataforma(self, opcoes: dict[str, Any]) -> str:
        if opcoes["organizacao"] or opcoes["papel"]:
            raise CommandError("Use --plataforma, ou --organizacao com --papel; não os dois.")
        por_na_plataforma(email=opcoes["email"], nome=opcoes["nome"])
        return f"{opcoes['email']} é da plataforma."

    def _na_organizacao(self, opcoes: dict[str, Any]) -> str:
        if not opcoes["organizacao"] or not opcoes["papel"]:
            raise CommandError("Diga a organização e o papel, com --organizacao e --papel, ou use --plataforma.")
        organizacao = Organizacao.objects.filter(slug=opcoes["organizacao"]).first()
        if organizacao is None:
            raise CommandError(f"Não há organização em /{opcoes['organizacao']}/.")
        vinculo = criar_pessoa(
            email=opcoes["email"], nome=opcoes["nome"], organizacao=organizacao, papel=Papel(opcoes["papel"])
        )
        return f"{opcoes['email']} é {vinculo.get_papel_display()} em {organizacao.sigla}."
