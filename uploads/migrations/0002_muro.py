"""Files are the prestador's alone. Of the críticas the operadora sees those ignored with a justification, once sent."""

from django.db import migrations

from conecta.tenancy.operacoes import (
    INQUILINO,
    Auditar,
    ChaveComposta,
    Murar,
    Politica,
    politica_do_prestador,
)

_PROPAGAR = """
create function uploads_propagar_envio() returns trigger language plpgsql as $$
begin
    update uploads_critica set enviado_em = new.enviado_em where lote_id = new.id;
    return null;
end $$;
create trigger propagar_envio_criticas after update of enviado_em on lotes_lote
    for each row when (old.enviado_em is distinct from new.enviado_em) execute function uploads_propagar_envio();
"""
_PARAR_DE_PROPAGAR = "drop trigger propagar_envio_criticas on lotes_lote; drop function uploads_propagar_envio();"


class Migration(migrations.Migration):
    dependencies = [("uploads", "0001_initial"), ("lotes", "0002_muro")]
    operations = [
        ChaveComposta(
            "uploads_arquivo",
            ["lote_id", "prestador_id"],
            "lotes_lote",
            ["id", "prestador_id"],
        ),
        ChaveComposta(
            "uploads_versao",
            ["arquivo_id", "prestador_id"],
            "uploads_arquivo",
            ["id", "prestador_id"],
        ),
        ChaveComposta(
            "uploads_versao",
            ["conteudo_id", "prestador_id"],
            "arquivos_conteudo",
            ["id", "prestador_id"],
        ),
        ChaveComposta(
            "uploads_alteracao",
            ["arquivo_id", "prestador_id"],
            "uploads_arquivo",
            ["id", "prestador_id"],
        ),
        ChaveComposta(
            "uploads_critica",
            ["arquivo_id", "prestador_id"],
            "uploads_arquivo",
            ["id", "prestador_id"],
        ),
        ChaveComposta(
            "uploads_critica",
            ["lote_id", "prestador_id", "operadora_id"],
            "lotes_lote",
            ["id", "prestador_id", "operadora_id"],
        ),
        Murar("uploads_arquivo", [politica_do_prestador()]),
        Murar("uploads_versao", [politica_do_prestador(("select", "insert"))]),
        Murar("uploads_alteracao", [politica_do_prestador(("select", "insert"))]),
        Murar(
            "uploads_critica",
            [
                politica_do_prestador(),
                Politica(
                    "conecta_operadora",
                    ("select",),
                    f"operadora_id = {INQUILINO} and enviado_em is not null and ignorada",
                ),
            ],
        ),
        migrations.RunSQL(_PROPAGAR, _PARAR_DE_PROPAGAR),
        Auditar("uploads_arquivo"),
    ]
