"""Bytes belong to the prestador; the operadora reads those that were sent. Nobody can change them."""

from django.db import migrations

from conecta.tenancy.operacoes import (
    INQUILINO,
    Murar,
    Politica,
    politica_da_operadora_depois_do_envio,
    politica_do_prestador,
)


class Migration(migrations.Migration):
    dependencies = [("arquivos", "0001_initial"), ("contas", "0002_muro")]
    operations = [
        migrations.RunSQL(
            # Compressed already: trying again costs time and gains nothing.
            "alter table arquivos_conteudo alter column comprimido set storage external",
            migrations.RunSQL.noop,
        ),
        Murar(
            "arquivos_conteudo",
            [
                politica_do_prestador(("select", "insert")),
                Politica(
                    "conecta_prestador",
                    ("update",),
                    f"prestador_id = {INQUILINO}",
                    colunas=("operadora_id", "enviado_em"),
                ),
                politica_da_operadora_depois_do_envio(),
            ],
        ),
    ]
