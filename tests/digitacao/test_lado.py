"""Beside the form: what may be decided about a guide without typing in it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from convenios.models import Convenio
from tests.digitacao.test_divisao import com_itens, limitar
from tests.fabrica import Cenario
from uploads.digitacao.models import GuiaDigitada


@pytest.fixture
def digitador(cenario: Cenario, client: Client) -> Client:
    client.force_login(cenario.pessoa("digitador", "aurelia"))
    return client


def longa(cenario: Cenario) -> GuiaDigitada:
    """A guide of three exams where the convênio takes two: that may be ignored, or go on in another guide."""
    limitar(cenario, 2)
    with cenario.dentro("aurelia", "digitador"):
        return com_itens(cenario, 6)


def pagina(cliente: Client, guia: GuiaDigitada) -> str:
    return cliente.get(reverse("digitacao:guia", args=["aurelia", guia.pk])).content.decode()


def test_exams_beyond_the_limit_are_offered_another_guide(cenario: Cenario, digitador: Client) -> None:
    guia = longa(cenario)
    assert "1 exame além do limite" in pagina(digitador, guia)
    limitar(cenario, 3)
    assert "além do limite" not in pagina(digitador, guia)


def test_a_finding_is_ignored_with_a_reason_and_taken_back(cenario: Cenario, digitador: Client) -> None:
    guia = longa(cenario)
    assert "Ignorar com justificativa" in pagina(digitador, guia)
    ignorar = reverse("digitacao:ignorar", args=["aurelia", guia.pk])
    (critica,) = [critica for critica in guia.criticas if critica["regra"] == "C15"]
    dados = {"regra": "C15", "campo": critica["campo"]}
    digitador.post(ignorar, dados | {"justificativa": "A operadora aceita três exames neste plano."})
    assert "Voltar a valer" in pagina(digitador, guia)
    digitador.post(ignorar, dados | {"desfazer": "1"})
    assert "Voltar a valer" not in pagina(digitador, guia)


def test_a_guide_that_waits_for_its_laboratory_is_marked_beside_its_form(cenario: Cenario, digitador: Client) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = com_itens(cenario, 2)
    assert "Exames desta guia" not in pagina(digitador, guia)
    with cenario.dentro("pasa", "gestor"):
        Convenio.objects.filter(operadora=cenario.pasa, principal=True).update(nao_faturar_sem_laudo=True)
    assert "Marcar: exame sem laudo" in pagina(digitador, guia)
    digitador.post(reverse("digitacao:pendencia", args=["aurelia", guia.pk]), {"motivo": "sem_laudo"})
    assert "Retirar pendência: exame sem laudo" in pagina(digitador, guia)
