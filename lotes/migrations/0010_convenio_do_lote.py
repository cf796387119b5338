"""By which convênio a lot is billed, one of its own operadora; and the kind of attendance that groups what is printed."""

import django.db.models.deletion
from django.db import migrations, models

from conecta.tenancy.operacoes import ChaveComposta


class Migration(migrations.Migration):
    dependencies = [
        ("convenios", "0008_muro_dos_convenios"),
        ("lotes", "0009_numero_da_operadora"),
    ]

    operations = [
        migrations.AddField(
            model_name="lote",
            name="convenio",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                help_text="By which its guides are billed; empty: the operadora's principal one.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="convenios.convenio",
            ),
        ),
        migrations.AddField(
            model_name="guia",
            name="tipo_de_atendimento",
            field=models.CharField(
                blank=True, default="", help_text="Of a guia SP/SADT, by dm_tipoAtendimento.", max_length=2
            ),
        ),
        ChaveComposta("lotes_lote", ["convenio_id", "operadora_id"], "convenios_convenio", ["id", "operadora_id"]),
    ]
