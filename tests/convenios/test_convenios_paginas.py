"""What is done to a convênio as a whole, its history, and the defaults of the operadora."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from convenios.cadastro_do_convenio import criar_convenio, mudar_convenio
from convenios.models import Convenio, ParametrosDaOperadora
from tests.fabrica import Cenario

pytestmark = pytest.mark.django_db


@pytest.fixture
def gestor(cenario: Cenario, client: Client) -> Client:
    client.force_login(cenario.pessoa("gestor", "pasa"))
    return client


@pytest.fixture
def segundo(cenario: Cenario) -> Convenio:
    with cenario.dentro("pasa", "gestor"):
        valores = {"nome": "Empresas", "inicio": date(2026, 1, 1)}
        return criar_convenio(operadora=cenario.pasa, valores=valores, por=cenario.pessoa("gestor", "pasa"))


def _endereco(nome: str, codigo: int | None = None) -> str:
    argumentos: dict[str, Any] = {"slug": "pasa"} | ({"codigo": codigo} if codigo else {})
    return reverse(f"convenios:{nome}", kwargs=argumentos)


def test_principal_changes_hands_by_a_button(gestor: Client, cenario: Cenario, segundo: Convenio) -> None:
    resposta = gestor.post(_endereco("principal", 2), follow=True)
    assert "Empresas é o convênio principal" in resposta.content.decode()
    with cenario.dentro("pasa"):
        assert [c.codigo for c in Convenio.objects.filter(principal=True)] == [2]


def test_a_refusal_is_told_on_the_page(gestor: Client) -> None:
    resposta = gestor.post(_endereco("desativar", 1), follow=True)
    assert "não pode ser desativado. Torne outro o principal antes" in resposta.content.decode()


def test_what_is_inactive_leaves_the_list_and_can_come_back(gestor: Client, segundo: Convenio) -> None:
    gestor.post(_endereco("desativar", 2))
    assert [c.codigo for c in gestor.get(_endereco("lista")).context["pagina"]] == [1]
    inativos = gestor.get(_endereco("lista"), {"situacao": "inativos"}).context["pagina"]
    assert [c.codigo for c in inativos] == [2]
    gestor.post(_endereco("ativar", 2))
    assert [c.codigo for c in gestor.get(_endereco("lista")).context["pagina"]] == [1, 2]


def test_the_history_shows_before_and_after_and_can_be_asked_about_one_setting(
    gestor: Client, cenario: Cenario, segundo: Convenio
) -> None:
    with cenario.dentro("pasa", "gestor"):
        novos = {"exige_senha": True, "telefone": "11 4000-0000"}
        mudar_convenio(convenio=segundo, novos=novos, por=cenario.pessoa("gestor", "pasa"))
    tudo = gestor.get(_endereco("historico", 2)).content.decode()
    assert "herdado" in tudo
    assert "11 4000-0000" in tudo
    so_um = gestor.get(_endereco("historico", 2), {"campo": "exige_senha"})
    assert [mudanca.campo for mudanca, _ in so_um.context["mudancas"]] == ["exige_senha"]


def test_the_history_of_a_convenio_has_nothing_of_another(gestor: Client, segundo: Convenio) -> None:
    assert "Nada mudou ainda" in gestor.get(_endereco("historico", 1)).content.decode()


def test_a_default_of_the_operadora_holds_in_its_convenios(gestor: Client, cenario: Cenario) -> None:
    endereco = _endereco("salvar_padroes") + "?aba=tiss"
    assert gestor.post(endereco, {"exige_senha": "True", "digitos_da_matricula": "15"}).status_code == 302
    with cenario.dentro("pasa"):
        parametros = ParametrosDaOperadora.objects.get()
        assert (parametros.exige_senha, parametros.digitos_da_matricula) == (True, 15)
    pagina = gestor.get(reverse("convenios:convenio", kwargs={"slug": "pasa", "codigo": 1}) + "?aba=tiss")
    assert "Herdar: Sim (operadora)" in pagina.content.decode()


def test_a_default_is_given_back_to_conecta(gestor: Client, cenario: Cenario) -> None:
    endereco = _endereco("salvar_padroes") + "?aba=tiss"
    gestor.post(endereco, {"exige_senha": "True", "digitos_da_matricula": "15"})
    gestor.post(endereco, {"exige_senha": "True", "digitos_da_matricula": "15", "herdar": "exige_senha"})
    with cenario.dentro("pasa"):
        parametros = ParametrosDaOperadora.objects.get()
        assert (parametros.exige_senha, parametros.digitos_da_matricula) == (None, 15)


def test_what_is_wrong_in_the_defaults_is_not_saved(gestor: Client, cenario: Cenario) -> None:
    resposta = gestor.post(_endereco("salvar_padroes") + "?aba=tiss", {"digitos_da_matricula": "21"})
    assert resposta.status_code == 422
    with cenario.dentro("pasa"):
        assert ParametrosDaOperadora.objects.get().digitos_da_matricula is None


def test_the_parameters_of_validation_lead_to_the_defaults(gestor: Client) -> None:
    pagina = gestor.get(reverse("regras:parametros", kwargs={"slug": "pasa"})).content.decode()
    assert _endereco("padroes") in pagina


def test_the_prestador_sees_whom_to_ask(cenario: Cenario, client: Client) -> None:
    dados = {
        "contato": "Dona Carmen",
        "telefone": "98 4000-0000",
        "site": "https://pasa.example/",
        "email": "contas@pasa.example",
    }
    with cenario.dentro("pasa", "gestor"):
        principal = Convenio.objects.select_related("operadora").get(principal=True)
        mudar_convenio(convenio=principal, novos=dados, por=cenario.pessoa("gestor", "pasa"))
    with cenario.dentro("aurelia"):
        contrato = cenario.aurelia.credenciamentos.get(operadora=cenario.pasa)
    client.force_login(cenario.pessoa("leitura", "aurelia"))
    pagina = client.get(f"/aurelia/contratos/{contrato.pk}/convenios/1/", {"aba": "dados"}).content.decode()
    for valor in dados.values():
        assert valor in pagina
