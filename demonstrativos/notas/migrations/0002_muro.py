"""The prestador writes its notas, the operadora judges those that were sent; sums and copies are the database's."""

from django.db import migrations

from conecta.tenancy.operacoes import INQUILINO, Auditar, ChaveComposta, Murar, Politica, politica_do_prestador

_DA_OPERADORA = f"operadora_id = {INQUILINO}"
_ENVIADA = f"{_DA_OPERADORA} and enviada_em is not null"
_DO_PRESTADOR = f"prestador_id = {INQUILINO}"
_DO_CREDENCIADO = (
    f"operadora_id in (select c.operadora_id from convenios_credenciamento c where c.prestador_id = {INQUILINO})"
)

_FUNCOES = """
create function notas_na_nota() returns trigger language plpgsql as $$
begin
    select coalesce(sum(p.valor_liberado), 0) into new.valor_liberado
      from notas_notadoprotocolo l join lotes_protocolo p on p.id = l.protocolo_id where l.nota_id = new.id;
    if tg_op = 'INSERT' then
        if new.situacao <> 'pendente' then
            raise exception 'uma nota começa pendente' using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if old.situacao <> new.situacao and (old.situacao, new.situacao) not in (
        ('pendente', 'em_analise'), ('pendente', 'cancelada'), ('em_analise', 'aceita'), ('em_analise', 'indeferida'),
        ('em_analise', 'cancelada'), ('aceita', 'indeferida'), ('indeferida', 'pendente'), ('indeferida', 'cancelada')
    ) then
        raise exception 'a nota % não passa de % a %', new.id, old.situacao, new.situacao
            using errcode = 'check_violation';
    end if;
    if old.situacao <> 'pendente' and not (old.situacao = 'indeferida' and new.situacao = 'pendente')
       and (new.prestador_id, new.operadora_id, new.numero, new.serie, new.data_de_emissao, new.valor, new.conteudo_id)
           is distinct from
           (old.prestador_id, old.operadora_id, old.numero, old.serie, old.data_de_emissao, old.valor, old.conteudo_id)
    then
        raise exception 'a nota % foi enviada e não muda mais', new.id using errcode = 'check_violation';
    end if;
    -- What it was sent with is what it is judged by, also where a protocol is reopened meanwhile.
    if old.situacao <> 'pendente' and new.situacao <> 'pendente' then new.valor_liberado := old.valor_liberado; end if;
    return new;
end $$;

create function notas_na_linha() returns trigger language plpgsql as $$
declare
    n notas_notafiscal;
begin
    if tg_op = 'DELETE' then
        select * into n from notas_notafiscal where id = old.nota_id for no key update;
        if n.situacao <> 'pendente' then
            raise exception 'a nota % foi enviada e não muda mais', n.id using errcode = 'check_violation';
        end if;
        return old;
    end if;
    if tg_op = 'UPDATE' then
        new := old;
        select * into n from notas_notafiscal where id = old.nota_id;
    else
        select * into n from notas_notafiscal where id = new.nota_id for no key update;
        if n.situacao <> 'pendente' then
            raise exception 'a nota % foi enviada e não muda mais', n.id using errcode = 'check_violation';
        end if;
    end if;
    new.enviada_em := n.enviada_em; new.vigente := n.situacao <> 'cancelada';
    return new;
end $$;

create function notas_para_cima() returns trigger language plpgsql as $$
begin
    update notas_notafiscal set id = id where id in (select distinct nota_id from mudados);
    return null;
end $$;

create function notas_propagar() returns trigger language plpgsql as $$
begin
    update notas_notadoprotocolo set id = id where nota_id = new.id;
    return null;
end $$;

create trigger guardar before insert or update on notas_notafiscal for each row execute function notas_na_nota();
create trigger guardar before insert or update or delete on notas_notadoprotocolo
    for each row execute function notas_na_linha();
create trigger somar_insert after insert on notas_notadoprotocolo referencing new table as mudados
    for each statement execute function notas_para_cima();
create trigger somar_delete after delete on notas_notadoprotocolo referencing old table as mudados
    for each statement execute function notas_para_cima();
create trigger propagar after update on notas_notafiscal for each row
    when (old.enviada_em is distinct from new.enviada_em or (old.situacao = 'cancelada') <> (new.situacao = 'cancelada'))
    execute function notas_propagar();
"""
_DESFAZER = """
drop function notas_propagar() cascade;
drop function notas_para_cima() cascade;
drop function notas_na_linha() cascade;
drop function notas_na_nota() cascade;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notas", "0001_initial"),
        ("arquivos", "0002_muro"),
        ("contas", "0002_muro"),
        ("convenios", "0008_muro_dos_convenios"),
        ("lotes", "0002_muro"),
    ]
    operations = [
        ChaveComposta(
            "notas_notafiscal",
            ["conteudo_id", "prestador_id"],
            "arquivos_conteudo",
            ["id", "prestador_id"],
        ),
        ChaveComposta(
            "notas_notafiscal",
            ["operadora_id", "prestador_id"],
            "convenios_credenciamento",
            ["operadora_id", "prestador_id"],
        ),
        ChaveComposta(
            "notas_notadoprotocolo",
            ["nota_id", "prestador_id", "operadora_id"],
            "notas_notafiscal",
            ["id", "prestador_id", "operadora_id"],
        ),
        ChaveComposta(
            "notas_notadoprotocolo",
            ["protocolo_id", "prestador_id", "operadora_id"],
            "lotes_protocolo",
            ["id", "prestador_id", "operadora_id"],
        ),
        migrations.RunSQL(_FUNCOES, _DESFAZER),
        Murar(
            "notas_notafiscal",
            [
                politica_do_prestador(("select",)),
                Politica("conecta_prestador", ("insert",), f"{_DO_PRESTADOR} and situacao = 'pendente'"),
                Politica(
                    "conecta_prestador",
                    ("update",),
                    f"{_DO_PRESTADOR} and situacao in ('pendente', 'em_analise', 'indeferida')",
                    f"{_DO_PRESTADOR} and situacao in ('pendente', 'em_analise', 'cancelada')",
                ),
                Politica("conecta_operadora", ("select",), _ENVIADA),
                Politica(
                    "conecta_operadora",
                    ("update",),
                    f"{_ENVIADA} and situacao in ('em_analise', 'aceita')",
                    f"{_ENVIADA} and situacao in ('aceita', 'indeferida')",
                    colunas=("situacao", "motivo", "analisada_em", "analisada_por_nome"),
                ),
            ],
        ),
        Murar(
            "notas_notadoprotocolo",
            [
                politica_do_prestador(("select", "insert", "delete")),
                Politica("conecta_prestador", ("update",), _DO_PRESTADOR, colunas=("id", "enviada_em", "vigente")),
                Politica("conecta_operadora", ("select",), _ENVIADA),
            ],
        ),
        Murar(
            "notas_parametrosdasnotas",
            [
                Politica("conecta_operadora", ("select", "insert", "update"), _DA_OPERADORA),
                Politica("conecta_prestador", ("select",), _DO_CREDENCIADO),
            ],
        ),
        Murar(
            "notas_dispensadenota",
            [
                Politica("conecta_operadora", ("select", "insert", "delete"), _DA_OPERADORA),
                Politica(
                    "conecta_prestador",
                    ("select",),
                    f"{_DO_CREDENCIADO} and (prestador_id is null or prestador_id = {INQUILINO})",
                ),
            ],
        ),
        Auditar("notas_notafiscal"),
        Auditar("notas_parametrosdasnotas"),
        Auditar("notas_dispensadenota"),
    ]
