"""Both sides read a thread and write in their own name; documents go with their lot; who reads what is marked by who reads."""

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

_DO_PRESTADOR, _DA_OPERADORA = f"prestador_id = {INQUILINO}", f"operadora_id = {INQUILINO}"
_POR_ENVIAR = f"{_DO_PRESTADOR} and enviado_em is null"
_MINHA = f"organizacao_id = {INQUILINO}"
_CREDENCIADO = (
    f"operadora_id in (select c.operadora_id from convenios_credenciamento c where c.prestador_id = {INQUILINO})"
)
_OS_DOIS = ["prestador_id", "operadora_id"]
_SOMAS = (
    "mensagens",
    "ultima_em",
    "ultima_do_prestador",
    "ultima_da_operadora",
    "pedidos_em_aberto",
    "respondida_em",
)
_MARCA = ("ultima_lida",)
_LEITURA = ("lido_em",)
_SISTEMA_LE = Politica("conecta_sistema", ("select",), "true")

# The sending of a lot sends its documents, whatever code does it.
_PROPAGAR = """
create function mensagens_propagar_envio() returns trigger language plpgsql as $$
begin
    update mensagens_anexo set enviado_em = new.enviado_em where lote_id = new.id and enviado_em is null;
    return null;
end $$;
create trigger propagar_envio_aos_anexos after update of enviado_em on lotes_lote
    for each row when (old.enviado_em is distinct from new.enviado_em) execute function mensagens_propagar_envio();
"""
_PARAR = "drop trigger propagar_envio_aos_anexos on lotes_lote; drop function mensagens_propagar_envio();"

# A prestador keeps the same bytes once, and may attach them at two operadoras: which of them reads the bytes, the
# attachments say. They are asked only about bytes that nothing else opens.
_BYTES = """
create policy select_conecta_operadora_por_anexo on arquivos_conteudo for select to conecta_operadora
    using (exists (select from mensagens_anexo a where a.conteudo_id = arquivos_conteudo.id));
"""


def _dos_dois(tabela: str, coluna: str, alvo: str) -> ChaveComposta:
    return ChaveComposta(tabela, [coluna, *_OS_DOIS], alvo, ["id", *_OS_DOIS])


class Migration(migrations.Migration):
    dependencies = [
        ("mensagens", "0001_initial"),
        ("lotes", "0011_xml_so_ao_fechar"),
        ("arquivos", "0003_da_operadora"),
        ("convenios", "0002_muro"),
        ("contas", "0002_muro"),
    ]
    operations = [
        _dos_dois("mensagens_conversa", "protocolo_id", "lotes_protocolo"),
        _dos_dois("mensagens_mensagem", "conversa_id", "mensagens_conversa"),
        _dos_dois("mensagens_mensagem", "responde_a_id", "mensagens_mensagem"),
        _dos_dois("mensagens_leituradaconversa", "conversa_id", "mensagens_conversa"),
        _dos_dois("mensagens_anexo", "lote_id", "lotes_lote"),
        _dos_dois("mensagens_anexo", "mensagem_id", "mensagens_mensagem"),
        ChaveComposta("mensagens_anexo", ["conteudo_id", "prestador_id"], "arquivos_conteudo", ["id", "prestador_id"]),
        *(
            ChaveComposta(
                f"mensagens_{tabela}",
                ["informativo_id", "operadora_id"],
                "mensagens_informativo",
                ["id", "operadora_id"],
            )
            for tabela in ("destinatariodoinformativo", "pdfdoinformativo", "leituradoinformativo")
        ),
        Murar(
            "mensagens_conversa",
            [
                Politica("conecta_prestador", ("select", "insert"), _DO_PRESTADOR),
                Politica("conecta_prestador", ("update",), _DO_PRESTADOR, colunas=_SOMAS),
                Politica("conecta_operadora", ("select", "insert"), _DA_OPERADORA),
                Politica("conecta_operadora", ("update",), _DA_OPERADORA, colunas=_SOMAS),
            ],
        ),
        Murar(
            "mensagens_mensagem",
            [
                Politica("conecta_prestador", ("select",), _DO_PRESTADOR),
                Politica("conecta_prestador", ("insert",), f"{_DO_PRESTADOR} and de = 'prestador'"),
                Politica("conecta_operadora", ("select",), _DA_OPERADORA),
                Politica("conecta_operadora", ("insert",), f"{_DA_OPERADORA} and de = 'operadora'"),
            ],
        ),
        Murar(
            "mensagens_leituradaconversa",
            [
                Politica("conecta_prestador", ("select", "insert"), f"{_MINHA} and {_DO_PRESTADOR}"),
                Politica("conecta_prestador", ("update",), f"{_MINHA} and {_DO_PRESTADOR}", colunas=_MARCA),
                Politica("conecta_operadora", ("select", "insert"), f"{_MINHA} and {_DA_OPERADORA}"),
                Politica("conecta_operadora", ("update",), f"{_MINHA} and {_DA_OPERADORA}", colunas=_MARCA),
                # Numbers only: who has read it already needs no e-mail.
                _SISTEMA_LE,
            ],
        ),
        Murar(
            "mensagens_anexo",
            [
                politica_do_prestador(("select",)),
                Politica("conecta_prestador", ("insert",), f"{_DO_PRESTADOR} and de = 'prestador'"),
                Politica("conecta_prestador", ("update",), _POR_ENVIAR, _DO_PRESTADOR, colunas=("enviado_em",)),
                Politica("conecta_prestador", ("delete",), _POR_ENVIAR),
                politica_da_operadora_depois_do_envio(),
                Politica(
                    "conecta_operadora",
                    ("insert",),
                    f"{_DA_OPERADORA} and de = 'operadora' and enviado_em is not null",
                ),
            ],
        ),
        Murar(
            "mensagens_limitedeanexo",
            [
                Politica("conecta_operadora", ("select", "insert", "update"), _DA_OPERADORA),
                Politica("conecta_prestador", ("select",), _CREDENCIADO),
            ],
        ),
        Murar(
            "mensagens_preferenciadeaviso",
            [
                Politica("conecta_prestador", ("select", "insert", "update"), _MINHA),
                Politica("conecta_operadora", ("select", "insert", "update"), _MINHA),
                _SISTEMA_LE,
            ],
        ),
        Murar("mensagens_avisoporemail", [Politica("conecta_sistema", ("select", "insert", "update"), "true")]),
        Murar(
            "mensagens_destinatariodoinformativo",
            [
                Politica("conecta_operadora", ("select", "insert", "delete"), _DA_OPERADORA),
                politica_do_prestador(("select",)),
            ],
        ),
        Murar(
            "mensagens_informativo",
            [
                Politica("conecta_operadora", ("select", "insert", "update"), _DA_OPERADORA),
                Politica("conecta_operadora", ("delete",), f"{_DA_OPERADORA} and situacao = 'rascunho'"),
                Politica(
                    "conecta_prestador",
                    ("select",),
                    f"situacao = 'publicado' and {_CREDENCIADO} and (para_todos or exists (select from "
                    "mensagens_destinatariodoinformativo d where d.informativo_id = mensagens_informativo.id))",
                ),
            ],
        ),
        Murar(
            "mensagens_pdfdoinformativo",
            [
                Politica("conecta_operadora", ("select", "insert", "update", "delete"), _DA_OPERADORA),
                Politica(
                    "conecta_prestador",
                    ("select",),
                    f"{_CREDENCIADO} and exists (select from mensagens_informativo i where i.id = informativo_id)",
                ),
            ],
        ),
        Murar(
            "mensagens_leituradoinformativo",
            [
                politica_do_prestador(("select", "insert")),
                Politica("conecta_prestador", ("update",), _DO_PRESTADOR, colunas=_LEITURA),
                Politica("conecta_operadora", ("select",), _DA_OPERADORA),
            ],
        ),
        migrations.RunSQL(_PROPAGAR, _PARAR),
        migrations.RunSQL(_BYTES, "drop policy select_conecta_operadora_por_anexo on arquivos_conteudo"),
        Auditar("mensagens_anexo"),
        Auditar("mensagens_limitedeanexo"),
        Auditar("mensagens_informativo"),
    ]
