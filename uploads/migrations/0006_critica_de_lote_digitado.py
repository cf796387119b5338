"""What was ignored in typed guides goes with their lot, which came from no file."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contas", "0002_muro"),
        ("lotes", "0011_xml_so_ao_fechar"),
        ("uploads", "0005_contagem"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="critica",
            name="arquivo",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                help_text="Empty: of a typed lot, which keeps only what was ignored.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="criticas",
                to="uploads.arquivo",
            ),
        ),
        migrations.AddConstraint(
            model_name="critica",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("arquivo__isnull", False), models.Q(("ignorada", True), ("lote__isnull", False)), _connector="OR"
                ),
                name="critica_de_alguem",
            ),
        ),
    ]
