"""How an operadora wants a prestador to identify itself in its files."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("convenios", "0002_muro"),
    ]

    operations = [
        migrations.AddField(
            model_name="credenciamento",
            name="identificacao_exigida",
            field=models.CharField(
                blank=True,
                choices=[("documento", "CNPJ ou CPF"), ("codigo", "Código na operadora")],
                help_text="Empty: either.",
                max_length=9,
                verbose_name="identificação exigida na origem",
            ),
        ),
    ]
