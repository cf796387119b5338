"""Turn the automatic pass on, and count what each of its criteria finds."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from conecta.tenancy.operacoes import INQUILINO, ChaveComposta, Murar, Politica


class Migration(migrations.Migration):
    dependencies = [
        ("analise", "0003_mesa"),
        ("contas", "0002_muro"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ResultadoDoCriterio",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterio", models.CharField(max_length=30)),
                ("quando", models.DateTimeField()),
                ("glosas", models.PositiveIntegerField(default=0)),
                ("valor", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                ("observacoes", models.PositiveIntegerField(default=0)),
                ("retiradas", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name="ajustedocriterio",
            name="tolerancia_centavos",
            field=models.PositiveIntegerField(default=0, verbose_name="tolerância (centavos)"),
        ),
        migrations.AlterField(
            model_name="parametrosdaanalise",
            name="conferencia_automatica",
            field=models.BooleanField(
                default=True,
                help_text="Ao entrar em análise, o protocolo é conferido pelas regras, que propõem glosas.",
                verbose_name="conferência automática",
            ),
        ),
        migrations.AddIndex(
            model_name="glosa",
            index=models.Index(
                condition=models.Q(("origem", "regra")), fields=["operadora", "criada_em"], name="glosa_da_conferencia"
            ),
        ),
        migrations.AddField(
            model_name="resultadodocriterio",
            name="analise",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="resultados",
                to="analise.analise",
            ),
        ),
        migrations.AddField(
            model_name="resultadodocriterio",
            name="operadora",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="contas.organizacao",
            ),
        ),
        migrations.AddField(
            model_name="resultadodocriterio",
            name="prestador",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="contas.organizacao",
            ),
        ),
        migrations.AddIndex(
            model_name="resultadodocriterio",
            index=models.Index(fields=["operadora", "quando"], name="resultado_por_dia"),
        ),
        migrations.AddConstraint(
            model_name="resultadodocriterio",
            constraint=models.UniqueConstraint(fields=("analise", "criterio"), name="resultado_do_criterio_unico"),
        ),
        ChaveComposta(
            "analise_resultadodocriterio",
            ["analise_id", "prestador_id", "operadora_id"],
            "analise_analise",
            ["id", "prestador_id", "operadora_id"],
        ),
        Murar(
            "analise_resultadodocriterio",
            [Politica("conecta_operadora", ("select", "insert", "update", "delete"), f"operadora_id = {INQUILINO}")],
        ),
    ]
