"""What may be ignored keeps a guide back until somebody said why, for as long as the value stays."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.digitacao.apoio import comecar, salvar, valores_exemplo
from tests.digitacao.test_lotes import abrir
from tests.fabrica import Cenario
from uploads.digitacao.estados import SituacaoDaGuia
from uploads.digitacao.ignorar import ignorar, voltar_a_valer
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.montagem import criar_lote
from uploads.erros import CriticaNaoIgnoravel

_VALIDADE = "dadosAutorizacao/dataValidadeSenha"
_SENHA_VENCIDA = {"regra": "A05", "controle": _VALIDADE}
_MOTIVO = "A operadora prorrogou a senha por telefone."


@pytest.fixture
def vencida(cenario: Cenario) -> GuiaDigitada:
    """A guide whose senha ended before the exam: that may be ignored."""
    with cenario.dentro("aurelia", "digitador"):
        valores = valores_exemplo() | {"dadosAutorizacao/dataAutorizacao": "2020-01-01", _VALIDADE: "2020-01-02"}
        guia, _ = salvar(cenario, comecar(cenario), valores)
    return guia


def _ignorar(cenario: Cenario, guia: GuiaDigitada, motivo: str = _MOTIVO, **qual: str) -> GuiaDigitada:
    por = cenario.pessoa("digitador", "aurelia")
    return ignorar(guia=guia, justificativa=motivo, por=por, **(_SENHA_VENCIDA | qual))


def _voltar(cenario: Cenario, guia: GuiaDigitada) -> GuiaDigitada:
    return voltar_a_valer(guia=guia, por=cenario.pessoa("digitador", "aurelia"), **_SENHA_VENCIDA)


def test_a_guide_is_not_ready_until_what_may_be_ignored_is(cenario: Cenario, vencida: GuiaDigitada) -> None:
    with cenario.dentro("aurelia", "digitador"):
        assert vencida.situacao == SituacaoDaGuia.COM_CRITICAS
        assert _ignorar(cenario, vencida).situacao == SituacaoDaGuia.PRONTA
        assert _voltar(cenario, vencida).situacao == SituacaoDaGuia.COM_CRITICAS


def test_the_lot_follows_what_is_ignored_in_its_guides(cenario: Cenario, vencida: GuiaDigitada) -> None:
    """The rows of a lot have the items of guides that are ready; of others only a row that counts them."""
    with cenario.dentro("aurelia", "faturista"):
        lote = criar_lote(guias=[_ignorar(cenario, vencida)], por=cenario.pessoa("faturista", "aurelia"))
        itens = lote.guias.get().itens.count()
        assert itens
        _voltar(cenario, vencida)
        assert lote.guias.get().itens.count() == 0
        _ignorar(cenario, vencida)
        assert lote.guias.get().itens.count() == itens


def test_a_guide_enters_the_lot_that_it_was_begun_for_once_its_findings_are_ignored(
    cenario: Cenario, vencida: GuiaDigitada
) -> None:
    with cenario.dentro("aurelia", "faturista"):
        lote = abrir(cenario)
        GuiaDigitada.objects.filter(pk=vencida.pk).update(destino=lote)
        assert _ignorar(cenario, vencida).lote == lote


def test_what_was_ignored_stays_so_while_the_value_stays(cenario: Cenario, vencida: GuiaDigitada) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = _ignorar(cenario, vencida)
        guia, _ = salvar(cenario, guia, guia.valores | {"observacao": "conferida"})
        assert guia.situacao == SituacaoDaGuia.PRONTA
        outra, _ = salvar(cenario, guia, guia.valores | {_VALIDADE: "2020-01-03"})
        assert outra.situacao == SituacaoDaGuia.COM_CRITICAS


@pytest.mark.parametrize("motivo", ["curta", "x" * 501, "   \n\t     "])
def test_a_reason_has_10_to_500_characters(cenario: Cenario, vencida: GuiaDigitada, motivo: str) -> None:
    with cenario.dentro("aurelia", "digitador"), pytest.raises(CriticaNaoIgnoravel, match="10 a 500"):
        _ignorar(cenario, vencida, motivo)


def test_only_what_a_rule_lets_be_ignored_is(cenario: Cenario, vencida: GuiaDigitada) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia, _ = salvar(cenario, vencida, {**vencida.valores, "dadosBeneficiario/numeroCarteira": ""})
        with pytest.raises(CriticaNaoIgnoravel, match="não pode ser ignorada"):
            _ignorar(cenario, guia, regra="F06", controle="dadosBeneficiario/numeroCarteira")
        with pytest.raises(CriticaNaoIgnoravel, match="não existe mais"):
            _ignorar(cenario, guia, controle="observacao")


def test_the_page_ignores_with_and_without_script(cenario: Cenario, vencida: GuiaDigitada, entrar: Any) -> None:
    cliente: Client = entrar(cenario.pessoa("digitador", "aurelia"))
    endereco = f"/aurelia/guias/digitadas/{vencida.pk}/ignorar/"
    pedido = {"regra": "A05", "campo": _VALIDADE, "justificativa": _MOTIVO}
    dita = cliente.post(endereco, pedido, headers={"Accept": "application/json"}).json()
    assert dita["situacao"] == "pronta"
    assert [critica["ignorada"] for critica in dita["criticas"]] == [True]
    recusa = cliente.post(endereco, pedido | {"justificativa": ""}, headers={"Accept": "application/json"})
    assert recusa.status_code == 409
    assert "justificativa" in recusa.json()["frase"]
    assert cliente.post(endereco, pedido | {"desfazer": "1"}).status_code == 302
    with cenario.dentro("aurelia", "digitador"):
        vencida.refresh_from_db()
        assert vencida.situacao == SituacaoDaGuia.COM_CRITICAS
