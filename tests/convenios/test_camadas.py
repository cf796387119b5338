"""Layers: what one leaves empty the layer above decides, and a prestador decides only what is left open to it."""

from __future__ import annotations

from dataclasses import fields

from convenios.camadas import Camada, resolver
from convenios.models import Convenio, ParametrosDaOperadora, RegrasDoCredenciamento
from convenios.models.camadas import RegrasEmCamadas
from convenios.regras import Regras


def test_every_layered_setting_has_an_effective_value() -> None:
    assert [campo.name for campo in fields(Regras)] == [campo.name for campo in RegrasEmCamadas._meta.local_fields]


def test_where_no_layer_decides_conecta_does() -> None:
    efetivas = resolver(None)
    assert efetivas.regras == Regras()
    assert set(efetivas.origem.values()) == {Camada.CONECTA}


def test_the_lowest_layer_that_decides_wins_also_with_no() -> None:
    operadora = ParametrosDaOperadora(exige_senha=True, qtd_guia_lote=80)
    convenio = Convenio(exige_senha=False)
    contrato = RegrasDoCredenciamento(qtd_guia_lote=50)
    efetivas = resolver(operadora, convenio, contrato)
    assert (efetivas.regras.exige_senha, efetivas.origem["exige_senha"]) == (False, Camada.CONVENIO)
    assert (efetivas.regras.qtd_guia_lote, efetivas.origem["qtd_guia_lote"]) == (50, Camada.CONTRATO)


def test_a_prestador_decides_only_what_is_open() -> None:
    escolha = RegrasDoCredenciamento(mascara_da_guia="000000", exige_senha=False)
    efetivas = resolver(ParametrosDaOperadora(exige_senha=True), Convenio(), None, escolha, abertos=["mascara_da_guia"])
    assert (efetivas.regras.mascara_da_guia, efetivas.regras.exige_senha) == ("000000", True)
    assert efetivas.origem["mascara_da_guia"] == Camada.PRESTADOR


def test_a_lot_never_has_more_guides_than_the_standard_allows() -> None:
    assert Regras(qtd_guia_lote=500).maximo_de_guias == 100
    assert Regras(qtd_guia_lote=30).maximo_de_guias == 30
