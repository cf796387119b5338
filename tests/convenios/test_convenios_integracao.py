"""What other systems of a clinic read of a convênio."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from convenios.cadastro_do_convenio import mudar_convenio
from convenios.models import Convenio
from tests.fabrica import Cenario

pytestmark = pytest.mark.django_db
CAMINHO = {
    "informar_procedimento_na_agenda": ("agenda", "informar_procedimento", True),
    "nao_listar_na_agenda_web": ("agenda", "listar_na_web", False),
    "apresentar_valor_na_ficha": ("ficha", "apresentar_valor", True),
    "nao_entregar_laudo_web": ("laudo", "entregar_na_web", False),
    "nao_faturar_exames_pendentes": ("laboratorio", "faturar_exames_pendentes", False),
    "nao_faturar_sem_laudo": ("laboratorio", "faturar_sem_laudo", False),
    "nao_retirar_pendencia": ("laboratorio", "retirar_pendencia", False),
}
"""Where a setting stands in the answer, and what it says when the setting is on."""


def _mudar(cenario: Cenario, **novos: object) -> None:
    with cenario.dentro("pasa", "gestor"):
        principal = Convenio.objects.select_related("operadora").get(principal=True)
        mudar_convenio(convenio=principal, novos=novos, por=cenario.pessoa("gestor", "pasa"))


def _pedir(cenario: Cenario, client: Client, quem: str) -> dict:
    client.force_login(cenario.pessoa("leitura", quem))
    if quem == "pasa":
        return client.get(reverse("convenios:integracao", args=["pasa", 1])).json()
    return client.get(reverse("convenios:integracao_do_prestador", args=[quem, "pasa", 1])).json()


@pytest.mark.parametrize("quem", ["pasa", "aurelia"])
@pytest.mark.parametrize("campo", CAMINHO)
def test_each_setting_reaches_the_integrations(cenario: Cenario, client: Client, quem: str, campo: str) -> None:
    grupo, nome, ligado = CAMINHO[campo]
    assert _pedir(cenario, client, quem)[grupo][nome] is not ligado
    _mudar(cenario, **{campo: True})
    assert _pedir(cenario, client, quem)[grupo][nome] is ligado


def test_addresses_and_codes_of_the_laboratory_reach_the_integrations(cenario: Cenario, client: Client) -> None:
    _mudar(
        cenario,
        laboratorio_plataforma="Externo",
        laboratorio_codigo="77",
        ws_elegibilidade="https://ws.example/elegibilidade",
        ws_solicitacao="https://ws.example/solicitacao",
        local_externo="Hospital São Domingos",
    )
    resposta = _pedir(cenario, client, "aurelia")
    assert (resposta["laboratorio"]["plataforma"], resposta["laboratorio"]["codigo"]) == ("Externo", "77")
    assert resposta["web_service"] == {
        "elegibilidade": "https://ws.example/elegibilidade",
        "solicitacao": "https://ws.example/solicitacao",
    }
    assert resposta["local_externo"] == "Hospital São Domingos"


def test_who_has_no_contract_gets_nothing(cenario: Cenario, client: Client) -> None:
    client.force_login(cenario.pessoa("leitura", "cedro"))
    endereco = reverse("convenios:integracao_do_prestador", args=["cedro", "pasa", 1])
    assert client.get(endereco).status_code == 404
