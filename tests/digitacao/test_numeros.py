"""The numbers of a typed guide: handed out when it is saved, written by masks, repeated and carried over."""

from __future__ import annotations

from typing import Any

import pytest

from convenios.models import Convenio, Credenciamento
from convenios.numeracao.models import FaixaDeNumeracao
from convenios.numeracao.transicoes import registrar_faixa
from tests.digitacao.apoio import comecar, digitar, mudar_convenio, passo_de, salvar, valores_exemplo
from tests.fabrica import Cenario
from uploads.digitacao.estados import SituacaoDaGuia
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.tela import tela_da_guia

_NUMERO = "cabecalhoGuia/numeroGuiaPrestador"
_DA_OPERADORA = "dadosAutorizacao/numeroGuiaOperadora"
_PRINCIPAL = "cabecalhoGuia/guiaPrincipal"
Tipo = FaixaDeNumeracao.Tipo


def _faixa(cenario: Cenario, de: int, ate: int, **opcoes: Any) -> None:
    with cenario.dentro("aurelia", "administrador"):
        registrar_faixa(
            credenciamento=Credenciamento.objects.get(operadora=cenario.pasa, prestador=cenario.aurelia),
            convenio=Convenio.objects.get(operadora=cenario.pasa, principal=True),
            tipo=opcoes.get("tipo", Tipo.GERAL),
            de=de,
            ate=ate,
            automatica=opcoes.get("automatica", True),
            autor=cenario.aurelia,
            por=cenario.pessoa("administrador", "aurelia"),
        )


def _sem_numero(**mudancas: str) -> dict[str, str]:
    return valores_exemplo() | {_NUMERO: "", _DA_OPERADORA: ""} | mudancas


def test_a_guide_gets_its_number_when_it_is_saved_and_not_before(cenario: Cenario) -> None:
    _faixa(cenario, 500, 501)
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
        dita = passo_de(cenario, guia, _sem_numero())
        assert _NUMERO not in dita["valores"]
        assert dita["criticas"] == [], "it gets a number: nothing is missing"
        guia.refresh_from_db()
        guia, _ = salvar(cenario, guia, _sem_numero())
        assert guia.valores[_NUMERO] == guia.numero_do_prestador == "500"
        assert guia.situacao == SituacaoDaGuia.PRONTA
        de_novo, _ = salvar(cenario, guia, guia.valores)
        assert de_novo.valores[_NUMERO] == "500"
        seguinte, _ = salvar(cenario, comecar(cenario), _sem_numero())
        assert seguinte.valores[_NUMERO] == "501"


def test_the_range_is_that_of_the_type_of_attendance(cenario: Cenario) -> None:
    _faixa(cenario, 1, 9)
    _faixa(cenario, 300, 400, tipo=Tipo.EXAME)
    with cenario.dentro("aurelia", "digitador"):
        exame = _sem_numero(**{"dadosAtendimento/tipoAtendimento": "23"})
        assert salvar(cenario, comecar(cenario), exame)[0].numero_do_prestador == "300"


@pytest.mark.parametrize(
    ("faixa", "motivo"),
    [({}, "Não há faixa"), ({"automatica": False}, "não é automática"), ({"esgotada": True}, "acabaram em 7")],
)
def test_where_there_is_no_number_field_2_says_why(cenario: Cenario, faixa: dict[str, bool], motivo: str) -> None:
    if faixa:
        _faixa(cenario, 7, 7, automatica=faixa.get("automatica", True))
    with cenario.dentro("aurelia", "digitador"):
        if faixa.get("esgotada"):
            salvar(cenario, comecar(cenario), _sem_numero())
        guia, juizo = salvar(cenario, comecar(cenario), _sem_numero())
        critica = next(critica for critica in juizo.criticas if critica.campo == _NUMERO)
        assert motivo in critica.mensagem
        assert guia.situacao == SituacaoDaGuia.COM_CRITICAS


def test_numbers_typed_without_their_signs_are_written_by_the_mask(cenario: Cenario) -> None:
    mudar_convenio(cenario, mascara_da_guia="000-00", mascara_da_guia_principal="XX/0000")
    with cenario.dentro("aurelia", "digitador"):
        dita = passo_de(cenario, comecar(cenario), valores_exemplo() | {_NUMERO: "12345", _PRINCIPAL: "ab1234"})
        assert dita["valores"][_NUMERO] == "123-45"
        assert dita["valores"][_PRINCIPAL] == "AB/1234"


def test_the_senha_is_the_operadora_s_number_where_the_convenio_repeats_it(cenario: Cenario) -> None:
    mudar_convenio(cenario, repetir_senha_na_guia=True)
    with cenario.dentro("aurelia", "digitador"):
        dita = passo_de(cenario, comecar(cenario), valores_exemplo() | {"dadosAutorizacao/senha": "S99"})
        assert dita["valores"][_DA_OPERADORA] == "S99"


def test_the_prestador_s_number_is_repeated_unless_the_convenio_does_not_want_it(cenario: Cenario) -> None:
    valores = valores_exemplo() | {_NUMERO: "42", _DA_OPERADORA: ""}
    with cenario.dentro("aurelia", "digitador"):
        assert passo_de(cenario, comecar(cenario), valores)["valores"][_DA_OPERADORA] == "42"
    mudar_convenio(cenario, nao_replicar_numero_da_guia=True)
    with cenario.dentro("aurelia", "digitador"):
        assert _DA_OPERADORA not in passo_de(cenario, comecar(cenario), valores)["valores"]


def test_no_number_is_repeated_into_a_group_that_is_not_used(cenario: Cenario) -> None:
    sem_autorizacao = {
        caminho: texto for caminho, texto in valores_exemplo().items() if not caminho.startswith("dadosAutorizacao/")
    }
    with cenario.dentro("aurelia", "digitador"):
        assert _DA_OPERADORA not in passo_de(cenario, comecar(cenario), sem_autorizacao)["valores"]


def test_the_guia_principal_is_the_beneficiario_s_last_consultation(cenario: Cenario) -> None:
    mudar_convenio(cenario, exige_guia_principal=True)
    with cenario.dentro("aurelia", "digitador"):
        consulta = digitar(cenario, "guiaConsulta", numero=7)
        exame = valores_exemplo(numero=7) | {_PRINCIPAL: "", _NUMERO: "900"}
        dita = passo_de(cenario, comecar(cenario), exame)
        assert dita["valores"][_PRINCIPAL] == consulta.numero_do_prestador == "7"
        de_outro = valores_exemplo(numero=8) | {_PRINCIPAL: ""}
        assert _PRINCIPAL not in passo_de(cenario, comecar(cenario), de_outro)["valores"]


def test_a_number_that_saving_gives_is_announced_where_it_will_stand(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
        assert "será dado ao salvar" not in _formulario(guia), "nobody gives it one"
    _faixa(cenario, 500, 501)
    with cenario.dentro("aurelia", "digitador"):
        assert f'name="{_NUMERO}" aria-required="true" placeholder="será dado ao salvar" value=""' in _formulario(guia)
        guia.valores[_NUMERO] = "77"
        assert "será dado ao salvar" not in _formulario(guia)


def _formulario(guia: GuiaDigitada) -> str:
    return "".join(celula for bloco in tela_da_guia(guia, [])["blocos"] for celula in bloco.celulas)
