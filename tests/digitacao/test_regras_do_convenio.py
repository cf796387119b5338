"""What a convênio decides is done while typing: who pays which part, the grau, the place, and whose guide it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from convenios.models import Beneficiario, Convenio, Plano
from lotes.estados import TipoDeGuia
from tests.digitacao.apoio import comecar, digitar, mudar_convenio, passo_de, valores_exemplo
from tests.fabrica import CARTEIRAS, PASA, Cenario
from tiss_schemas.valores import decimal_de
from uploads.digitacao import transicoes
from uploads.digitacao.erros import GuiaFechada
from uploads.digitacao.estados import SituacaoDaGuia
from uploads.digitacao.models import GuiaDigitada

_ITEM = "procedimentosExecutados/procedimentoExecutado[1]"
_INICIO = date(2019, 1, 1)
_PESSOA = f"{_ITEM}/equipeSadt[1]"


def test_the_guide_s_total_is_divided_between_beneficiario_and_convenio(cenario: Cenario) -> None:
    mudar_convenio(cenario, coparticipacao_procedimentos=Decimal(20))
    procedimentos = {
        caminho: texto for caminho, texto in valores_exemplo().items() if not caminho.startswith("outrasDespesas")
    }
    with cenario.dentro("aurelia", "digitador"):
        somas = {
            soma["rotulo"]: soma["valor"] for soma in passo_de(cenario, comecar(cenario), procedimentos)["conferencia"]
        }
        total, dele, do_convenio = (
            decimal_de(somas[rotulo].replace(".", "").replace(",", "."))
            for rotulo in ("Total da guia", "Parte do beneficiário", "Parte do convênio")
        )
        assert total
        assert dele == (total / 5).quantize(Decimal("0.01"))
        assert total == (dele or 0) + (do_convenio or 0)


def test_without_coparticipacao_nothing_is_divided(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        rotulos = [soma["rotulo"] for soma in passo_de(cenario, comecar(cenario), valores_exemplo())["conferencia"]]
        assert "Total da guia" in rotulos
        assert "Parte do convênio" not in rotulos


def test_people_without_a_grau_get_that_of_the_convenio(cenario: Cenario) -> None:
    mudar_convenio(cenario, posicao_profissional="12")
    with cenario.dentro("aurelia", "digitador"):
        dita = passo_de(cenario, comecar(cenario), {f"{_PESSOA}/nomeProf": "Fulana"})
        assert dita["valores"][f"{_PESSOA}/grauPart"] == "12"
        outro = passo_de(cenario, comecar(cenario), {f"{_PESSOA}/nomeProf": "Fulana", f"{_PESSOA}/grauPart": "00"})
        assert f"{_PESSOA}/grauPart" not in outro["valores"]


def test_the_external_place_is_written_where_the_guide_has_one(cenario: Cenario) -> None:
    mudar_convenio(cenario, local_externo="Hospital de Fora", obrigar_local_externo=True)
    with cenario.dentro("aurelia", "digitador"):
        assert comecar(cenario, "guiaHonorarios").valores["localContratado/nomeContratado"] == "Hospital de Fora"
        cenario.aurelia.cnes = ""
        assert "dadosExecutante/CNES" not in comecar(cenario).valores, (
            "a place that is asked for is not said to be none"
        )


@pytest.mark.parametrize("local", ["", "Hospital de Fora"])
def test_who_executes_is_named_on_every_guide_whatever_the_place(cenario: Cenario, local: str) -> None:
    mudar_convenio(cenario, local_externo=local)
    with cenario.dentro("aurelia", "digitador"):
        nomes = {comecar(cenario, tipo).valores["papel/nomeContratado"] for tipo in TipoDeGuia.values}
    assert nomes == {cenario.aurelia.nome}


def test_who_is_insured_by_another_convenio_is_told(cenario: Cenario) -> None:
    with cenario.dentro("pasa", "gestor"):
        outro = Convenio.objects.create(operadora=cenario.pasa, codigo=77, nome="PASA Ouro", inicio=_INICIO)
        plano = Plano.objects.create(operadora=cenario.pasa, convenio=outro, codigo="O", nome="Ouro", inicio=_INICIO)
        Beneficiario.objects.filter(numero_carteira=CARTEIRAS[PASA].format(1)).update(plano=plano)
    with cenario.dentro("aurelia", "digitador"):
        (aviso,) = passo_de(cenario, comecar(cenario), valores_exemplo(numero=1))["avisos"]
        assert "é do convênio PASA Ouro" in aviso
        assert passo_de(cenario, comecar(cenario), valores_exemplo(numero=2))["avisos"] == []


def test_the_settings_are_those_of_the_convenio_that_was_chosen(cenario: Cenario) -> None:
    with cenario.dentro("pasa", "gestor"):
        outro = Convenio.objects.create(
            operadora=cenario.pasa, codigo=78, nome="PASA Prata", inicio=_INICIO, exige_senha=True
        )
    with cenario.dentro("aurelia", "digitador"):
        guia = transicoes.comecar(
            prestador=cenario.aurelia,
            convenio=outro,
            tipo="guiaSP-SADT",
            versao="4.03.00",
            por=cenario.pessoa("digitador", "aurelia"),
        )
        dita = passo_de(cenario, guia, valores_exemplo() | {"dadosAutorizacao/senha": ""})
        assert "A01" in [critica["regra"] for critica in dita["criticas"]]


def test_an_excluded_guide_is_not_typed_on(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = digitar(cenario)
        GuiaDigitada.objects.filter(pk=guia.pk).update(situacao=SituacaoDaGuia.EXCLUIDA)
        with pytest.raises(GuiaFechada, match="foi excluída"):
            transicoes.guardar(guia=guia, valores={}, vista=guia.revisao, por=cenario.pessoa("digitador", "aurelia"))


def test_the_beneficiario_of_the_card_is_named(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
        carteira = "dadosBeneficiario/numeroCarteira"
        dita = passo_de(cenario, guia, {carteira: CARTEIRAS[PASA].format(3)}, mudou=carteira)
        assert dita["valores"]["papel/nomeBeneficiario"] == "PESSOA INVENTADA 3"
        outra = passo_de(
            cenario,
            guia,
            {carteira: CARTEIRAS[PASA].format(4), "papel/nomeBeneficiario": "PESSOA INVENTADA 3"},
            mudou=carteira,
        )
        assert outra["valores"]["papel/nomeBeneficiario"] == "PESSOA INVENTADA 4"
