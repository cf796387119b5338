"""New guides from old ones: what is copied, what never is, and where the last guide of somebody is found."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lotes.estados import TipoDeGuia
from tests.digitacao.apoio import comecar, digitar
from tests.fabrica import CARTEIRAS, PASA, Cenario
from tests.movimento import lote_aberto
from uploads.digitacao.copias import copiaveis, duplicar, repetir
from uploads.digitacao.estados import SituacaoDaGuia
from uploads.digitacao.models import GuiaDigitada

LINHA = "procedimentosExecutados/procedimentoExecutado[1]"
AUTORIZACAO = {"dataAutorizacao", "dataValidadeSenha"}
CARTEIRA = "dadosBeneficiario/numeroCarteira"


def _repetir(cenario: Cenario, guia: GuiaDigitada, carteira: str) -> GuiaDigitada | None:
    atual = GuiaDigitada.objects.select_related("prestador", "operadora", "convenio", "lote").get(pk=guia.pk)
    feito = repetir(guia=atual, carteira=carteira, vista=atual.revisao, por=cenario.pessoa("digitador", "aurelia"))
    return feito[0] if feito else None


@pytest.mark.parametrize("tipo", TipoDeGuia.values)
def test_a_duplicate_has_all_but_what_is_of_one_guide_alone(cenario: Cenario, tipo: str) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = digitar(cenario, tipo)
        copia = duplicar(guia=guia, por=cenario.pessoa("digitador", "aurelia"))
        perdidos = {caminho.rpartition("/")[2] for caminho in guia.valores.keys() - copia.valores.keys()}
        assert copia.situacao == SituacaoDaGuia.EM_DIGITACAO
        assert copia.valores.items() <= guia.valores.items()
        assert "numeroGuiaPrestador" in perdidos
        assert not {p for p in perdidos if p.startswith(("data", "hora"))} - AUTORIZACAO
        assert not {"senha", "senhaAutorizacao", "numeroGuiaOperadora"} & {
            caminho.rpartition("/")[2] for caminho in copia.valores
        }


def test_what_another_version_does_not_have_is_left_out(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        nova, antiga = comecar(cenario, versao="4.03.00"), comecar(cenario, versao="4.02.00")
        valores = {f"outrasDespesas/despesa[1]/servicosExecutados/{nome}": "1" for nome in ("centroConsumo", "nada")}
        valores["outrasDespesas/despesa[1]/servicosExecutados/codigoProcedimento"] = "90598296"
        (so_o_codigo,) = copiaveis(valores, "4.03.00", antiga)
        assert so_o_codigo.endswith("codigoProcedimento")
        assert "dadosAtendimento/tipoAtendimento" in copiaveis(
            {"dadosAtendimento/tipoAtendimento": "04"}, "4.02.00", nova
        )
        assert not copiaveis({"dadosAtendimento/tipoAtendimento": "ZZ"}, "4.02.00", nova)


def test_the_last_typed_guide_is_repeated_without_when_it_was_and_over_nothing_typed(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        antiga = digitar(cenario)
        valores = antiga.valores | {f"{LINHA}/dataExecucao": "2026-01-02"}
        GuiaDigitada.objects.filter(pk=antiga.pk).update(valores=valores)
        nova = comecar(cenario)
        GuiaDigitada.objects.filter(pk=nova.pk).update(valores={"dadosSolicitacao/indicacaoClinica": "Dor nova"})
        repetida = _repetir(cenario, nova, antiga.numero_carteira)
        assert repetida is not None
        assert repetida.valores[CARTEIRA] == antiga.numero_carteira
        assert repetida.valores["dadosSolicitacao/indicacaoClinica"] == "Dor nova"
        assert (
            repetida.valores[f"{LINHA}/procedimento/codigoProcedimento"]
            == antiga.valores[f"{LINHA}/procedimento/codigoProcedimento"]
        )
        assert repetida.valores.get(f"{LINHA}/dataExecucao") != "2026-01-02"


def test_the_last_guide_may_have_come_in_a_file(cenario: Cenario) -> None:
    lote_aberto(cenario, guias=2, itens=3)
    with cenario.dentro("aurelia", "digitador"):
        nova = comecar(cenario)
        repetida = _repetir(cenario, nova, CARTEIRAS[PASA].format(1))
        assert repetida is not None
        assert repetida.valores[CARTEIRA] == CARTEIRAS[PASA].format(1)
        assert repetida.quantidade_de_itens == 3
        assert not repetida.numero_do_prestador


def test_the_newer_of_a_typed_and_an_uploaded_one_counts(cenario: Cenario) -> None:
    lote_aberto(cenario, guias=2, itens=3)
    with cenario.dentro("aurelia", "digitador"):
        antiga = digitar(cenario)
        carteira = CARTEIRAS[PASA].format(1)
        ontem = timezone.now() - timedelta(days=1)
        GuiaDigitada.objects.filter(pk=antiga.pk).update(criado_em=ontem, numero_carteira=carteira)
        repetida = _repetir(cenario, comecar(cenario), carteira)
        assert repetida is not None
        assert repetida.quantidade_de_itens == 3


@pytest.mark.parametrize("outro", ["tipo", "prestador", "excluida"])
def test_nothing_is_repeated_from_other_guides(cenario: Cenario, outro: str) -> None:
    with cenario.dentro("aurelia", "digitador"):
        antiga = digitar(cenario, "guiaConsulta" if outro == "tipo" else "guiaSP-SADT")
        carteira = antiga.numero_carteira
        if outro == "excluida":
            GuiaDigitada.objects.filter(pk=antiga.pk).update(situacao=SituacaoDaGuia.EXCLUIDA)
        elif outro == "prestador":
            GuiaDigitada.objects.filter(pk=antiga.pk).update(numero_carteira="outra")
        assert _repetir(cenario, comecar(cenario), carteira) is None


def test_the_buttons_lead_to_the_new_guide_and_say_what_to_do(cenario: Cenario, entrar: Any) -> None:
    with cenario.dentro("aurelia", "digitador"):
        antiga, nova = digitar(cenario), comecar(cenario)
    cliente: Client = entrar(cenario.pessoa("digitador", "aurelia"))

    def apertar(nome: str, guia: GuiaDigitada, **dados: str) -> Any:
        endereco = reverse(f"digitacao:{nome}", kwargs={"slug": "aurelia", "pk": guia.pk})
        return cliente.post(endereco, dados, follow=True)

    assert "Confira as datas" in apertar("duplicar", antiga).text
    assert "Não há guia anterior" in apertar("repetir", nova, carteira="999").text
    assert "Repetida a guia" in apertar("repetir", nova, carteira=antiga.numero_carteira).text
    assert "mudou esta guia" in apertar("repetir", nova, carteira=antiga.numero_carteira, revisao="1").text
