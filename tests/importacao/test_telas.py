"""The screens of the import: what a gestor sees from the choice of a list to its result."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from conecta.importacao.models import Importacao
from convenios.models import Plano
from tests.fabrica import Cenario
from tests.importacao.apoio import RUINS, conferida, planos, trabalhar


def _rota(nome: str, **partes: Any) -> str:
    return reverse(f"importacao:{nome}", kwargs={"slug": "pasa", **partes})


@pytest.fixture
def gestor(cenario: Cenario, entrar: Any) -> Client:
    return entrar(cenario.pessoa("gestor", "pasa"))


def _enviar(cliente: Client, dados: bytes, nome: str = "planos.csv") -> Any:
    arquivo = io.BytesIO(dados)
    arquivo.name = nome
    return cliente.post(_rota("nova", layout="planos"), {"arquivo": arquivo})


def test_from_the_file_to_the_register_without_script(cenario: Cenario, gestor: Client) -> None:
    resposta = _enviar(gestor, planos(2))
    with cenario.dentro("pasa"):
        importacao = Importacao.objects.get()
    pagina = _rota("importacao", pk=importacao.pk)
    assert resposta.url == pagina
    assert "Conferindo o arquivo" in gestor.get(pagina).content.decode()
    trabalhar()
    assert "Gravar as 2 linhas" in gestor.get(pagina).content.decode()
    gestor.post(_rota("gravar", pk=importacao.pk), {"modo": "tudo"})
    trabalhar()
    assert "O que foi gravado" in gestor.get(pagina).content.decode()
    with cenario.dentro("pasa"):
        assert Plano.objects.count() == 2
    assert "planos.csv" in gestor.get(_rota("lista")).content.decode()


def test_bad_lines_come_as_a_workbook_that_can_be_sent_back(cenario: Cenario, gestor: Client) -> None:
    importacao = conferida(cenario, RUINS)
    resposta = gestor.get(_rota("ruins_xlsx", pk=importacao.pk))
    folha = load_workbook(io.BytesIO(resposta.getvalue())).active
    linhas = list(folha.values)
    assert linhas[0] == ("Código", "Nome", "Início", "Ativo", "Linha no arquivo", "O que corrigir")
    assert linhas[1][:5] == ("P2", None, "31/02/2026", "talvez", 3)
    pagina = gestor.get(_rota("importacao", pk=importacao.pk)).content.decode()
    assert "Repete a linha 2" in pagina
    assert "Gravar só a linha boa" in pagina


def test_the_polling_page_reloads_itself_when_the_work_is_done(cenario: Cenario, gestor: Client) -> None:
    importacao = conferida(cenario, planos(1))
    cabecalhos = {"HX-Request": "true", "HX-Target": "andamento"}
    resposta = gestor.get(_rota("importacao", pk=importacao.pk), headers=cabecalhos)
    assert (resposta.status_code, resposta["HX-Refresh"]) == (286, "true")


@pytest.mark.parametrize(
    ("nome", "dados", "frase"),
    [
        ("planos.pdf", b"x", "não é CSV nem XLSX"),
        ("planos.csv", b"", "está vazio"),
        ("p\u202evsc.exe", b"x", "pvsc.exe"),
    ],
)
def test_what_is_no_list_is_not_kept(gestor: Client, nome: str, dados: bytes, frase: str) -> None:
    resposta = _enviar(gestor, dados, nome)
    assert resposta.status_code == 422
    assert frase in resposta.content.decode()


def test_a_file_beyond_the_limit_is_not_kept(gestor: Client, cenario: Cenario, settings: Any) -> None:
    settings.LIMITE_DA_IMPORTACAO = 1024**2
    resposta = _enviar(gestor, b"x" * (1024**2 + 1))
    assert resposta.status_code == 422
    assert "passa de 1 MB" in resposta.content.decode()
    with cenario.dentro("pasa"):
        assert not Importacao.objects.exists()


def test_the_model_files_have_headings_example_and_explanation(gestor: Client) -> None:
    pasta = load_workbook(io.BytesIO(gestor.get(_rota("modelo_xlsx", layout="planos")).getvalue()))
    assert [folha.title for folha in pasta] == ["Planos", "Como preencher"]
    assert next(iter(pasta["Planos"].values))[0] == "Código"
    em_csv = gestor.get(_rota("modelo_csv", layout="planos")).content.decode("utf-8-sig")
    assert em_csv.splitlines()[1].startswith("AMB-01;Ambulatorial Regional;")


def test_the_models_example_alone_imports_nothing(cenario: Cenario, gestor: Client) -> None:
    modelo = gestor.get(_rota("modelo_csv", layout="planos")).content
    importacao = conferida(cenario, modelo)
    assert (importacao.situacao, importacao.puladas) == ("recusada", None)


def test_a_post_without_the_token_is_refused(cenario: Cenario) -> None:
    cliente = Client(enforce_csrf_checks=True)
    cliente.force_login(cenario.pessoa("gestor", "pasa"))
    assert _enviar(cliente, planos(1)).status_code == 403
