"""Indicators ask for the released glosas of one side in some months, and appeals for those of a prestador."""

from django.db import migrations, models


def _indice(de: str, nome: str) -> migrations.AddIndex:
    liberadas = models.Q(("liberada_em__isnull", False))
    return migrations.AddIndex("glosa", models.Index(condition=liberadas, fields=[de, "liberada_em"], name=nome))


class Migration(migrations.Migration):
    dependencies = [("analise", "0006_lugar")]
    operations = [
        _indice("operadora", "glosa_liberada_da_operadora"),
        _indice("prestador", "glosa_liberada_do_prestador"),
    ]
