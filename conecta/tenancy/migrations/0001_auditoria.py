"""The schema `auditoria`: what changed, and who looked at health data. Runtime roles can write to it only through it."""

from django.db import migrations

CRIAR = """
create schema auditoria;

create table auditoria.registro (
    id bigint generated always as identity primary key,
    quando timestamptz not null default clock_timestamp(),
    tabela text not null,
    operacao text not null,
    linha bigint,
    antes jsonb,
    depois jsonb,
    papel text not null,
    organizacao bigint,
    usuario bigint
);
create index on auditoria.registro (tabela, linha);
create index on auditoria.registro (quando);

create table auditoria.acesso (
    id bigint generated always as identity primary key,
    quando timestamptz not null default clock_timestamp(),
    papel text not null,
    organizacao bigint,
    usuario bigint,
    objeto text not null,
    objeto_id bigint not null,
    finalidade text not null,
    requisicao text not null,
    ip inet
);
create index on auditoria.acesso (objeto, objeto_id);
create index on auditoria.acesso (quando);

create function auditoria.registrar() returns trigger
language plpgsql security definer set search_path = auditoria, pg_catalog as $$
declare
    antes_ jsonb;
    depois_ jsonb;
begin
    if tg_op <> 'INSERT' then antes_ := to_jsonb(old) - coalesce(tg_argv, '{}'); end if;
    if tg_op <> 'DELETE' then depois_ := to_jsonb(new) - coalesce(tg_argv, '{}'); end if;
    if tg_op = 'UPDATE' and antes_ = depois_ then return null; end if;
    insert into auditoria.registro (tabela, operacao, linha, antes, depois, papel, organizacao, usuario)
    values (
        tg_table_name, tg_op, coalesce((depois_ ->> 'id')::bigint, (antes_ ->> 'id')::bigint), antes_, depois_,
        coalesce(nullif(current_setting('role', true), 'none'), session_user),
        nullif(current_setting('app.tenant', true), '')::bigint,
        nullif(current_setting('app.usuario', true), '')::bigint
    );
    return null;
end $$;

create function auditoria.registrar_acesso(objeto text, objeto_id bigint, finalidade text, requisicao text, ip inet)
returns void language sql security definer set search_path = auditoria, pg_catalog as $$
    insert into auditoria.acesso (papel, organizacao, usuario, objeto, objeto_id, finalidade, requisicao, ip)
    values (
        coalesce(nullif(current_setting('role', true), 'none'), session_user),
        nullif(current_setting('app.tenant', true), '')::bigint,
        nullif(current_setting('app.usuario', true), '')::bigint,
        objeto, objeto_id, finalidade, requisicao, ip
    );
$$;

revoke all on schema auditoria from public;
revoke all on all functions in schema auditoria from public;
grant usage on schema auditoria to conecta_prestador, conecta_operadora;
grant execute on function auditoria.registrar_acesso(text, bigint, text, text, inet) to conecta_prestador, conecta_operadora;
"""

DESFAZER = "drop schema auditoria cascade"


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(CRIAR, DESFAZER)]
