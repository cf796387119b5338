"""How often each rule found something. The operadora reads the rows that name it, the prestador its own but for those
of rules that are only observed: it writes them, since its files are judged in its name.
"""

import django.db.models.deletion
from django.db import migrations, models

from conecta.tenancy.operacoes import INQUILINO, ChaveComposta, Murar, Politica

_CREDENCIADA = (
    "operadora_id is null or operadora_id in "
    f"(select c.operadora_id from convenios_credenciamento c where c.prestador_id = {INQUILINO})"
)


class Migration(migrations.Migration):
    dependencies = [
        ("contas", "0002_muro"),
        ("convenios", "0006_ajustes_de_regra"),
        ("uploads", "0004_rascunho"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contagem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("versao", models.PositiveSmallIntegerField()),
                ("regra", models.CharField(max_length=5)),
                (
                    "campo",
                    models.TextField(
                        help_text="Element names from the root down, as in the XSD; empty: the file as a whole."
                    ),
                ),
                ("observada", models.BooleanField()),
                ("codigo", models.CharField(max_length=4)),
                (
                    "severidade",
                    models.CharField(
                        choices=[
                            ("impeditiva", "Impede a importação"),
                            ("ignoravel", "Pode ser ignorada com justificativa"),
                            ("informativa", "Informativa"),
                        ],
                        max_length=11,
                    ),
                ),
                ("quantidade", models.PositiveIntegerField(help_text="Places.")),
                ("guias", models.PositiveIntegerField(help_text="Guides with at least one of the places.")),
                ("importado", models.BooleanField(help_text="Whether this verdict let the file in.")),
                ("julgado_em", models.DateTimeField()),
                (
                    "arquivo",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contagens",
                        to="uploads.arquivo",
                    ),
                ),
                (
                    "operadora",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
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
            options={
                "indexes": [
                    models.Index(fields=["prestador", "julgado_em"], name="contagem_do_prestador"),
                    models.Index(fields=["operadora", "julgado_em"], name="contagem_da_operadora"),
                    models.Index(fields=["operadora", "regra", "julgado_em"], name="contagem_da_regra"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("arquivo", "versao", "regra", "campo", "observada"),
                        name="contagem_do_primeiro_veredito",
                    )
                ],
            },
        ),
        ChaveComposta("uploads_contagem", ["arquivo_id", "prestador_id"], "uploads_arquivo", ["id", "prestador_id"]),
        Murar(
            "uploads_contagem",
            [
                Politica("conecta_prestador", ("select",), f"prestador_id = {INQUILINO} and not observada"),
                Politica("conecta_prestador", ("insert",), f"prestador_id = {INQUILINO} and ({_CREDENCIADA})"),
                Politica("conecta_operadora", ("select",), f"operadora_id = {INQUILINO}"),
            ],
        ),
    ]
