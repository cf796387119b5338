"""Who reads and writes what is demanded and authorised, asked of the database itself."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from convenios.exigencias import transicoes
from convenios.exigencias.erros import PrestadorSemContrato
from convenios.exigencias.models import (
    Autorizacao,
    ConferenciaDeAutorizacoes,
    ExigenciaDoProcedimento,
    ItemAutorizado,
)
from tests.convenios.exigencias.apoio import autorizar, exigir
from tests.fabrica import Cenario


@pytest.fixture
def registrado(cenario: Cenario) -> Cenario:
    """PASA and Sulina each demand something; PASA authorised aurelia and boavista, Sulina aurelia."""
    for operadora in ("pasa", "sulina"):
        exigir(cenario, operadora, exige_equipe=True)
        with cenario.dentro(operadora, "gestor"):
            transicoes.conferir_desde(
                operadora=cenario.organizacoes[operadora], desde=None, por=cenario.pessoa("gestor", operadora)
            )
    item = [("22", "40302040", Decimal(1))]
    for operadora, prestador in (("pasa", "aurelia"), ("pasa", "boavista"), ("sulina", "aurelia")):
        autorizar(cenario, operadora, prestador, item, senha=f"S{prestador}")
    return cenario


@pytest.mark.parametrize(
    ("quem", "exigencias", "autorizacoes"),
    [
        ("pasa", {"pasa"}, {("pasa", "aurelia"), ("pasa", "boavista")}),
        ("sulina", {"sulina"}, {("sulina", "aurelia")}),
        ("aurelia", {"pasa", "sulina"}, {("pasa", "aurelia"), ("sulina", "aurelia")}),
        ("boavista", {"pasa"}, {("pasa", "boavista")}),
        ("cedro", {"sulina"}, set()),
    ],
)
def test_each_organisation_reads_what_concerns_it(
    quem: str, exigencias: set[str], autorizacoes: set[tuple[str, str]], registrado: Cenario
) -> None:
    with registrado.dentro(quem):
        for modelo in (ExigenciaDoProcedimento, ConferenciaDeAutorizacoes):
            assert set(modelo.objects.values_list("operadora__slug", flat=True)) == exigencias
        for modelo in (Autorizacao, ItemAutorizado):
            assert set(modelo.objects.values_list("operadora__slug", "prestador__slug")) == autorizacoes


@pytest.mark.parametrize(
    "sql",
    [
        "update exigencias_exigenciadoprocedimento set exige_equipe = false",
        "delete from exigencias_exigenciadoprocedimento",
        "update exigencias_autorizacao set senha = 'outra'",
        "delete from exigencias_autorizacao",
        "delete from exigencias_itemautorizado",
        "update exigencias_conferenciadeautorizacoes set desde = null",
    ],
)
def test_a_prestador_changes_nothing(sql: str, registrado: Cenario) -> None:
    with (
        registrado.dentro("aurelia"),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_an_operadora_neither_removes_nor_gives_away_an_authorisation(registrado: Cenario) -> None:
    with registrado.dentro("pasa"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Autorizacao.objects.all().delete()
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Autorizacao.objects.update(prestador=registrado.cedro)


def test_a_prestador_without_contract_is_authorised_nothing(cenario: Cenario) -> None:
    with pytest.raises(PrestadorSemContrato):
        autorizar(cenario, "pasa", "cedro")


def test_an_item_hangs_on_an_authorisation_of_the_same_two(registrado: Cenario) -> None:
    with registrado.dentro("pasa"):
        de_aurelia = Autorizacao.objects.get(senha="Saurelia")
        with pytest.raises(DatabaseError, match="exigencias_itemautorizado_autorizacao_id_inquilino"):
            ItemAutorizado.objects.create(
                operadora=registrado.pasa,
                prestador=registrado.boavista,
                autorizacao=de_aurelia,
                tabela="22",
                codigo="10101012",
                quantidade=1,
            )
