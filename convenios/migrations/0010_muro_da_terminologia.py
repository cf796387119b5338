"""The view that searches read, the wall around own codes, and who may load an edition."""

from django.db import migrations

from conecta.tenancy.operacoes import INQUILINO, Auditar, Conceder, Murar, Politica

_DA_OPERADORA = f"operadora_id = {INQUILINO}"
_DO_CREDENCIADO = (
    f"operadora_id in (select c.operadora_id from convenios_credenciamento c where c.prestador_id = {INQUILINO})"
)
_CODIGO = "lower(ltrim(codigo, '0'))"
_TABELAS = ("termo", "itemdedominio", "mensagemtiss", "termoproprio")
_INDICES = "".join(
    f"create index {tabela}_codigo_busca on convenios_{tabela} ({_CODIGO} text_pattern_ops);\n" for tabela in _TABELAS
)
_SEM_INDICES = "".join(f"drop index {tabela}_codigo_busca;\n" for tabela in _TABELAS)
# The branches have the same types in the same order: only then are conditions asked of each table's own indexes.
_VISTA = f"""
create view convenios_terminologia with (security_invoker = true) as
select 't' || id as id, tabela, codigo, {_CODIGO} as codigo_busca, termo as texto, termo_busca as texto_busca, descricao,
       vigencia_inicio, vigencia_fim, fim_implantacao, edicao_id, null::bigint as operadora_id
  from convenios_termo
union all
select 'd' || id, tabela, codigo, {_CODIGO}, texto, texto_busca, ''::text,
       vigencia_inicio, vigencia_fim, null::date, edicao_id, null::bigint
  from convenios_itemdedominio
union all
select 'm' || id, '38'::varchar, codigo, {_CODIGO}, descricao, descricao_busca, ''::text,
       vigencia_inicio, vigencia_fim, null::date, edicao_id, null::bigint
  from convenios_mensagemtiss
union all
select 'p' || id, tabela, codigo, {_CODIGO}, descricao::text, descricao_busca::text, ''::text,
       vigencia_inicio, vigencia_fim, null::date, null::bigint, operadora_id
  from convenios_termoproprio
"""


class Migration(migrations.Migration):
    dependencies = [("convenios", "0009_terminologia_pesquisavel")]

    operations = [
        migrations.RunSQL(_INDICES, _SEM_INDICES),
        Murar(
            "convenios_termoproprio",
            [
                Politica("conecta_operadora", ("select", "insert", "update"), _DA_OPERADORA),
                Politica("conecta_prestador", ("select",), _DO_CREDENCIADO),
            ],
        ),
        Auditar("convenios_termoproprio"),
        migrations.RunSQL(_VISTA, "drop view convenios_terminologia"),
        Conceder("select", ["convenios_terminologia"], ["conecta_prestador", "conecta_operadora"]),
        # Editions come in by the screen of the platform, too: added to and closed, never removed.
        Conceder(
            "insert, update",
            ["convenios_termo", "convenios_itemdedominio", "convenios_mensagemtiss"],
            ["conecta_sistema"],
        ),
        Conceder("insert", ["convenios_edicao"], ["conecta_sistema"]),
        Auditar("convenios_edicao"),
    ]
