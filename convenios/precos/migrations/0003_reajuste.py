"""What was adjusted at once, for the operadora alone to read."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from conecta.tenancy.operacoes import INQUILINO, Auditar, ChaveComposta, Murar, Politica


class Migration(migrations.Migration):
    dependencies = [
        ("contas", "0002_muro"),
        ("precos", "0002_muro"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reajuste",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("percentual", models.DecimalField(decimal_places=3, max_digits=7)),
                ("inicio", models.DateField(verbose_name="vale a partir de")),
                ("tabela_tiss", models.CharField(blank=True, max_length=2, verbose_name="tabela TISS")),
                ("prefixo", models.CharField(blank=True, max_length=10, verbose_name="códigos que começam com")),
                ("quantos", models.PositiveIntegerField()),
                ("soma_antes", models.DecimalField(decimal_places=4, max_digits=18)),
                ("soma_depois", models.DecimalField(decimal_places=4, max_digits=18)),
                ("quem_nome", models.CharField(max_length=70)),
                ("feito_em", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("desfeito_em", models.DateTimeField(null=True)),
                (
                    "operadora",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contas.organizacao",
                    ),
                ),
                (
                    "quem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "tabela",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reajustes",
                        to="precos.tabeladepreco",
                    ),
                ),
            ],
            options={
                "verbose_name": "reajuste",
                "ordering": ["-feito_em", "-id"],
                "indexes": [models.Index(fields=["tabela", "-feito_em"], name="reajuste_recentes")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("percentual__gt", -100)), name="reajuste_deixa_preco"),
                    models.CheckConstraint(condition=models.Q(("quantos__gt", 0)), name="reajuste_de_algo"),
                ],
            },
        ),
        Murar(
            "precos_reajuste",
            [Politica("conecta_operadora", ("select", "insert", "update"), f"operadora_id = {INQUILINO}")],
        ),
        ChaveComposta("precos_reajuste", ["tabela_id", "operadora_id"], "precos_tabeladepreco", ["id", "operadora_id"]),
        Auditar("precos_reajuste"),
    ]
