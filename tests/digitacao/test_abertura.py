"""What a new guide knows before anybody types, by which convênios it may be typed, and who has it open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from convenios.contrato.models import CodigoCredenciado
from convenios.models import Convenio, Credenciamento, VersaoAceita
from lotes.estados import TipoDeGuia
from tests.digitacao.apoio import comecar, mudar_convenio
from tests.fabrica import Cenario
from uploads.digitacao import transicoes
from uploads.digitacao.abertura import SEM_SINAL, abrir
from uploads.digitacao.erros import ConvenioFechado
from uploads.digitacao.forms import NovaGuiaForm
from uploads.digitacao.juizo import julgar_guia


def _form(cenario: Cenario, **dados: Any) -> NovaGuiaForm:
    return NovaGuiaForm(dados, prestador=cenario.aurelia)


def _versao(cenario: Cenario, pk: int) -> str:
    with cenario.dentro("aurelia", "digitador"):
        form = _form(cenario, convenio=pk, tipo="guiaConsulta")
        assert form.is_valid(), form.errors
        return str(form.cleaned_data["versao"])


def _codigo(cenario: Cenario, pk: int, por: str, chave: str, codigo: str) -> None:
    with cenario.dentro("pasa", "gestor"):
        contrato = Credenciamento.objects.get(prestador=cenario.aurelia, operadora=cenario.pasa)
        CodigoCredenciado.objects.create(
            operadora=cenario.pasa,
            prestador=cenario.aurelia,
            credenciamento=contrato,
            convenio_id=pk,
            por=por,
            chave=chave,
            codigo=codigo,
        )


def test_the_executante_is_named_by_the_code_that_fits_the_guide(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        pk = Convenio.objects.get(operadora=cenario.pasa, principal=True).pk
    _codigo(cenario, pk, "entrada", "guiaSP-SADT", "700")
    _codigo(cenario, pk, "atendimento", "23", "800")
    executante = "dadosExecutante/contratadoExecutante/codigoPrestadorNaOperadora"
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
        assert guia.valores[executante] == "700"
        digitados = guia.valores | {"dadosAtendimento/tipoAtendimento": "23"}
        guia, _ = transicoes.guardar(
            guia=guia, valores=digitados, vista=guia.revisao, por=cenario.pessoa("digitador", "aurelia")
        )
        assert guia.valores[executante] == "800"


@pytest.mark.parametrize("tipo", TipoDeGuia.values)
def test_what_is_known_is_filled_in_and_right(cenario: Cenario, tipo: str) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario, tipo)
        contrato = Credenciamento.objects.get(prestador=cenario.aurelia, operadora=cenario.pasa)
        assert contrato.codigo_na_operadora in guia.valores.values()
        assert "331988" in guia.valores.values()
        erradas = [critica for critica in julgar_guia(guia).criticas if critica.campo in guia.valores]
        assert erradas == []


def test_a_consultation_in_sp_sadt_begins_as_one(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = transicoes.comecar(
            prestador=cenario.aurelia,
            convenio=Convenio.objects.get(operadora=cenario.pasa, principal=True),
            tipo=TipoDeGuia.SP_SADT,
            versao="4.03.00",
            por=cenario.pessoa("digitador", "aurelia"),
            consulta_em_sadt=True,
        )
        assert guia.valores["dadosAtendimento/tipoAtendimento"] == "04"


def test_a_convenio_that_takes_no_consultation_in_sp_sadt_says_so(cenario: Cenario) -> None:
    pk = mudar_convenio(cenario, sadt_para_consulta=False).pk
    with cenario.dentro("aurelia", "digitador"):
        form = _form(cenario, convenio=pk, tipo="guiaSP-SADT", consulta_em_sadt="on")
        assert "só recebe consulta em guia de consulta" in form.errors["consulta_em_sadt"][0]


@pytest.mark.parametrize(
    ("mudanca", "motivo"),
    [
        ({"modo": "particular", "principal": False}, "recebido como Particular"),
        ({"ativo": False, "principal": False}, "está inativo"),
        ({"vencimento": "2020-01-01", "inicio": "2019-01-01"}, "venceu em 01/01/2020"),
        ({"inicio": "2099-01-01"}, "começa em 01/01/2099"),
        ({"apenas_solicitacao": True}, "só recebe solicitações"),
    ],
)
def test_a_convenio_that_is_not_billed_is_not_offered_and_says_why(
    cenario: Cenario, mudanca: dict[str, Any], motivo: str
) -> None:
    with cenario.dentro("aurelia", "digitador"):
        pk = Convenio.objects.get(operadora=cenario.pasa, principal=True).pk
    with cenario.dentro("pasa", "gestor"):
        Convenio.objects.filter(pk=pk).update(**mudanca)
    with cenario.dentro("aurelia", "digitador"):
        form = _form(cenario, convenio=pk, tipo="guiaConsulta")
        assert pk not in [oferta.convenio.pk for oferta in form.oferecidas]
        assert motivo in form.errors["convenio"][0]
        with pytest.raises(ConvenioFechado, match=motivo):
            transicoes.comecar(
                prestador=cenario.aurelia,
                convenio=Convenio.objects.get(pk=pk),
                tipo="guiaConsulta",
                versao="4.03.00",
                por=cenario.pessoa("digitador", "aurelia"),
            )


def test_the_version_is_that_of_the_convenio_where_it_is_taken_today(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        pk = Convenio.objects.get(operadora=cenario.pasa, principal=True).pk
    assert _versao(cenario, pk) == "4.03.00"
    mudar_convenio(cenario, versao_padrao="4.02.00")
    assert _versao(cenario, pk) == "4.02.00"
    with cenario.dentro("pasa", "gestor"):
        VersaoAceita.objects.create(
            operadora=cenario.pasa, convenio_id=pk, versao="4.02.00", desde="2020-01-01", ate="2020-12-31"
        )
    assert _versao(cenario, pk) == "4.03.00"
    with cenario.dentro("aurelia", "digitador"):
        form = _form(cenario, convenio=pk, tipo="guiaConsulta", versao="4.02.00")
        assert "não aceita hoje a 4.02.00" in form.errors["versao"][0]


def test_a_type_that_was_not_contracted_is_refused(cenario: Cenario) -> None:
    with cenario.dentro("pasa", "gestor"):
        Credenciamento.objects.filter(prestador=cenario.aurelia, operadora=cenario.pasa).update(
            tipos_de_guia=["guiaConsulta"]
        )
    with cenario.dentro("aurelia", "digitador"):
        pk = Convenio.objects.get(operadora=cenario.pasa, principal=True).pk
        form = _form(cenario, convenio=pk, tipo="guiaSP-SADT")
        assert "tem Consulta" in form.errors["tipo"][0]


def test_the_second_who_opens_a_guide_is_told_and_may_go_on(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
        uma, outra = cenario.pessoa("digitador", "aurelia"), cenario.pessoa("faturista", "aurelia")
        assert abrir(guia=guia, por=uma) is None
        assert abrir(guia=guia, por=uma) is None
        dita = abrir(guia=guia, por=outra)
        assert dita is not None
        assert dita.nome == uma.nome
        guia, _ = transicoes.guardar(guia=guia, valores={}, vista=guia.revisao, por=uma)
        assert guia.aberta_por == uma, "each step is a sign of life"
        guia.aberta_em = timezone.now() - SEM_SINAL - timedelta(seconds=1)
        assert abrir(guia=guia, por=outra) is None, "who left long ago is not in the way"
