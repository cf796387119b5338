"""Guides that are begun for a lot, and lots that are made many at a time: the prestador's alone."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from conecta.tenancy.operacoes import Auditar, ChaveComposta, Murar, politica_do_prestador


class Migration(migrations.Migration):
    dependencies = [
        ("contas", "0002_muro"),
        ("digitacao", "0003_travados"),
        ("lotes", "0011_xml_so_ao_fechar"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="guiadigitada",
            name="destino",
            field=models.ForeignKey(
                db_index=False,
                help_text="The lot that it was begun for, and enters when it is ready.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="lotes.lote",
            ),
        ),
        migrations.CreateModel(
            name="GeracaoDeLotes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("filtros", models.JSONField(help_text="As `geracao.Escolha.para_json` writes them.")),
                ("visto", models.CharField(help_text="Digest of the plan that the person confirmed.", max_length=64)),
                (
                    "situacao",
                    models.CharField(
                        choices=[("esperando", "Em andamento"), ("feita", "Concluída"), ("recusada", "Não feita")],
                        default="esperando",
                        max_length=9,
                        verbose_name="situação",
                    ),
                ),
                ("previstos", models.PositiveIntegerField(verbose_name="lotes previstos")),
                ("lotes", models.JSONField(default=list, help_text="Ids of the lots that were made.")),
                ("erro", models.CharField(blank=True, max_length=300)),
                ("pedida_em", models.DateTimeField(default=django.utils.timezone.now)),
                ("terminada_em", models.DateTimeField(null=True)),
                (
                    "pedida_por",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "prestador",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contas.organizacao",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["prestador", "-pedida_em"], name="geracao_recentes")],
            },
        ),
        ChaveComposta("digitacao_guiadigitada", ["destino_id", "prestador_id"], "lotes_lote", ["id", "prestador_id"]),
        Murar("digitacao_geracaodelotes", [politica_do_prestador(("select", "insert", "update"))]),
        Auditar("digitacao_geracaodelotes"),
    ]
