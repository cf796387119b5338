"""A typed lot has no XML of its own until it is closed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("arquivos", "0002_muro"),
        ("contas", "0002_muro"),
        ("convenios", "0014_edicao_recebida"),
        ("lotes", "0010_convenio_do_lote"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="lote",
            name="conteudo",
            field=models.ForeignKey(
                help_text="The XML that will be, or was, sent. A typed lot has one from the moment that it is closed.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="arquivos.conteudo",
            ),
        ),
        migrations.AddConstraint(
            model_name="lote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("conteudo__isnull", False),
                    models.Q(("canal", "digitacao"), ("situacao__in", ["aberto", "excluido"])),
                    _connector="OR",
                ),
                name="lote_fechado_tem_xml",
            ),
        ),
    ]
