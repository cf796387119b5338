"""*Enviar Até*: what the calendar says of a lot, everywhere a lot is seen, and when it is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from convenios.calendario.models import JanelaDeEntrega
from convenios.calendario.transicoes import abrir_excecao
from convenios.models import Convenio
from lotes.models import Lote
from lotes.prazos import avisos_de_prazo, prazo_do, prazos_dos
from lotes.recusas import EnvioRecusado
from tests.convenios.calendario.apoio import janela, janela_aberta, janela_fechada
from tests.fabrica import Cenario
from tests.movimento import enviar, incluir, lote_aberto, xml_de
from uploads.models import Critica

UM_DIA = timedelta(days=1)


def _pagina(cliente: Client, lote: Lote) -> str:
    return cliente.get(reverse("lotes:lote", args=["aurelia", lote.pk])).content.decode()


def test_without_a_calendar_nothing_changes(cenario: Cenario, entrar: Callable[..., Client]) -> None:
    lote = lote_aberto(cenario)
    cliente = entrar(cenario.pessoa("faturista", "aurelia"))
    assert "sem prazo definido" in _pagina(cliente, lote)
    enviar(cenario, lote)
    with cenario.dentro("aurelia"):
        assert Lote.objects.get(pk=lote.pk).enviar_ate is None


def test_a_lot_says_until_when_it_can_be_sent(cenario: Cenario, entrar: Callable[..., Client]) -> None:
    lote = lote_aberto(cenario)
    aberta = janela_aberta(cenario, "pasa")
    cliente = entrar(cenario.pessoa("faturista", "aurelia"))
    fim = f"{timezone.localtime(aberta.fecha):%d/%m/%Y às %H:%M}"
    assert fim in _pagina(cliente, lote)
    assert f"Enviar até: {fim}" in cliente.get(reverse("lotes:pesquisa", args=["aurelia"])).content.decode()


def test_less_than_two_days_before_the_end_it_is_in_amber_with_the_hours(
    cenario: Cenario, entrar: Callable[..., Client]
) -> None:
    lote = lote_aberto(cenario)
    janela_aberta(cenario, "pasa", timedelta(hours=30, minutes=1))
    cliente = entrar(cenario.pessoa("faturista", "aurelia"))
    assert ", em 30 horas" in _pagina(cliente, lote)
    inicio = cliente.get(reverse("inicio", args=["aurelia"])).content.decode()
    assert "PASA: 1 lote por enviar" in inicio
    assert ", em 30 horas." in inicio


def test_outside_the_window_a_lot_is_not_sent_and_the_next_one_is_offered(
    cenario: Cenario, entrar: Callable[..., Client]
) -> None:
    lote = lote_aberto(cenario)
    janela_fechada(cenario, "pasa")
    agora = timezone.now()
    proxima = janela(cenario, "pasa", agora + 9 * UM_DIA, agora + 12 * UM_DIA)
    with pytest.raises(EnvioRecusado, match="o prazo de entrega da PASA") as recusa:
        enviar(cenario, lote)
    abre = f"{timezone.localtime(proxima.abre):%d/%m/%Y às %H:%M}"
    assert f"abre em {abre}" in recusa.value.frase
    pagina = _pagina(entrar(cenario.pessoa("faturista", "aurelia")), lote)
    assert f"encerrado: a próxima janela abre em {abre}" in pagina


def test_within_the_window_a_lot_is_sent_and_keeps_its_last_day(cenario: Cenario) -> None:
    lote = lote_aberto(cenario)
    aberta = janela_aberta(cenario, "pasa")
    enviar(cenario, lote)
    with cenario.dentro("aurelia"):
        assert Lote.objects.get(pk=lote.pk).enviar_ate == timezone.localdate(aberta.fecha)


def test_an_exception_lets_its_prestador_send(cenario: Cenario) -> None:
    lote = lote_aberto(cenario)
    fechada = janela_fechada(cenario, "pasa")
    with cenario.dentro("pasa", "gestor"):
        abrir_excecao(
            janela=JanelaDeEntrega.objects.get(pk=fechada.pk),
            prestador=cenario.aurelia,
            fecha=timezone.now() + UM_DIA,
            motivo="sistema fora do ar",
            por=cenario.pessoa("gestor", "pasa"),
        )
    assert enviar(cenario, lote).numero


def test_the_calendar_of_another_operadora_does_not_hold(cenario: Cenario) -> None:
    lote = lote_aberto(cenario)
    janela_fechada(cenario, "sulina")
    assert enviar(cenario, lote).numero


def test_a_lot_is_held_to_the_windows_of_its_convenio(cenario: Cenario) -> None:
    lote = lote_aberto(cenario)
    with cenario.dentro("pasa", "gestor"):
        outro = Convenio.objects.create(
            operadora=cenario.pasa, codigo=2, nome="Empresarial", inicio=timezone.localdate() - 900 * UM_DIA
        )
    janela_fechada(cenario, "pasa")
    agora = timezone.now()
    janela(cenario, "pasa", agora - UM_DIA, agora + 5 * UM_DIA, convenio=outro)
    with cenario.dentro("aurelia"):
        prazo = prazo_do(lote, agora)
        assert prazo is not None
        assert prazo.aberta is None
        lote.convenio = outro
        prazo = prazo_do(lote, agora)
        assert prazo is not None
        assert prazo.aberta is not None


def test_many_lots_cost_the_same_queries_as_one(cenario: Cenario, django_assert_num_queries: Callable) -> None:
    lotes = [lote_aberto(cenario, numero=str(numero)) for numero in (1, 2, 3)]
    with cenario.dentro("pasa", "gestor"):
        principal = Convenio.objects.get(principal=True)
    agora = timezone.now()
    janela(cenario, "pasa", agora - UM_DIA, agora + UM_DIA, convenio=principal)
    for quantos in (1, 3):
        with cenario.dentro("aurelia"), django_assert_num_queries(3):
            assert len(prazos_dos(lotes[:quantos], agora)) == quantos


def test_the_first_page_warns_of_an_end_that_is_near_even_with_nothing_to_send(cenario: Cenario) -> None:
    janela_aberta(cenario, "pasa", UM_DIA)
    janela_fechada(cenario, "sulina")
    with cenario.dentro("aurelia"):
        avisos = avisos_de_prazo(cenario.aurelia, timezone.now())
    assert [(aviso.operadora, aviso.lotes, aviso.encerrado) for aviso in avisos] == [("PASA", 0, False)]


def test_warnings_read_the_calendars_once(cenario: Cenario, django_assert_num_queries: Callable) -> None:
    lote_aberto(cenario)
    janela_aberta(cenario, "pasa", UM_DIA)
    with cenario.dentro("aurelia"), django_assert_num_queries(5):
        (aviso,) = avisos_de_prazo(cenario.aurelia, timezone.now())
    assert (aviso.operadora, aviso.lotes) == ("PASA", 1)


def test_closing_a_lot_says_until_when_to_send_it(cenario: Cenario, entrar: Callable[..., Client]) -> None:
    lote = lote_aberto(cenario)
    aberta = janela_aberta(cenario, "pasa")
    cliente = entrar(cenario.pessoa("faturista", "aurelia"))
    pagina = cliente.post(reverse("lotes:fechar", args=["aurelia", lote.pk]), follow=True).content.decode()
    assert f"Falta enviá-lo à PASA até {timezone.localtime(aberta.fecha):%d/%m/%Y às %H:%M}." in pagina


def test_a_file_that_comes_outside_the_window_is_told_so(cenario: Cenario) -> None:
    janela_fechada(cenario, "pasa")
    arquivo = incluir(cenario, xml_de(cenario.aurelia, cenario.pasa))
    with cenario.dentro("aurelia"):
        assert "L07" in set(Critica.objects.filter(arquivo=arquivo).values_list("regra", flat=True))


def test_a_file_that_comes_within_the_window_is_imported(cenario: Cenario) -> None:
    janela_aberta(cenario, "pasa")
    assert lote_aberto(cenario).pk
