"""Contracts and beneficiários: the operadora's own, and what a credenciado prestador may look up. Terminology is everybody's."""

from django.db import migrations

from conecta.tenancy.operacoes import (
    INQUILINO,
    Auditar,
    Conceder,
    Murar,
    Politica,
    politica_do_prestador,
)

_DA_OPERADORA = Politica(
    "conecta_operadora",
    ("select", "insert", "update", "delete"),
    f"operadora_id = {INQUILINO}",
)
_DO_CREDENCIADO = Politica(
    "conecta_prestador",
    ("select",),
    f"operadora_id in (select c.operadora_id from convenios_credenciamento c where c.prestador_id = {INQUILINO})",
)


class Migration(migrations.Migration):
    dependencies = [("convenios", "0001_initial"), ("contas", "0002_muro")]
    operations = [
        Murar(
            "convenios_credenciamento",
            [_DA_OPERADORA, politica_do_prestador(("select",))],
        ),
        Murar("convenios_parametrosdaoperadora", [_DA_OPERADORA, _DO_CREDENCIADO]),
        Murar("convenios_beneficiario", [_DA_OPERADORA, _DO_CREDENCIADO]),
        # An operadora also reads the register of the prestadores that it has a contract with.
        migrations.RunSQL(
            "create policy credenciados_conecta_operadora on contas_organizacao for select to conecta_operadora using ("
            "id in (select c.prestador_id from convenios_credenciamento c "
            f"where c.operadora_id = {INQUILINO}))",
            "drop policy credenciados_conecta_operadora on contas_organizacao",
        ),
        Conceder(
            "select",
            [
                "convenios_edicao",
                "convenios_termo",
                "convenios_itemdedominio",
                "convenios_mensagemtiss",
                "convenios_operadoranaans",
            ],
        ),
        Auditar("convenios_credenciamento"),
        Auditar("convenios_parametrosdaoperadora"),
        Auditar("convenios_beneficiario"),
    ]
