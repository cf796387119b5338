"""The screens of appeals, from the list of glosas to the answer, and who may open them."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from demonstrativos.analise.models import Glosa
from demonstrativos.recursos import enderecos
from demonstrativos.recursos.models import Anexo, ItemDoRecurso, JustificativaUsual, Recurso, RespostaDoItem
from tests.demonstrativos.recursos.construcao import JUSTIFICATIVA, enviar, glosado, preparar, recursado
from tests.fabrica import Cenario
from tests.lotes.construcao import consultas_de

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj"


@pytest.fixture
def faturista(cenario: Cenario, client: Client) -> Client:
    client.force_login(cenario.pessoa("faturista", "aurelia"))
    return client


@pytest.fixture
def analista(cenario: Cenario) -> Client:
    cliente = Client()
    cliente.force_login(cenario.pessoa("analista", "pasa"))
    return cliente


def _texto(resposta: Any) -> str:
    return resposta.content.decode().replace("\u00a0", " ")


def test_glosas_are_chosen_justified_by_code_and_sent(cenario: Cenario, faturista: Client, analista: Client) -> None:
    protocolo = glosado(cenario)
    pagina = _texto(faturista.get("/aurelia/recursos/"))
    assert f">{protocolo.numero}</a>" in pagina
    assert "30,00" in pagina
    with cenario.dentro("aurelia"):
        glosas = list(Glosa.objects.values_list("pk", flat=True))
    resposta = faturista.post("/aurelia/recursos/incluir/", {"glosa": glosas})
    with cenario.dentro("aurelia"):
        recurso = Recurso.objects.get()
    meu = f"/aurelia/recursos/meus/{recurso.pk}/"
    assert resposta.url == meu
    assert "Falta a justificativa da glosa 1705" in _texto(faturista.get(meu))
    assert "Falta a justificativa" in _texto(faturista.post(f"{meu}enviar/"))
    faturista.post(
        f"/aurelia/recursos/justificativas/?recurso={recurso.pk}",
        {"codigo": "1705", "texto": JUSTIFICATIVA, "so_vazias": "on"},
    )
    with cenario.dentro("aurelia"):
        assert set(ItemDoRecurso.objects.values_list("justificativa", flat=True)) == {JUSTIFICATIVA}
        assert JustificativaUsual.objects.get().codigo == "1705"
    assert "Nenhum recurso a responder" in _texto(analista.get("/pasa/recursos/recebidos/"))
    assert faturista.post(f"{meu}enviar/").status_code == 302
    assert "ainda não respondida" in _texto(faturista.get(meu))
    assert f"/pasa/recursos/recebidos/{recurso.pk}/" in _texto(analista.get("/pasa/recursos/recebidos/"))


def test_values_and_justifications_are_kept_line_by_line(cenario: Cenario, faturista: Client) -> None:
    recurso = preparar(cenario, glosado(cenario))
    meu = f"/aurelia/recursos/meus/{recurso.pk}/"
    with cenario.dentro("aurelia"):
        primeiro, segundo = ItemDoRecurso.objects.values_list("pk", flat=True)
    dados = {
        f"valor-{primeiro}": "4,56",
        f"justificativa-{primeiro}": "Outra",
        f"valor-{segundo}": "20,01",
        f"justificativa-{segundo}": "Acima",
    }
    recusada = faturista.post(f"{meu}gravar/", dados)
    assert recusada.status_code == 422
    assert "vai de R$ 0,01 a R$ 20,00" in _texto(recusada)
    assert 'value="20,01"' in _texto(recusada)
    faturista.post(f"{meu}gravar/", dados | {f"valor-{segundo}": "20,00"})
    with cenario.dentro("aurelia"):
        assert list(ItemDoRecurso.objects.order_by("id").values_list("valor_recursado", "justificativa")) == [
            (Decimal("4.56"), "Outra"),
            (Decimal(20), "Acima"),
        ]
        assert Recurso.objects.get().valor_recursado == Decimal("24.56")
    faturista.post(f"{meu}tirar/", {"item": [segundo]})
    with cenario.dentro("aurelia"):
        assert ItemDoRecurso.objects.get().pk == primeiro


def test_the_operadora_decides_undoes_and_answers(cenario: Cenario, analista: Client, faturista: Client) -> None:
    recurso = recursado(cenario)
    dela = f"/pasa/recursos/recebidos/{recurso.pk}/"
    assert JUSTIFICATIVA in _texto(analista.get(dela))
    with cenario.dentro("pasa"):
        itens = list(ItemDoRecurso.objects.values_list("pk", flat=True))
    sem_motivo = analista.post(f"{dela}decidir/", {"acao": "recusar", "item": itens})
    assert sem_motivo.status_code == 409
    assert "Escreva por que a glosa é mantida" in _texto(sem_motivo)
    analista.post(f"{dela}decidir/", {"acao": "acatar", "item": itens})
    analista.post(f"{dela}desfazer/")
    assert "Decididas: 0 de 2" in _texto(analista.get(dela))
    analista.post(f"{dela}decidir/", {"acao": "acatar", "item": itens[:1]})
    parte = {"acao": "parte", "item": itens[1:], "valor": "7,00", "justificativa": "Só uma unidade."}
    analista.post(f"{dela}decidir/", parte)
    assert analista.post(f"{dela}responder/").status_code == 302
    lida = _texto(faturista.get(f"/aurelia/recursos/meus/{recurso.pk}/"))
    assert "Acatado em parte" in lida
    assert "Só uma unidade." in lida
    assert "17,00" in lida
    for mensagem in ("recurso", "recebimento", "resposta"):
        for quem, cliente in (("aurelia", faturista), ("pasa", analista)):
            baixado = cliente.get(f"/{quem}/recursos/envios/{recurso.pk}/{mensagem}.xml")
            assert baixado["Content-Type"] == "application/xml"
    tarde = analista.post(f"{dela}decidir/", {"acao": "acatar", "item": itens})
    assert tarde.status_code == 409
    with cenario.dentro("pasa"):
        assert sorted(RespostaDoItem.objects.values_list("valor_acatado", flat=True)) == [Decimal(7), Decimal(10)]


def test_the_list_goes_out_as_a_spreadsheet_and_comes_back_filled_in(cenario: Cenario, faturista: Client) -> None:
    glosado(cenario)
    baixada = faturista.get("/aurelia/recursos/glosas.xlsx")
    pasta = load_workbook(BytesIO(b"".join(baixada.streaming_content)))
    folha = pasta.active
    titulos = [celula.value for celula in folha[1]]
    valor, justificativa = titulos.index("Valor recursado") + 1, titulos.index("Justificativa") + 1
    folha.cell(2, justificativa, JUSTIFICATIVA)
    folha.cell(3, valor, 99)
    ruim = faturista.post("/aurelia/recursos/planilha/", {"arquivo": _arquivo(pasta), "modo": "tudo"})
    assert ruim.status_code == 422
    assert "Valor recursado: O valor vai de R$ 0,01 a R$" in _texto(ruim)
    with cenario.dentro("aurelia"):
        assert not Recurso.objects.exists()
    assert (
        faturista.post("/aurelia/recursos/planilha/", {"arquivo": _arquivo(pasta), "modo": "boas"}).status_code == 302
    )
    with cenario.dentro("aurelia"):
        assert ItemDoRecurso.objects.get().justificativa == JUSTIFICATIVA


def _arquivo(pasta: Any) -> SimpleUploadedFile:
    saida = BytesIO()
    pasta.save(saida)
    return SimpleUploadedFile("glosas.xlsx", saida.getvalue())


def test_documents_are_read_by_the_operadora_once_sent(cenario: Cenario, faturista: Client, analista: Client) -> None:
    recurso = preparar(cenario, glosado(cenario))
    meu = f"/aurelia/recursos/meus/{recurso.pk}/"
    faturista.post(f"{meu}anexar/", {"arquivo": SimpleUploadedFile("laudo.pdf", PDF)})
    faturista.post(f"{meu}anexar/", {"arquivo": SimpleUploadedFile("virus.pdf", b"MZ")})
    with cenario.dentro("aurelia"):
        anexo = Anexo.objects.get()
    assert analista.get(f"/pasa/recursos/provas/{anexo.pk}/").status_code == 404
    enviar(cenario, recurso)
    assert analista.get(f"/pasa/recursos/provas/{anexo.pk}/").content == PDF
    faturista.post(f"/aurelia/recursos/provas/{anexo.pk}/remover/")
    with cenario.dentro("aurelia"):
        assert Anexo.objects.exists()


def test_lists_take_a_fixed_number_of_queries(cenario: Cenario, faturista: Client, analista: Client) -> None:
    glosado(cenario)
    enviar(cenario, preparar(cenario, glosado(cenario)))
    enderecos = {"/aurelia/recursos/": faturista, "/pasa/recursos/recebidos/": analista}
    antes = {endereco: consultas_de(cliente, endereco) for endereco, cliente in enderecos.items()}
    glosado(cenario)
    enviar(cenario, preparar(cenario, glosado(cenario)))
    assert {endereco: consultas_de(cliente, endereco) for endereco, cliente in enderecos.items()} == antes


def test_the_list_of_drafts_takes_a_fixed_number_of_queries(cenario: Cenario, faturista: Client) -> None:
    preparar(cenario, glosado(cenario))
    antes = consultas_de(faturista, "/aurelia/recursos/meus/")
    preparar(cenario, glosado(cenario))
    preparar(cenario, glosado(cenario))
    assert consultas_de(faturista, "/aurelia/recursos/meus/") == antes


def test_many_drafts_at_once_lead_to_an_address_that_a_server_takes(
    cenario: Cenario, faturista: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enderecos, "MAIS_NO_ENDERECO", 1)
    glosado(cenario), glosado(cenario)
    resposta = faturista.post("/aurelia/recursos/incluir/", {"todas": "1"})
    assert resposta.url == "/aurelia/recursos/justificativas/"
    assert "1705" in _texto(faturista.get(resposta.url))


def test_after_a_decision_the_desk_stays_on_its_page(cenario: Cenario, analista: Client) -> None:
    recurso = recursado(cenario)
    with cenario.dentro("pasa"):
        item = ItemDoRecurso.objects.first()
    decidir = f"/pasa/recursos/recebidos/{recurso.pk}/decidir/"
    assert analista.post(f"{decidir}?pagina=2", {"acao": "acatar", "item": item.pk}).url.endswith("/?pagina=2")
    assert analista.post(f"{decidir}?pagina=1", {"acao": "acatar", "item": item.pk}).url.endswith(f"/{recurso.pk}/")


def test_what_somebody_else_decided_meanwhile_is_read_before_it_is_answered(cenario: Cenario, analista: Client) -> None:
    recurso = recursado(cenario)
    este = f"/pasa/recursos/recebidos/{recurso.pk}/"
    with cenario.dentro("pasa"):
        itens = list(ItemDoRecurso.objects.values_list("pk", flat=True))
    analista.post(f"{este}decidir/", {"acao": "acatar", "item": itens})
    assert 'name="visto" value="30.00"' in _texto(analista.get(este))
    analista.post(f"{este}decidir/", {"acao": "recusar", "item": itens, "justificativa": "Mantida."})
    recusada = analista.post(f"{este}responder/", {"visto": "30.00"})
    assert (recusada.status_code, "outra pessoa" in _texto(recusada)) == (409, True)
    assert analista.post(f"{este}responder/", {"visto": "0.00"}).status_code == 302


@pytest.mark.parametrize(
    ("papel", "pode"), [("leitura", False), ("digitador", None), ("financeiro_prestador", True), ("faturista", True)]
)
def test_who_may_appeal(cenario: Cenario, client: Client, papel: str, pode: bool | None) -> None:
    glosado(cenario)
    client.force_login(cenario.pessoa(papel, "aurelia"))
    lista = client.get("/aurelia/recursos/")
    assert lista.status_code == (403 if pode is None else 200)
    assert client.post("/aurelia/recursos/incluir/").status_code == (302 if pode else 403)


def test_the_gestor_sets_terms_in_general_and_by_contract(cenario: Cenario, client: Client) -> None:
    protocolo = glosado(cenario)
    client.force_login(cenario.pessoa("gestor", "pasa"))
    client.post("/pasa/recursos/regras/", {"desde": "faturado", "prazo_de_recurso": "45"})
    client.post("/pasa/recursos/regras/prazo/", {"prestador": cenario.aurelia.pk, "prazo_de_recurso": "12"})
    assert client.post("/pasa/recursos/regras/", {"desde": "nunca", "prazo_de_recurso": "0"}).status_code == 422
    client.force_login(cenario.pessoa("faturista", "aurelia"))
    with cenario.dentro("aurelia"):
        protocolo.refresh_from_db()
    # Paid in ten days, and twelve from then on.
    assert "22 dias" in _texto(client.get("/aurelia/recursos/"))


@pytest.mark.parametrize(
    ("filtro", "frase"),
    [
        ("", "Nenhuma glosa a recorrer"),
        ("?codigo=9999", "Nenhuma glosa com esses filtros"),
        ("?valor=muito", "Um filtro precisa de correção"),
    ],
)
def test_an_empty_list_says_why(cenario: Cenario, faturista: Client, filtro: str, frase: str) -> None:
    assert frase in _texto(faturista.get(f"/aurelia/recursos/{filtro}"))
    if filtro:
        glosado(cenario)
        assert frase in _texto(faturista.get(f"/aurelia/recursos/{filtro}"))
