"""Quantities as long as the standard lets them be: nine digits, of which up to four after the point."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lotes", "0007_indices_da_guia"),
    ]

    operations = [
        migrations.AlterField(
            model_name="item",
            name="quantidade",
            field=models.DecimalField(decimal_places=4, max_digits=13),
        ),
    ]
