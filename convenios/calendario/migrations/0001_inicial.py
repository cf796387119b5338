"""Windows in which lots are received, and exceptions to their ends."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contas", "0002_muro"),
        ("convenios", "0010_muro_da_terminologia"),
    ]

    operations = [
        migrations.CreateModel(
            name="JanelaDeEntrega",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "grupo",
                    models.CharField(
                        blank=True,
                        help_text="Como está no credenciamento. Vazio: todos.",
                        max_length=60,
                        verbose_name="grupo de prestadores",
                    ),
                ),
                ("competencia", models.DateField(help_text="O primeiro dia do mês.", verbose_name="competência")),
                ("abre", models.DateTimeField(verbose_name="abre em")),
                ("fecha", models.DateTimeField(verbose_name="fecha em")),
                (
                    "convenio",
                    models.ForeignKey(
                        blank=True,
                        help_text="Vazio: todos.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="janelas_de_entrega",
                        to="convenios.convenio",
                        verbose_name="convênio",
                    ),
                ),
                (
                    "operadora",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="janelas_de_entrega",
                        to="contas.organizacao",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("operadora", "convenio", "grupo", "competencia"),
                        name="janela_unica",
                        nulls_distinct=False,
                    ),
                    models.UniqueConstraint(fields=("id", "operadora"), name="janela_da_operadora"),
                    models.CheckConstraint(condition=models.Q(("fecha__gt", models.F("abre"))), name="janela_periodo"),
                    models.CheckConstraint(condition=models.Q(("competencia__day", 1)), name="janela_competencia"),
                ],
                "verbose_name": "janela de entrega",
            },
        ),
        migrations.CreateModel(
            name="ExcecaoDeEntrega",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fecha", models.DateTimeField(verbose_name="fecha em")),
                ("motivo", models.CharField(help_text="O prestador vê.", max_length=200)),
                (
                    "operadora",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contas.organizacao"
                    ),
                ),
                (
                    "prestador",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="excecoes_de_entrega",
                        to="contas.organizacao",
                    ),
                ),
                (
                    "janela",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="excecoes",
                        to="calendario.janeladeentrega",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("janela", "prestador"), name="excecao_unica"),
                ],
                "verbose_name": "exceção de entrega",
            },
        ),
    ]
