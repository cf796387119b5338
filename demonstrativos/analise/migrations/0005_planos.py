"""Let the sums that triggers write be found by index, whatever a session has planned while the tables were small.

A function keeps the plan of its first calls. Made over a handful of rows it may read the whole table, and would go on
reading all of it for each of 22,000 items.
"""

from django.db import migrations

_FUNCOES = ("analise_na_glosa", "analise_no_item", "analise_na_guia", "analise_na_analise")


class Migration(migrations.Migration):
    dependencies = [("analise", "0004_conferencia")]
    operations = [
        migrations.RunSQL(
            "\n".join(f"alter function {funcao}() set enable_seqscan = off;" for funcao in _FUNCOES),
            "\n".join(f"alter function {funcao}() reset enable_seqscan;" for funcao in _FUNCOES),
        )
    ]
