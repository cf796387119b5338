"""Copies, sums and what is frozen, kept by the database itself; and the wall.

A draft is the prestador's alone. Sent, the operadora reads it and nobody changes it; the answer is the operadora's
alone until it is given, and then nobody changes that either.
"""

from django.db import migrations

from conecta.tenancy.operacoes import INQUILINO, Auditar, ChaveComposta, Murar, Politica

_DO_PRESTADOR = f"prestador_id = {INQUILINO}"
_DA_OPERADORA = f"operadora_id = {INQUILINO}"
_RASCUNHO = f"{_DO_PRESTADOR} and enviado_em is null"
_RECEBIDO = f"{_DA_OPERADORA} and enviado_em is not null"
_DO_CREDENCIADO = (
    f"operadora_id in (select c.operadora_id from convenios_credenciamento c where c.prestador_id = {INQUILINO})"
)

_FUNCOES = """
create function recursos_recusar(recurso bigint, porque text) returns void language plpgsql as $$
begin
    raise exception 'o recurso % %', recurso, porque using errcode = 'check_violation';
end $$;

create function recursos_no_recurso() returns trigger language plpgsql as $$
declare
    congelado text[] := '{situacao,responsavel_nome,em_analise_em,respondido_em,respondido_por_nome,em_pagamento_em,'
        'pago_em,resposta_id,valor_acatado}';
begin
    if tg_op = 'DELETE' then
        if old.enviado_em is not null then perform recursos_recusar(old.id, 'foi enviado e não muda mais'); end if;
        return old;
    end if;
    select lote_id into new.lote_id from lotes_protocolo where id = new.protocolo_id;
    select coalesce(sum(valor_recursado), 0) into new.valor_recursado
      from recursos_itemdorecurso where recurso_id = new.id;
    new.valor_acatado := 0;
    if new.respondido_em is not null then
        select coalesce(sum(valor_acatado), 0) into new.valor_acatado
          from recursos_respostadoitem where recurso_id = new.id;
    end if;
    if tg_op = 'INSERT' then return new; end if;
    if old.enviado_em is null and new.enviado_em is not null and new.valor_recursado = 0 then
        perform recursos_recusar(new.id, 'não tem nenhuma glosa');
    end if;
    if old.enviado_em is not null and to_jsonb(new) - congelado is distinct from to_jsonb(old) - congelado then
        perform recursos_recusar(new.id, 'foi enviado e não muda mais');
    end if;
    if old.respondido_em is null and new.respondido_em is not null and exists (
        select from recursos_itemdorecurso i where i.recurso_id = new.id
           and not exists (select from recursos_respostadoitem r where r.item_id = i.id)
    ) then
        perform recursos_recusar(new.id, 'não foi respondido até o fim');
    end if;
    if old.respondido_em is not null and (new.respondido_em, new.respondido_por_nome, new.resposta_id,
       new.valor_acatado) is distinct from (old.respondido_em, old.respondido_por_nome, old.resposta_id,
       old.valor_acatado) then
        perform recursos_recusar(new.id, 'foi respondido e não muda mais');
    end if;
    return new;
end $$;

create function recursos_no_item() returns trigger language plpgsql as $$
declare
    enviado timestamptz;
begin
    if tg_op = 'DELETE' then
        if old.enviado_em is not null then perform recursos_recusar(old.recurso_id, 'foi enviado e não muda mais'); end if;
        return old;
    end if;
    select r.enviado_em, r.lote_id, r.instancia into enviado, new.lote_id, new.instancia
      from recursos_recurso r where r.id = new.recurso_id;
    if enviado is not null and (tg_op = 'INSERT' or old.enviado_em is not null) then
        perform recursos_recusar(new.recurso_id, 'foi enviado e não muda mais');
    end if;
    new.enviado_em := enviado;
    if tg_op = 'UPDATE' then
        -- What a draft copied stays until it is sent, though its analysis may be open again meanwhile.
        new.glosa_id := old.glosa_id; new.guia_id := old.guia_id; new.item_id := old.item_id;
        new.codigo := old.codigo; new.valor_da_glosa := old.valor_da_glosa;
        if enviado is null then return new; end if;
    end if;
    -- What was refused is what the analysis says, less what an earlier appeal got back; of another protocol nothing.
    select ga.guia_id, ia.item_id, g.codigo, g.valor - coalesce((
               select sum(r.valor_acatado)
                 from recursos_itemdorecurso i join recursos_respostadoitem r on r.item_id = i.id
                where i.glosa_id = g.id and i.instancia < new.instancia and r.respondido_em is not null), 0)
      into new.guia_id, new.item_id, new.codigo, new.valor_da_glosa
      from analise_glosa g
      join analise_guiaanalisada ga on ga.id = g.guia_id
      join analise_itemanalisado ia on ia.id = g.item_id
      join analise_analise a on a.id = g.analise_id
     where g.id = new.glosa_id and a.lote_id = new.lote_id and g.liberada_em is not null;
    if new.guia_id is null then
        perform recursos_recusar(new.recurso_id, 'tem uma glosa que já não existe');
    end if;
    if tg_op = 'UPDATE' and (new.codigo, new.valor_da_glosa) is distinct from (old.codigo, old.valor_da_glosa) then
        perform recursos_recusar(new.recurso_id, 'tem uma glosa que mudou');
    end if;
    return new;
end $$;

create function recursos_na_resposta() returns trigger language plpgsql as $$
declare
    respondido timestamptz;
begin
    if tg_op = 'DELETE' then
        if old.respondido_em is not null then
            perform recursos_recusar(old.recurso_id, 'foi respondido e não muda mais');
        end if;
        return old;
    end if;
    select r.respondido_em into respondido from recursos_recurso r where r.id = new.recurso_id;
    if respondido is not null and (tg_op = 'INSERT' or old.respondido_em is not null) then
        perform recursos_recusar(new.recurso_id, 'foi respondido e não muda mais');
    end if;
    new.respondido_em := respondido;
    select i.valor_recursado, i.nivel into new.valor_recursado, new.nivel
      from recursos_itemdorecurso i where i.id = new.item_id and i.recurso_id = new.recurso_id;
    return new;
end $$;

create function recursos_no_anexo() returns trigger language plpgsql as $$
declare
    enviado timestamptz;
begin
    if tg_op = 'DELETE' then
        if old.enviado_em is not null then perform recursos_recusar(old.recurso_id, 'foi enviado e não muda mais'); end if;
        return old;
    end if;
    select r.enviado_em into enviado from recursos_recurso r where r.id = new.recurso_id;
    if enviado is not null and (tg_op = 'INSERT' or old.enviado_em is not null) then
        perform recursos_recusar(new.recurso_id, 'foi enviado e não muda mais');
    end if;
    new.enviado_em := enviado;
    return new;
end $$;

create function recursos_somar() returns trigger language plpgsql as $$
begin
    update recursos_recurso set situacao = situacao where id in (select distinct recurso_id from mudados)
       and enviado_em is null;
    return null;
end $$;

create function recursos_propagar_envio() returns trigger language plpgsql as $$
begin
    update recursos_itemdorecurso set id = id where recurso_id = new.id;
    update recursos_anexo set id = id where recurso_id = new.id;
    return null;
end $$;

create function recursos_propagar_resposta() returns trigger language plpgsql as $$
begin
    update recursos_respostadoitem set id = id where recurso_id = new.id;
    return null;
end $$;
"""


def _gatilhos() -> str:
    partes = [
        f"create trigger guardar before insert or update or delete on recursos_{tabela} "
        f"for each row execute function {funcao}();"
        for tabela, funcao in (
            ("recurso", "recursos_no_recurso"),
            ("itemdorecurso", "recursos_no_item"),
            ("respostadoitem", "recursos_na_resposta"),
            ("anexo", "recursos_no_anexo"),
        )
    ]
    partes += [
        f"create trigger somar_{evento} after {evento} on recursos_itemdorecurso "
        f"referencing {quais} table as mudados for each statement execute function recursos_somar();"
        for evento, quais in (("insert", "new"), ("update", "new"), ("delete", "old"))
    ]
    partes += [
        f"create trigger propagar_{o_que} after update on recursos_recurso for each row "
        f"when (old.{coluna} is null and new.{coluna} is not null) execute function recursos_propagar_{o_que}();"
        for o_que, coluna in (("envio", "enviado_em"), ("resposta", "respondido_em"))
    ]
    return "\n".join(partes)


_DESFAZER = "\n".join(
    f"drop function recursos_{nome} cascade;"
    for nome in (
        "propagar_resposta()",
        "propagar_envio()",
        "somar()",
        "no_anexo()",
        "na_resposta()",
        "no_item()",
        "no_recurso()",
        "recusar(bigint, text)",
    )
)

# Two appeals of two operadoras may be proved by the same bytes, which are kept once: what is attached is read.
_BYTES = """
create policy select_conecta_operadora_por_recurso on arquivos_conteudo for select to conecta_operadora
    using (exists (select from recursos_anexo a where a.conteudo_id = arquivos_conteudo.id));
"""

_DO_LADO_DO_PRESTADOR = [
    Politica("conecta_prestador", ("select",), _DO_PRESTADOR),
    Politica("conecta_prestador", ("insert", "delete"), _RASCUNHO),
    Politica("conecta_prestador", ("update",), _RASCUNHO, _DO_PRESTADOR),
    Politica("conecta_operadora", ("select",), _RECEBIDO),
]
_COLUNAS_DA_OPERADORA = (
    *("situacao", "responsavel_nome", "em_analise_em", "respondido_em", "respondido_por_nome", "resposta_id"),
    *("em_pagamento_em", "pago_em"),
)
_INQUILINOS = ["prestador_id", "operadora_id"]


class Migration(migrations.Migration):
    dependencies = [
        ("recursos", "0001_initial"),
        ("analise", "0002_muro"),
        ("arquivos", "0003_da_operadora"),
        ("contas", "0002_muro"),
        ("convenios", "0002_muro"),
        ("lotes", "0011_xml_so_ao_fechar"),
    ]
    operations = [
        ChaveComposta("recursos_recurso", ["protocolo_id", *_INQUILINOS], "lotes_protocolo", ["id", *_INQUILINOS]),
        ChaveComposta("recursos_recurso", ["lote_id", *_INQUILINOS], "lotes_lote", ["id", *_INQUILINOS]),
        ChaveComposta(
            "recursos_itemdorecurso",
            ["recurso_id", "lote_id", *_INQUILINOS],
            "recursos_recurso",
            ["id", "lote_id", *_INQUILINOS],
        ),
        ChaveComposta(
            "recursos_itemdorecurso",
            ["guia_id", "lote_id", *_INQUILINOS],
            "lotes_guia",
            ["id", "lote_id", *_INQUILINOS],
        ),
        ChaveComposta(
            "recursos_respostadoitem",
            ["item_id", "recurso_id", *_INQUILINOS],
            "recursos_itemdorecurso",
            ["id", "recurso_id", *_INQUILINOS],
        ),
        ChaveComposta(
            "recursos_acaodaresposta", ["recurso_id", *_INQUILINOS], "recursos_recurso", ["id", *_INQUILINOS]
        ),
        ChaveComposta("recursos_anexo", ["recurso_id", *_INQUILINOS], "recursos_recurso", ["id", *_INQUILINOS]),
        ChaveComposta("recursos_anexo", ["conteudo_id", "prestador_id"], "arquivos_conteudo", ["id", "prestador_id"]),
        *(
            ChaveComposta("recursos_recurso", [coluna, "prestador_id"], "arquivos_conteudo", ["id", "prestador_id"])
            for coluna in ("xml_id", "recebimento_id", "resposta_id")
        ),
        migrations.RunSQL(_FUNCOES + _gatilhos(), _DESFAZER),
        Murar(
            "recursos_recurso",
            [
                *_DO_LADO_DO_PRESTADOR,
                Politica("conecta_operadora", ("update",), _RECEBIDO, colunas=_COLUNAS_DA_OPERADORA),
            ],
        ),
        Murar("recursos_itemdorecurso", _DO_LADO_DO_PRESTADOR),
        Murar("recursos_anexo", _DO_LADO_DO_PRESTADOR),
        Murar(
            "recursos_respostadoitem",
            [
                Politica("conecta_operadora", ("select", "insert", "update", "delete"), _DA_OPERADORA),
                Politica("conecta_prestador", ("select",), f"{_DO_PRESTADOR} and respondido_em is not null"),
            ],
        ),
        Murar(
            "recursos_acaodaresposta",
            [
                Politica("conecta_operadora", ("select", "insert"), _DA_OPERADORA),
                Politica("conecta_operadora", ("update",), _DA_OPERADORA, colunas=("desfeita_em",)),
            ],
        ),
        Murar(
            "recursos_parametrosdorecurso",
            [
                Politica("conecta_operadora", ("select", "insert", "update", "delete"), _DA_OPERADORA),
                Politica("conecta_prestador", ("select",), _DO_CREDENCIADO),
            ],
        ),
        Murar(
            "recursos_prazodocontrato",
            [
                Politica("conecta_operadora", ("select", "insert", "update", "delete"), _DA_OPERADORA),
                Politica("conecta_prestador", ("select",), _DO_PRESTADOR),
            ],
        ),
        Murar(
            "recursos_justificativausual",
            [Politica("conecta_prestador", ("select", "insert", "update", "delete"), _DO_PRESTADOR)],
        ),
        migrations.RunSQL(_BYTES, "drop policy select_conecta_operadora_por_recurso on arquivos_conteudo"),
        Auditar("recursos_recurso"),
        Auditar("recursos_itemdorecurso"),
        Auditar("recursos_respostadoitem"),
        Auditar("recursos_parametrosdorecurso"),
        Auditar("recursos_prazodocontrato"),
    ]
