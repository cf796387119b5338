"""Documents of a sent lot: the prestador keeps its own, the operadora reads them; nobody changes or removes one."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from conecta.tenancy.operacoes import (
    ChaveComposta,
    Murar,
    politica_da_operadora_depois_do_envio,
    politica_do_prestador,
)


class Migration(migrations.Migration):
    dependencies = [
        ("lotes", "0002_muro"),
        ("arquivos", "0002_muro"),
        ("contas", "0002_muro"),
    ]
    operations = [
        migrations.CreateModel(
            name="DocumentoDoLote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "enviado_em",
                    models.DateTimeField(help_text="When the lot was sent: from then on the operadora sees it."),
                ),
                ("tipo", models.CharField(choices=[("capa", "Capa do Lote")], max_length=20)),
                ("chave_dos_valores", models.CharField(help_text="SHA-256 of the values shown.", max_length=64)),
                ("criado_em", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "conteudo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="arquivos.conteudo"
                    ),
                ),
                (
                    "lote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="documentos", to="lotes.lote"
                    ),
                ),
                (
                    "operadora",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contas.organizacao"
                    ),
                ),
                (
                    "prestador",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contas.organizacao"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("lote", "tipo", "chave_dos_valores"), name="documento_unico_por_valores"
                    )
                ],
            },
        ),
        ChaveComposta(
            "lotes_documentodolote",
            ["lote_id", "prestador_id", "operadora_id"],
            "lotes_lote",
            ["id", "prestador_id", "operadora_id"],
        ),
        ChaveComposta(
            "lotes_documentodolote",
            ["conteudo_id", "prestador_id"],
            "arquivos_conteudo",
            ["id", "prestador_id"],
        ),
        Murar(
            "lotes_documentodolote",
            [politica_do_prestador(("select", "insert")), politica_da_operadora_depois_do_envio()],
        ),
    ]
