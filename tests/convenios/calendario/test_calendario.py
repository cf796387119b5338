"""The gestor keeps the calendar; nobody else can, and a prestador reads what is meant for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from convenios.calendario.consultas import calendarios_de
from convenios.calendario.models import ExcecaoDeEntrega, JanelaDeEntrega
from convenios.calendario.transicoes import JanelaRecusada, Padrao, abrir_excecao, gerar
from convenios.models import Credenciamento
from tests.convenios.calendario.apoio import janela, janela_aberta, janela_fechada
from tests.fabrica import Cenario

PADRAO = Padrao(
    primeira=date(2027, 1, 1),
    meses=12,
    meses_depois=1,
    do_dia=1,
    da_hora=time(0),
    ao_dia=31,
    a_hora=time(18),
)


def _local(*partes: int) -> datetime:
    return timezone.make_aware(datetime(*partes))


def _no_grupo(cenario: Cenario, prestador: str, operadora: str, grupo: str) -> None:
    with cenario.dentro(operadora, "gestor"):
        Credenciamento.objects.filter(prestador=cenario.organizacoes[prestador]).update(grupo=grupo)


def test_a_pattern_makes_a_year_and_makes_it_once(cenario: Cenario) -> None:
    por = cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        assert len(gerar(operadora=cenario.pasa, padrao=PADRAO, por=por).novas) == 12
        outra = gerar(operadora=cenario.pasa, padrao=PADRAO, por=por)
        assert (outra.novas, outra.ja_havia) == ([], 12)
        janelas = {j.competencia: (j.abre, j.fecha) for j in JanelaDeEntrega.objects.all()}
    assert janelas[date(2027, 1, 1)] == (_local(2027, 2, 1), _local(2027, 2, 28, 18))
    assert janelas[date(2027, 12, 1)] == (_local(2028, 1, 1), _local(2028, 1, 31, 18))


def test_a_window_cannot_end_before_it_begins_nor_be_there_twice(cenario: Cenario) -> None:
    agora = timezone.now()
    with pytest.raises(JanelaRecusada, match="antes de abrir"):
        janela(cenario, "pasa", agora, agora)
    janela_aberta(cenario, "pasa")
    with pytest.raises(JanelaRecusada, match="Já há uma janela"):
        janela_aberta(cenario, "pasa")


def test_a_prestador_reads_the_windows_for_it_and_its_own_exceptions_only(cenario: Cenario) -> None:
    _no_grupo(cenario, "aurelia", "pasa", "clínicas")
    agora = timezone.now()
    de_todos = janela_fechada(cenario, "pasa")
    do_grupo = janela(cenario, "pasa", agora, agora + timedelta(days=1), grupo="clínicas")
    with cenario.dentro("pasa", "gestor"):
        abrir_excecao(
            janela=de_todos,
            prestador=cenario.boavista,
            fecha=agora + timedelta(days=2),
            motivo="sistema fora do ar",
            por=cenario.pessoa("gestor", "pasa"),
        )
    vistas = {}
    for quem in ("aurelia", "boavista", "cedro", "sulina"):
        with cenario.dentro(quem):
            vistas[quem] = (set(JanelaDeEntrega.objects.all()), ExcecaoDeEntrega.objects.count())
    assert vistas == {
        "aurelia": ({de_todos, do_grupo}, 0),
        "boavista": ({de_todos}, 1),
        "cedro": (set(), 0),
        "sulina": (set(), 0),
    }


def test_a_prestador_cannot_give_itself_more_time(cenario: Cenario) -> None:
    minha = janela_fechada(cenario, "pasa")
    with cenario.dentro("aurelia"):
        assert JanelaDeEntrega.objects.count() == 1
        for mudar in (
            lambda: JanelaDeEntrega.objects.update(fecha=timezone.now() + timedelta(days=9)),
            lambda: ExcecaoDeEntrega.objects.create(
                operadora=cenario.pasa, janela=minha, prestador=cenario.aurelia, fecha=timezone.now(), motivo="x"
            ),
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                mudar()


def test_an_exception_is_for_who_has_a_contract(cenario: Cenario) -> None:
    fechada = janela_fechada(cenario, "pasa")
    por = cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"), pytest.raises(DatabaseError, match="foreign key"), transaction.atomic():
        abrir_excecao(janela=fechada, prestador=cenario.cedro, fecha=timezone.now(), motivo="x", por=por)


def test_the_calendar_is_read_in_three_queries_however_many_windows(
    cenario: Cenario, django_assert_num_queries: Callable
) -> None:
    agora = timezone.now()
    with cenario.dentro("aurelia"), django_assert_num_queries(1):
        assert calendarios_de(cenario.aurelia.pk, [cenario.pasa.pk], agora).prazo(cenario.pasa.pk, None, agora) is None
    janela_aberta(cenario, "pasa")
    with cenario.dentro("pasa", "gestor"):
        gerar(operadora=cenario.pasa, padrao=PADRAO, por=cenario.pessoa("gestor", "pasa"))
    with cenario.dentro("aurelia"), django_assert_num_queries(3):
        prazo = calendarios_de(cenario.aurelia.pk, [cenario.pasa.pk, cenario.sulina.pk], agora).prazo(
            cenario.pasa.pk, None, agora
        )
    assert prazo is not None
    assert prazo.aberta is not None


def test_the_gestor_makes_a_year_on_the_screen(cenario: Cenario, entrar: Callable[..., Client]) -> None:
    cliente = entrar(cenario.pessoa("gestor", "pasa"))
    dados = {
        "primeira": "01/2027",
        "meses": "12",
        "meses_depois": "1",
        "do_dia": "1",
        "da_hora": "0000",
        "ao_dia": "10",
        "a_hora": "18:00",
    }
    resposta = cliente.post(reverse("calendario:gerar", args=["pasa"]), dados)
    assert resposta.headers["Location"].endswith("?ano=2027")
    pagina = cliente.get(resposta.headers["Location"]).content.decode()
    assert "12 janelas criadas." in pagina
    assert "janeiro de 2027" in pagina
    assert "10/02/2027 às 18:00" in pagina


def test_a_window_is_changed_excepted_and_taken_away_on_the_screen(
    cenario: Cenario, entrar: Callable[..., Client]
) -> None:
    atual = janela_fechada(cenario, "pasa")
    cliente = entrar(cenario.pessoa("gestor", "pasa"))
    dados = {
        "competencia": "01/2026",
        "abre_dia": "01/02/2026",
        "abre_hora": "08:00",
        "fecha_dia": "10/02/2026",
        "fecha_hora": "18h",
        "grupo": "",
        "convenio": "",
    }
    endereco = reverse("calendario:janela", args=["pasa", atual.pk])
    assert cliente.post(endereco, dados).status_code == 302
    excecao = {
        "excecao-prestador": cenario.aurelia.pk,
        "excecao-fecha_dia": "15/02/2026",
        "excecao-fecha_hora": "12:00",
        "excecao-motivo": "Sistema fora do ar",
    }
    assert cliente.post(reverse("calendario:abrir_excecao", args=["pasa", atual.pk]), excecao).status_code == 302
    assert "15/02/2026 às 12:00" in cliente.get(endereco).content.decode()
    pagina = Client()
    pagina.force_login(cenario.pessoa("faturista", "aurelia"))
    do_prestador = pagina.get(reverse("calendario:ano", args=["aurelia"]), {"ano": "2026"}).content.decode()
    assert "15/02/2026 às 12:00" in do_prestador
    assert "Sistema fora do ar" in do_prestador
    retirar = reverse("calendario:retirar_excecao", args=["pasa", atual.pk])
    assert cliente.post(retirar, {"prestador": cenario.aurelia.pk}).status_code == 302
    assert "15/02/2026" not in cliente.get(endereco).content.decode()
    assert cliente.post(reverse("calendario:excluir", args=["pasa", atual.pk])).status_code == 302
    with cenario.dentro("pasa"):
        assert not JanelaDeEntrega.objects.exists()


@pytest.mark.parametrize(
    ("campo", "valor", "frase"),
    [
        ("competencia", "13/2026", "Escreva mês e ano, como 11/2026"),
        ("abre_hora", "25:00", "Esta não é uma hora"),
        ("fecha_dia", "01/01/2020", "antes de abrir"),
    ],
)
def test_what_is_wrong_with_a_window_is_said(
    campo: str, valor: str, frase: str, cenario: Cenario, entrar: Callable[..., Client]
) -> None:
    dados = {
        "competencia": "01/2026",
        "abre_dia": "01/02/2026",
        "abre_hora": "08:00",
        "fecha_dia": "10/02/2026",
        "fecha_hora": "18:00",
    }
    resposta = entrar(cenario.pessoa("gestor", "pasa")).post(
        reverse("calendario:nova", args=["pasa"]), dados | {campo: valor}
    )
    assert resposta.status_code == 422
    assert frase in resposta.content.decode()


def test_the_operadora_is_told_that_its_calendar_is_over(cenario: Cenario, entrar: Callable[..., Client]) -> None:
    janela_fechada(cenario, "pasa")
    pagina = entrar(cenario.pessoa("analista", "pasa")).get(reverse("calendario:ano", args=["pasa"]))
    assert "O calendário acabou" in pagina.content.decode()
