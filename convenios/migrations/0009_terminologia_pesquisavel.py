"""Terminology that can be searched: what each text reads like without accents, and own codes of operadoras."""

import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

from conecta.texto import para_busca


def _sem_acentos(apps, schema_editor):
    """Fill the new columns of what was loaded before they were there."""
    banco = schema_editor.connection.alias
    for modelo, texto, busca in (
        ("ItemDeDominio", "texto", "texto_busca"),
        ("MensagemTiss", "descricao", "descricao_busca"),
    ):
        linhas = list(apps.get_model("convenios", modelo).objects.using(banco).all())
        for linha in linhas:
            setattr(linha, busca, para_busca(getattr(linha, texto)))
        apps.get_model("convenios", modelo).objects.using(banco).bulk_update(linhas, [busca], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("contas", "0002_muro"),
        ("convenios", "0008_muro_dos_convenios"),
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="ItemDaTerminologia",
            fields=[
                ("id", models.CharField(max_length=30, primary_key=True, serialize=False)),
                ("tabela", models.CharField(max_length=2)),
                ("codigo", models.CharField(max_length=10)),
                ("codigo_busca", models.TextField(help_text="The code in lower case and without its leading zeros.")),
                ("texto", models.TextField()),
                ("texto_busca", models.TextField()),
                ("descricao", models.TextField()),
                ("vigencia_inicio", models.DateField(null=True)),
                ("vigencia_fim", models.DateField(null=True)),
                ("fim_implantacao", models.DateField(null=True)),
                ("operadora_id", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "convenios_terminologia",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="TermoProprio",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tabela",
                    models.CharField(
                        choices=[("00", "00 Tabela própria"), ("90", "90 Pacotes odontológicos"), ("98", "98 Pacotes")],
                        max_length=2,
                    ),
                ),
                (
                    "codigo",
                    models.CharField(
                        help_text="Até 10 letras e algarismos, como os prestadores o escrevem nas guias.",
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9A-Za-z.\\-]+$", "Use só letras sem acento, algarismos, ponto e hífen."
                            )
                        ],
                        verbose_name="código",
                    ),
                ),
                (
                    "descricao",
                    models.CharField(
                        help_text="Até 150 caracteres, como cabe na guia.", max_length=150, verbose_name="descrição"
                    ),
                ),
                ("descricao_busca", models.CharField(help_text="Lower case, without accents.", max_length=150)),
                (
                    "vigencia_inicio",
                    models.DateField(help_text="Item de antes deste dia é criticado (I05).", verbose_name="vale desde"),
                ),
                (
                    "vigencia_fim",
                    models.DateField(
                        blank=True,
                        help_text="Item de depois deste dia é criticado (I05). Vazio: sem fim.",
                        null=True,
                        verbose_name="vale até",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vigencia_fim__isnull", True),
                            ("vigencia_fim__gte", models.F("vigencia_inicio")),
                            _connector="OR",
                        ),
                        name="termo_proprio_periodo",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tabela__in", ["00", "90", "98"])), name="termo_proprio_tabela"
                    ),
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["descricao_busca"], name="termo_proprio_trigramas", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "verbose_name": "código próprio",
            },
        ),
        migrations.AddField(
            model_name="itemdedominio",
            name="texto_busca",
            field=models.TextField(db_default="", help_text="Lower case, without accents."),
        ),
        migrations.AddField(
            model_name="mensagemtiss",
            name="descricao_busca",
            field=models.TextField(db_default="", help_text="Lower case, without accents."),
        ),
        migrations.AddField(
            model_name="mensagemtiss",
            name="vigencia_fim",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="mensagemtiss",
            name="vigencia_inicio",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="termo",
            name="descricao",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.AddField(
            model_name="termo",
            name="fim_implantacao",
            field=models.DateField(help_text="Last day that ANS gives to adapt.", null=True),
        ),
        migrations.AddIndex(
            model_name="termo",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["termo_busca"], name="termo_trigramas", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddField(
            model_name="termoproprio",
            name="operadora",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="termos_proprios", to="contas.organizacao"
            ),
        ),
        migrations.AddConstraint(
            model_name="termoproprio",
            constraint=models.UniqueConstraint(
                fields=("operadora", "tabela", "codigo", "vigencia_inicio"), name="termo_proprio_unico"
            ),
        ),
        migrations.RunPython(_sem_acentos, migrations.RunPython.noop),
    ]
