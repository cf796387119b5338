"""The operadora's worker writes who executed what it refused; the prestador reads its own."""

from django.db import migrations

from conecta.tenancy.operacoes import INQUILINO, ChaveComposta, Murar, Politica, politica_do_prestador


class Migration(migrations.Migration):
    dependencies = [("painel", "0001_initial"), ("analise", "0002_muro"), ("contas", "0002_muro")]
    operations = [
        ChaveComposta(
            "painel_executante",
            ["item_id", "guia_id", "analise_id", "prestador_id", "operadora_id"],
            "analise_itemanalisado",
            ["id", "guia_id", "analise_id", "prestador_id", "operadora_id"],
        ),
        Murar(
            "painel_executante",
            [
                politica_do_prestador(("select",)),
                Politica("conecta_operadora", ("select", "insert"), f"operadora_id = {INQUILINO}"),
            ],
        ),
    ]
