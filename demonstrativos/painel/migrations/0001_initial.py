import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("analise", "0002_muro"), ("contas", "0002_muro")]
    operations = [
        migrations.CreateModel(
            name="Executante",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nome", models.CharField(blank=True, max_length=70)),
                ("conselho", models.CharField(blank=True, help_text="By domain table 26.", max_length=2)),
                ("numero", models.CharField(blank=True, max_length=15)),
                ("uf", models.CharField(blank=True, help_text="By domain table 59.", max_length=2)),
                (
                    "analise",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="executantes",
                        to="analise.analise",
                    ),
                ),
                (
                    "guia",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="analise.guiaanalisada",
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="executante",
                        to="analise.itemanalisado",
                    ),
                ),
                (
                    "operadora",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contas.organizacao",
                    ),
                ),
                (
                    "prestador",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contas.organizacao",
                    ),
                ),
            ],
        ),
    ]
