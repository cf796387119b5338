"""Issuing statements: frozen values, one number, the same bytes; and nothing lost or doubled when a worker dies."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as esforco
from hypothesis import strategies as st

from conecta.fila import fila
from conecta.fila.models import Trabalho
from conecta.tenancy.escopo import sistema
from demonstrativos.emissao.congelado import ValoresEstragados, chave, congelar, descongelar
from demonstrativos.emissao.models import Demonstrativo, Estado, Tipo
from demonstrativos.emissao.selecao import NadaAEmitir
from lotes.guias_lidas import guias_da_mensagem
from lotes.models import Numeracao
from tests.demonstrativos.emissao.apoio import (
    bytes_de,
    documentos,
    emitido,
    fechado,
    pedir_analise,
    pedir_pagamento,
    trabalhar,
)
from tests.demonstrativos.emissao.lidos import linhas
from tests.demonstrativos.pagamentos.apoio import aberto, daqui_a, liberado
from tests.demonstrativos.recursos.construcao import enviar, glosado, preparar
from tests.fabrica import Cenario
from tests.lotes.construcao import protocolar
from tiss_schemas.demonstrativo.contas import divergencias
from tiss_schemas.demonstrativo.leitura import ler_analise, ler_pagamento
from tiss_schemas.demonstrativo.valores import DemonstrativoDeAnalise, DemonstrativoDePagamento, Valores
from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.exemplos_demonstrativo import (
    Glosas,
    exemplo_de_analise,
    exemplo_de_odonto,
    exemplo_de_pagamento,
)


def test_a_released_protocol_is_told_with_its_glosas_in_pdf_and_in_xml(cenario: Cenario) -> None:
    protocolo = liberado(cenario, glosas=["10.00"])
    demonstrativo = emitido(cenario, protocolo)

    assert demonstrativo.numero == 1
    valores = descongelar(bytes(demonstrativo.valores))
    assert divergencias(valores) == []
    assert valores.valores.glosa == Decimal("10.00")
    pdf, xml = bytes_de(cenario, demonstrativo)
    assert any(linha.split()[-2:] == ["10,00", "1705"] for linha in linhas(pdf))
    assert str(protocolo.numero) in " ".join(linhas(pdf)).split()
    (lido,) = ler_analise(xml)
    assert lido.valores == valores.valores
    assert lido.cabecalho.numero == 1


def test_asked_for_again_by_either_side_it_is_the_same_document(cenario: Cenario) -> None:
    protocolo = liberado(cenario)
    primeiro = emitido(cenario, protocolo)
    outra_vez = emitido(cenario, protocolo)
    da_operadora = emitido(cenario, protocolo, "pasa")

    assert {primeiro.pk, outra_vez.pk, da_operadora.pk} == {primeiro.pk}
    assert bytes_de(cenario, primeiro) == bytes_de(cenario, da_operadora, "pasa")


def test_the_operadora_numbers_its_statements_without_gaps(cenario: Cenario) -> None:
    numeros = [emitido(cenario, liberado(cenario)).numero for _ in range(3)]
    assert numeros == [1, 2, 3]
    with cenario.dentro("pasa"):
        assert list(Demonstrativo.objects.order_by("numero").values_list("numero", flat=True)) == numeros


def test_its_message_has_a_number_that_no_other_message_of_the_operadora_has(cenario: Cenario) -> None:
    protocolo = glosado(cenario)
    enviar(cenario, preparar(cenario, protocolo))
    _, xml = bytes_de(cenario, emitido(cenario, protocolo))
    # The receipt of the appeal was the first.
    assert b"<ans:sequencialTransacao>2<" in xml


def test_nobody_else_sees_a_statement_or_who_asked_for_it(cenario: Cenario) -> None:
    emitido(cenario, liberado(cenario), "pasa")
    for estranho in ("boavista", "sulina"):
        with cenario.dentro(estranho), connection.cursor() as cursor:
            for tabela in ("demonstrativo", "partedodemonstrativo", "pedidodedemonstrativo", "documentodopedido"):
                cursor.execute(f"select count(*) from emissao_{tabela}")
                assert cursor.fetchone() == (0,), tabela
    with cenario.dentro("aurelia"), connection.cursor() as cursor:
        cursor.execute("select count(*) from emissao_pedidodedemonstrativo")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("coluna", ["valores = ''", "numero = 9", "valor_liberado = 0"])
def test_what_a_statement_says_cannot_be_changed(cenario: Cenario, coluna: str) -> None:
    demonstrativo = emitido(cenario, liberado(cenario))
    with cenario.dentro("pasa"), connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(f"update emissao_demonstrativo set {coluna} where id = %s", [demonstrativo.pk])


def test_before_its_release_there_is_none_and_the_refusal_says_from_when_on(cenario: Cenario) -> None:
    protocolo = protocolar(cenario)
    with pytest.raises(NadaAEmitir, match="Liberado para faturamento"):
        pedir_analise(cenario, protocolo)


def test_several_protocols_are_one_statement_or_one_each(cenario: Cenario) -> None:
    protocolos = [liberado(cenario), liberado(cenario)]
    separados = pedir_analise(cenario, *protocolos)
    juntos = pedir_analise(cenario, *protocolos, juntos=True)
    trabalhar()

    assert len(documentos(cenario, separados)) == 2
    (um,) = documentos(cenario, juntos)
    assert um.demonstrativo is not None
    assert um.demonstrativo.protocolos == sorted(protocolo.numero for protocolo in protocolos)
    assert um.demonstrativo.valor_liberado == sum(
        documento.demonstrativo.valor_liberado
        for documento in documentos(cenario, separados)
        if documento.demonstrativo
    )


def test_too_much_for_one_statement_is_refused_in_words(cenario: Cenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("demonstrativos.emissao.selecao.MAIS_ITENS", 7)
    protocolos = [liberado(cenario), liberado(cenario)]
    with pytest.raises(NadaAEmitir, match="2 protocolos têm 8 itens"):
        pedir_analise(cenario, *protocolos, juntos=True)
    assert len(documentos(cenario, pedir_analise(cenario, *protocolos))) == 2


def test_the_operadora_asks_for_those_of_several_prestadores_at_once(cenario: Cenario) -> None:
    protocolos = [liberado(cenario), liberado(cenario, "boavista")]
    pedido = pedir_analise(cenario, *protocolos, quem="pasa", juntos=True)
    trabalhar()
    prestadores = [documento.prestador_id for documento in documentos(cenario, pedido, "pasa")]
    assert sorted(prestadores) == sorted([cenario.aurelia.pk, cenario.boavista.pk])


def test_a_prestador_cannot_ask_for_anothers_protocol(cenario: Cenario) -> None:
    alheio = liberado(cenario, "boavista")
    with pytest.raises(NadaAEmitir):
        pedir_analise(cenario, alheio)


def test_a_worker_that_dies_leaves_no_number_and_the_next_one_issues_it(
    cenario: Cenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    protocolo = liberado(cenario)
    trabalhar()
    pedido = pedir_analise(cenario, protocolo)

    def morrer(*args: object) -> None:
        raise fila.ArrendamentoPerdido

    with monkeypatch.context() as remendo:
        remendo.setattr(fila, "_terminar", morrer)
        trabalho = fila.reclamar("documentos", "morto")
        assert trabalho is not None
        fila.executar(trabalho, "morto")
    with cenario.dentro("pasa"), connection.cursor() as cursor:
        cursor.execute("select count(*) from emissao_demonstrativo")
        assert cursor.fetchone() == (0,)
    with sistema():
        assert not Numeracao.objects.filter(serie="demonstrativo").exists()
        with connection.cursor() as cursor:
            cursor.execute(
                "update fila_trabalho set arrendado_ate = now() - interval '1 hour' where estado = 'rodando'"
            )
    fila.varrer()
    assert trabalhar() == 1
    (documento,) = documentos(cenario, pedido)
    assert documento.estado == Estado.PRONTO
    assert documento.demonstrativo is not None
    assert documento.demonstrativo.numero == 1


def test_a_job_that_fails_three_times_says_so_on_the_document(
    cenario: Cenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    pedido = pedir_analise(cenario, liberado(cenario))
    monkeypatch.setattr("demonstrativos.emissao.emissao.montar_analise", lambda *a, **k: 1 / 0)
    for _ in range(3):
        trabalhar()
        with sistema():
            Trabalho.objects.filter(estado="pronto").update(disponivel_em=timezone.now())
    (documento,) = documentos(cenario, pedido)
    assert documento.estado == Estado.FALHOU
    assert "três vezes" in documento.erro


def test_amounts_that_disagree_get_no_number(cenario: Cenario, monkeypatch: pytest.MonkeyPatch) -> None:
    errado = replace(exemplo_de_analise(), valores=Valores(informado=Decimal("1.00")))
    pedido = pedir_analise(cenario, liberado(cenario))
    monkeypatch.setattr("demonstrativos.emissao.emissao.montar_analise", lambda *a, **k: errado)
    trabalhar()
    (documento,) = documentos(cenario, pedido)
    assert documento.estado == Estado.FALHOU
    assert "não fecham. Total geral:" in documento.erro
    with sistema():
        assert not Numeracao.objects.filter(serie="demonstrativo").exists()


def test_a_closed_payment_is_told_with_its_guides_and_what_is_withheld(cenario: Cenario) -> None:
    protocolo = liberado(cenario, glosas=["10.00"])
    pagamento = fechado(cenario, aberto(cenario, [protocolo]))
    pedido = pedir_pagamento(cenario, daqui_a(0), daqui_a(30))
    trabalhar()

    (documento,) = documentos(cenario, pedido)
    assert documento.demonstrativo is not None, documento.erro
    valores = descongelar(bytes(documento.demonstrativo.valores))
    assert isinstance(valores, DemonstrativoDePagamento)
    assert divergencias(valores) == []
    assert valores.liquido.a_receber == pagamento.valor_liquido
    pdf, xml = bytes_de(cenario, documento.demonstrativo)
    assert f"{pagamento.data_de_pagamento:%d/%m/%Y}" in " ".join(linhas(pdf)).split()
    assert ler_pagamento(xml).liquido == valores.liquido


def test_the_operadora_asks_for_the_payments_of_all_its_prestadores(cenario: Cenario) -> None:
    for prestador in ("aurelia", "boavista"):
        fechado(cenario, aberto(cenario, [liberado(cenario, prestador)], prestador=prestador))
    pedido = pedir_pagamento(cenario, daqui_a(0), daqui_a(30), quem="pasa")
    trabalhar()
    feitos = documentos(cenario, pedido, "pasa")
    assert {documento.prestador_id for documento in feitos} == {cenario.aurelia.pk, cenario.boavista.pk}
    assert {documento.versao for documento in feitos} == {"4.03.00"}
    assert all(documento.demonstrativo for documento in feitos)


def test_an_open_payment_has_no_statement(cenario: Cenario) -> None:
    aberto(cenario, [liberado(cenario)])
    with pytest.raises(NadaAEmitir, match="Não há pagamento"):
        pedir_pagamento(cenario, daqui_a(0), daqui_a(30))


def test_dental_payments_have_a_statement_of_their_own(cenario: Cenario) -> None:
    with pytest.raises(NadaAEmitir, match="odontológico"):
        pedir_pagamento(cenario, daqui_a(0), daqui_a(30), tipo=Tipo.ODONTO)


@esforco(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(list(Glosas)), st.sampled_from(["consulta", "internacao", "odonto"]))
def test_frozen_values_come_back_as_they_were(semente: int, glosas: Glosas, tipo: str) -> None:
    for demonstrativo in (
        exemplo_de_analise(guias=2, glosas=glosas, tipo=tipo, semente=semente),
        exemplo_de_pagamento(semente=semente),
        exemplo_de_odonto(semente=semente),
    ):
        assert descongelar(congelar(demonstrativo)) == demonstrativo
        assert congelar(demonstrativo) == congelar(demonstrativo)


def test_the_key_ignores_number_and_date_and_nothing_else() -> None:
    um: DemonstrativoDeAnalise = exemplo_de_analise(numero=1)
    cabecalho = replace(um.cabecalho, numero=2, emitido_em=um.cabecalho.emitido_em + timedelta(days=3))
    assert chave(replace(um, cabecalho=cabecalho)) == chave(um)
    assert chave(replace(um, observacao="outra")) != chave(um)
    assert chave(um, b"logo") != chave(um)


def test_what_was_frozen_before_a_field_came_is_read_without_it() -> None:
    um: DemonstrativoDeAnalise = exemplo_de_analise()
    nome, partes = json.loads(gzip.decompress(congelar(um)))
    *antes, observacao = partes
    assert observacao == um.observacao
    assert descongelar(gzip.compress(json.dumps([nome, antes]).encode())) == replace(um, observacao="")
    with pytest.raises(ValoresEstragados):
        descongelar(gzip.compress(json.dumps([nome, [*partes, ""]]).encode()))


@pytest.mark.parametrize("dados", [b"", b"nada", congelar(exemplo_de_analise())[:50]])
def test_bytes_that_are_no_frozen_values_are_refused(dados: bytes) -> None:
    with pytest.raises(ValoresEstragados):
        descongelar(dados)


def test_billing_periods_teams_and_teeth_come_from_the_message() -> None:
    internacao = guias_da_mensagem(lote_exemplo("internacao", guias=1, data=timezone.localdate()))[1]
    assert internacao.inicio is not None
    assert internacao.hora_do_inicio is not None
    assert internacao.fim is not None
    assert any(item.grau for item in internacao.itens.values())
    odonto = guias_da_mensagem(lote_exemplo("odonto", guias=1, data=timezone.localdate()))[1]
    assert any(item.dente_ou_regiao for item in odonto.itens.values())
    consulta = guias_da_mensagem(lote_exemplo("consulta", guias=1, data=timezone.localdate()))[1]
    assert consulta.fim is None
