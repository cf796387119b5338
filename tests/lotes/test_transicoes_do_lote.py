"""What may happen to a lot: every pair of states, and what each change leaves behind."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.utils import timezone

from conecta.arquivos.models import Conteudo
from conecta.tenancy.escopo import sistema
from convenios.models import Credenciamento
from lotes import transicoes
from lotes.estados import MUDANCAS_DO_LOTE, SituacaoDoLote
from lotes.models import Acontecimento, Guia, Item, Lote, Protocolo
from lotes.recusas import EnvioRecusado, MudancaNaoPermitida
from tests.fabrica import Cenario
from tests.lotes.construcao import criar_lote

S = SituacaoDoLote
VERBO_PARA = {
    S.FECHADO: transicoes.fechar,
    S.ABERTO: transicoes.reabrir,
    S.EXCLUIDO: transicoes.excluir,
    S.ENVIADO: transicoes.enviar,
}


@pytest.mark.parametrize(("de", "para"), [(de, para) for de, para in product(S, S) if para in MUDANCAS_DO_LOTE[de]])
def test_change_that_the_table_allows(cenario: Cenario, de: SituacaoDoLote, para: SituacaoDoLote) -> None:
    lote = criar_lote(cenario, situacao=de)
    with cenario.dentro("aurelia", "faturista"):
        VERBO_PARA[para](lote=lote, por=cenario.pessoa("faturista", "aurelia"))
        assert Lote.objects.get(pk=lote.pk).situacao == para


# Sending what is sent already is no refusal: it gives the protocol that there is.
@pytest.mark.parametrize(
    ("de", "para"),
    [(d, p) for d, p in product(S, S) if p not in MUDANCAS_DO_LOTE[d] and (d, p) != (S.ENVIADO, S.ENVIADO)],
)
def test_change_that_the_table_does_not_allow(cenario: Cenario, de: SituacaoDoLote, para: SituacaoDoLote) -> None:
    lote = criar_lote(cenario, situacao=de)
    with cenario.dentro("aurelia", "faturista"):
        antes = Acontecimento.objects.count()
        with pytest.raises(MudancaNaoPermitida) as recusa:
            VERBO_PARA[para](lote=lote, por=cenario.pessoa("faturista", "aurelia"))
        assert str(lote.numero) in recusa.value.frase
        assert S(de).label in recusa.value.frase
        assert Lote.objects.get(pk=lote.pk).situacao == de
        assert Acontecimento.objects.count() == antes


def test_sending_lets_the_operadora_see_the_lot_down_to_its_items(cenario: Cenario) -> None:
    lote = criar_lote(cenario, situacao=S.FECHADO)
    with cenario.dentro("pasa"):
        assert not Lote.objects.exists()
    with cenario.dentro("aurelia", "faturista"):
        transicoes.enviar(lote=lote, por=cenario.pessoa("faturista", "aurelia"))
    with cenario.dentro("pasa"):
        assert Lote.objects.get().pk == lote.pk
        assert (Guia.objects.count(), Item.objects.count(), Conteudo.objects.count()) == (2, 4, 1)
        assert [linha.tipo for linha in Acontecimento.objects.all()] == ["enviado"]
    with cenario.dentro("sulina"):
        assert not Lote.objects.exists()


def test_sending_freezes_the_exact_bytes(cenario: Cenario) -> None:
    lote = criar_lote(cenario, situacao=S.FECHADO)
    with cenario.dentro("aurelia", "faturista"):
        protocolo = transicoes.enviar(lote=lote, por=cenario.pessoa("faturista", "aurelia"))
        conteudo = Conteudo.objects.get(pk=lote.conteudo_id)
    assert (protocolo.conteudo_id, protocolo.sha256) == (conteudo.pk, conteudo.sha256)
    assert protocolo.valor_informado == lote.valor_informado
    assert conteudo.enviado_em == protocolo.enviado_em


def test_pressing_send_twice_shows_the_protocol_already_given(cenario: Cenario) -> None:
    lote = criar_lote(cenario, situacao=S.FECHADO)
    with cenario.dentro("aurelia", "faturista"):
        primeiro = transicoes.enviar(lote=lote, por=cenario.pessoa("faturista", "aurelia"))
        segundo = transicoes.enviar(lote=lote, por=cenario.pessoa("administrador", "aurelia"))
        assert segundo == primeiro
        assert Acontecimento.objects.filter(tipo="enviado").count() == 1


def test_each_operadora_numbers_its_own_protocols(cenario: Cenario) -> None:
    numeros = []
    for operadora in ("pasa", "sulina", "pasa"):
        lote = criar_lote(cenario, operadora=operadora, situacao=S.ENVIADO)
        with cenario.dentro("aurelia"):
            numeros.append(Protocolo.objects.get(lote=lote).numero)
    assert numeros == [1, 1, 2]


def test_a_refused_sending_takes_no_number(cenario: Cenario) -> None:
    lote = criar_lote(cenario, situacao=S.FECHADO)
    _encerrar_contrato(cenario)
    with (
        cenario.dentro("aurelia", "faturista"),
        pytest.raises(EnvioRecusado, match=r"credenciamento com a PASA \| 331988 não está vigente"),
    ):
        transicoes.enviar(lote=lote, por=cenario.pessoa("faturista", "aurelia"))
    _reatar_contrato(cenario)
    with cenario.dentro("aurelia", "faturista"):
        assert transicoes.enviar(lote=lote, por=cenario.pessoa("faturista", "aurelia")).numero == 1


def test_an_inactive_operadora_receives_nothing(cenario: Cenario) -> None:
    lote = criar_lote(cenario, situacao=S.FECHADO)
    with sistema():
        cenario.pasa.ativa = False
        cenario.pasa.save(update_fields=["ativa"])
    with cenario.dentro("aurelia", "faturista"), pytest.raises(EnvioRecusado, match="não recebe lotes"):
        transicoes.enviar(lote=lote, por=cenario.pessoa("faturista", "aurelia"))


def test_an_excluded_lot_frees_the_number_of_the_prestador(cenario: Cenario) -> None:
    criar_lote(cenario, situacao=S.EXCLUIDO, numero_do_prestador="398")
    outro = criar_lote(cenario, situacao=S.ENVIADO, numero_do_prestador="398")
    with cenario.dentro("aurelia"):
        assert Lote.objects.vivos().get(numero_do_prestador="398").pk == outro.pk
        assert Lote.objects.filter(numero_do_prestador="398").count() == 2


def test_closing_and_reopening_leave_who_and_when_in_the_timeline(cenario: Cenario) -> None:
    lote = criar_lote(cenario, situacao=S.FECHADO)
    with cenario.dentro("aurelia", "faturista"):
        assert Lote.objects.get(pk=lote.pk).fechado_por_id == cenario.pessoa("faturista", "aurelia").pk
        transicoes.reabrir(lote=lote, por=cenario.pessoa("administrador", "aurelia"))
        reaberto = Lote.objects.get(pk=lote.pk)
        historia = [(a.tipo, a.por_nome, a.publico) for a in lote.acontecimentos.all()]
    assert (reaberto.fechado_em, reaberto.fechado_por_id) == (None, None)
    assert historia == [
        ("reaberto", "Administrador do prestador da Silva", False),
        ("fechado", "Faturista da Silva", False),
    ]


def test_the_database_refuses_to_change_a_sent_lot(cenario: Cenario) -> None:
    lote = criar_lote(cenario, situacao=S.ENVIADO)
    with cenario.dentro("aurelia", "faturista"), connection.cursor() as cursor:
        cursor.execute("update lotes_lote set valor_informado = 0 where id = %s", [lote.pk])
        assert cursor.rowcount == 0
        cursor.execute("delete from lotes_guia where lote_id = %s", [lote.pk])
        assert cursor.rowcount == 0


def _encerrar_contrato(cenario: Cenario) -> None:
    ontem = timezone.localdate() - timedelta(days=1)
    with cenario.dentro("pasa"):
        Credenciamento.objects.filter(prestador=cenario.aurelia).update(fim=ontem)


def _reatar_contrato(cenario: Cenario) -> None:
    with cenario.dentro("pasa"):
        Credenciamento.objects.filter(prestador=cenario.aurelia).update(fim=None)
