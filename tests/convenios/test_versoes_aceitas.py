"""Versions with dates: set on the page of a convênio, kept apart, written down, and asked by the next file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from convenios.models import Convenio, MudancaDeConvenio, VersaoAceita
from convenios.versoes_aceitas import PeriodoRepetido, marcar_versao
from tests.fabrica import Cenario
from tests.movimento import incluir, xml_de

PERIODO = {"versao": "4.03.00", "desde": date(2026, 1, 1), "ate": date(2026, 6, 30)}


@pytest.fixture
def gestor(cenario: Cenario, client: Client) -> Client:
    client.force_login(cenario.pessoa("gestor", "pasa"))
    return client


def endereco(nome: str) -> str:
    return reverse(f"convenios:{nome}", kwargs={"slug": "pasa", "codigo": 1})


def marcar(cenario: Cenario, *, de_todos: bool = True, **mudancas: Any) -> VersaoAceita:
    """Set a period of the principal convênio."""
    with cenario.dentro("pasa", "gestor"):
        return marcar_versao(
            convenio=Convenio.objects.get(principal=True),
            valores=PERIODO | mudancas,
            de_todos=de_todos,
            por=cenario.pessoa("gestor", "pasa"),
        )


def test_days_are_set_and_told_with_their_history(gestor: Client, cenario: Cenario) -> None:
    dados = {"versao": "4.03.00", "desde": "01/01/2026", "ate": "30/06/2026"}
    assert gestor.post(endereco("marcar_versao"), dados).headers["Location"] == endereco("versoes")
    pagina = gestor.get(endereco("versoes")).content.decode()
    assert "desde 01/01/2026 até 30/06/2026" in pagina
    assert "Só neste convênio" in pagina
    with cenario.dentro("pasa"):
        assert MudancaDeConvenio.objects.get().depois == "4.03.00 desde 01/01/2026 até 30/06/2026, neste convênio"


def test_days_that_end_before_they_begin_are_not_saved(gestor: Client, cenario: Cenario) -> None:
    dados = {"versao": "4.03.00", "desde": "01/02/2026", "ate": "31/01/2026"}
    resposta: HttpResponse = gestor.post(endereco("marcar_versao"), dados)
    assert resposta.status_code == 422
    assert "anterior ao primeiro" in resposta.content.decode()
    with cenario.dentro("pasa"):
        assert not VersaoAceita.objects.exists()


@pytest.mark.parametrize("dias", [{"desde": date(2026, 6, 30), "ate": None}, {"desde": date(2025, 1, 1), "ate": None}])
def test_the_same_days_are_not_set_twice_in_one_place(cenario: Cenario, dias: dict[str, Any]) -> None:
    marcar(cenario)
    with pytest.raises(PeriodoRepetido, match="desde 01/01/2026"):
        marcar(cenario, **dias)
    marcar(cenario, de_todos=False, **dias)
    marcar(cenario, versao="4.02.00", **dias)
    marcar(cenario, desde=date(2026, 7, 1), ate=None)


def test_the_database_keeps_the_last_day_after_the_first(cenario: Cenario) -> None:
    with cenario.dentro("pasa"), pytest.raises(DatabaseError, match="versao_aceita_periodo"), transaction.atomic():
        VersaoAceita.objects.create(operadora=cenario.pasa, **PERIODO | {"ate": date(2025, 1, 1)})


def test_a_period_is_removed_by_who_may_and_only_where_it_is(gestor: Client, cenario: Cenario) -> None:
    periodo = marcar(cenario)
    for outro in (periodo.pk + 1, "nada"):
        resposta = gestor.post(endereco("remover_versao"), {"versao": outro}, follow=True)
        assert "alguém já o removeu" in resposta.content.decode()
    assert gestor.post(endereco("remover_versao"), {"versao": periodo.pk}).status_code == 302
    with cenario.dentro("pasa"):
        assert not VersaoAceita.objects.exists()
        assert MudancaDeConvenio.objects.count() == 2


def test_who_only_looks_sets_nothing(client: Client, cenario: Cenario) -> None:
    client.force_login(cenario.pessoa("leitura", "pasa"))
    pagina = client.get(endereco("versoes"))
    assert pagina.status_code == 200
    assert "Salvar datas" not in pagina.content.decode()
    assert client.post(endereco("marcar_versao"), {"versao": "4.03.00", "desde": "01/01/2026"}).status_code == 403


def test_a_prestador_reads_the_days_of_its_operadoras_and_sets_none(cenario: Cenario) -> None:
    marcar(cenario)
    for quem, quantas in (("aurelia", 1), ("cedro", 0)):
        with cenario.dentro(quem):
            assert VersaoAceita.objects.count() == quantas
    with cenario.dentro("aurelia"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        VersaoAceita.objects.all().delete()


@pytest.mark.parametrize(("depois", "situacao"), [(0, "importado"), (1, "invalido")])
def test_a_file_is_refused_outside_of_the_days_of_its_version(cenario: Cenario, depois: int, situacao: str) -> None:
    marcar(cenario, desde=timezone.localdate() - timedelta(days=1 - depois), ate=None)
    assert incluir(cenario, xml_de(cenario.aurelia, cenario.pasa)).situacao == situacao
