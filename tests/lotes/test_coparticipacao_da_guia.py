"""A guide in a lot shows both sides who pays what of it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from convenios.models import Convenio
from lotes.coparticipacao import coparticipacao_da_guia
from lotes.models import Guia
from tests.fabrica import Cenario
from tests.movimento import enviar, lote_aberto

Entrar = Callable[[Any], Client]


def _guia(cenario: Cenario, **opcoes: Any) -> Guia:
    lote = lote_aberto(cenario, **opcoes)
    enviar(cenario, lote)
    with cenario.dentro("aurelia"):
        return lote.guias.get()


def _cobrar(cenario: Cenario, **regras: Any) -> None:
    with cenario.dentro("pasa", "gestor"):
        Convenio.objects.filter(principal=True).update(**regras)


def test_sem_coparticipacao_nada_aparece(cenario: Cenario, entrar: Entrar) -> None:
    guia = _guia(cenario)
    cliente = entrar(cenario.pessoa("faturista", "aurelia"))
    assert "Coparticipação" not in cliente.get(f"/aurelia/lotes/guias/{guia.pk}/").content.decode()


@pytest.mark.parametrize(("quem", "papel"), [("aurelia", "faturista"), ("pasa", "analista")])
def test_os_dois_lados_veem_a_parte_de_cada_um(cenario: Cenario, entrar: Entrar, quem: str, papel: str) -> None:
    _cobrar(cenario, coparticipacao_procedimentos=Decimal(20), coparticipacao_medicamentos=Decimal(10))
    guia = _guia(cenario, itens=4)
    with cenario.dentro(quem):
        conta = coparticipacao_da_guia(guia)
    assert conta is not None
    assert conta.divisao.valor == guia.valor_informado
    assert conta.divisao.paciente + conta.divisao.convenio == guia.valor_informado
    assert 0 < conta.divisao.paciente <= guia.valor_informado / 5
    rota = "lotes/guias" if quem == "aurelia" else "protocolos/guias"
    pagina = entrar(cenario.pessoa(papel, quem)).get(f"/{quem}/{rota}/{guia.pk}/").content.decode()
    assert "Coparticipação" in pagina
    assert "O XML traz o valor inteiro" in pagina
    assert f"{conta.divisao.paciente:.2f}".replace(".", ",") in pagina


def test_quando_o_prestador_cobra_o_xml_ja_vem_sem_a_parte_do_paciente(cenario: Cenario) -> None:
    _cobrar(
        cenario,
        **{
            f"coparticipacao_{especie}": Decimal(20)
            for especie in ("procedimentos", "taxas", "materiais", "medicamentos")
        },
        coparticipacao_modelo="prestador",
    )
    guia = _guia(cenario)
    with cenario.dentro("aurelia"):
        conta = coparticipacao_da_guia(guia)
    assert conta is not None
    assert conta.do_prestador
    assert conta.divisao.convenio == guia.valor_informado
    assert conta.divisao.valor > guia.valor_informado


def test_as_consultas_nao_crescem_com_os_itens(cenario: Cenario) -> None:
    _cobrar(cenario, coparticipacao_procedimentos=Decimal(20))
    poucos, muitos = _guia(cenario, numero="1", itens=2), _guia(cenario, numero="2", itens=40)
    quantas = []
    with cenario.dentro("aurelia"):
        for guia in (poucos, muitos):
            with CaptureQueriesContext(connection) as feitas:
                assert coparticipacao_da_guia(guia) is not None
            quantas.append(len(feitas))
    assert quantas[0] == quantas[1] <= 7
