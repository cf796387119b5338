"""The platform itself may have jobs, too: without an organisation."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contas", "0002_muro"),
        ("fila", "0002_muro"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="trabalho",
            name="trabalho_vivo_unico",
        ),
        migrations.AlterField(
            model_name="trabalho",
            name="organizacao",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contas.organizacao"
            ),
        ),
        migrations.AddConstraint(
            model_name="trabalho",
            constraint=models.UniqueConstraint(
                condition=models.Q(("estado__in", ["pronto", "rodando"])),
                fields=("organizacao", "tipo", "alvo"),
                name="trabalho_vivo_unico",
                nulls_distinct=False,
            ),
        ),
    ]
