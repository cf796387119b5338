"""The automatic pass as the queue makes it: once, whole or not at all, and within the operadora's walls."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conecta.fila import fila
from conecta.fila.models import Trabalho
from conecta.interface.formatos import reais
from conecta.tenancy.escopo import sistema
from convenios.models import AjusteDeRegra
from demonstrativos.analise import conferencia, conferencia_gravacao, transicoes
from demonstrativos.analise.conferencia import ConferenciaEmAndamento, conferir_de_novo
from demonstrativos.analise.desfazer import desfazer
from demonstrativos.analise.estados import Conferencia
from demonstrativos.analise.models import Acao, Analise, Glosa, GuiaAnalisada, Observacao, ResultadoDoCriterio
from demonstrativos.analise.passagens import AnaliseIncompleta
from demonstrativos.analise.recusas import AnaliseFechada, DesfazerRecusado
from lotes import avanco
from lotes.estados import SituacaoDoProtocolo as P
from tests.demonstrativos.conferencia.apoio import ajustar, analisar, em_analise, ligar, precificar
from tests.fabrica import Cenario
from tests.lotes.construcao import protocolar
from tests.movimento import enviar, lote_aberto, trabalhar

pytestmark = pytest.mark.django_db

CODIGO, COBRADO = "40302040", Decimal("28.03")
"""What the example charges in its first line, and for how much."""


@pytest.fixture(autouse=True)
def ligada(cenario: Cenario) -> None:
    ligar(cenario)


def _preco_abaixo_do_cobrado(cenario: Cenario, valor: str = "20.00") -> Analise:
    """A protocol of two guides whose first line charges more than the contract that came after it was sent."""
    analise = em_analise(cenario, guias=2, itens=1)
    precificar(cenario, {CODIGO: valor})
    return analise


def _agora(cenario: Cenario, analise: Analise) -> Analise:
    with cenario.dentro("pasa"):
        return Analise.objects.select_related("protocolo").get(pk=analise.pk)


def test_a_protocol_in_order_is_passed_without_a_word(cenario: Cenario) -> None:
    analise = em_analise(cenario)
    assert analise.conferencia == Conferencia.PENDENTE
    assert trabalhar() == 1
    depois = _agora(cenario, analise)
    assert depois.conferencia == Conferencia.PRONTA
    assert depois.conferida_em is not None
    with cenario.dentro("pasa"):
        assert not Glosa.objects.exists()
        assert not Observacao.objects.exists()


def test_where_the_operadora_wants_no_pass_there_is_none(cenario: Cenario) -> None:
    cedro = em_analise(cenario, "cedro", "sulina", tipo_guia="odonto")
    assert cedro.conferencia == Conferencia.DISPENSADA
    assert trabalhar() == 0


def test_what_passes_the_price_is_proposed_to_the_cent_and_waits(cenario: Cenario) -> None:
    analise = _preco_abaixo_do_cobrado(cenario)
    trabalhar()
    with cenario.dentro("pasa", "gestor"):
        glosas = list(Glosa.objects.select_related("item"))
        assert glosas
        for glosa in glosas:
            item = glosa.item.item
            assert glosa.valor == item.valor_total - (item.quantidade * Decimal("20.00")).quantize(Decimal("0.01"))
        assert {(g.codigo, g.criterio, g.origem, g.confirmada) for g in glosas} == {
            ("1705", "preco_acima", "regra", False)
        }
        assert {guia.versao for guia in GuiaAnalisada.objects.all()} == {1}
        with pytest.raises(AnaliseIncompleta, match="a confirmar"):
            avanco.avancar(protocolo=analise.protocolo, para=P.LIBERADO, por=cenario.pessoa("gestor", "pasa"))


@pytest.mark.parametrize(("acao", "glosas", "confirmadas", "notas"), [
    ("propor", 2, 0, 0),
    ("glosar", 2, 2, 0),
    ("observar", 0, 0, 2),
    ("desligado", 0, 0, 0),
])  # fmt: skip
def test_the_operadora_decides_what_a_criterion_does(
    cenario: Cenario, acao: str, glosas: int, confirmadas: int, notas: int
) -> None:
    ajustar(cenario, "preco_acima", acao)
    _preco_abaixo_do_cobrado(cenario)
    trabalhar()
    with cenario.dentro("pasa"):
        assert Glosa.objects.count() == glosas
        assert Glosa.objects.filter(confirmada=True).count() == confirmadas
        assert Observacao.objects.count() == notas


def test_the_operadora_chooses_code_and_tolerance(cenario: Cenario) -> None:
    ajustar(cenario, "preco_acima", "propor", codigo="1713", tolerancia_centavos=1)
    analise = _preco_abaixo_do_cobrado(cenario, str(COBRADO - Decimal("0.02")))
    trabalhar()
    with cenario.dentro("pasa"):
        assert {glosa.codigo for glosa in Glosa.objects.all()} == {"1713"}
        antes = Glosa.objects.count()
    ajustar(cenario, "preco_acima", "propor", tolerancia_centavos=100_000)
    with cenario.dentro("pasa", "gestor"):
        conferir_de_novo(analise=_agora(cenario, analise), por=cenario.pessoa("gestor", "pasa"))
    trabalhar()
    with cenario.dentro("pasa"):
        assert antes
        assert not Glosa.objects.exists()
        assert not Observacao.objects.exists()


def test_a_code_of_the_auditor_always_waits_for_one(cenario: Cenario) -> None:
    ajustar(cenario, "preco_acima", "glosar", codigo="1801")
    _preco_abaixo_do_cobrado(cenario)
    trabalhar()
    with cenario.dentro("pasa"):
        assert {(g.codigo, g.confirmada) for g in Glosa.objects.all()} == {("1801", False)}


def _observar(cenario: Cenario, *regras: str) -> None:
    """Let files come in that these rules of the reception would keep out."""
    with cenario.dentro("pasa"):
        AjusteDeRegra.objects.bulk_create(
            AjusteDeRegra(
                operadora=cenario.pasa, regra=regra, modo="observada", desde=timezone.localdate(), motivo="Em teste."
            )
            for regra in regras
        )


def test_a_guide_billed_in_an_earlier_protocol_is_refused_whole_and_only_in_the_later(cenario: Cenario) -> None:
    _observar(cenario, "G04")
    primeiro, segundo = (
        enviar(cenario, lote_aberto(cenario, numero=numero, guias=guias, primeiro_numero_guia=50))
        for numero, guias in (("1", 1), ("2", 2))
    )
    # The later is looked at first: the earlier is no duplicate of it all the same.
    for protocolo in (segundo, primeiro):
        analisar(cenario, protocolo)
        trabalhar()
    with cenario.dentro("pasa"):
        guia, nova = GuiaAnalisada.objects.filter(analise__protocolo=segundo).order_by("posicao")
        assert (guia.glosa, guia.valor_liberado) == ("1308", 0)
        assert str(primeiro.numero) in guia.motivo_da_glosa
        assert {glosa.nivel for glosa in guia.glosas.all()} == {"guia"}
        assert (nova.glosa, nova.valor_glosado) == ("", 0)
        assert not Glosa.objects.filter(analise__protocolo=primeiro).exists()


def test_what_ended_without_payment_may_be_billed_again(cenario: Cenario) -> None:
    primeiro = em_analise(cenario, numero="1", guias=1, primeiro_numero_guia=50)
    trabalhar()
    por = cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        avanco.avancar(protocolo=primeiro.protocolo, para=P.ENCERRADO_SEM_PAGAMENTO, por=por)
    em_analise(cenario, numero="2", guias=1, primeiro_numero_guia=50)
    trabalhar()
    with cenario.dentro("pasa"):
        assert not Glosa.objects.exists()


def test_the_same_procedure_of_the_same_day_is_found_in_an_earlier_guide(cenario: Cenario) -> None:
    primeiro, segundo = (
        enviar(cenario, lote_aberto(cenario, numero=numero, guias=1, itens=1)) for numero in ("1", "2")
    )
    for protocolo in (primeiro, segundo):
        analisar(cenario, protocolo)
    trabalhar()
    with cenario.dentro("pasa"):
        (glosa,) = Glosa.objects.select_related("analise__protocolo", "item")
        assert (glosa.criterio, glosa.codigo) == ("duplicado_em_outra_guia", "1305")
        assert glosa.analise.protocolo == segundo
        assert glosa.valor == glosa.item.valor_processado
        assert str(primeiro.numero) in glosa.motivo


def test_where_nothing_is_left_the_second_reason_is_noted(cenario: Cenario) -> None:
    _observar(cenario, "G04")
    protocolos = [
        enviar(cenario, lote_aberto(cenario, numero=numero, guias=1, itens=1, primeiro_numero_guia=50))
        for numero in ("1", "2")
    ]
    for protocolo in protocolos:
        analisar(cenario, protocolo)
    trabalhar()
    with cenario.dentro("pasa"):
        (glosa,) = Glosa.objects.all()
        assert glosa.criterio == "guia_ja_apresentada"
        assert [nota.criterio for nota in Observacao.objects.all()] == ["duplicado_em_outra_guia"]


def test_dead_in_the_midst_it_has_done_nothing_and_the_next_attempt_does_it_once(
    cenario: Cenario, monkeypatch: Any
) -> None:
    analise = _preco_abaixo_do_cobrado(cenario)
    antes = conferencia_gravacao._contar

    def morrer(*_: object) -> None:
        raise MemoryError("the process is gone")

    monkeypatch.setattr(conferencia_gravacao, "_contar", morrer)
    fila.executar(fila.reclamar("validacao", "um"), "um")
    with cenario.dentro("pasa"):
        assert not Glosa.objects.exists()
        assert Analise.objects.get().conferencia == Conferencia.PENDENTE
    monkeypatch.setattr(conferencia_gravacao, "_contar", antes)
    _ja()
    trabalhar()
    with cenario.dentro("pasa"):
        assert Glosa.objects.count() == 2
        assert Analise.objects.get().conferencia == Conferencia.PRONTA
        conferencia.conferir(analise.pk)
        assert Glosa.objects.count() == 2, "a job that runs twice does it once"


def _ja() -> None:
    """Let what waits for another attempt be due now."""
    with sistema():
        Trabalho.objects.filter(estado="pronto").update(disponivel_em="2000-01-01T00:00Z")


def test_what_fails_three_times_says_so_and_stops_nobody_else(cenario: Cenario) -> None:
    ilegivel = analisar(cenario, protocolar(cenario))
    outra = em_analise(cenario)
    for _ in range(3):
        _ja()
        trabalhar()
    assert _agora(cenario, ilegivel).conferencia == Conferencia.FALHOU
    assert _agora(cenario, outra).conferencia == Conferencia.PRONTA


def test_asked_again_it_replaces_what_nobody_confirmed_and_leaves_the_rest(cenario: Cenario) -> None:
    analise = _preco_abaixo_do_cobrado(cenario)
    trabalhar()
    por = cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        aceita, proposta = Glosa.objects.order_by("pk")
        Glosa.objects.filter(pk=aceita.pk).update(confirmada=True)
        conferir_de_novo(analise=_agora(cenario, analise), por=por)
        with pytest.raises(ConferenciaEmAndamento, match="em andamento"):
            conferir_de_novo(analise=_agora(cenario, analise), por=por)
    trabalhar()
    with cenario.dentro("pasa", "gestor"):
        depois = list(Glosa.objects.order_by("pk"))
        assert depois[0].pk == aceita.pk
        assert [(g.item_id, g.valor, g.confirmada) for g in depois] == [
            (aceita.item_id, aceita.valor, True),
            (proposta.item_id, proposta.valor, False),
        ]
        assert depois[1].pk != proposta.pk
        (resultado,) = ResultadoDoCriterio.objects.all()
        assert (resultado.glosas, resultado.valor) == (2, aceita.valor + proposta.valor)


def test_what_was_done_before_another_pass_over_the_same_guide_is_not_undone_over_it(cenario: Cenario) -> None:
    analise = _preco_abaixo_do_cobrado(cenario)
    trabalhar()
    por = cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        glosa = Glosa.objects.select_related("guia").order_by("pk")[0]
        vistos = {glosa.guia_id: glosa.guia.versao}
        transicoes.retirar_glosa(analise=analise, glosas=[glosa.pk], por=por, vistos=vistos)
        conferir_de_novo(analise=_agora(cenario, analise), por=por)
    trabalhar()
    with cenario.dentro("pasa", "gestor"):
        with pytest.raises(DesfazerRecusado, match="a conferência automática mudou a mesma guia"):
            desfazer(analise=analise, por=por)
        assert Glosa.objects.filter(item=glosa.item_id).count() == 1


def test_the_story_says_what_each_pass_came_to(cenario: Cenario) -> None:
    _preco_abaixo_do_cobrado(cenario)
    trabalhar()
    with cenario.dentro("pasa"):
        acao = Acao.objects.get()
        assert acao.titulo == f"Regras conferidas: 2 glosas de {reais(Analise.objects.get().valor_glosado)}"
        assert (acao.por, acao.por_nome) == (None, "Conferência automática")
        assert acao.guias == sorted(GuiaAnalisada.objects.values_list("pk", flat=True))


def test_what_people_took_away_is_counted(cenario: Cenario) -> None:
    analise = _preco_abaixo_do_cobrado(cenario)
    trabalhar()
    with cenario.dentro("pasa", "gestor"):
        Glosa.objects.order_by("pk")[0].delete()
        conferir_de_novo(analise=_agora(cenario, analise), por=cenario.pessoa("gestor", "pasa"))
    trabalhar()
    with cenario.dentro("pasa"):
        (resultado,) = ResultadoDoCriterio.objects.all()
        assert (resultado.glosas, resultado.retiradas) == (2, 1)


def test_released_it_is_not_asked_for_again(cenario: Cenario) -> None:
    analise = em_analise(cenario)
    trabalhar()
    por = cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        avanco.avancar(protocolo=analise.protocolo, para=P.LIBERADO, por=por)
        with pytest.raises(AnaliseFechada, match="Em análise"):
            conferir_de_novo(analise=_agora(cenario, analise), por=por)


def test_what_ended_meanwhile_is_left_alone(cenario: Cenario) -> None:
    analise = _preco_abaixo_do_cobrado(cenario)
    with cenario.dentro("pasa", "gestor"):
        avanco.avancar(
            protocolo=analise.protocolo, para=P.ENCERRADO_SEM_PAGAMENTO, por=cenario.pessoa("gestor", "pasa")
        )
    trabalhar()
    assert _agora(cenario, analise).conferencia == Conferencia.DISPENSADA
    with cenario.dentro("pasa"):
        assert not Glosa.objects.exists()


def test_many_protocols_put_one_job_in_the_queue_and_all_are_passed(cenario: Cenario) -> None:
    protocolos = [enviar(cenario, lote_aberto(cenario, numero=str(n))) for n in range(1, 6)]
    with cenario.dentro("pasa", "gestor"):
        avanco.avancar_varios(protocolos=protocolos, para=P.EM_ANALISE, por=cenario.pessoa("gestor", "pasa"))
    with sistema():
        assert Trabalho.objects.filter(tipo="analise.conferir", estado="pronto").count() == 1
    assert trabalhar() == 5
    with cenario.dentro("pasa"):
        assert set(Analise.objects.values_list("conferencia", flat=True)) == {Conferencia.PRONTA}


def test_what_is_due_has_a_job_however_many_run_that_may_end_before_they_see_it(cenario: Cenario) -> None:
    protocolos = [enviar(cenario, lote_aberto(cenario, numero=str(n))) for n in range(1, 7)]
    antes = [analisar(cenario, protocolo).pk for protocolo in protocolos[:4]]
    with cenario.dentro("pasa", "gestor"):
        avanco.avancar_varios(protocolos=protocolos[4:], para=P.EM_ANALISE, por=cenario.pessoa("gestor", "pasa"))
        novas = set(Analise.objects.exclude(pk__in=antes).values_list("pk", flat=True))
    with sistema():
        na_fila = set(Trabalho.objects.filter(tipo="analise.conferir", estado="pronto").values_list("alvo", flat=True))
    assert len(novas & na_fila) == 1
    assert trabalhar() >= len(protocolos)
    with cenario.dentro("pasa"):
        assert set(Analise.objects.values_list("conferencia", flat=True)) == {Conferencia.PRONTA}


def test_two_workers_share_what_waits(cenario: Cenario) -> None:
    protocolos = [enviar(cenario, lote_aberto(cenario, numero=str(n))) for n in range(1, 4)]
    for protocolo in protocolos:
        analisar(cenario, protocolo)
    um, outro = fila.reclamar("validacao", "um"), fila.reclamar("validacao", "outro")
    assert um.alvo != outro.alvo
    fila.executar(um, "um")
    fila.executar(outro, "outro")
    trabalhar()
    with cenario.dentro("pasa"):
        assert set(Analise.objects.values_list("conferencia", flat=True)) == {Conferencia.PRONTA}


def test_it_takes_as_many_queries_for_many_guides_as_for_few(cenario: Cenario) -> None:
    protocolos = [
        enviar(cenario, lote_aberto(cenario, numero=numero, guias=guias, itens=itens))
        for numero, guias, itens in (("1", 2, 2), ("2", 2, 2), ("3", 20, 20), ("4", 1, 1))
    ]
    analises = [analisar(cenario, protocolo) for protocolo in protocolos]
    precificar(cenario, {CODIGO: "1.00"})
    with sistema():
        Trabalho.objects.all().delete()
    feitas = []
    # The first has no protocol before it, and so less to ask; the last is called by the one before it.
    for analise in analises[:3]:
        with cenario.dentro("pasa"), CaptureQueriesContext(connection) as consultas:
            conferencia.conferir(analise.pk)
        feitas.append(len(consultas))
    assert feitas[1] == feitas[2]
    assert feitas[2] <= 80


def test_the_prestador_reads_nothing_of_it_before_the_release_and_never_what_was_only_noted(cenario: Cenario) -> None:
    ajustar(cenario, "preco_acima", "glosar")
    analise = _preco_abaixo_do_cobrado(cenario)
    trabalhar()
    with cenario.dentro("aurelia"):
        assert not Glosa.objects.exists()
    with cenario.dentro("sulina"):
        assert not any(m.objects.exists() for m in (Analise, Glosa, Observacao, ResultadoDoCriterio))
    with cenario.dentro("pasa", "gestor"):
        avanco.avancar(protocolo=analise.protocolo, para=P.LIBERADO, por=cenario.pessoa("gestor", "pasa"))
    with cenario.dentro("aurelia"):
        assert Glosa.objects.count() == 2
