"""Codes are the operadora's to give; what waits in a laboratory is nobody's but the prestador's."""

from django.db import migrations

from conecta.tenancy.operacoes import INQUILINO, Auditar, ChaveComposta, Murar, Politica, politica_do_prestador

_DA_OPERADORA = f"operadora_id = {INQUILINO}"


class Migration(migrations.Migration):
    dependencies = [("contrato", "0001_initial")]

    operations = [
        Murar(
            "contrato_codigocredenciado",
            [
                Politica("conecta_operadora", ("select", "insert", "update", "delete"), _DA_OPERADORA),
                politica_do_prestador(("select",)),
            ],
        ),
        Murar("contrato_pendenciadeexame", [politica_do_prestador(("select", "insert", "update"))]),
        ChaveComposta(
            "contrato_codigocredenciado",
            ["credenciamento_id", "operadora_id", "prestador_id"],
            "convenios_credenciamento",
            ["id", "operadora_id", "prestador_id"],
        ),
        ChaveComposta(
            "contrato_codigocredenciado", ["convenio_id", "operadora_id"], "convenios_convenio", ["id", "operadora_id"]
        ),
        ChaveComposta(
            "contrato_pendenciadeexame",
            ["operadora_id", "prestador_id"],
            "convenios_credenciamento",
            ["operadora_id", "prestador_id"],
        ),
        ChaveComposta(
            "contrato_pendenciadeexame", ["convenio_id", "operadora_id"], "convenios_convenio", ["id", "operadora_id"]
        ),
        Auditar("contrato_codigocredenciado"),
        Auditar("contrato_pendenciadeexame"),
    ]
