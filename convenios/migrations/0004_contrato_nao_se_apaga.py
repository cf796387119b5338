"""A contract ends, it is not deleted: while its row stands, the operadora may read the name of who sent the old lots."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("convenios", "0003_identificacao_exigida")]
    operations = [
        migrations.RunSQL(
            "revoke delete on convenios_credenciamento from conecta_operadora",
            "grant delete on convenios_credenciamento to conecta_operadora",
        )
    ]
