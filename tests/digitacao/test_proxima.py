"""*Salvar/Novo*: the next guide is for the lot that the last one was for."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from convenios.models import ParametrosDaOperadora
from lotes.models import Lote
from tests.digitacao.apoio import comecar, valores_exemplo
from tests.digitacao.test_lotes import abrir
from tests.fabrica import Cenario
from uploads.digitacao.formulario import controles
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.montagem_digitacao import digitar_no_lote


@pytest.fixture
def digitador(cenario: Cenario, entrar: Any) -> Client:
    cliente: Client = entrar(cenario.pessoa("digitador", "aurelia"))
    return cliente


@pytest.fixture
def lote(cenario: Cenario) -> Lote:
    with cenario.dentro("aurelia", "faturista"):
        return abrir(cenario)


def salvar_e_nova(cliente: Client, guia: GuiaDigitada, **outros: str) -> Any:
    """The answer to F8 in a form that is typed to its end."""
    enviado: dict[str, str] = {}
    for caminho, texto in (valores_exemplo() | outros).items():
        enviado |= controles(guia.versao_tiss, guia.tipo, caminho, texto)
    endereco = f"/aurelia/guias/digitadas/{guia.pk}/"
    return cliente.post(endereco, enviado | {"revisao": guia.revisao, "acao": "nova"})


def test_the_next_guide_is_for_the_same_lot(cenario: Cenario, digitador: Client, lote: Lote) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = digitar_no_lote(lote=lote, por=cenario.pessoa("digitador", "aurelia"))
    onde = salvar_e_nova(digitador, guia)["Location"]
    with cenario.dentro("aurelia", "digitador"):
        assert [uma.pk for uma in GuiaDigitada.objects.filter(lote=lote)] == [guia.pk]
        proxima = GuiaDigitada.objects.get(destino=lote)
    assert onde == f"/aurelia/guias/digitadas/{proxima.pk}/"


def test_a_guide_of_no_lot_is_followed_by_a_new_one_of_its_kind(cenario: Cenario, digitador: Client) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
    onde = salvar_e_nova(digitador, guia)["Location"]
    with cenario.dentro("aurelia", "digitador"):
        proxima = GuiaDigitada.objects.exclude(pk=guia.pk).get()
    assert onde == f"/aurelia/guias/digitadas/{proxima.pk}/"
    assert (proxima.convenio_id, proxima.tipo, proxima.versao_tiss) == (guia.convenio_id, guia.tipo, guia.versao_tiss)


def test_a_guide_that_was_only_opened_is_the_next_one_again(cenario: Cenario, digitador: Client) -> None:
    with cenario.dentro("aurelia", "digitador"):
        convenio = comecar(cenario).convenio_id
    escolha = {"convenio": convenio, "tipo": "guiaConsulta"}
    nova = digitador.post("/aurelia/guias/nova/", escolha)["Location"]
    assert digitador.post("/aurelia/guias/nova/", escolha)["Location"] == nova
    digitador.get(nova)  # it is open now, perhaps in another window
    assert digitador.post("/aurelia/guias/nova/", escolha)["Location"] != nova


def test_after_the_last_guide_that_a_lot_takes_the_next_is_chosen(
    cenario: Cenario, digitador: Client, lote: Lote
) -> None:
    with cenario.dentro("pasa", "gestor"):
        ParametrosDaOperadora.objects.filter(operadora=cenario.pasa).update(maximo_de_guias=1)
    with cenario.dentro("aurelia", "digitador"):
        guia = digitar_no_lote(lote=lote, por=cenario.pessoa("digitador", "aurelia"))
    assert salvar_e_nova(digitador, guia)["Location"] == "/aurelia/guias/nova/"
    assert "está cheio" in digitador.get("/aurelia/guias/nova/").content.decode()


def test_a_guide_left_with_findings_is_followed_by_one_for_its_lot(
    cenario: Cenario, digitador: Client, lote: Lote
) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = digitar_no_lote(lote=lote, por=cenario.pessoa("digitador", "aurelia"))
    pagina = salvar_e_nova(digitador, guia, **{"dadosBeneficiario/numeroCarteira": ""})
    assert pagina.status_code == 422
    assert f'action="/aurelia/lotes/{lote.pk}/digitar/"' in pagina.content.decode()
