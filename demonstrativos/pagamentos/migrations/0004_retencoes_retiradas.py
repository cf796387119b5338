"""What a person took out of an open payment is remembered, so that it is not withheld anew."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pagamentos", "0003_recursos")]
    operations = [
        migrations.AddField(
            model_name="pagamento",
            name="retencoes_retiradas",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=2),
                blank=True,
                default=list,
                help_text="Taxes (table 27) that a person took out: they are not worked out anew.",
                size=None,
            ),
        ),
    ]
