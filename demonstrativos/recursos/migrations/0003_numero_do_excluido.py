"""The number of an appeal that was dropped before it was sent can be given again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("recursos", "0002_muro")]
    operations = [
        migrations.RemoveConstraint("recurso", "recurso_numero_do_prestador_unico"),
        migrations.AddConstraint(
            "recurso",
            models.UniqueConstraint(
                condition=models.Q(("situacao", "excluido"), _negated=True),
                fields=("prestador", "operadora", "numero_do_prestador"),
                name="recurso_numero_do_prestador_unico",
            ),
        ),
    ]
