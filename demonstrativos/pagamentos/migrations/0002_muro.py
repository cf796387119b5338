"""Sums, copies and what is frozen, kept by the database itself; and the wall.

A line takes its amounts from the released protocol, a paid guide from its analysis, a payment from its lines and
entries, whatever a statement says. What was closed changes in nothing but its state, and only along its path.
"""

from django.db import migrations

from conecta.tenancy.operacoes import INQUILINO, Auditar, ChaveComposta, Murar, Politica, politica_do_prestador

_DA_OPERADORA = f"operadora_id = {INQUILINO}"
_DO_PRESTADOR = f"prestador_id = {INQUILINO} and fechado_em is not null"

_FUNCOES = """
create function pagamentos_recusar_congelado(pagamento bigint) returns void language plpgsql as $$
begin
    raise exception 'o pagamento % não está em aberto e não muda mais', pagamento using errcode = 'check_violation';
end $$;

-- The row of the payment, locked: a line and a closing at once wait for each other.
create function pagamentos_exigir_aberto(pagamento bigint) returns void language plpgsql as $$
declare
    estado text;
begin
    select situacao into estado from pagamentos_pagamento where id = pagamento for no key update;
    if estado is distinct from 'aberto' then perform pagamentos_recusar_congelado(pagamento); end if;
end $$;

create function pagamentos_na_linha() returns trigger language plpgsql as $$
declare
    p lotes_protocolo;
begin
    if tg_op = 'DELETE' then
        perform pagamentos_exigir_aberto(old.pagamento_id);
        return old;
    end if;
    if tg_op = 'UPDATE' then
        -- Only what is copied from the payment ever changes.
        new := old;
        select g.fechado_em, g.situacao <> 'cancelado' into new.fechado_em, new.vigente
          from pagamentos_pagamento g where g.id = old.pagamento_id;
        return new;
    end if;
    perform pagamentos_exigir_aberto(new.pagamento_id);
    new.fechado_em := null; new.vigente := true;
    select * into p from lotes_protocolo where id = new.protocolo_id;
    if new.tipo = '1' then
        if p.situacao is null or p.situacao not in (3, 5) then
            raise exception 'o protocolo % não está liberado', new.protocolo_id using errcode = 'check_violation';
        end if;
        new.valor_informado := p.valor_informado; new.valor_processado := p.valor_processado;
        new.valor_glosado := p.valor_glosado;
    end if;
    return new;
end $$;

create function pagamentos_na_guia() returns trigger language plpgsql as $$
declare
    linha pagamentos_pagamentodoprotocolo;
    a analise_guiaanalisada;
begin
    if tg_op = 'UPDATE' then
        new := old;
        select g.fechado_em into new.fechado_em from pagamentos_pagamento g where g.id = old.pagamento_id;
        return new;
    end if;
    perform pagamentos_exigir_aberto(new.pagamento_id);
    new.fechado_em := null;
    select * into linha from pagamentos_pagamentodoprotocolo where id = new.linha_id;
    select g.posicao into new.posicao
      from lotes_guia g join lotes_protocolo p on p.lote_id = g.lote_id
     where g.id = new.guia_id and p.id = linha.protocolo_id;
    if not found then
        raise exception 'a guia % não é do protocolo %', new.guia_id, linha.protocolo_id
            using errcode = 'check_violation';
    end if;
    if linha.tipo = '1' then
        select * into a from analise_guiaanalisada where guia_id = new.guia_id and liberada_em is not null;
        new.valor_informado := a.valor_informado; new.valor_processado := a.valor_processado;
        new.valor_glosado := a.valor_glosado;
    end if;
    return new;
end $$;

create function pagamentos_no_lancamento() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        new := old;
        select g.fechado_em into new.fechado_em from pagamentos_pagamento g where g.id = old.pagamento_id;
        return new;
    end if;
    if tg_op = 'DELETE' then
        perform pagamentos_exigir_aberto(old.pagamento_id);
        return old;
    end if;
    perform pagamentos_exigir_aberto(new.pagamento_id);
    new.fechado_em := null;
    return new;
end $$;

-- What a payment says once the prestador has seen it.
create function pagamentos_o_que_congela(p jsonb) returns jsonb language sql immutable as $$
    select p - '{situacao,pago_em,cancelado_em,motivo,devolvido_em,devolucao,valor_liberado,valor_liquido}'::text[]
$$;

create function pagamentos_no_pagamento() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.situacao <> 'aberto' then
            raise exception 'um pagamento começa em aberto' using errcode = 'check_violation';
        end if;
        new.valor_informado := 0; new.valor_processado := 0; new.valor_glosado := 0;
        new.debitos := 0; new.creditos := 0;
        return new;
    end if;
    select coalesce(sum(valor_informado), 0), coalesce(sum(valor_processado), 0), coalesce(sum(valor_glosado), 0)
      into new.valor_informado, new.valor_processado, new.valor_glosado
      from pagamentos_pagamentodoprotocolo where pagamento_id = new.id;
    select coalesce(sum(valor) filter (where indicador = '1'), 0), coalesce(sum(valor) filter (where indicador = '2'), 0)
      into new.debitos, new.creditos
      from pagamentos_debitooucredito where pagamento_id = new.id;
    if old.situacao <> new.situacao and (old.situacao, new.situacao) not in (
        ('aberto', 'fechado'), ('aberto', 'cancelado'), ('fechado', 'pago'), ('fechado', 'cancelado')
    ) then
        raise exception 'o pagamento % não passa de % a %', new.id, old.situacao, new.situacao
            using errcode = 'check_violation';
    end if;
    if (new.prestador_id, new.operadora_id, new.numero) <> (old.prestador_id, old.operadora_id, old.numero) then
        perform pagamentos_recusar_congelado(new.id);
    end if;
    if old.situacao <> 'aberto'
       and pagamentos_o_que_congela(to_jsonb(new)) is distinct from pagamentos_o_que_congela(to_jsonb(old)) then
        perform pagamentos_recusar_congelado(new.id);
    end if;
    if old.situacao = 'aberto' and new.situacao = 'fechado' then perform pagamentos_conferir_guias(new.id); end if;
    return new;
end $$;

-- Each line is the sum of its guides, and has some; a payment has lines.
create function pagamentos_conferir_guias(pagamento bigint) returns void language plpgsql as $$
declare
    linhas bigint;
    erradas bigint;
begin
    select count(*), count(*) filter (where g.linha_id is null
            or (l.valor_informado, l.valor_processado, l.valor_glosado) is distinct from (g.i, g.p, g.v))
      into linhas, erradas
      from pagamentos_pagamentodoprotocolo l
      left join (select linha_id, sum(valor_informado) i, sum(valor_processado) p, sum(valor_glosado) v
                   from pagamentos_guiapaga where pagamento_id = pagamento group by linha_id) g on g.linha_id = l.id
     where l.pagamento_id = pagamento;
    if linhas = 0 or erradas > 0 then
        raise exception 'as guias do pagamento % não somam os seus protocolos', pagamento
            using errcode = 'check_violation';
    end if;
end $$;

create function pagamentos_para_cima() returns trigger language plpgsql as $$
begin
    update pagamentos_pagamento set id = id where id in (select distinct pagamento_id from mudados);
    return null;
end $$;

create function pagamentos_propagar() returns trigger language plpgsql as $$
begin
    update pagamentos_pagamentodoprotocolo set id = id where pagamento_id = new.id;
    update pagamentos_guiapaga set id = id where pagamento_id = new.id;
    update pagamentos_debitooucredito set id = id where pagamento_id = new.id;
    return null;
end $$;
"""


def _gatilhos() -> str:
    partes = [
        f"create trigger guardar before {quando} on pagamentos_{tabela} for each row execute function {funcao}();"
        for tabela, quando, funcao in (
            ("pagamento", "insert or update", "pagamentos_no_pagamento"),
            ("pagamentodoprotocolo", "insert or update or delete", "pagamentos_na_linha"),
            ("guiapaga", "insert or update", "pagamentos_na_guia"),
            ("debitooucredito", "insert or update or delete", "pagamentos_no_lancamento"),
        )
    ]
    partes += [
        f"create trigger somar_{evento} after {evento} on pagamentos_{tabela} "
        f"referencing {quais} table as mudados for each statement execute function pagamentos_para_cima();"
        for tabela in ("pagamentodoprotocolo", "debitooucredito")
        for evento, quais in (("insert", "new"), ("delete", "old"))
    ]
    partes.append(
        "create trigger propagar after update on pagamentos_pagamento for each row "
        "when (old.situacao <> new.situacao) execute function pagamentos_propagar();"
    )
    return "\n".join(partes)


_DESFAZER = """
drop function pagamentos_propagar() cascade;
drop function pagamentos_para_cima() cascade;
drop function pagamentos_no_pagamento() cascade;
drop function pagamentos_conferir_guias(bigint) cascade;
drop function pagamentos_o_que_congela(jsonb) cascade;
drop function pagamentos_no_lancamento() cascade;
drop function pagamentos_na_guia() cascade;
drop function pagamentos_na_linha() cascade;
drop function pagamentos_exigir_aberto(bigint) cascade;
drop function pagamentos_recusar_congelado(bigint) cascade;
"""


def _muro(tabela: str, acoes: tuple[str, ...], *copiadas: str) -> Murar:
    """The operadora's; of what is closed only the copies are written, by triggers."""
    politicas = [
        Politica("conecta_operadora", acoes, _DA_OPERADORA),
        Politica("conecta_prestador", ("select",), _DO_PRESTADOR),
    ]
    if copiadas:
        politicas.append(Politica("conecta_operadora", ("update",), _DA_OPERADORA, colunas=("id", *copiadas)))
    return Murar(f"pagamentos_{tabela}", politicas)


def _do_pagamento(tabela: str) -> ChaveComposta:
    return ChaveComposta(
        f"pagamentos_{tabela}",
        ["pagamento_id", "prestador_id", "operadora_id"],
        "pagamentos_pagamento",
        ["id", "prestador_id", "operadora_id"],
    )


def _do_contrato(tabela: str) -> ChaveComposta:
    return ChaveComposta(
        f"pagamentos_{tabela}",
        ["operadora_id", "prestador_id"],
        "convenios_credenciamento",
        ["operadora_id", "prestador_id"],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("pagamentos", "0001_initial"),
        ("analise", "0002_muro"),
        ("contas", "0002_muro"),
        ("convenios", "0002_muro"),
        ("lotes", "0011_xml_so_ao_fechar"),
    ]
    operations = [
        _do_pagamento("pagamentodoprotocolo"),
        ChaveComposta(
            "pagamentos_pagamentodoprotocolo",
            ["protocolo_id", "prestador_id", "operadora_id"],
            "lotes_protocolo",
            ["id", "prestador_id", "operadora_id"],
        ),
        ChaveComposta(
            "pagamentos_guiapaga",
            ["linha_id", "pagamento_id", "protocolo_id", "prestador_id", "operadora_id"],
            "pagamentos_pagamentodoprotocolo",
            ["id", "pagamento_id", "protocolo_id", "prestador_id", "operadora_id"],
        ),
        _do_pagamento("debitooucredito"),
        _do_pagamento("acontecimentodopagamento"),
        _do_contrato("contabancaria"),
        _do_contrato("retencao"),
        migrations.RunSQL(_FUNCOES + _gatilhos(), _DESFAZER),
        _muro("pagamento", ("select", "insert", "update")),
        _muro("pagamentodoprotocolo", ("select", "insert", "delete"), "fechado_em", "vigente"),
        _muro("guiapaga", ("select", "insert"), "fechado_em"),
        _muro("debitooucredito", ("select", "insert", "delete"), "fechado_em"),
        Murar(
            "pagamentos_acontecimentodopagamento",
            [
                Politica("conecta_operadora", ("select", "insert"), _DA_OPERADORA),
                Politica("conecta_prestador", ("select",), f"prestador_id = {INQUILINO} and publico"),
            ],
        ),
        *(
            Murar(
                f"pagamentos_{tabela}",
                [
                    Politica("conecta_operadora", ("select", "insert", "update", "delete"), _DA_OPERADORA),
                    politica_do_prestador(("select",)),
                ],
            )
            for tabela in ("contabancaria", "retencao")
        ),
        Auditar("pagamentos_pagamento"),
        Auditar("pagamentos_pagamentodoprotocolo"),
        Auditar("pagamentos_debitooucredito"),
        Auditar("pagamentos_contabancaria"),
        Auditar("pagamentos_retencao"),
    ]
