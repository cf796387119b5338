"""A guide with more exams than the convênio takes goes on in another one."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from convenios.models import Convenio
from tests.digitacao.apoio import comecar, valores_exemplo
from tests.fabrica import Cenario
from uploads.digitacao import transicoes
from uploads.digitacao.divisao import dividir
from uploads.digitacao.erros import NadaADividir
from uploads.digitacao.models import GuiaDigitada

GRADE = "procedimentosExecutados/procedimentoExecutado"
CODIGO = "procedimento/codigoProcedimento"


def com_itens(cenario: Cenario, itens: int) -> GuiaDigitada:
    """A typed SP/SADT of which every second item is an expense, as in the engine's examples."""
    guia = comecar(cenario)
    salva, _ = transicoes.salvar(
        guia=guia,
        valores=valores_exemplo(itens=itens),
        vista=guia.revisao,
        por=cenario.pessoa("digitador", "aurelia"),
    )
    return salva


def limitar(cenario: Cenario, maximo: int) -> None:
    with cenario.dentro("pasa", "gestor"):
        Convenio.objects.filter(operadora=cenario.pasa, principal=True).update(qtd_exame_guia=maximo)


def codigos(valores: dict[str, str]) -> list[str]:
    return [texto for caminho, texto in valores.items() if caminho.startswith(GRADE) and caminho.endswith(CODIGO)]


def test_the_rest_goes_on_in_a_guide_without_number(cenario: Cenario) -> None:
    limitar(cenario, 2)
    with cenario.dentro("aurelia", "digitador"):
        guia = com_itens(cenario, 6)
        antes = codigos(guia.valores)
        proxima = dividir(guia=guia, vista=guia.revisao, por=cenario.pessoa("digitador", "aurelia"))
        guia.refresh_from_db()
    assert (codigos(guia.valores), codigos(proxima.valores)) == (antes[:2], antes[2:])
    assert f"{GRADE}[1]/{CODIGO}" in proxima.valores
    assert "cabecalhoGuia/numeroGuiaPrestador" not in proxima.valores
    assert proxima.valores["dadosBeneficiario/numeroCarteira"] == guia.valores["dadosBeneficiario/numeroCarteira"]
    assert not any(caminho.startswith("outrasDespesas") for caminho in proxima.valores)


def test_a_guide_within_the_limit_is_not_divided(cenario: Cenario, client: Client) -> None:
    limitar(cenario, 3)
    with cenario.dentro("aurelia", "digitador"):
        guia = com_itens(cenario, 6)
        with pytest.raises(NadaADividir):
            dividir(guia=guia, vista=guia.revisao, por=cenario.pessoa("digitador", "aurelia"))
    client.force_login(cenario.pessoa("digitador", "aurelia"))
    resposta = client.post(reverse("digitacao:continuar", args=["aurelia", guia.pk]), follow=True)
    assert "não tem mais exames do que o convênio aceita" in resposta.content.decode()
