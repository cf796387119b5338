"""Notices by e-mail: to whom, how often, with what in them, and that none is lost or told of twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from conecta.fila.models import Trabalho
from conecta.tenancy.escopo import sistema
from lotes.mensagens import avisos, transicoes
from lotes.mensagens.correio import ha_correio
from lotes.mensagens.erros import AnexoRecusado
from lotes.mensagens.models import AvisoPorEmail, Conversa
from tests.fabrica import Cenario
from tests.fila.apoio import esperar_a_nova_tentativa
from tests.lotes.construcao import protocolar
from tests.mensagens.apoio import documento, escrever
from tests.movimento import trabalhar

DAQUI_A_POUCO, DEPOIS = timedelta(minutes=5), timedelta(minutes=61)


def correio() -> list[str]:
    """What the mailboxes got since the last look: one address an e-mail."""
    avisos.por_na_fila()
    trabalhar("integracao")
    enviados = [para for carta in mail.outbox for para in carta.to]
    mail.outbox.clear()
    return sorted(enviados)


def calar(cenario: Cenario, quem: str, *papeis: str) -> None:
    for papel in papeis:
        with cenario.dentro(quem, papel):
            avisos.escolher(organizacao=cenario.organizacoes[quem], por=cenario.pessoa(papel, quem), por_email=False)


def so_o_gestor(cenario: Cenario) -> None:
    calar(cenario, "pasa", "analista", "financeiro_operadora", "leitura")


def situacoes() -> list[str]:
    with sistema():
        return list(AvisoPorEmail.objects.order_by("pk").values_list("situacao", flat=True))


def test_all_of_the_other_side_who_may_read_messages_are_told(cenario: Cenario) -> None:
    escrever(cenario, protocolar(cenario))
    papeis = ("analista", "financeiro_operadora", "gestor", "leitura")
    assert correio() == sorted(f"{papel}@pasa.example" for papel in papeis)


def test_who_may_not_read_messages_is_not_told(cenario: Cenario) -> None:
    escrever(cenario, protocolar(cenario), "pasa")
    assert "digitador@aurelia.example" not in (para := correio())
    assert "faturista@aurelia.example" in para


def test_the_email_has_numbers_and_a_link_and_nothing_of_what_was_written(cenario: Cenario) -> None:
    so_o_gestor(cenario)
    protocolo = protocolar(cenario)
    escrever(cenario, protocolo, texto="Paciente MARIA, hemograma alterado")
    avisos.por_na_fila()
    trabalhar("integracao")
    (carta,) = mail.outbox
    inteira = f"{carta.subject} {carta.body}"
    for numero in (protocolo.lote.numero, protocolo.numero):
        assert str(numero) in inteira
    assert f"http://localhost/pasa/mensagens/lotes/{protocolo.lote_id}/" in carta.body.replace("https", "http")
    for segredo in ("MARIA", "hemograma", "Aurélia"):
        assert segredo not in inteira


def test_who_switched_it_off_is_not_told(cenario: Cenario) -> None:
    so_o_gestor(cenario)
    escrever(cenario, protocolar(cenario))
    assert correio() == ["gestor@pasa.example"]


def test_one_email_an_hour_and_what_came_meanwhile_is_told_of_after_it(cenario: Cenario) -> None:
    so_o_gestor(cenario)
    protocolo, agora = protocolar(cenario), timezone.now()
    escrever(cenario, protocolo)
    escrever(cenario, protocolo)
    assert correio() == ["gestor@pasa.example"]
    escrever(cenario, protocolo)
    with time_machine.travel(agora + DAQUI_A_POUCO, tick=False):
        escrever(cenario, protocolo)
        assert correio() == []
    with time_machine.travel(agora + DEPOIS, tick=False):
        assert correio() == ["gestor@pasa.example"]
        assert correio() == []


def test_each_thread_has_its_own_hour(cenario: Cenario) -> None:
    so_o_gestor(cenario)
    escrever(cenario, protocolar(cenario))
    escrever(cenario, protocolar(cenario, "boavista"), "boavista")
    assert correio() == ["gestor@pasa.example"] * 2


def test_who_has_read_it_meanwhile_needs_no_email(cenario: Cenario) -> None:
    so_o_gestor(cenario)
    escrever(cenario, protocolar(cenario))
    with cenario.dentro("pasa", "gestor"):
        transicoes.ler(conversa=Conversa.objects.get(), organizacao=cenario.pasa, por=cenario.pessoa("gestor", "pasa"))
    assert correio() == []
    assert situacoes() == ["dispensado"]


def test_a_message_that_is_rolled_back_tells_nobody(cenario: Cenario) -> None:
    protocolo = protocolar(cenario)
    with pytest.raises(AnexoRecusado):
        escrever(cenario, protocolo, documentos=[documento(b"MZ")])
    assert situacoes() == []


def test_a_mail_server_that_does_not_answer_loses_nothing(cenario: Cenario, monkeypatch: Any) -> None:
    so_o_gestor(cenario)
    escrever(cenario, protocolar(cenario))
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", _nao_responde)
    avisos.por_na_fila()
    for _ in range(3):
        assert trabalhar("integracao") == 1
        with sistema():
            esperar_a_nova_tentativa(Trabalho.objects.latest("pk").pk)
    assert situacoes() == ["pendente"]
    assert correio() == []
    monkeypatch.undo()
    with time_machine.travel(timezone.now() + avisos.OUTRA_VEZ_EM * 2, tick=False):
        assert correio() == ["gestor@pasa.example"]


def test_after_a_day_it_is_given_up(cenario: Cenario) -> None:
    so_o_gestor(cenario)
    escrever(cenario, protocolar(cenario))
    with sistema():
        AvisoPorEmail.objects.update(criado_em=timezone.now() - avisos.DESISTE_EM * 2)
        avisos.desistir(AvisoPorEmail.objects.get().pk, "SMTPException")
    assert situacoes() == ["desistido"]


def test_the_job_done_again_sends_nothing_again(cenario: Cenario) -> None:
    so_o_gestor(cenario)
    escrever(cenario, protocolar(cenario))
    assert len(correio()) == 1
    with sistema():
        avisos.enviar(AvisoPorEmail.objects.get().pk)
    assert mail.outbox == []


def test_a_message_that_comes_while_the_email_goes_out_gets_its_own(cenario: Cenario) -> None:
    so_o_gestor(cenario)
    protocolo = protocolar(cenario)
    escrever(cenario, protocolo)
    with sistema():
        antes = AvisoPorEmail.objects.get()
    escrever(cenario, protocolo)
    with sistema():
        avisos._resolver(antes, AvisoPorEmail.Situacao.ENVIADO)
    assert situacoes() == ["enviado", "pendente"]


def test_a_notice_waits_in_the_queue_once(cenario: Cenario) -> None:
    so_o_gestor(cenario)
    escrever(cenario, protocolar(cenario))
    assert avisos.por_na_fila() == 1
    assert avisos.por_na_fila() == 0


@pytest.mark.parametrize("backend", ["console", "dummy"])
def test_a_portal_that_delivers_no_email_notes_nothing(cenario: Cenario, settings: Any, backend: str) -> None:
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    assert not ha_correio()
    escrever(cenario, protocolar(cenario))
    assert situacoes() == []


def _nao_responde(*_: Any) -> int:
    raise ConnectionRefusedError
