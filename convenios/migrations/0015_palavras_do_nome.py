"""Beneficiários by any word of their names: the words, kept by the database itself, behind the same wall."""

import django.db.models.deletion
from django.db import migrations, models

from conecta.tenancy.operacoes import INQUILINO, Murar, Politica

_DA_OPERADORA = Politica("conecta_operadora", ("select", "insert", "delete"), f"operadora_id = {INQUILINO}")
_DO_CREDENCIADO = Politica(
    "conecta_prestador",
    ("select",),
    f"operadora_id in (select c.operadora_id from convenios_credenciamento c where c.prestador_id = {INQUILINO})",
)

# What parts words beside blanks is convenios.beneficiarios_pelo_nome.SEPARADORES. Whole statements at once: an import
# writes thousands of rows with each.
_GUARDAR = """
create function convenios_palavras(nome text) returns text language sql immutable parallel safe as $$
    select ' ' || array_to_string(array_remove(string_to_array(
        translate(nome, '\'\'’`´.,;:/()_-', '              '), ' '), ''), ' ')
$$;

create function convenios_guardar_palavras() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        delete from convenios_palavradonome p using antes a join depois d using (id)
        where (a.operadora_id, a.nome_busca) is distinct from (d.operadora_id, d.nome_busca)
            and p.operadora_id = a.operadora_id and p.beneficiario_id = a.id
            and p.palavras = convenios_palavras(a.nome_busca)
            and p.palavra = any (string_to_array(substr(convenios_palavras(a.nome_busca), 2), ' '));
        insert into convenios_palavradonome (operadora_id, palavra, palavras, beneficiario_id)
        select distinct d.operadora_id, palavra, palavras, d.id
        from antes a join depois d using (id), convenios_palavras(d.nome_busca) palavras,
            string_to_table(substr(palavras, 2), ' ') palavra
        where (a.operadora_id, a.nome_busca) is distinct from (d.operadora_id, d.nome_busca);
    elsif tg_op = 'INSERT' then
        insert into convenios_palavradonome (operadora_id, palavra, palavras, beneficiario_id)
        select distinct d.operadora_id, palavra, palavras, d.id
        from depois d, convenios_palavras(d.nome_busca) palavras, string_to_table(substr(palavras, 2), ' ') palavra;
    else
        delete from convenios_palavradonome p using antes a
        where p.operadora_id = a.operadora_id and p.beneficiario_id = a.id
            and p.palavras = convenios_palavras(a.nome_busca)
            and p.palavra = any (string_to_array(substr(convenios_palavras(a.nome_busca), 2), ' '));
    end if;
    return null;
end $$;

create trigger palavras_ao_incluir after insert on convenios_beneficiario
    referencing new table as depois for each statement execute function convenios_guardar_palavras();
create trigger palavras_ao_mudar after update on convenios_beneficiario
    referencing old table as antes new table as depois
    for each statement execute function convenios_guardar_palavras();
create trigger palavras_ao_excluir after delete on convenios_beneficiario
    referencing old table as antes for each statement execute function convenios_guardar_palavras();
"""
_LARGAR = """
drop trigger palavras_ao_incluir on convenios_beneficiario;
drop trigger palavras_ao_mudar on convenios_beneficiario;
drop trigger palavras_ao_excluir on convenios_beneficiario;
drop function convenios_guardar_palavras();
drop function convenios_palavras(text);
"""
# The owner of the tables is held back by their wall too, so it is lowered while the names are read.
_ENCHER = """
alter table convenios_beneficiario no force row level security;
insert into convenios_palavradonome (operadora_id, palavra, palavras, beneficiario_id)
    select distinct b.operadora_id, palavra, palavras, b.id
    from convenios_beneficiario b, convenios_palavras(b.nome_busca) palavras,
        string_to_table(substr(palavras, 2), ' ') palavra;
alter table convenios_beneficiario force row level security;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contas", "0002_muro"),
        ("convenios", "0014_edicao_recebida"),
    ]

    operations = [
        migrations.CreateModel(
            name="PalavraDoNome",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "operadora_id",
                        "palavra",
                        "palavras",
                        "beneficiario_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("palavra", models.CharField(db_collation="C", max_length=70)),
                (
                    "palavras",
                    models.CharField(
                        db_collation="C",
                        help_text="All of the name in their order, a blank before each.",
                        max_length=71,
                    ),
                ),
                (
                    "beneficiario",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="convenios.beneficiario",
                    ),
                ),
                (
                    "operadora",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contas.organizacao",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(_GUARDAR, _LARGAR),
        migrations.RunSQL(_ENCHER, migrations.RunSQL.noop),
        Murar("convenios_palavradonome", [_DA_OPERADORA, _DO_CREDENCIADO]),
    ]
