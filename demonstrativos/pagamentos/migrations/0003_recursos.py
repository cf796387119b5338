"""A line that pays for an appeal names one of the same two organisations."""

from django.db import migrations

from conecta.tenancy.operacoes import ChaveComposta


class Migration(migrations.Migration):
    dependencies = [("pagamentos", "0002_muro"), ("recursos", "0002_muro")]
    operations = [
        ChaveComposta(
            "pagamentos_pagamentodoprotocolo",
            ["recurso_id", "prestador_id", "operadora_id"],
            "recursos_recurso",
            ["id", "prestador_id", "operadora_id"],
        ),
    ]
