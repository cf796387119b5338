"""A prestador takes numbers from every range of its own; what an operadora gave only the operadora takes back."""

from django.db import migrations

from conecta.tenancy.operacoes import INQUILINO, Auditar, ChaveComposta, Murar, Politica, politica_do_prestador


class Migration(migrations.Migration):
    dependencies = [("numeracao", "0001_initial")]

    operations = [
        Murar(
            "numeracao_faixadenumeracao",
            [
                politica_do_prestador(("select", "update")),
                Politica(
                    "conecta_prestador", ("insert", "delete"), f"prestador_id = {INQUILINO} and autor = 'prestador'"
                ),
                Politica(
                    "conecta_operadora",
                    ("select", "insert", "update", "delete"),
                    f"operadora_id = {INQUILINO} and autor = 'operadora'",
                ),
            ],
        ),
        ChaveComposta(
            "numeracao_faixadenumeracao",
            ["operadora_id", "prestador_id"],
            "convenios_credenciamento",
            ["operadora_id", "prestador_id"],
        ),
        ChaveComposta(
            "numeracao_faixadenumeracao", ["convenio_id", "operadora_id"], "convenios_convenio", ["id", "operadora_id"]
        ),
        Auditar("numeracao_faixadenumeracao"),
    ]
