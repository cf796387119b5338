"""Versions of the standard that are taken from one day to another, and their wall: credenciados read them."""

import django.db.models.deletion
from django.db import migrations, models

from conecta.tenancy.operacoes import INQUILINO, Auditar, ChaveComposta, Murar, Politica

_DA_OPERADORA = f"operadora_id = {INQUILINO}"
_DO_CREDENCIADO = (
    f"operadora_id in (select c.operadora_id from convenios_credenciamento c where c.prestador_id = {INQUILINO})"
)


class Migration(migrations.Migration):
    dependencies = [
        ("contas", "0002_muro"),
        ("convenios", "0010_muro_da_terminologia"),
    ]

    operations = [
        migrations.CreateModel(
            name="VersaoAceita",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("versao", models.CharField(max_length=8, verbose_name="versão")),
                (
                    "desde",
                    models.DateField(
                        help_text="Arquivo com data de transação anterior é recusado (M05).",
                        verbose_name="aceita desde",
                    ),
                ),
                (
                    "ate",
                    models.DateField(
                        blank=True,
                        help_text="Último dia. Vazio: sem fim marcado.",
                        null=True,
                        verbose_name="aceita até",
                    ),
                ),
                (
                    "convenio",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versoes_aceitas",
                        to="convenios.convenio",
                    ),
                ),
                (
                    "operadora",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contas.organizacao",
                    ),
                ),
            ],
            options={
                "verbose_name": "versão aceita",
                "ordering": ["versao", "desde"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("operadora", "convenio", "versao", "desde"),
                        name="versao_aceita_unica",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ate__isnull", True), ("ate__gte", models.F("desde")), _connector="OR"),
                        name="versao_aceita_periodo",
                    ),
                ],
            },
        ),
        Murar(
            "convenios_versaoaceita",
            [
                Politica("conecta_operadora", ("select", "insert", "update", "delete"), _DA_OPERADORA),
                Politica("conecta_prestador", ("select",), _DO_CREDENCIADO),
            ],
        ),
        ChaveComposta(
            "convenios_versaoaceita", ["convenio_id", "operadora_id"], "convenios_convenio", ["id", "operadora_id"]
        ),
        Auditar("convenios_versaoaceita"),
    ]
