"""`manage.py conferir` says what does not add up, and nothing where all does."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from conecta.contas.models import Organizacao
from demonstrativos.analise.models import Glosa, ItemAnalisado
from demonstrativos.autoconferencia import numeros
from demonstrativos.autoconferencia.tasks import conferir_tudo
from demonstrativos.autoconferencia.todas import VERIFICACOES
from demonstrativos.autoconferencia.verificacao import Verificacao, conferir
from demonstrativos.pagamentos.models import Pagamento
from demonstrativos.pagamentos.transicoes import SERIE as PAGAMENTO
from demonstrativos.pagamentos.transicoes import fechar
from lotes import avanco
from lotes.estados import SituacaoDoProtocolo as P
from lotes.models import Protocolo
from tests.demonstrativos.emissao.apoio import emitido
from tests.demonstrativos.pagamentos.apoio import aberto, liberado
from tests.demonstrativos.recursos.construcao import recursado
from tests.fabrica import Cenario, montar_cenario
from tests.lotes.construcao import protocolar

DANOS = {
    "o lote é a soma das guias": "update lotes_lote set quantidade_de_guias = 7",
    "a guia tem os itens que diz": "update lotes_guia set quantidade_de_itens = 7",
    "o protocolo vale o que a análise liberou": "update lotes_protocolo set guias_com_glosa = 7",
    "o item é a soma das glosas": "update analise_glosa set valor = valor + 0.01",
    "a guia analisada é a soma dos itens": (
        "update analise_guiaanalisada set valor_processado = valor_processado - 0.01 where valor_glosado = 0"
    ),
    "a análise é a soma das guias": "update analise_analise set valor_processado = valor_processado - 0.02",
    "o pagamento é a soma das linhas": "update pagamentos_pagamento set creditos = creditos + 0.01",
    "o protocolo pago é a soma das guias": "update pagamentos_guiapaga set valor_processado = valor_processado + 0.01",
    "o recurso é a soma dos itens": "update recursos_recurso set valor_recursado = valor_recursado + 0.01",
    "o demonstrativo soma": "update emissao_demonstrativo set valores = '\\x00'",
    "o protocolo tem o arquivo congelado": "update lotes_protocolo set sha256 = repeat('0', 64)",
    "as numerações não têm falhas": "update lotes_numeracao set ultimo = ultimo + 1",
    "os arquivos guardados são os mesmos": "update arquivos_conteudo set comprimido = '\\x00'",
}
"""By what a check proves, what its database was told behind the portal's back."""


def _liberado(cenario: Cenario) -> Protocolo:
    """A released protocol of which 1.00 was refused."""
    protocolo, gestor = protocolar(cenario), cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        avanco.avancar(protocolo=protocolo, para=P.EM_ANALISE, por=gestor)
        item = ItemAnalisado.objects.order_by("id").first()
        assert item is not None
        de = {campo: getattr(item, campo) for campo in ("prestador_id", "operadora_id", "analise_id", "guia_id")}
        Glosa.objects.create(**de, item=item, codigo="1705", valor=Decimal("1.00"))
        return avanco.avancar(protocolo=protocolo, para=P.LIBERADO, por=gestor)


def _cobrado(cenario: Cenario) -> None:
    """A released protocol with its statement, an appeal that was sent, and payments, one open and one closed."""
    emitido(cenario, _liberado(cenario))
    recursado(cenario)
    aberto(cenario, [liberado(cenario)])
    _fechar(cenario, aberto(cenario, [liberado(cenario)]))


def _fechar(cenario: Cenario, pagamento: Pagamento) -> None:
    with cenario.dentro("pasa", "financeiro_operadora"):
        fechar(pagamento=pagamento, por=cenario.pessoa("financeiro_operadora", "pasa"))


def _danificar(sql: str) -> None:
    """As the owner of the tables, with wall and triggers down for that statement."""
    tabela = sql.split()[1]
    with connections["dono"].cursor() as cursor:
        cursor.execute(
            f"alter table {tabela} disable trigger user; alter table {tabela} disable row level security; {sql}; "
            f"alter table {tabela} enable row level security; alter table {tabela} enable trigger user"
        )


@pytest.fixture
def danificado(commitado: None) -> Iterator[Any]:
    cenario = montar_cenario()
    _cobrado(cenario)
    for sql in DANOS.values():
        _danificar(sql)
    yield cenario
    connections["dono"].close()


@pytest.mark.django_db
def test_books_in_order_are_said_to_be(cenario: Cenario) -> None:
    _cobrado(cenario)
    saida = StringIO()
    call_command("conferir", stdout=saida)
    assert saida.getvalue().startswith("Tudo confere")


@pytest.mark.django_db
def test_an_address_that_nobody_has_is_not_in_order(cenario: Cenario) -> None:
    with pytest.raises(CommandError, match="Não há organização com este endereço: pazza"):
        call_command("conferir", "pasa", "pazza", stdout=StringIO())


@pytest.mark.django_db
def test_a_check_that_breaks_off_is_told_and_stops_no_other(cenario: Cenario) -> None:
    def quebrada(organizacao: Organizacao) -> Iterator[str]:
        yield "o que já se achou"
        Protocolo.objects.get(pk=0)

    operadora = Organizacao.Tipo.OPERADORA
    provas = [Verificacao("quebra", operadora, quebrada), Verificacao("acha", operadora, lambda _: ["outra"])]
    frases = [divergencia.frase for divergencia in conferir(provas, ["pasa"])]
    assert frases[0::2] == ["o que já se achou", "outra"]
    assert "DoesNotExist" in frases[1]


@pytest.mark.django_db
def test_a_number_that_is_taken_meanwhile_is_no_gap(cenario: Cenario, monkeypatch: pytest.MonkeyPatch) -> None:
    aberto(cenario, [])
    de_verdade, outras_pessoas = numeros.ultimo_dado, iter([PAGAMENTO])

    def ler(operadora: Organizacao, serie: str) -> int:
        dado = de_verdade(operadora, serie)
        if serie == PAGAMENTO and next(outras_pessoas, None):
            aberto(cenario, [])
        return dado

    monkeypatch.setattr(numeros, "ultimo_dado", ler)
    with cenario.dentro("pasa"):
        assert not list(numeros.series(cenario.pasa))
        assert Pagamento.objects.count() == 2


def test_each_check_finds_what_it_is_for(danificado: Cenario) -> None:
    achadas = {divergencia.prova for divergencia in conferir(VERIFICACOES)}
    assert achadas == {verificacao.prova for verificacao in VERIFICACOES} == set(DANOS)
    assert not list(conferir(VERIFICACOES, ["sulina"]))
    assert conferir_tudo() >= len(DANOS)
    saida = StringIO()
    with pytest.raises(SystemExit) as fim:
        call_command("conferir", "pasa", stdout=saida)
    assert fim.value.code == 1
    assert "protocolo 1: o SHA-256 do arquivo" in saida.getvalue() or "alterado" in saida.getvalue()
