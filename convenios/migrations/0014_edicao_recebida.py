"""Spreadsheets of ANS on their way in by the screen of the platform, and who took an edition in."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from conecta.tenancy.operacoes import Murar, Politica
from conecta.texto import para_busca

_SISTEMA = [Politica("conecta_sistema", ("select", "insert", "update"), "true")]


def _sem_acentos(apps, schema_editor):
    """Fill what an earlier loading left without the text that searches read."""
    banco = schema_editor.connection.alias
    for modelo, texto, busca in (
        ("ItemDeDominio", "texto", "texto_busca"),
        ("MensagemTiss", "descricao", "descricao_busca"),
    ):
        linhas = list(apps.get_model("convenios", modelo).objects.using(banco).filter(**{busca: ""}))
        for linha in linhas:
            setattr(linha, busca, para_busca(getattr(linha, texto)))
        apps.get_model("convenios", modelo).objects.using(banco).bulk_update(linhas, [busca], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("convenios", "0013_pedidos_de_acesso"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="edicao",
            name="quem_nome",
            field=models.CharField(db_default="", help_text="Empty: loaded on the server.", max_length=70),
        ),
        migrations.CreateModel(
            name="EdicaoRecebida",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tabela", models.CharField(max_length=2)),
                ("rotulo", models.CharField(max_length=60)),
                ("completa", models.BooleanField(default=False)),
                ("nome", models.CharField(max_length=255, verbose_name="arquivo")),
                ("tamanho", models.BigIntegerField(help_text="Bytes of the file.")),
                ("comprimido", models.BinaryField(null=True)),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("conferindo", "Conferindo"),
                            ("conferida", "Conferida, aguardando você"),
                            ("gravando", "Gravando"),
                            ("concluida", "Concluída"),
                            ("recusada", "Arquivo recusado"),
                            ("cancelada", "Cancelada"),
                            ("falhou", "Não terminou"),
                        ],
                        default="conferindo",
                        max_length=12,
                    ),
                ),
                ("ja_estava", models.BooleanField(default=False)),
                ("novas", models.PositiveIntegerField(null=True)),
                ("mudadas", models.PositiveIntegerField(null=True)),
                ("encerradas", models.PositiveIntegerField(null=True)),
                ("iguais", models.PositiveIntegerField(null=True)),
                ("quantas_ruins", models.PositiveIntegerField(null=True)),
                ("ruins", models.JSONField(default=list)),
                ("exemplos", models.JSONField(default=dict)),
                ("erro", models.CharField(blank=True, max_length=500)),
                ("quem_nome", models.CharField(max_length=70)),
                ("criada_em", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("terminada_em", models.DateTimeField(null=True)),
                (
                    "quem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "edição recebida",
                "ordering": ["-criada_em", "-id"],
            },
        ),
        Murar("convenios_edicaorecebida", _SISTEMA),
        migrations.RunPython(_sem_acentos, migrations.RunPython.noop),
    ]
