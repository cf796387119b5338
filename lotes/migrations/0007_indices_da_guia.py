"""The organisation stands last: begun with it, an index passed for the key of a guide in the items' check."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contas", "0002_muro"),
        ("lotes", "0006_guia_sem_indice_repetido"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="guia",
            name="guia_numero_do_prestador",
        ),
        migrations.RemoveIndex(
            model_name="guia",
            name="guia_carteira",
        ),
        migrations.AddIndex(
            model_name="guia",
            index=models.Index(fields=["numero_do_prestador", "prestador"], name="guia_numero_do_prestador"),
        ),
        migrations.AddIndex(
            model_name="guia",
            index=models.Index(fields=["numero_carteira", "operadora"], name="guia_carteira"),
        ),
    ]
