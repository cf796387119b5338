"""Statements and the way of their protocol: what a step changes in them, and what it does not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from demonstrativos.analise.models import Glosa, GuiaAnalisada, ItemAnalisado
from demonstrativos.emissao.congelado import chave, descongelar
from demonstrativos.emissao.models import Demonstrativo, Estado, ParametrosDosDemonstrativos
from lotes import avanco
from lotes.estados import SituacaoDoProtocolo as P
from lotes.guias_lidas import DaGuia
from lotes.models import Protocolo
from tests.demonstrativos.emissao.apoio import (
    bytes_de,
    documentos,
    emitido,
    pedir_analise,
    trabalhar,
)
from tests.demonstrativos.pagamentos.apoio import levar, liberado
from tests.demonstrativos.recursos.construcao import glosar
from tests.fabrica import Cenario
from tests.lotes.construcao import protocolar
from tiss_schemas.demonstrativo.contas import divergencias
from tiss_schemas.demonstrativo.leitura import ler_analise
from tiss_schemas.demonstrativo.valores import DemonstrativoDeAnalise
from tiss_schemas.exemplos_demonstrativo import (
    exemplo_de_analise,
)


def test_billed_and_paid_meanwhile_it_is_still_the_same_document(cenario: Cenario) -> None:
    protocolo = liberado(cenario, glosas=["10.00"])
    primeiro = emitido(cenario, protocolo)
    bytes_de_antes = bytes_de(cenario, primeiro)
    for situacao in (P.FATURADO, P.PAGO):
        levar(cenario, protocolo, situacao)
        outra_vez = emitido(cenario, protocolo)
        assert (outra_vez.pk, outra_vez.substituido_por_id) == (primeiro.pk, None), situacao
        assert bytes_de(cenario, outra_vez) == bytes_de_antes
    (lido,) = ler_analise(bytes_de_antes[1])
    assert [um.situacao for um in lido.protocolos] == [P.LIBERADO]
    assert {guia.situacao for guia in lido.protocolos[0].guias} == {P.LIBERADO}


def test_where_the_values_of_an_earlier_one_are_back_it_holds_again(cenario: Cenario) -> None:
    protocolo = liberado(cenario)
    primeiro = emitido(cenario, protocolo)
    segundo = emitido(cenario, _com_glosa(cenario, protocolo, "10.00"))
    assert segundo.numero == primeiro.numero + 1
    terceiro = emitido(cenario, _com_glosa(cenario, protocolo, None))
    assert (terceiro.pk, terceiro.substituido_por_id) == (primeiro.pk, None)
    with cenario.dentro("aurelia"):
        assert Demonstrativo.objects.get(pk=segundo.pk).substituido_por_id == primeiro.pk


def _com_glosa(cenario: Cenario, protocolo: Protocolo, valor: str | None) -> Protocolo:
    """Reopened, and released with that glosa and no other."""
    _reabrir(cenario, protocolo)
    with cenario.dentro("pasa", "gestor"):
        Glosa.objects.filter(analise__protocolo=protocolo).delete()
        item = ItemAnalisado.objects.filter(analise__protocolo=protocolo).order_by("id")[0]
        if valor is not None:
            glosar(item, Decimal(valor))
    return levar(cenario, protocolo, P.LIBERADO)


def _reabrir(cenario: Cenario, protocolo: Protocolo) -> None:
    por = cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        avanco.desfazer(protocolos=[protocolo], para=P.EM_ANALISE, por=por, motivo="Revista.")


def test_opened_again_while_it_is_assembled_nothing_of_it_is_told(
    cenario: Cenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    protocolo = liberado(cenario, glosas=["10.00"])
    pedido = pedir_analise(cenario, protocolo)

    def reabrir(de_que: Protocolo) -> dict[int, DaGuia]:
        avanco.desfazer(protocolos=[de_que], para=P.EM_ANALISE, por=cenario.pessoa("gestor", "pasa"), motivo="Revista.")
        return {}

    monkeypatch.setattr("demonstrativos.emissao.montagem_analise.guias_do", reabrir)
    trabalhar()
    (documento,) = documentos(cenario, pedido)
    assert documento.estado == Estado.FALHOU
    assert "mudou enquanto" in documento.erro


def test_closed_without_an_analysis_nothing_is_said_to_be_released(cenario: Cenario) -> None:
    protocolo = protocolar(cenario)
    levar(cenario, protocolo, P.ENCERRADO_SEM_PAGAMENTO)
    encerrado = emitido(cenario, protocolo)
    valores = descongelar(bytes(encerrado.valores))
    assert divergencias(valores) == []
    assert valores.valores.informado == encerrado.valor_informado > 0
    assert valores.valores.processado == valores.valores.liberado == valores.valores.glosa == 0


def test_an_operadora_may_issue_earlier_and_then_shows_what_was_billed(cenario: Cenario) -> None:
    protocolo = protocolar(cenario)
    with cenario.dentro("pasa"):
        ParametrosDosDemonstrativos.objects.create(operadora=cenario.pasa, status_minimo_analise=P.ENVIADO)
    cedo = emitido(cenario, protocolo)

    valores = descongelar(bytes(cedo.valores)).valores
    assert valores.informado == valores.processado == valores.liberado
    assert valores.glosa == 0

    levar(cenario, protocolo, P.EM_ANALISE, P.LIBERADO)
    depois = emitido(cenario, protocolo)
    assert depois.numero == cedo.numero + 1
    with cenario.dentro("aurelia"):
        assert Demonstrativo.objects.get(pk=cedo.pk).substituido_por_id == depois.pk


def test_of_its_situations_the_key_takes_only_if_it_was_released() -> None:
    def com(situacao: P) -> str:
        um = exemplo_de_analise(numero=1)
        protocolo = um.protocolos[0]
        guias = tuple(replace(guia, situacao=int(situacao)) for guia in protocolo.guias)
        return chave(replace(um, protocolos=(replace(protocolo, situacao=int(situacao), guias=guias),)))

    fases = [
        {com(situacao) for situacao in (P.ENVIADO, P.EM_ANALISE, P.AGUARDANDO_INFORMACAO)},
        {com(situacao) for situacao in (P.LIBERADO, P.FATURADO, P.PAGO)},
        {com(P.ENCERRADO_SEM_PAGAMENTO)},
    ]
    assert [len(chaves) for chaves in fases] == [1, 1, 1]
    assert len(set().union(*fases)) == 3


def test_a_guide_that_was_refused_whole_says_why_and_what_was_observed(cenario: Cenario) -> None:
    protocolo = protocolar(cenario)
    levar(cenario, protocolo, P.EM_ANALISE)
    with cenario.dentro("pasa", "gestor"):
        GuiaAnalisada.objects.filter(analise__protocolo=protocolo, posicao=1).update(
            motivo_da_glosa="Sem autorização.", observacao="Falta o laudo."
        )
    levar(cenario, protocolo, P.LIBERADO)
    valores = descongelar(bytes(emitido(cenario, protocolo).valores))
    assert isinstance(valores, DemonstrativoDeAnalise)
    guias = valores.protocolos[0].guias
    assert [guia.observacao for guia in guias] == ["Sem autorização. Falta o laudo.", ""]
