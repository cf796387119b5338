"""Registering organisations and people from the command line."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from conecta.contas.models import Organizacao, Vinculo
from convenios.models import Credenciamento
from tests.fabrica import Cenario

CLINICA = (
    "criar_organizacao",
    "prestador",
    "Clínica Nova",
    "--nome",
    "Clínica Nova Ltda",
    "--documento",
    "11222333000181",
)


def _chamar(*argumentos: str) -> str:
    saida = StringIO()
    call_command(*argumentos, stdout=saida)
    return saida.getvalue()


def test_an_organisation_gets_its_address_from_its_short_name(cenario: Cenario) -> None:
    assert "/clinica-nova/" in _chamar(*CLINICA)
    assert Organizacao.objects.get(slug="clinica-nova").e_prestador


def test_an_operadora_needs_its_registration(cenario: Cenario) -> None:
    with pytest.raises(CommandError):
        _chamar("criar_organizacao", "operadora", "Nova", "--nome", "Nova", "--documento", "11222333000181")


def test_an_address_of_the_portal_is_no_organisations(cenario: Cenario) -> None:
    with pytest.raises(CommandError, match="não pode ser usado"):
        _chamar(*CLINICA, "--slug", "conta")


def test_a_person_belongs_with_a_papel_and_chooses_the_password_by_mail(cenario: Cenario, client: Client) -> None:
    _chamar("criar_pessoa", "Nova@Aurelia.example", "Nova Pessoa", "--organizacao", "aurelia", "--papel", "faturista")
    assert Vinculo.objects.get(usuario__email="nova@aurelia.example").organizacao == cenario.aurelia
    client.post(reverse("account_reset_password"), {"email": "nova@aurelia.example"})
    assert "nova@aurelia.example" in mail.outbox[0].to


def test_a_papel_of_the_other_kind_is_refused(cenario: Cenario) -> None:
    with pytest.raises(CommandError, match="não existe"):
        _chamar("criar_pessoa", "x@example.com", "X", "--organizacao", "aurelia", "--papel", "analista")


def test_a_contract_lets_the_operadora_see_the_prestador(cenario: Cenario) -> None:
    _chamar("credenciar", "pasa", "cedro", "--codigo", "123", "--inicio", "2026-01-01")
    with cenario.dentro("pasa"):
        assert Credenciamento.objects.get(prestador=cenario.cedro).codigo_na_operadora == "123"
    with pytest.raises(CommandError, match="já é credenciado"):
        _chamar("credenciar", "pasa", "cedro", "--codigo", "124", "--inicio", "2026-01-01")
