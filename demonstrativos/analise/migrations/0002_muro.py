"""Sums, copies and what is frozen, kept by the database itself; and the wall.

Each level writes its amounts from the level below whenever it is written, whatever the statement says, and a change
below writes the level above. An analysis that was released cannot be changed; reopening it is a change of the protocol.
"""

from django.db import migrations

from conecta.tenancy.operacoes import INQUILINO, Auditar, ChaveComposta, Murar, Politica

_DA_OPERADORA = f"operadora_id = {INQUILINO}"
_DO_PRESTADOR = f"prestador_id = {INQUILINO} and liberada_em is not null"

_FUNCOES = """
create function analise_recusar_congelada(analise bigint) returns void language plpgsql as $$
begin
    raise exception 'a análise % foi liberada e não muda mais', analise using errcode = 'check_violation';
end $$;

create function analise_liberada_em(analise bigint) returns timestamptz language sql stable as $$
    select liberada_em from analise_analise where id = analise
$$;

-- Written again by a change above or below it, what is frozen stays as it is; only that is let through.
create function analise_mesma(nova jsonb, velha jsonb) returns boolean language sql immutable as $$
    select nova - '{liberada_em,valor_liberado}'::text[] is not distinct from velha - '{liberada_em,valor_liberado}'::text[]
$$;

create function analise_na_glosa() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if old.liberada_em is not null then perform analise_recusar_congelada(old.analise_id); end if;
        return old;
    end if;
    new.liberada_em := analise_liberada_em(new.analise_id);
    if new.liberada_em is not null and tg_op = 'INSERT' then perform analise_recusar_congelada(new.analise_id); end if;
    if tg_op = 'UPDATE' and old.liberada_em is not null and new.liberada_em is not null
       and not analise_mesma(to_jsonb(new), to_jsonb(old)) then
        perform analise_recusar_congelada(new.analise_id);
    end if;
    return new;
end $$;

create function analise_no_item() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if old.liberada_em is not null then perform analise_recusar_congelada(old.analise_id); end if;
        return old;
    end if;
    new.liberada_em := analise_liberada_em(new.analise_id);
    if tg_op = 'INSERT' then
        if new.liberada_em is not null then perform analise_recusar_congelada(new.analise_id); end if;
        -- What was billed is what the lot says, of an item of that very guide; of any other there is no amount.
        select i.valor_total into new.valor_informado
          from lotes_item i join analise_guiaanalisada g on g.guia_id = i.guia_id
         where i.id = new.item_id and g.id = new.guia_id;
    else
        new.valor_informado := old.valor_informado;
    end if;
    select coalesce(sum(valor), 0) into new.valor_glosado from analise_glosa where item_id = new.id;
    if tg_op = 'UPDATE' and old.liberada_em is not null and new.liberada_em is not null
       and not analise_mesma(to_jsonb(new), to_jsonb(old)) then
        perform analise_recusar_congelada(new.analise_id);
    end if;
    return new;
end $$;

create function analise_na_guia() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if old.liberada_em is not null then perform analise_recusar_congelada(old.analise_id); end if;
        return old;
    end if;
    new.liberada_em := analise_liberada_em(new.analise_id);
    if new.liberada_em is not null and tg_op = 'INSERT' then perform analise_recusar_congelada(new.analise_id); end if;
    select coalesce(sum(valor_informado), 0), coalesce(sum(valor_processado), 0), coalesce(sum(valor_glosado), 0),
           count(*) filter (where valor_glosado > 0)
      into new.valor_informado, new.valor_processado, new.valor_glosado, new.itens_com_glosa
      from analise_itemanalisado where guia_id = new.id;
    select count(*) into new.propostas from analise_glosa where guia_id = new.id and not confirmada;
    if tg_op = 'UPDATE' and old.liberada_em is not null and new.liberada_em is not null
       and not analise_mesma(to_jsonb(new), to_jsonb(old)) then
        perform analise_recusar_congelada(new.analise_id);
    end if;
    return new;
end $$;

create function analise_na_analise() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if old.liberada_em is not null then perform analise_recusar_congelada(old.id); end if;
        return old;
    end if;
    select coalesce(sum(valor_informado), 0), coalesce(sum(valor_processado), 0), coalesce(sum(valor_glosado), 0),
           coalesce(sum(itens_com_glosa), 0), count(*) filter (where valor_glosado > 0),
           count(*) filter (where conferida_em is not null)
      into new.valor_informado, new.valor_processado, new.valor_glosado,
           new.itens_com_glosa, new.guias_com_glosa, new.guias_conferidas
      from analise_guiaanalisada where analise_id = new.id;
    if tg_op = 'UPDATE' and old.liberada_em is not null and new.liberada_em is not null
       and (new.glosa, new.motivo_da_glosa, new.valor_glosado, new.valor_processado)
           is distinct from (old.glosa, old.motivo_da_glosa, old.valor_glosado, old.valor_processado) then
        perform analise_recusar_congelada(new.id);
    end if;
    return new;
end $$;

create function analise_do_item_para_cima() returns trigger language plpgsql as $$
begin
    update analise_guiaanalisada set id = id where id in (select distinct guia_id from mudados);
    return null;
end $$;

create function analise_da_guia_para_cima() returns trigger language plpgsql as $$
begin
    update analise_analise set id = id where id in (select distinct analise_id from mudados);
    return null;
end $$;

-- A glosa moves its item; where only a proposal was confirmed the guide counts anew by the same way.
create function analise_da_glosa_para_cima() returns trigger language plpgsql as $$
begin
    update analise_itemanalisado set id = id where id in (select distinct item_id from mudados);
    return null;
end $$;

-- From the top down: what is released is released as a whole, and reopened as a whole.
create function analise_propagar() returns trigger language plpgsql as $$
begin
    update analise_glosa set id = id where analise_id = new.id;
    update analise_itemanalisado set id = id where analise_id = new.id;
    update analise_guiaanalisada set id = id where analise_id = new.id;
    update lotes_protocolo set situacao = situacao where id = new.protocolo_id;
    return null;
end $$;

-- The protocol shows what its analysis came to, from the moment that it is released, and nothing before.
create function analise_no_protocolo() returns trigger language plpgsql as $$
declare
    a analise_analise;
begin
    select * into a from analise_analise where protocolo_id = new.id;
    if a.id is null then return new; end if;
    if a.liberada_em is null then
        if new.situacao in (3, 5, 6) then
            raise exception 'o protocolo % não foi analisado até o fim', new.id using errcode = 'check_violation';
        end if;
        new.valor_processado := 0; new.valor_glosado := 0; new.valor_liberado := 0;
        new.guias_com_glosa := 0; new.itens_com_glosa := 0;
    else
        new.valor_processado := a.valor_processado; new.valor_glosado := a.valor_glosado;
        new.valor_liberado := a.valor_liberado;
        new.guias_com_glosa := a.guias_com_glosa; new.itens_com_glosa := a.itens_com_glosa;
    end if;
    return new;
end $$;
"""


def _gatilhos() -> str:
    partes = [
        f"create trigger guardar before insert or update or delete on analise_{tabela} "
        f"for each row execute function {funcao}();"
        for tabela, funcao in (
            ("glosa", "analise_na_glosa"),
            ("itemanalisado", "analise_no_item"),
            ("guiaanalisada", "analise_na_guia"),
            ("analise", "analise_na_analise"),
        )
    ]
    for tabela, funcao in (
        ("glosa", "analise_da_glosa_para_cima"),
        ("itemanalisado", "analise_do_item_para_cima"),
        ("guiaanalisada", "analise_da_guia_para_cima"),
    ):
        for evento, quais in (("insert", "new"), ("update", "new"), ("delete", "old")):
            partes.append(
                f"create trigger somar_{evento} after {evento} on analise_{tabela} "
                f"referencing {quais} table as mudados for each statement execute function {funcao}();"
            )
    partes.append(
        "create trigger propagar after update of liberada_em on analise_analise for each row "
        "when (old.liberada_em is distinct from new.liberada_em) execute function analise_propagar();"
    )
    partes.append(
        "create trigger analise before update on lotes_protocolo for each row execute function analise_no_protocolo();"
    )
    return "\n".join(partes)


_DESFAZER = """
drop trigger analise on lotes_protocolo;
drop function analise_no_protocolo() cascade;
drop function analise_propagar() cascade;
drop function analise_da_glosa_para_cima() cascade;
drop function analise_da_guia_para_cima() cascade;
drop function analise_do_item_para_cima() cascade;
drop function analise_na_analise() cascade;
drop function analise_na_guia() cascade;
drop function analise_no_item() cascade;
drop function analise_na_glosa() cascade;
drop function analise_mesma(jsonb, jsonb) cascade;
drop function analise_liberada_em(bigint) cascade;
drop function analise_recusar_congelada(bigint) cascade;
"""

_LER_E_ESCREVER = [
    Politica("conecta_operadora", ("select", "insert", "update", "delete"), _DA_OPERADORA),
    Politica("conecta_prestador", ("select",), _DO_PRESTADOR),
]
_SO_DA_OPERADORA = [Politica("conecta_operadora", ("select", "insert", "update", "delete"), _DA_OPERADORA)]


class Migration(migrations.Migration):
    dependencies = [
        ("analise", "0001_initial"),
        ("contas", "0002_muro"),
        ("lotes", "0011_xml_so_ao_fechar"),
    ]
    operations = [
        ChaveComposta(
            "analise_analise",
            ["protocolo_id", "prestador_id", "operadora_id"],
            "lotes_protocolo",
            ["id", "prestador_id", "operadora_id"],
        ),
        ChaveComposta(
            "analise_analise",
            ["lote_id", "prestador_id", "operadora_id"],
            "lotes_lote",
            ["id", "prestador_id", "operadora_id"],
        ),
        ChaveComposta(
            "analise_guiaanalisada",
            ["analise_id", "prestador_id", "operadora_id"],
            "analise_analise",
            ["id", "prestador_id", "operadora_id"],
        ),
        ChaveComposta(
            "analise_itemanalisado",
            ["guia_id", "analise_id", "prestador_id", "operadora_id"],
            "analise_guiaanalisada",
            ["id", "analise_id", "prestador_id", "operadora_id"],
        ),
        ChaveComposta(
            "analise_glosa",
            ["item_id", "guia_id", "analise_id", "prestador_id", "operadora_id"],
            "analise_itemanalisado",
            ["id", "guia_id", "analise_id", "prestador_id", "operadora_id"],
        ),
        ChaveComposta(
            "analise_observacao",
            ["analise_id", "prestador_id", "operadora_id"],
            "analise_analise",
            ["id", "prestador_id", "operadora_id"],
        ),
        ChaveComposta(
            "analise_acao",
            ["analise_id", "prestador_id", "operadora_id"],
            "analise_analise",
            ["id", "prestador_id", "operadora_id"],
        ),
        migrations.RunSQL(_FUNCOES + _gatilhos(), _DESFAZER),
        Murar("analise_analise", _LER_E_ESCREVER),
        Murar("analise_guiaanalisada", _LER_E_ESCREVER),
        Murar("analise_itemanalisado", _LER_E_ESCREVER),
        Murar("analise_glosa", _LER_E_ESCREVER),
        Murar("analise_observacao", _SO_DA_OPERADORA),
        Murar(
            "analise_acao",
            [
                Politica("conecta_operadora", ("select", "insert"), _DA_OPERADORA),
                Politica(
                    "conecta_operadora",
                    ("update",),
                    _DA_OPERADORA,
                    colunas=("desfeita_em", "desfeita_por_nome"),
                ),
            ],
        ),
        Murar("analise_parametrosdaanalise", _SO_DA_OPERADORA),
        Murar("analise_ajustedocriterio", _SO_DA_OPERADORA),
        Auditar("analise_analise"),
        Auditar("analise_guiaanalisada"),
        Auditar("analise_glosa"),
        Auditar("analise_parametrosdaanalise"),
        Auditar("analise_ajustedocriterio"),
    ]
