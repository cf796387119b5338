"""Every change of what matters leaves a row that the runtime can neither read nor change."""

from datetime import date

import pytest
from django.db import connections

from conecta.tenancy.escopo import sistema
from convenios.models import Credenciamento
from tests.fabrica import montar_cenario


def _registros(sql: str, *parametros: object) -> list[tuple]:
    with connections["dono"].cursor() as cursor:
        cursor.execute(sql, parametros)
        return cursor.fetchall()


@pytest.fixture
def cenario_real(commitado: None):
    return montar_cenario()


def test_a_change_tells_who_what_from_and_to(cenario_real) -> None:
    gestor = cenario_real.pessoa("gestor", "pasa")
    with cenario_real.dentro("pasa", "gestor"):
        contrato = Credenciamento.objects.get(prestador=cenario_real.aurelia)
        Credenciamento.objects.filter(pk=contrato.pk).update(fim=date(2027, 1, 1))
    linha = _registros(
        "select operacao, antes ->> 'fim', depois ->> 'fim', papel, organizacao, usuario from auditoria.registro "
        "where tabela = 'convenios_credenciamento' and linha = %s order by id desc limit 1",
        contrato.pk,
    )
    assert linha == [("UPDATE", None, "2027-01-01", "conecta_operadora", cenario_real.pasa.pk, gestor.pk)]


def test_passwords_never_reach_the_trail(cenario_real) -> None:
    with sistema():
        pessoa = cenario_real.pessoa("gestor", "pasa")
        pessoa.set_password("uma-senha-bem-comprida")
        pessoa.nome = "Outro Nome"
        pessoa.save()
    (depois,) = _registros(
        "select depois from auditoria.registro where tabela = 'contas_usuario' and operacao = 'UPDATE' and linha = %s",
        pessoa.pk,
    )[0]
    assert "password" not in depois
    assert "Outro Nome" in depois
