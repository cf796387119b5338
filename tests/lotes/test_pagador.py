"""By which convênio a lot is billed, and what is printed of who pays it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from convenios.cadastro_do_convenio import criar_convenio, mudar_convenio
from convenios.logo_do_convenio import Logo, trocar_logo
from convenios.models import Beneficiario, Convenio, ParametrosDaOperadora, Plano
from lotes.capa import dados_da_capa
from lotes.models import Lote
from lotes.pagador import convenio_do, pagador_do
from tests.fabrica import Cenario
from tests.movimento import enviar, lote_aberto

pytestmark = pytest.mark.django_db


@pytest.fixture
def empresas(cenario: Cenario) -> Convenio:
    """A second convênio of PASA, whose plano all its beneficiários have."""
    with cenario.dentro("pasa", "gestor"):
        valores = {
            "nome": "PASA Empresas",
            "razao_social": "PASA Empresas S.A.",
            "inicio": date(2020, 1, 1),
            "cnpj": "19131243000197",
            "inscricao_estadual": "110042490114",
            "inscricao_municipal": "55017",
            "logradouro": "Rua das Flores",
            "numero": "12",
            "complemento": "sala 3",
            "bairro": "Centro",
            "cidade": "São Luís",
            "uf": "MA",
            "cep": "65010000",
            "tag_saia": "SAIA 7",
        }
        convenio = criar_convenio(operadora=cenario.pasa, valores=valores, por=cenario.pessoa("gestor", "pasa"))
        plano = Plano.objects.create(
            operadora=cenario.pasa, convenio=convenio, codigo="E1", nome="Empresarial", inicio=date(2020, 1, 1)
        )
        Beneficiario.objects.update(plano=plano)
    return convenio


def test_a_lot_keeps_the_convenio_of_its_beneficiarios(cenario: Cenario, empresas: Convenio) -> None:
    lote = lote_aberto(cenario, numero="1")
    with cenario.dentro("aurelia"):
        assert Lote.objects.get(pk=lote.pk).convenio_id == empresas.pk


def test_a_lot_without_any_plano_is_billed_by_the_principal(cenario: Cenario) -> None:
    lote = lote_aberto(cenario, numero="1")
    with cenario.dentro("aurelia"):
        lote = Lote.objects.get(pk=lote.pk)
        assert lote.convenio is not None
        assert lote.convenio.principal
        lote.convenio = None
        assert convenio_do(lote) == Convenio.objects.get(principal=True, operadora=cenario.pasa)


def test_the_cover_names_the_convenio_as_the_contract_does(cenario: Cenario, empresas: Convenio) -> None:
    protocolo = enviar(cenario, lote_aberto(cenario, numero="1"))
    with cenario.dentro("aurelia"):
        capa = dados_da_capa(protocolo.lote, protocolo)
    assert (capa.operadora, capa.convenio, capa.tag_saia) == ("PASA Empresas S.A.", "PASA Empresas", "SAIA 7")
    assert capa.endereco == "Rua das Flores 12 sala 3, Centro, São Luís/MA, CEP 65010-000"
    assert capa.inscricoes == "Inscrição estadual 110042490114 · Inscrição municipal 55017"
    assert capa.fonte_pagadora == "ANS\u00a0nº\u00a0331988"


@pytest.mark.parametrize("onde", ["operadora", "convênio"])
def test_the_payer_is_identified_as_agreed(cenario: Cenario, empresas: Convenio, onde: str) -> None:
    lote = lote_aberto(cenario, numero="1")
    with cenario.dentro("pasa", "gestor"):
        if onde == "operadora":
            ParametrosDaOperadora.objects.update(fonte_pagadora="cnpj")
        else:
            novos = {"fonte_pagadora": "cnpj"}
            mudar_convenio(convenio=empresas, novos=novos, por=cenario.pessoa("gestor", "pasa"))
    with cenario.dentro("aurelia"):
        assert pagador_do(Lote.objects.get(pk=lote.pk)).fonte_pagadora == "CNPJ 19.131.243/0001-97"


def test_a_register_of_the_convenio_s_own_is_what_it_prints(cenario: Cenario, empresas: Convenio) -> None:
    lote = lote_aberto(cenario, numero="1")
    with cenario.dentro("pasa", "gestor"):
        novos = {"registro_ans": "400001"}
        mudar_convenio(convenio=empresas, novos=novos, por=cenario.pessoa("gestor", "pasa"))
    with cenario.dentro("aurelia"):
        assert pagador_do(Lote.objects.get(pk=lote.pk)).fonte_pagadora == "ANS\u00a0nº\u00a0400001"


def test_the_logo_that_was_sent_is_on_the_cover(cenario: Cenario, empresas: Convenio) -> None:
    protocolo = enviar(cenario, lote_aberto(cenario, numero="1"))
    with cenario.dentro("pasa", "gestor"):
        trocar_logo(convenio=empresas, logo=Logo(b"imagem", 300, 120), por=cenario.pessoa("gestor", "pasa"))
    for quem in ("aurelia", "pasa"):
        with cenario.dentro(quem):
            assert dados_da_capa(protocolo.lote, protocolo).logotipo == ("logo.png", b"imagem")


def test_a_lot_belongs_to_a_convenio_of_its_own_operadora(cenario: Cenario) -> None:
    lote = lote_aberto(cenario, numero="1")
    with cenario.dentro("aurelia"):
        alheio = Convenio.objects.get(operadora=cenario.sulina)
        with pytest.raises(IntegrityError), transaction.atomic():
            Lote.objects.filter(pk=lote.pk).update(convenio=alheio)
