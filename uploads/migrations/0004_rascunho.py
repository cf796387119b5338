"""What a person decided and has not saved yet stays the prestador's alone."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from conecta.tenancy.operacoes import ChaveComposta, Murar, politica_do_prestador


class Migration(migrations.Migration):
    dependencies = [
        ("uploads", "0003_conserto_da_critica"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Rascunho",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("versao", models.PositiveSmallIntegerField(help_text="The version that the person saw.")),
                (
                    "conferido_em",
                    models.DateTimeField(help_text="When the verdict was given that the decisions are about."),
                ),
                ("decisoes", models.JSONField()),
                ("alterado_em", models.DateTimeField(default=django.utils.timezone.now)),
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
                (
                    "arquivo",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rascunhos",
                        to="uploads.arquivo",
                    ),
                ),
                (
                    "usuario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=["arquivo", "usuario"], name="rascunho_unico")],
            },
        ),
        ChaveComposta("uploads_rascunho", ["arquivo_id", "prestador_id"], "uploads_arquivo", ["id", "prestador_id"]),
        Murar("uploads_rascunho", [politica_do_prestador()]),
    ]
