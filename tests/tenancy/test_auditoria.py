"""Every change of what matters leaves a row that the runtime can neither read nor change."""

from datetime import date

import pytest
from django.db import connections
from django.utils import timezone

from conecta.tenancy.escopo import sistema
from convenios.models import Credenciamento
from convenios.transicoes import mudar_parametros
from tests.fabrica import montar_cenario
from uploads.ajustes import Decisao, ajustar_regra
from uploads.regras.contexto import Modo


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


def test_what_an_operadora_decides_about_rules_and_settings_leaves_its_trace(cenario_real) -> None:
    gestor = cenario_real.pessoa("gestor", "pasa")
    decisao = Decisao(modo=Modo.OBSERVADA, desde=timezone.localdate(), motivo="Medir antes de exigir.")
    with cenario_real.dentro("pasa", "gestor"):
        ajustar_regra(operadora=cenario_real.pasa, regra="B01", decisao=decisao, por=gestor)
        mudar_parametros(operadora=cenario_real.pasa, novos={"maximo_de_guias": 50}, por=gestor)
    linhas = _registros(
        "select tabela, operacao, depois ->> 'modo', depois ->> 'maximo_de_guias' from auditoria.registro "
        "where usuario = %s order by id",
        gestor.pk,
    )
    assert linhas == [
        ("convenios_ajustederegra", "INSERT", "observada", None),
        ("convenios_parametrosdaoperadora", "UPDATE", None, "50"),
    ]
