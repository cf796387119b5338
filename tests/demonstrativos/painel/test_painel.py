"""Indicators of money: figures that can be checked by hand, each side its own."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from conecta.arquivos import cofre
from conecta.arquivos.cofre import ConteudoAlterado
from conecta.fila.fila import reclamar
from demonstrativos.analise.models import Glosa, ItemAnalisado
from demonstrativos.pagamentos.cadastro import gravar_retencoes
from demonstrativos.painel import da_operadora, do_prestador
from demonstrativos.painel.ans import indicador_de
from demonstrativos.painel.executantes import pendentes
from demonstrativos.painel.models import Executante
from demonstrativos.painel.quadros import Coluna, Quadro, porcento
from lotes import avanco
from lotes.estados import SituacaoDoProtocolo as P
from lotes.models import Protocolo
from tests.fabrica import Cenario
from tests.movimento import enviar, lote_aberto, trabalhar
from uploads.series import ultimos_meses

pytestmark = pytest.mark.django_db
MESES = ultimos_meses(3)


@pytest.fixture
def pago(cenario: Cenario) -> Protocolo:
    return pagar(cenario)


def pagar(cenario: Cenario, **opcoes: Any) -> Protocolo:
    """A protocol of one file, of which 10.00 were refused of the first item; paid today."""
    protocolo = enviar(cenario, lote_aberto(cenario, **opcoes))
    gestor = cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        avanco.avancar(protocolo=protocolo, para=P.EM_ANALISE, por=gestor)
        item = ItemAnalisado.objects.filter(analise__protocolo=protocolo).order_by("guia__posicao", "posicao").first()
        assert item is not None
        Glosa.objects.create(
            prestador_id=item.prestador_id,
            operadora_id=item.operadora_id,
            analise_id=item.analise_id,
            guia_id=item.guia_id,
            item=item,
            codigo="1705",
            valor=Decimal("10.00"),
        )
        avanco.avancar(protocolo=protocolo, para=P.LIBERADO, por=gestor)
        avanco.avancar(protocolo=protocolo, para=P.FATURADO, por=gestor, data_de_pagamento=timezone.localdate())
        avanco.avancar(protocolo=protocolo, para=P.PAGO, por=gestor)
        return Protocolo.objects.get(pk=protocolo.pk)


def _quadro(quadros: list[Quadro], qual: str) -> dict[Any, tuple[Any, ...]]:
    return {linha[0]: linha[1:] for quadro in quadros if quadro.id == qual for linha in quadro.linhas}


def test_a_prestador_sees_what_was_refused_and_why(cenario: Cenario, pago: Protocolo) -> None:
    with cenario.dentro("aurelia"):
        quadros = do_prestador.quadros(cenario.aurelia, None, MESES)
    informado = pago.valor_informado
    por_operadora = _quadro(quadros, "por-operadora")["PASA"]
    assert por_operadora[:4] == (informado, Decimal(10), informado - 10, porcento(10, informado))
    assert por_operadora[5] == 0
    ((codigo, valores),) = _quadro(quadros, "por-codigo").items()
    assert (codigo[:4], valores) == ("1705", (Decimal(10), 1, Decimal(100)))
    ((procedimento, valores),) = _quadro(quadros, "por-procedimento").items()
    assert procedimento.startswith("22 | ")
    assert valores[0] == 10
    assert Decimal(10) in [valores[1] for valores in _quadro(quadros, "por-mes").values()]
    assert list(_quadro(quadros, "previsto-e-recebido").values()) == [(Decimal(0), informado - 10)]


def test_what_is_expected_and_received_is_the_net_amount_of_payments(cenario: Cenario) -> None:
    with cenario.dentro("pasa", "financeiro_operadora"):
        contrato = cenario.aurelia.credenciamentos.get(operadora=cenario.pasa)
        por = cenario.pessoa("financeiro_operadora", "pasa")
        gravar_retencoes(contrato=contrato, valores={"01": (Decimal("10.00"), Decimal(0))}, por=por)
    liberado_de_fato = pagar(cenario).valor_liberado
    retido = (liberado_de_fato / 10).quantize(Decimal("0.01"), ROUND_HALF_UP)
    with cenario.dentro("aurelia"):
        quadros = do_prestador.quadros(cenario.aurelia, cenario.pasa, MESES)
    assert list(_quadro(quadros, "previsto-e-recebido").values()) == [(Decimal(0), liberado_de_fato - retido)]


def test_another_prestador_sees_nothing_of_it(cenario: Cenario, pago: Protocolo) -> None:
    with cenario.dentro("boavista"):
        quadros = do_prestador.quadros(cenario.boavista, None, MESES)
    assert not any(_quadro(quadros, qual) for qual in ("por-operadora", "por-codigo", "previsto-e-recebido"))


@pytest.mark.parametrize("tipo", ["consulta", "sadt", "internacao", "honorarios"])
def test_the_executante_is_read_out_of_the_sent_xml(cenario: Cenario, tipo: str) -> None:
    pagar(cenario, tipo_guia=tipo, maximo=True)
    assert trabalhar("documentos") == 1
    with cenario.dentro("aurelia"):
        executante = Executante.objects.get()
        quadros = do_prestador.quadros(cenario.aurelia, None, MESES)
    assert executante.nome
    assert executante.numero
    ((quem, valores),) = _quadro(quadros, "por-profissional").items()
    assert executante.nome in quem
    assert executante.numero in quem
    assert valores[0] == 10


def test_a_guide_without_professional_says_so(cenario: Cenario, pago: Protocolo) -> None:
    trabalhar("documentos")
    with cenario.dentro("aurelia"):
        quadros = do_prestador.quadros(cenario.aurelia, None, MESES)
    assert list(_quadro(quadros, "por-profissional")) == ["Sem profissional na guia"]


def test_what_was_read_once_is_not_read_again(cenario: Cenario, pago: Protocolo) -> None:
    trabalhar("documentos")
    with cenario.dentro("pasa"):
        assert not list(pendentes(cenario.pasa.pk))


def test_what_is_released_while_others_are_read_is_read_too(cenario: Cenario) -> None:
    pagar(cenario)
    assert reclamar("documentos", "um trabalhador que já olhou o que havia") is not None
    depois = pagar(cenario, numero="2")
    trabalhar("documentos")
    with cenario.dentro("pasa"):
        assert Executante.objects.filter(analise__protocolo=depois).exists()


def test_a_file_that_cannot_be_read_keeps_none_of_the_others_waiting(
    cenario: Cenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    estragado, bom = pagar(cenario), pagar(cenario, numero="2")
    de_verdade = cofre.abrir

    def abrir(conteudo_id: int) -> bytes:
        if conteudo_id == estragado.conteudo_id:
            raise ConteudoAlterado(conteudo_id)
        return de_verdade(conteudo_id)

    monkeypatch.setattr(cofre, "abrir", abrir)
    trabalhar("documentos")
    with cenario.dentro("pasa"):
        lidas = set(Executante.objects.values_list("analise__protocolo_id", flat=True))
    assert lidas == {bom.pk}


def test_an_operadora_sees_its_queue_by_age_and_its_prestadores(cenario: Cenario, pago: Protocolo) -> None:
    novo = enviar(cenario, lote_aberto(cenario, numero="2"))
    with cenario.dentro("pasa"):
        quadros = da_operadora.quadros(cenario.pasa, None, MESES)
    ((situacao, valores),) = _quadro(quadros, "por-situacao").items()
    assert (situacao, valores) == (P.ENVIADO.label, (1, 0, 0, 0, 0, 1, novo.valor_informado))
    assert _quadro(quadros, "fila") == {"Sem responsável": (1, 0, novo.valor_informado)}
    assert _quadro(quadros, "por-prestador")["Santa Aurélia Diagnósticos"][:3] == (1, pago.valor_informado, Decimal(10))
    assert _quadro(quadros, "ans")["Glosa inicial (%)"][0] == porcento(10, pago.valor_informado)


def test_anss_figures_are_the_last_that_ans_holds_consistent() -> None:
    indicador = indicador_de("331988")
    assert indicador is not None
    assert (indicador.periodo, indicador.glosa_inicial) == ("2º semestre de 2025", Decimal("9.0"))
    assert indicador_de("000000") is None


@pytest.mark.parametrize(("papel", "organizacao"), [("faturista", "aurelia"), ("gestor", "pasa")])
def test_page_and_workbook_say_the_same(
    cenario: Cenario, pago: Protocolo, entrar: Callable[[Any], Client], papel: str, organizacao: str
) -> None:
    cliente = entrar(cenario.pessoa(papel, organizacao))
    pagina = cliente.get(reverse("painel:painel", args=[organizacao]), {"meses": "3"}).content.decode()
    assert "<svg" in pagina
    resposta = cliente.get(reverse("painel:painel_xlsx", args=[organizacao]))
    folhas = load_workbook(BytesIO(b"".join(resposta.streaming_content))).sheetnames
    assert all(folha in pagina for folha in folhas)


def test_a_chart_draws_no_endless_rows_and_its_table_has_them_all() -> None:
    linhas = tuple((f"Prestador {numero}", numero) for numero in range(1_000))
    quadro = Quadro(id="q", titulo="Q", frase="", colunas=(Coluna("A"), Coluna("B")), linhas=linhas, desenhadas=(1,))
    assert (len(quadro.barras), quadro.altura, quadro.sem_barra) == (30, 900, 970)
    pagina = render_to_string("painel/quadro.html", {"quadro": quadro})
    assert (pagina.count("<rect"), pagina.count('<th scope="row"')) == (30, 1_000)
    assert "as primeiras 30 linhas" in pagina


def test_what_nobody_has_taken_is_one_line_of_the_queue_whether_it_is_begun_or_not(cenario: Cenario) -> None:
    novo, comecado = (enviar(cenario, lote_aberto(cenario, numero=numero)) for numero in ("1", "2"))
    with cenario.dentro("pasa", "gestor"):
        avanco.avancar(protocolo=comecado, para=P.EM_ANALISE, por=cenario.pessoa("gestor", "pasa"))
        quadros = da_operadora.quadros(cenario.pasa, None, MESES)
    soma = novo.valor_informado + comecado.valor_informado
    assert _quadro(quadros, "fila") == {"Sem responsável": (2, 0, soma)}


def test_a_bar_goes_on_with_the_next_value_and_none_goes_below_zero() -> None:
    colunas = (Coluna("Mês"), Coluna("Previsto"), Coluna("Recebido"))
    linhas = (("nov", Decimal(0), Decimal(30)), ("dez", Decimal(60), Decimal(40)), ("jan", Decimal(-5), None))
    quadro = Quadro(id="q", titulo="Q", frase="", colunas=colunas, linhas=linhas, desenhadas=(2, 1))
    assert [(b.rotulo, b.largura, b.seguinte) for b in quadro.barras] == [
        ("nov", "30.00%", ""),
        ("dez", "40.00%", "60.00%"),
        ("jan", "0.00%", ""),
    ]
