"""Suggestions that change more than a text."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("uploads", "0002_muro"),
    ]

    operations = [
        migrations.AddField(
            model_name="critica",
            name="conserto",
            field=models.JSONField(help_text="Edits, where the suggestion is more than another text.", null=True),
        ),
    ]
