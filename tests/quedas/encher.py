"""`python -m tests.quedas.encher EMAIL OPERADORA QUANTOS`: put so many files of one organisation in the queue at once.

Runs beside the portal, with its environment and by the same function as the screen: uploading a thousand over HTTP
would only measure HTTP.
"""

import sys

import django

django.setup()

from conecta.contas.models import Organizacao, Usuario  # noqa: E402 - models need Django to be ready
from conecta.tenancy.escopo import inquilino, sistema  # noqa: E402
from tests.portal import NA_URL, arquivo_valido  # noqa: E402
from uploads import transicoes  # noqa: E402

PRIMEIRO_LOTE = 500_000
"""Far from the numbers that the tests themselves give."""


def encher(email: str, operadora: str, quantos: int) -> None:
    """Include the files, each in a transaction of its own, as so many uploads would."""
    with sistema():
        por = Usuario.objects.get(email=email)
        prestador = Organizacao.objects.get(slug=NA_URL[email])
    for numero in range(PRIMEIRO_LOTE, PRIMEIRO_LOTE + quantos):
        dados = arquivo_valido(
            prestador.slug, operadora, guias=1, numero_lote=str(numero), primeiro_numero_guia=numero * 1000
        )
        with inquilino("prestador", prestador.pk, por.pk):
            transicoes.incluir(prestador=prestador, nome=f"lote-{numero}.xml", dados=dados, por=por)


if __name__ == "__main__":
    encher(sys.argv[1], sys.argv[2], int(sys.argv[3]))
