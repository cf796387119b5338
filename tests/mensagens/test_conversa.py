"""A thread per sent lot: who reads it, who writes in it, and that nothing in it changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from lotes.estados import SituacaoDoProtocolo
from lotes.mensagens import consultas, transicoes
from lotes.mensagens.documentos import TipoDeDocumento
from lotes.mensagens.erros import MensagemRecusada
from lotes.mensagens.models import Conversa, LeituraDaConversa, Mensagem
from lotes.models import Acontecimento, Protocolo
from tests.fabrica import Cenario
from tests.lotes.construcao import protocolar
from tests.mensagens.apoio import documento, escrever, pedir

T = TipoDeDocumento


def _textos(cenario: Cenario, quem: str) -> list[str]:
    with cenario.dentro(quem):
        return list(Mensagem.objects.order_by("pk").values_list("texto", flat=True))


def _executar(sql: str, *parametros: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parametros)


def test_both_sides_read_all_and_nobody_else_anything(cenario: Cenario) -> None:
    protocolo = protocolar(cenario)
    escrever(cenario, protocolo, texto="Qual guia?")
    escrever(cenario, protocolo, "pasa", "A 20300968.")
    assert _textos(cenario, "aurelia") == _textos(cenario, "pasa") == ["Qual guia?", "A 20300968."]
    assert [_textos(cenario, quem) for quem in ("boavista", "cedro", "sulina")] == [[], [], []]


def test_a_message_keeps_the_names_of_who_wrote_it(cenario: Cenario) -> None:
    mensagem = escrever(cenario, protocolar(cenario))
    assert (mensagem.autor_nome, mensagem.autor_organizacao) == ("Faturista da Silva", "Santa Aurélia Diagnósticos")


@pytest.mark.parametrize("quem", ["aurelia", "pasa"])
@pytest.mark.parametrize("sql", ["update mensagens_mensagem set texto = 'x'", "delete from mensagens_mensagem"])
def test_no_message_is_ever_changed_or_removed(cenario: Cenario, quem: str, sql: str) -> None:
    escrever(cenario, protocolar(cenario))
    with cenario.dentro(quem), pytest.raises(DatabaseError, match="permission denied"):
        _executar(sql)


@pytest.mark.parametrize(("quem", "nome_de"), [("aurelia", "operadora"), ("pasa", "prestador")])
def test_nobody_writes_in_the_other_sides_name(cenario: Cenario, quem: str, nome_de: str) -> None:
    mensagem = escrever(cenario, protocolar(cenario))
    copia = (
        "insert into mensagens_mensagem (prestador_id, operadora_id, conversa_id, de, tipo, texto, tipos_pedidos, "
        "escrita_em, autor_id, autor_nome, autor_organizacao) select prestador_id, operadora_id, conversa_id, %s, "
        "'mensagem', 'forjada', '[]', now(), autor_id, 'X', 'Y' from mensagens_mensagem where id = %s"
    )
    with cenario.dentro(quem), pytest.raises(DatabaseError, match="row-level security"):
        _executar(copia, nome_de, mensagem.pk)


def test_a_thread_hangs_on_the_protocol_of_the_same_two(cenario: Cenario) -> None:
    """Before a lot is sent there is no protocol, hence nothing that a thread could hang on."""
    de_outra = protocolar(cenario, operadora="sulina")
    with cenario.dentro("aurelia"), pytest.raises(DatabaseError, match="mensagens_conversa_protocolo_id_inquilino"):
        _executar(
            "insert into mensagens_conversa (prestador_id, operadora_id, protocolo_id, mensagens, ultima_em, "
            "ultima_do_prestador, ultima_da_operadora, pedidos_em_aberto) values (%s, %s, %s, 0, now(), 0, 0, 0)",
            cenario.aurelia.pk,
            cenario.pasa.pk,
            de_outra.pk,
        )


@pytest.mark.parametrize("texto", ["", "  \n ", "x" * 4001])
def test_a_message_says_something_and_not_too_much(cenario: Cenario, texto: str) -> None:
    protocolo = protocolar(cenario)
    with pytest.raises(MensagemRecusada):
        escrever(cenario, protocolo, texto=texto)
    assert _textos(cenario, "aurelia") == []


def test_documents_alone_are_a_message_too(cenario: Cenario) -> None:
    mensagem = escrever(cenario, protocolar(cenario), texto="", documentos=[documento()])
    with cenario.dentro("pasa"):
        assert [anexo.nome for anexo in Mensagem.objects.get(pk=mensagem.pk).anexos.all()] == ["laudo.pdf"]


def test_a_request_is_open_until_documents_answer_it(cenario: Cenario) -> None:
    protocolo = protocolar(cenario)
    pedido = pedir(cenario, protocolo, T.LAUDO, T.AUTORIZACAO)
    escrever(cenario, protocolo, texto="Vou procurar.")
    with cenario.dentro("pasa"):
        assert consultas.pedidos_em_aberto(protocolo.lote) == [pedido]
        assert Conversa.objects.get().pedidos_em_aberto == 1
    resposta = escrever(cenario, protocolo, documentos=[documento()], em_resposta_a=pedido)
    assert resposta.tipo == Mensagem.Tipo.RESPOSTA
    with cenario.dentro("pasa"):
        assert consultas.pedidos_em_aberto(protocolo.lote) == []
        conversa = Conversa.objects.get()
        assert (conversa.pedidos_em_aberto, conversa.respondida_em) == (0, resposta.escrita_em)


def test_an_answer_without_documents_answers_nothing(cenario: Cenario) -> None:
    protocolo = protocolar(cenario)
    pedido = pedir(cenario, protocolo)
    with pytest.raises(MensagemRecusada, match="ao menos um documento"):
        escrever(cenario, protocolo, em_resposta_a=pedido)


def test_a_request_of_another_thread_cannot_be_answered_here(cenario: Cenario) -> None:
    pedido, outro = pedir(cenario, protocolar(cenario)), protocolar(cenario)
    with pytest.raises(MensagemRecusada, match="na conversa em que foi feito"):
        escrever(cenario, outro, documentos=[documento()], em_resposta_a=pedido)


def test_a_request_names_documents_and_a_day_to_come(cenario: Cenario) -> None:
    protocolo = protocolar(cenario)
    ontem = timezone.localdate() - timedelta(days=1)
    with pytest.raises(MensagemRecusada, match="já passou"):
        pedir(cenario, protocolo, prazo=ontem)
    with cenario.dentro("pasa", "analista"), pytest.raises(MensagemRecusada, match="ao menos um tipo"):
        transicoes.pedir_documentos(
            protocolo=Protocolo.objects.get(), por=cenario.pessoa("analista", "pasa"), texto="x", tipos=[]
        )


def test_the_thread_shows_which_documents_of_a_request_came(cenario: Cenario) -> None:
    protocolo = protocolar(cenario)
    pedido = pedir(cenario, protocolo, T.LAUDO, T.AUTORIZACAO)
    escrever(cenario, protocolo, documentos=[documento(tipo=T.LAUDO)], em_resposta_a=pedido)
    with cenario.dentro("pasa"):
        linhas = consultas.mensagens_da(Conversa.objects.get(), cenario.pasa, 0)
    assert linhas[0].pedidos == [("Laudo do profissional de saúde", True), ("Autorização prévia", False)]
    assert [(linha.minha, linha.nova) for linha in linhas] == [(True, False), (False, True)]


def test_the_timeline_tells_of_requests_and_answers_only(cenario: Cenario) -> None:
    protocolo = protocolar(cenario)
    pedido = pedir(cenario, protocolo)
    escrever(cenario, protocolo, texto="Vou procurar.")
    escrever(cenario, protocolo, documentos=[documento()], em_resposta_a=pedido)
    for quem in ("aurelia", "pasa"):
        with cenario.dentro(quem):
            titulos = list(Acontecimento.objects.filter(publico=True).order_by("pk").values_list("titulo", flat=True))
        assert titulos[-2:] == ["Documentos pedidos pela operadora", "Documentos enviados à operadora"], quem


def test_asking_and_waiting_are_one_step(cenario: Cenario) -> None:
    protocolo = protocolar(cenario)
    with cenario.dentro("pasa", "analista"):
        do_lado_dela = Protocolo.objects.select_related("lote", "prestador", "operadora").get(pk=protocolo.pk)
        transicoes.pedir_e_esperar(
            protocolo=do_lado_dela, por=cenario.pessoa("analista", "pasa"), texto="", tipos=[T.LAUDO]
        )
        do_lado_dela.refresh_from_db(fields=["situacao"])
        assert do_lado_dela.situacao == SituacaoDoProtocolo.AGUARDANDO_INFORMACAO


def test_what_is_unread_is_each_persons_own(cenario: Cenario) -> None:
    protocolo = protocolar(cenario)
    escrever(cenario, protocolo, "pasa")
    faturista, financeiro = (cenario.pessoa(p, "aurelia") for p in ("faturista", "financeiro_prestador"))
    with cenario.dentro("aurelia", "faturista"):
        assert consultas.por_ler(cenario.aurelia, faturista).count() == 1
        transicoes.ler(conversa=Conversa.objects.get(), organizacao=cenario.aurelia, por=faturista)
        assert consultas.por_ler(cenario.aurelia, faturista).count() == 0
        assert consultas.por_ler(cenario.aurelia, financeiro).count() == 1
    escrever(cenario, protocolo, "pasa")
    with cenario.dentro("aurelia", "faturista"):
        assert consultas.por_ler(cenario.aurelia, faturista).count() == 1


def test_marking_as_unread_brings_it_back_and_marking_all_takes_all(cenario: Cenario) -> None:
    escrever(cenario, protocolar(cenario), "pasa")
    escrever(cenario, protocolar(cenario), "pasa")
    quem = {"organizacao": cenario.aurelia, "por": cenario.pessoa("faturista", "aurelia")}
    with cenario.dentro("aurelia", "faturista"):
        transicoes.ler_todas(**quem)
        assert consultas.por_ler(cenario.aurelia, quem["por"]).count() == 0
        transicoes.marcar_nao_lida(conversa=Conversa.objects.first(), **quem)
        assert consultas.por_ler(cenario.aurelia, quem["por"]).count() == 1


def test_who_writes_has_read_what_stands_above(cenario: Cenario) -> None:
    protocolo = protocolar(cenario)
    escrever(cenario, protocolo, "pasa")
    escrever(cenario, protocolo)
    with cenario.dentro("aurelia"):
        assert consultas.por_ler(cenario.aurelia, cenario.pessoa("faturista", "aurelia")).count() == 0


def test_marks_of_reading_are_seen_by_the_own_organisation_only(cenario: Cenario) -> None:
    escrever(cenario, protocolar(cenario))
    with cenario.dentro("pasa"):
        assert not LeituraDaConversa.objects.exists()
    with cenario.dentro("aurelia"):
        assert LeituraDaConversa.objects.exists()


def test_the_list_filters_and_sorts(cenario: Cenario) -> None:
    um, dois = protocolar(cenario), protocolar(cenario, "boavista")
    escrever(cenario, um)
    pedir(cenario, dois)
    analista = cenario.pessoa("analista", "pasa")
    with cenario.dentro("pasa", "analista"):

        def achados(**filtros: object) -> set[int]:
            conversas = consultas.conversas_filtradas(cenario.pasa, analista, filtros)
            return set(conversas.values_list("protocolo_id", flat=True))

        assert achados() == {um.pk, dois.pk}
        assert achados(situacao=consultas.NAO_LIDAS) == {um.pk}
        assert achados(situacao=consultas.COM_PEDIDO) == {dois.pk}
        assert achados(situacao=consultas.RESPONDIDAS) == set()
        assert achados(quem=cenario.boavista) == {dois.pk}
        assert achados(lote=um.lote.numero) == achados(protocolo=um.numero) == {um.pk}
        for ordem in [sinal + nome for nome in consultas.ORDENS for sinal in ("", "-")]:
            todas = consultas.conversas_filtradas(cenario.pasa, analista, {})
            pagina, entendida = consultas.listar(todas, cenario.pasa, ordem, None)
            assert (entendida, len(pagina.object_list)) == (ordem, 2)
