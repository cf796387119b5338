"""The wall around what is demanded and what was authorised.

A prestador reads what its operadoras demand, and of the authorisations only its own.
"""

from django.db import migrations

from conecta.tenancy.operacoes import INQUILINO, Auditar, ChaveComposta, Murar, Politica, politica_do_prestador

_DA_OPERADORA = f"operadora_id = {INQUILINO}"
_DO_CREDENCIADO = (
    f"operadora_id in (select c.operadora_id from convenios_credenciamento c where c.prestador_id = {INQUILINO})"
)
_PARA_CREDENCIADO = (
    f"{_DA_OPERADORA} and prestador_id in "
    f"(select c.prestador_id from convenios_credenciamento c where c.operadora_id = {INQUILINO})"
)
_TABELAS = (
    "exigencias_exigenciadoprocedimento",
    "exigencias_conferenciadeautorizacoes",
    "exigencias_autorizacao",
    "exigencias_itemautorizado",
)


class Migration(migrations.Migration):
    dependencies = [
        ("contas", "0002_muro"),
        ("convenios", "0008_muro_dos_convenios"),
        ("exigencias", "0001_inicial"),
    ]

    operations = [
        Murar(
            "exigencias_exigenciadoprocedimento",
            [
                Politica("conecta_operadora", ("select", "insert", "update", "delete"), _DA_OPERADORA),
                Politica("conecta_prestador", ("select",), _DO_CREDENCIADO),
            ],
        ),
        Murar(
            "exigencias_conferenciadeautorizacoes",
            [
                Politica("conecta_operadora", ("select", "insert", "update"), _DA_OPERADORA),
                Politica("conecta_prestador", ("select",), _DO_CREDENCIADO),
            ],
        ),
        Murar(
            "exigencias_autorizacao",
            [
                Politica("conecta_operadora", ("select",), _DA_OPERADORA),
                Politica("conecta_operadora", ("insert", "update"), _DA_OPERADORA, _PARA_CREDENCIADO),
                politica_do_prestador(("select",)),
            ],
        ),
        Murar(
            "exigencias_itemautorizado",
            [
                Politica("conecta_operadora", ("select", "insert", "delete"), _DA_OPERADORA),
                politica_do_prestador(("select",)),
            ],
        ),
        ChaveComposta(
            "exigencias_exigenciadoprocedimento",
            ["convenio_id", "operadora_id"],
            "convenios_convenio",
            ["id", "operadora_id"],
        ),
        ChaveComposta(
            "exigencias_itemautorizado",
            ["autorizacao_id", "operadora_id", "prestador_id"],
            "exigencias_autorizacao",
            ["id", "operadora_id", "prestador_id"],
        ),
        *map(Auditar, _TABELAS),
    ]
