"""Lots belong to the prestador until they are sent; then the operadora sees them, and nobody changes them."""

from django.db import migrations

from conecta.tenancy.operacoes import (
    INQUILINO,
    Auditar,
    ChaveComposta,
    Murar,
    Politica,
    politica_da_operadora_depois_do_envio,
    politica_do_prestador,
)

_NAO_ENVIADO = Politica(
    "conecta_prestador",
    ("update", "delete"),
    f"prestador_id = {INQUILINO} and enviado_em is null",
    f"prestador_id = {INQUILINO}",
)
_ATE_O_ENVIO = [
    politica_do_prestador(("select", "insert")),
    _NAO_ENVIADO,
    politica_da_operadora_depois_do_envio(),
]
_DA_OPERADORA = f"operadora_id = {INQUILINO}"

# The date of sending decides what the operadora sees. It is copied down here, so that no code can forget to.
_PROPAGAR = """
create function lotes_propagar_envio() returns trigger language plpgsql as $$
begin
    update lotes_item set enviado_em = new.enviado_em
     where guia_id in (select g.id from lotes_guia g where g.lote_id = new.id);
    update lotes_guia set enviado_em = new.enviado_em where lote_id = new.id;
    return null;
end $$;
create trigger propagar_envio after update of enviado_em on lotes_lote
    for each row when (old.enviado_em is distinct from new.enviado_em) execute function lotes_propagar_envio();
"""
_PARAR_DE_PROPAGAR = "drop trigger propagar_envio on lotes_lote; drop function lotes_propagar_envio();"


class Migration(migrations.Migration):
    dependencies = [
        ("lotes", "0001_initial"),
        ("arquivos", "0002_muro"),
        ("convenios", "0002_muro"),
    ]
    operations = [
        migrations.RunSQL(
            "create sequence lotes_numero as bigint start 1000001; "
            "grant usage on sequence lotes_numero to conecta_prestador;",
            "drop sequence lotes_numero",
        ),
        ChaveComposta(
            "lotes_lote",
            ["conteudo_id", "prestador_id"],
            "arquivos_conteudo",
            ["id", "prestador_id"],
        ),
        ChaveComposta(
            "lotes_acontecimento",
            ["lote_id", "prestador_id", "operadora_id"],
            "lotes_lote",
            ["id", "prestador_id", "operadora_id"],
        ),
        ChaveComposta(
            "lotes_guia",
            ["lote_id", "prestador_id", "operadora_id"],
            "lotes_lote",
            ["id", "prestador_id", "operadora_id"],
        ),
        ChaveComposta(
            "lotes_item",
            ["guia_id", "lote_id", "prestador_id", "operadora_id"],
            "lotes_guia",
            ["id", "lote_id", "prestador_id", "operadora_id"],
        ),
        ChaveComposta(
            "lotes_protocolo",
            ["lote_id", "prestador_id", "operadora_id"],
            "lotes_lote",
            ["id", "prestador_id", "operadora_id"],
        ),
        ChaveComposta(
            "lotes_mudancadesituacao",
            ["protocolo_id", "prestador_id", "operadora_id"],
            "lotes_protocolo",
            ["id", "prestador_id", "operadora_id"],
        ),
        Murar("lotes_lote", _ATE_O_ENVIO),
        Murar("lotes_guia", _ATE_O_ENVIO),
        Murar("lotes_item", _ATE_O_ENVIO),
        Murar(
            "lotes_acontecimento",
            [
                politica_do_prestador(("select", "insert")),
                Politica(
                    "conecta_operadora",
                    ("select", "insert"),
                    f"{_DA_OPERADORA} and publico",
                ),
            ],
        ),
        Murar(
            "lotes_protocolo",
            [
                politica_do_prestador(("select",)),
                # A prestador hands in; where it stands and what it is worth is the operadora's to say.
                Politica(
                    "conecta_prestador",
                    ("insert",),
                    f"prestador_id = {INQUILINO} and situacao = 1 and valor_processado = 0 and valor_glosado = 0",
                ),
                Politica("conecta_operadora", ("select",), _DA_OPERADORA),
                Politica(
                    "conecta_operadora",
                    ("update",),
                    _DA_OPERADORA,
                    colunas=(
                        "situacao",
                        "situacao_em",
                        "data_de_pagamento",
                        "valor_processado",
                        "valor_glosado",
                        "valor_liberado",
                        "guias_com_glosa",
                        "itens_com_glosa",
                    ),
                ),
            ],
        ),
        Murar(
            "lotes_mudancadesituacao",
            [
                politica_do_prestador(("select",)),
                Politica("conecta_operadora", ("select", "insert"), _DA_OPERADORA),
            ],
        ),
        Murar(
            "lotes_numeracao",
            [Politica("conecta_sistema", ("select", "insert", "update"), "true")],
        ),
        migrations.RunSQL(_PROPAGAR, _PARAR_DE_PROPAGAR),
        Auditar("lotes_lote"),
        Auditar("lotes_guia"),
        Auditar("lotes_protocolo"),
    ]
