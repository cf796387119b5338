"""The scope of an organisation is kept by the database."""

import pytest
from django.db import ProgrammingError, transaction

from conecta.contas.models import Organizacao
from conecta.tenancy.escopo import TrocaDeInquilino, atual, inquilino, sistema
from convenios.models import Beneficiario, Credenciamento
from lotes.models import Lote
from tests.fabrica import Cenario


def test_without_a_scope_tenant_tables_are_denied(cenario: Cenario) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Lote.objects.exists()


def test_a_prestador_sees_only_its_own_contracts(cenario: Cenario) -> None:
    with cenario.dentro("boavista"):
        assert {c.prestador_id for c in Credenciamento.objects.all()} == {cenario.boavista.pk}


def test_a_prestador_does_not_see_other_prestadores(cenario: Cenario) -> None:
    with cenario.dentro("boavista"):
        assert set(Organizacao.objects.values_list("slug", flat=True)) == {"boavista", "pasa", "sulina"}


def test_an_operadora_sees_its_credenciados_only(cenario: Cenario) -> None:
    with cenario.dentro("pasa"):
        assert set(Organizacao.objects.values_list("slug", flat=True)) == {"pasa", "aurelia", "boavista"}


def test_beneficiarios_are_looked_up_only_where_there_is_a_contract(cenario: Cenario) -> None:
    with cenario.dentro("cedro"):
        assert not Beneficiario.objects.filter(operadora=cenario.pasa).exists()
        assert Beneficiario.objects.filter(operadora=cenario.sulina).exists()


def test_a_scope_refuses_another_organisation_inside_it(cenario: Cenario) -> None:
    with cenario.dentro("pasa"), pytest.raises(TrocaDeInquilino), cenario.dentro("aurelia"):
        pass


def test_the_platform_acts_inside_a_scope_and_the_scope_returns(cenario: Cenario) -> None:
    with cenario.dentro("pasa"):
        with sistema():
            assert Organizacao.objects.count() == 5
        assert Organizacao.objects.count() == 3


def test_an_exception_leaves_no_scope_behind(cenario: Cenario) -> None:
    with pytest.raises(ZeroDivisionError), inquilino("operadora", cenario.pasa.pk):
        raise ZeroDivisionError
    assert atual() is None
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Lote.objects.exists()
