"""`demonstracao`: fill an empty portal with an invented world, and say who can log in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from conecta.ambiente import PASTA_VAR
from conecta.demonstracao.cadastro import criar_cadastro
from conecta.demonstracao.exemplos import gravar_exemplos
from conecta.demonstracao.guias import criar_guias
from conecta.demonstracao.mensagens import criar_mensagens
from conecta.demonstracao.movimento import criar_movimento
from conecta.demonstracao.pagamentos import criar_pagamentos
from conecta.demonstracao.pessoas import ORGANIZACOES, PESSOAS, SENHA
from conecta.demonstracao.recursos import criar_recursos
from conecta.demonstracao.registro import criar_registro


class Command(BaseCommand):
    help = "Cria a demonstração (organizações, pessoas, beneficiários e arquivos inventados) e mostra os acessos."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--so-acessos", action="store_true", help="só mostra os acessos, sem criar nada")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["so_acessos"]:
            organizacoes = criar_cadastro()
            criar_registro(organizacoes)
            criar_movimento(organizacoes)
            criar_mensagens(organizacoes)
            criar_recursos(organizacoes)
            criar_pagamentos(organizacoes)
            criar_guias(organizacoes)
            gravar_exemplos(PASTA_VAR / "exemplos", organizacoes)
        self.stdout.write(acessos())


def acessos() -> str:
    """The table of logins."""
    siglas = {o.slug: o.sigla for o in ORGANIZACOES}
    linhas = [
        f"  {pessoa.email:<26} {', '.join(f'{papel.label}, {siglas[slug]}' for slug, papel in pessoa.vinculos)}"
        for pessoa in PESSOAS
    ]
    return "\n".join(
        [
            f"Acessos da demonstração (senha de todos: {SENHA})",
            *linhas,
            "",
            f"Arquivos para experimentar o upload como Marina: {PASTA_VAR / 'exemplos'}",
        ]
    )
