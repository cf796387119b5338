"""Screens of statements, as both sides use them."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import settings as esforco
from hypothesis import strategies as st
from openpyxl import load_workbook

from demonstrativos.emissao import nomes
from demonstrativos.emissao.models import Demonstrativo, PedidoDeDemonstrativo
from demonstrativos.pagamentos.transicoes import cancelar
from lotes.models import Protocolo
from tests.demonstrativos.emissao.apoio import emitido, emitir_ja, fechado, pedir_analise, pedir_pagamento, trabalhar
from tests.demonstrativos.pagamentos.apoio import aberto, daqui_a, liberado
from tests.fabrica import Cenario
from tests.lotes.construcao import protocolar


def _entrar(cenario: Cenario, quem: str = "aurelia", papel: str = "") -> Client:
    cliente = Client()
    e_prestador = cenario.organizacoes[quem].e_prestador
    cliente.force_login(cenario.pessoa(papel or ("faturista" if e_prestador else "gestor"), quem))
    return cliente


def _pedido(resposta: object) -> str:
    """Where a request leads to."""
    assert resposta.status_code == 302, resposta.content  # type: ignore[attr-defined]
    return str(resposta.headers["Location"])  # type: ignore[attr-defined]


@pytest.mark.parametrize("quem", ["aurelia", "pasa"])
def test_from_the_list_to_the_files(cenario: Cenario, quem: str) -> None:
    protocolo = liberado(cenario, glosas=["10.00"])
    cliente = _entrar(cenario, quem)

    lista = cliente.get(f"/{quem}/demonstrativos/analise/").content.decode()
    assert f'value="{protocolo.pk}"' in lista
    onde = _pedido(cliente.post(f"/{quem}/demonstrativos/analise/pedir/", {"protocolo": protocolo.pk}))
    assert "Preparando" in cliente.get(onde).content.decode()
    trabalhar()
    pronta = cliente.get(onde).content.decode()
    assert "pronto" in pronta

    with cenario.dentro(quem):
        numero = Demonstrativo.objects.get()
    for formato, comeco in (("pdf", b"%PDF-"), ("xml", b"<?xml"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")):
        resposta = cliente.get(f"/{quem}/demonstrativos/{numero.pk}/{formato}/")
        conteudo = resposta.getvalue()
        assert conteudo.startswith(comeco), formato
        assert "attachment" in resposta.headers["Content-Disposition"]
        assert f"demonstrativo-analise-1.{formato}" in resposta.headers["Content-Disposition"]


def test_the_page_that_asks_by_itself_stops_when_all_is_ready(cenario: Cenario) -> None:
    cliente = _entrar(cenario)
    onde = _pedido(cliente.post("/aurelia/demonstrativos/analise/pedir/", {"protocolo": liberado(cenario).pk}))
    pergunta = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "andamento"}
    assert cliente.get(onde, **pergunta).status_code == 200
    trabalhar()
    resposta = cliente.get(onde, **pergunta)
    assert resposta.status_code == 286
    assert resposta.headers["HX-Refresh"] == "true"


def test_the_spreadsheet_has_a_row_an_item_and_its_columns_add_up(cenario: Cenario) -> None:
    protocolo = liberado(cenario, glosas=["10.00", "5.00"])
    demonstrativo = emitido(cenario, protocolo)
    resposta = _entrar(cenario).get(f"/aurelia/demonstrativos/{demonstrativo.pk}/xlsx/")
    folha = load_workbook(BytesIO(resposta.getvalue())).active
    assert folha is not None
    titulos, *linhas = folha.iter_rows(values_only=True)
    onde = {titulo: indice for indice, titulo in enumerate(titulos)}
    assert len(linhas) == 4
    assert sum(linha[onde["Valor Glosa"]] or 0 for linha in linhas) == 15
    assert sum(linha[onde["Valor Informado"]] or 0 for linha in linhas) == float(demonstrativo.valor_informado)
    texto = _entrar(cenario).get(f"/aurelia/demonstrativos/{demonstrativo.pk}/csv/").getvalue().decode("utf-8-sig")
    assert texto.splitlines()[0].split(";")[0] == "Nº do demonstrativo"
    assert len(texto.splitlines()) == 5


def test_all_of_a_request_in_one_zip_by_the_name_that_one_chose(cenario: Cenario) -> None:
    protocolos = [liberado(cenario), liberado(cenario)]
    cliente = _entrar(cenario)
    cliente.post("/aurelia/demonstrativos/nomes/", {"padrao": "{operadora} {protocolo} {numero}"})
    dados = {"protocolo": [p.pk for p in protocolos]}
    onde = _pedido(cliente.post("/aurelia/demonstrativos/analise/pedir/", dados))
    trabalhar()

    for formato in ("pdf", "xml"):
        resposta = cliente.get(f"{onde}zip/{formato}/")
        zip_ = ZipFile(BytesIO(resposta.getvalue()))
        assert zip_.testzip() is None
        assert sorted(zip_.namelist()) == sorted(
            f"PASA-{protocolo.numero}-{numero}.{formato}" for numero, protocolo in enumerate(protocolos, 1)
        )
    todos = cliente.get("/aurelia/demonstrativos/zip/pdf/").getvalue()
    assert todos == cliente.get("/aurelia/demonstrativos/zip/pdf/").getvalue()
    assert len(ZipFile(BytesIO(todos)).namelist()) == 2


def test_statements_of_two_operadoras_with_one_number_both_come_in_the_zip(cenario: Cenario) -> None:
    emitido(cenario, liberado(cenario))
    emitir_ja(cenario, pedir_analise(cenario, liberado(cenario, operadora="sulina"), operadora="sulina"))
    resposta = _entrar(cenario).get("/aurelia/demonstrativos/zip/xml/")
    with ZipFile(BytesIO(resposta.getvalue())) as zip_:
        assert len(set(zip_.namelist())) == len(zip_.namelist()) == 2


def test_a_zip_of_nothing_is_refused_where_one_was(cenario: Cenario) -> None:
    resposta = _entrar(cenario).get("/aurelia/demonstrativos/zip/xml/", {"tipo": "odonto"})
    assert resposta.headers["Location"] == "/aurelia/demonstrativos/?tipo=odonto"


def test_payments_are_asked_for_by_date_or_by_competencia(cenario: Cenario) -> None:
    pagamento = fechado(cenario, aberto(cenario, [liberado(cenario)]))
    cliente = _entrar(cenario)
    base = {"operadora": cenario.pasa.pk, "tipo": "pagamento"}
    for dados in (
        {"por": "data", "de": f"{pagamento.data_de_pagamento:%d/%m/%Y}"},
        {"por": "competencia", "competencia": pagamento.competencia_por_extenso},
    ):
        onde = _pedido(cliente.post("/aurelia/demonstrativos/pagamento/", base | dados))
        trabalhar()
        assert "demonstrativo-" not in onde
        assert "PDF" in cliente.get(onde).content.decode()
    with cenario.dentro("aurelia"):
        assert Demonstrativo.objects.count() == 1
        assert PedidoDeDemonstrativo.objects.count() == 2


def test_a_period_without_payments_is_said_on_the_form(cenario: Cenario) -> None:
    dados = {"operadora": cenario.pasa.pk, "tipo": "pagamento", "por": "data", "de": f"{daqui_a(3):%d/%m/%Y}"}
    resposta = _entrar(cenario).post("/aurelia/demonstrativos/pagamento/", dados)
    assert "Não há pagamento de PASA" in resposta.content.decode()
    sem_data = _entrar(cenario).post("/aurelia/demonstrativos/pagamento/", {**dados, "de": ""})
    assert "Informe a data de pagamento" in sem_data.content.decode()


def test_from_the_search_of_lots_with_what_has_none_yet_said(cenario: Cenario) -> None:
    protocolo, cedo = liberado(cenario), protocolar(cenario)
    with cenario.dentro("aurelia"):
        lotes = [Protocolo.objects.get(pk=p.pk).lote_id for p in (protocolo, cedo)]
    cliente = _entrar(cenario)
    resposta = cliente.get("/aurelia/demonstrativos/analise/escolher/", {"lote": lotes}, follow=True)
    pagina = resposta.content.decode()
    assert f'value="{protocolo.pk}"' in pagina
    assert f'value="{cedo.pk}"' not in pagina
    assert "1 sem demonstrativo" in pagina
    assert "Gerar Demonstrativo" in cliente.get(f"/aurelia/lotes/{lotes[0]}/").content.decode()


def test_what_was_chosen_elsewhere_stands_on_one_page(cenario: Cenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("demonstrativos.emissao.views.pedir.POR_PAGINA", 1)
    protocolos = [liberado(cenario), liberado(cenario)]
    dados = {"protocolo": [protocolo.pk for protocolo in protocolos]}
    pagina = _entrar(cenario).get("/aurelia/demonstrativos/analise/escolher/", dados, follow=True).content.decode()
    assert all(f'value="{protocolo.pk}"' in pagina for protocolo in protocolos)


def test_a_protocol_that_has_none_any_more_is_not_left_out_in_silence(cenario: Cenario) -> None:
    protocolo, mudou = liberado(cenario), protocolar(cenario)
    dados = {"protocolo": [protocolo.pk, mudou.pk]}
    resposta = _entrar(cenario).post("/aurelia/demonstrativos/analise/pedir/", dados, follow=True)
    assert "mudou, e ele já não tem demonstrativo" in resposta.content.decode()
    with cenario.dentro("aurelia"):
        assert not PedidoDeDemonstrativo.objects.exists()


@pytest.mark.parametrize("quem", ["aurelia", "pasa"])
def test_the_statement_of_a_payment_that_was_cancelled_says_so(cenario: Cenario, quem: str) -> None:
    pagamento = fechado(cenario, aberto(cenario, [liberado(cenario)]))
    pedir_pagamento(cenario, daqui_a(0), daqui_a(30))
    trabalhar()
    lista = f"/{quem}/demonstrativos/"
    assert "pagamento cancelado" not in _entrar(cenario, quem).get(lista).content.decode()
    with cenario.dentro("pasa", "financeiro_operadora"):
        cancelar(pagamento=pagamento, motivo="engano", por=cenario.pessoa("financeiro_operadora", "pasa"))
    assert "pagamento cancelado depois" in _entrar(cenario, quem).get(lista).content.decode()


def test_protocols_of_two_operadoras_are_asked_for_apart(cenario: Cenario) -> None:
    protocolos = [liberado(cenario), liberado(cenario, "aurelia", "sulina")]
    dados = {"protocolo": [p.pk for p in protocolos]}
    resposta = _entrar(cenario).post("/aurelia/demonstrativos/analise/pedir/", dados, follow=True)
    assert "operadoras diferentes" in resposta.content.decode()


def test_the_gestor_decides_from_when_on_statements_are_issued(cenario: Cenario) -> None:
    protocolo = protocolar(cenario)
    gestor, faturista = _entrar(cenario, "pasa"), _entrar(cenario)
    assert f'value="{protocolo.pk}"' not in faturista.get("/aurelia/demonstrativos/analise/").content.decode()
    dados = {"status_minimo_analise": 1, "status_minimo_pagamento": 3}
    assert gestor.post("/pasa/demonstrativos/parametros/", dados).status_code == 302
    assert f'value="{protocolo.pk}"' in faturista.get("/aurelia/demonstrativos/analise/").content.decode()


@pytest.mark.parametrize(
    "padrao", ["sem numero", "{numero}/../x", "{numero} {outro}", "{numero", "{numero}\\", "{numero}:"]
)
def test_patterns_that_could_lead_astray_are_refused(padrao: str) -> None:
    with pytest.raises(ValidationError):
        nomes.conferir_padrao(padrao)


@esforco(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=20))
def test_no_name_leaves_its_folder(padrao: str, sigla: str) -> None:
    demonstrativo = Demonstrativo(numero=7, tipo="analise", lote=sigla, protocolos=[], operadora_id=1)
    demonstrativo.__dict__["_state"].fields_cache["operadora"] = type("Operadora", (), {"sigla": sigla})()
    try:
        nomes.conferir_padrao(padrao + "{numero}{operadora}")
    except ValidationError:
        return
    nome = nomes.nome_de(demonstrativo, padrao + "{numero}{operadora}", "pdf")
    assert "/" not in nome
    assert "\\" not in nome
    assert ".." not in nome
    assert not nome.startswith((".", "-"))
    assert nome.isascii()
