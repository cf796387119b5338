"""What the laboratory did not send yet keeps a guide back, where the convênio says so."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from convenios.contrato.models import PendenciaDeExame
from tests.digitacao.apoio import comecar, digitar, mudar_convenio
from tests.fabrica import Cenario
from uploads.digitacao.estados import SituacaoDaGuia


@pytest.fixture
def cliente(cenario: Cenario, entrar: Any) -> Client:
    """The clinic's digitador."""
    return entrar(cenario.pessoa("digitador", "aurelia"))  # type: ignore[no-any-return]


def test_a_guide_without_its_report_waits_where_the_convenio_does_not_bill_it(
    cenario: Cenario, cliente: Client
) -> None:
    mudar_convenio(cenario, nao_faturar_sem_laudo=True)
    with cenario.dentro("aurelia", "digitador"):
        guia = digitar(cenario)
    endereco = f"/aurelia/guias/digitadas/{guia.pk}/pendencia/"
    dita = cliente.post(endereco, {"motivo": "sem_laudo"}, headers={"Accept": "application/json"}).json()
    assert dita["situacao"] == SituacaoDaGuia.COM_CRITICAS
    assert dita["avisos"][0].startswith("Exame sem laudo, marcado por")
    liberada = cliente.post(
        endereco, {"motivo": "sem_laudo", "retirar": "1"}, headers={"Accept": "application/json"}
    ).json()
    assert liberada["situacao"] == SituacaoDaGuia.PRONTA
    assert liberada["avisos"] == []


def test_elsewhere_it_is_only_said(cenario: Cenario, cliente: Client) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = digitar(cenario)
    endereco = f"/aurelia/guias/digitadas/{guia.pk}/pendencia/"
    assert cliente.post(endereco, {"motivo": "exame_pendente"}).status_code == 302
    with cenario.dentro("aurelia", "digitador"):
        guia.refresh_from_db()
        assert guia.situacao == SituacaoDaGuia.PRONTA
    assert "Exame pendente, marcado por" in cliente.get(f"/aurelia/guias/digitadas/{guia.pk}/").content.decode()


def test_what_the_laboratory_marked_only_it_removes_where_the_convenio_says_so(
    cenario: Cenario, cliente: Client
) -> None:
    mudar_convenio(cenario, nao_retirar_pendencia=True)
    with cenario.dentro("aurelia", "digitador"):
        guia = digitar(cenario)
        PendenciaDeExame.objects.create(
            prestador=cenario.aurelia,
            operadora=cenario.pasa,
            convenio=guia.convenio,
            numero_da_guia=guia.numero_do_prestador,
            motivo="sem_laudo",
            origem="laboratorio",
            marcada_por=cenario.pessoa("digitador", "aurelia"),
            marcada_por_nome="Laboratório",
        )
    recusa = cliente.post(
        f"/aurelia/guias/digitadas/{guia.pk}/pendencia/",
        {"motivo": "sem_laudo", "retirar": "1"},
        headers={"Accept": "application/json"},
    )
    assert recusa.status_code == 409
    assert "veio do laboratório" in recusa.json()["frase"]


def test_a_guide_without_a_number_cannot_be_marked(cenario: Cenario, cliente: Client) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
    endereco = f"/aurelia/guias/digitadas/{guia.pk}/pendencia/"
    recusa = cliente.post(endereco, {"motivo": "sem_laudo"}, headers={"Accept": "application/json"})
    assert "Salve a guia" in recusa.json()["frase"]
