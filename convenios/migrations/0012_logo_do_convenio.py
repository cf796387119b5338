"""The logo of a convênio, and the wall around it."""

import django.db.models.deletion
from django.db import migrations, models

from conecta.tenancy.operacoes import INQUILINO, Auditar, ChaveComposta, Murar, Politica


class Migration(migrations.Migration):
    dependencies = [
        ("contas", "0002_muro"),
        ("convenios", "0011_versao_aceita"),
    ]

    operations = [
        migrations.CreateModel(
            name="LogoDoConvenio",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("imagem", models.BinaryField(help_text="PNG.")),
                ("sha256", models.CharField(max_length=64)),
                ("largura", models.PositiveSmallIntegerField()),
                ("altura", models.PositiveSmallIntegerField()),
                (
                    "convenio",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="logo", to="convenios.convenio"
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
            options={"verbose_name": "logo do convênio"},
        ),
        Murar(
            "convenios_logodoconvenio",
            [
                Politica("conecta_operadora", ("select", "insert", "update", "delete"), f"operadora_id = {INQUILINO}"),
                Politica(
                    "conecta_prestador",
                    ("select",),
                    "operadora_id in (select c.operadora_id from convenios_credenciamento c "
                    f"where c.prestador_id = {INQUILINO})",
                ),
            ],
        ),
        ChaveComposta(
            "convenios_logodoconvenio", ["convenio_id", "operadora_id"], "convenios_convenio", ["id", "operadora_id"]
        ),
        Auditar("convenios_logodoconvenio", esconder=["imagem"]),
    ]
