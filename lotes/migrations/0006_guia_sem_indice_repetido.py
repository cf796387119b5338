"""No index of a guide's prestador alone: the items' check took it for the key of a guide, and read them all."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contas", "0002_muro"),
        ("lotes", "0005_sinal_do_sequencial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="guia",
            name="prestador",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="contas.organizacao",
            ),
        ),
    ]
