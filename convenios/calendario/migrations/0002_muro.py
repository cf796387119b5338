"""The calendar is the operadora's; a credenciado reads the windows that are meant for it, and its own exceptions."""

from django.db import migrations

from conecta.tenancy.operacoes import INQUILINO, Auditar, ChaveComposta, Murar, Politica, politica_do_prestador

_DA_OPERADORA = Politica("conecta_operadora", ("select", "insert", "update", "delete"), f"operadora_id = {INQUILINO}")
_DO_SEU_GRUPO = (
    "exists (select from convenios_credenciamento c where c.operadora_id = calendario_janeladeentrega.operadora_id "
    f"and c.prestador_id = {INQUILINO} and calendario_janeladeentrega.grupo in ('', c.grupo))"
)


class Migration(migrations.Migration):
    dependencies = [("calendario", "0001_inicial")]

    operations = [
        Murar(
            "calendario_janeladeentrega",
            [_DA_OPERADORA, Politica("conecta_prestador", ("select",), _DO_SEU_GRUPO)],
        ),
        Murar("calendario_excecaodeentrega", [_DA_OPERADORA, politica_do_prestador(("select",))]),
        ChaveComposta(
            "calendario_janeladeentrega", ["convenio_id", "operadora_id"], "convenios_convenio", ["id", "operadora_id"]
        ),
        ChaveComposta(
            "calendario_excecaodeentrega",
            ["janela_id", "operadora_id"],
            "calendario_janeladeentrega",
            ["id", "operadora_id"],
        ),
        ChaveComposta(
            "calendario_excecaodeentrega",
            ["prestador_id", "operadora_id"],
            "convenios_credenciamento",
            ["prestador_id", "operadora_id"],
        ),
        Auditar("calendario_janeladeentrega"),
        Auditar("calendario_excecaodeentrega"),
    ]
