"""Editions of the terminology by the screen: for the platform's own people, seen before they count, never removed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_resolver, reverse

from conecta.contas.cadastro import por_na_plataforma
from conecta.contas.models import Usuario
from conecta.fila.models import Trabalho
from conecta.importacao.estados import SituacaoDaImportacao
from conecta.tenancy.escopo import sistema
from convenios import terminologia_recebidas as recebidas
from convenios.models import Edicao, EdicaoRecebida, Termo
from tests.fabrica import Cenario
from tests.importacao.apoio import csv, trabalhar

TITULOS = ("Código do Termo", "Termo", "Data de início de vigência", "Data de fim de vigência")
UM = ("1", "Um", "01/01/2020", "")
DOIS = ("2", "Dois", "01/01/2020", "")
LISTA = "/plataforma/terminologia/"


@pytest.fixture
def rita(cenario: Cenario) -> Usuario:
    """Who looks after the terminology, and belongs to no organisation."""
    return por_na_plataforma(email="rita@conecta.example", nome="Rita Moraes")


@pytest.fixture
def cliente(rita: Usuario, client: Client) -> Client:
    client.force_login(rita)
    return client


def _enviar(cliente: Client, *linhas: tuple[str, ...], nome: str = "TUSS 22.csv", **campos: Any) -> Any:
    arquivo = io.BytesIO(csv(TITULOS, *linhas))
    arquivo.name = nome
    return cliente.post(LISTA, {"arquivo": arquivo, "tabela": "22", "rotulo": "202611", **campos})


def _conferida(cliente: Client, *linhas: tuple[str, ...], **campos: Any) -> str:
    """Bring a file and have it checked; gives the address of its page."""
    endereco: str = _enviar(cliente, *linhas, **campos).url
    assert trabalhar() == 1
    return endereco


def _importar(cliente: Client, *linhas: tuple[str, ...], **campos: Any) -> str:
    endereco = _conferida(cliente, *linhas, **campos)
    assert cliente.post(f"{endereco}gravar/").url == endereco
    assert trabalhar() == 1
    return endereco


def _termos() -> dict[str, bool]:
    """Codes, and whether they still are open."""
    with sistema():
        return {termo.codigo: termo.vigencia_fim is None for termo in Termo.objects.filter(tabela="22")}


def _numeros(cliente: Client, endereco: str) -> list[int]:
    return [quantos for _, quantos, _ in cliente.get(endereco).context["mudancas"]]


def _enderecos() -> Iterator[str]:
    for padrao in next(r for r in get_resolver().url_patterns if str(r.pattern) == "plataforma/").url_patterns:
        com_numero = "<int:pk>" in str(padrao.pattern)
        yield reverse(f"plataforma:{padrao.name}", kwargs={"pk": 1} if com_numero else None)


@pytest.mark.parametrize("endereco", list(_enderecos()))
def test_only_the_platforms_own_people_learn_that_the_pages_exist(
    endereco: str, cenario: Cenario, client: Client
) -> None:
    for pedir in (client.get, client.post):
        assert pedir(endereco).url == f"/conta/login/?next={endereco}"
    for papel, quem in (("gestor", "pasa"), ("administrador", "aurelia")):
        client.force_login(cenario.pessoa(papel, quem))
        for pedir in (client.get, client.post):
            assert pedir(endereco).status_code == 404


def test_what_an_edition_would_change_is_seen_before_it_counts(cliente: Client) -> None:
    endereco = _enviar(cliente, UM, DOIS).url
    assert "Conferindo o arquivo" in cliente.get(endereco).content.decode()
    trabalhar()
    pagina = cliente.get(endereco).content.decode()
    assert "Importar esta edição" in pagina
    assert "Dois" in pagina
    assert _numeros(cliente, endereco) == [2, 0, 0]
    assert _termos() == {}


def test_a_confirmed_edition_counts_and_says_who_brought_it(cliente: Client) -> None:
    endereco = _importar(cliente, UM, DOIS)
    assert "O que mudou" in cliente.get(endereco).content.decode()
    assert _termos() == {"1": True, "2": True}
    with sistema():
        edicao = Edicao.objects.get(fonte="ANS, tabela 22")
        assert (edicao.rotulo, edicao.quem_nome) == ("202611", "Rita Moraes")
        assert EdicaoRecebida.objects.get().comprimido is None
    assert "Rita Moraes" in cliente.get(LISTA).content.decode()


def test_a_whole_table_closes_what_it_leaves_out_and_other_files_do_not(cliente: Client) -> None:
    _importar(cliente, UM, DOIS)
    _importar(cliente, ("1", "Um!", "01/01/2020", ""))
    assert _termos() == {"1": True, "2": True}
    endereco = _importar(cliente, UM, completa="on")
    assert _numeros(cliente, endereco) == [0, 1, 1]
    assert _termos() == {"1": True, "2": False}


def test_the_same_file_again_has_nothing_to_confirm(cliente: Client) -> None:
    _importar(cliente, UM)
    endereco = _conferida(cliente, UM)
    assert "já foi importado" in cliente.get(endereco).content.decode()
    assert cliente.post(f"{endereco}gravar/").status_code == 409
    with sistema():
        assert Edicao.objects.filter(fonte="ANS, tabela 22").count() == 1


def test_bad_lines_are_told_with_number_column_and_reason_and_left_out(cliente: Client) -> None:
    endereco = _conferida(cliente, UM, ("2", "Dois", "31/02/2020", ""))
    with sistema():
        (ruim,) = EdicaoRecebida.objects.get().ruins
    assert (ruim["linha"], ruim["coluna"]) == (3, "Data de início de vigência")
    assert "não existe no calendário" in cliente.get(endereco).content.decode()
    cliente.post(f"{endereco}gravar/")
    trabalhar()
    assert _termos() == {"1": True}


def test_a_whole_table_with_bad_lines_closes_nothing(cliente: Client) -> None:
    _importar(cliente, UM, DOIS)
    endereco = _conferida(cliente, UM, ("2", "Dois", "31/02/2020", ""), completa="on")
    pagina = cliente.get(endereco).content.decode()
    assert "seriam encerrados" in pagina
    assert "Importar esta edição" not in pagina
    assert cliente.post(f"{endereco}gravar/").status_code == 409
    assert _termos() == {"1": True, "2": True}


def test_what_is_given_up_changes_nothing_even_while_it_is_taken_in(cliente: Client) -> None:
    endereco = _conferida(cliente, UM)
    cliente.post(f"{endereco}gravar/")
    resposta = cliente.post(f"{endereco}cancelar/", follow=True)
    assert "foi cancelada. Nada mudou." in resposta.content.decode()
    trabalhar()
    assert _termos() == {}
    assert cliente.post(f"{endereco}cancelar/").status_code == 409


@pytest.mark.parametrize(
    ("nome", "dados", "dito"),
    [
        ("lista.csv", b"a;b\n1;2\n", "A primeira linha não tem os títulos"),
        ("lista.xlsx", b"PK\x03\x04nada", "arquivo"),
    ],
)
def test_a_file_that_is_no_table_of_ans_is_refused_with_its_reason(
    nome: str, dados: bytes, dito: str, cliente: Client
) -> None:
    arquivo = io.BytesIO(dados)
    arquivo.name = nome
    endereco = cliente.post(LISTA, {"arquivo": arquivo, "tabela": "22", "rotulo": "202611"}).url
    trabalhar()
    pagina = cliente.get(endereco).content.decode()
    assert "Arquivo recusado" in pagina
    assert dito in pagina


@pytest.mark.parametrize("falta", ["arquivo", "tabela", "rotulo"])
def test_what_was_not_said_is_asked_for(falta: str, cliente: Client) -> None:
    campos: dict[str, Any] = {"tabela": "22", "rotulo": "202611", "arquivo": io.BytesIO(csv(TITULOS, UM))}
    campos["arquivo"].name = "tuss.csv"
    del campos[falta]
    assert cliente.post(LISTA, campos).status_code == 422
    with sistema():
        assert not EdicaoRecebida.objects.exists()


def test_a_form_without_its_token_is_refused(rita: Usuario) -> None:
    desconfiado = Client(enforce_csrf_checks=True)
    desconfiado.force_login(rita)
    assert _enviar(desconfiado, UM).status_code == 403


def test_a_job_that_could_not_be_done_is_told(cliente: Client) -> None:
    endereco = _enviar(cliente, UM).url
    with sistema():
        recebidas.falhar(EdicaoRecebida.objects.get().pk, "motivo técnico")
        assert EdicaoRecebida.objects.get().situacao == SituacaoDaImportacao.FALHOU
    assert "Nada foi importado" in cliente.get(endereco).content.decode()


def test_an_import_is_the_platforms_own_job(cliente: Client, rita: Usuario) -> None:
    _enviar(cliente, UM)
    with sistema():
        trabalho = Trabalho.objects.get()
    assert (trabalho.organizacao_id, trabalho.usuario) == (None, rita.pk)


def test_who_may_is_shown_the_way(cliente: Client, cenario: Cenario) -> None:
    assert LISTA in cliente.get("/").content.decode()
    cliente.force_login(cenario.pessoa("gestor", "pasa"))
    assert LISTA not in cliente.get("/pasa/").content.decode()


def test_a_command_registers_somebody_of_the_platform(cenario: Cenario) -> None:
    call_command("criar_pessoa", "rui@conecta.example", "Rui", plataforma=True)
    assert Usuario.objects.get(email="rui@conecta.example").is_superuser
    with pytest.raises(CommandError, match="já é da plataforma"):
        call_command("criar_pessoa", "rui@conecta.example", "Rui", plataforma=True)
    with pytest.raises(CommandError, match="não os dois"):
        call_command("criar_pessoa", "rui@conecta.example", "Rui", plataforma=True, organizacao="pasa")
    with pytest.raises(CommandError, match="a organização e o papel"):
        call_command("criar_pessoa", "rui@conecta.example", "Rui")
