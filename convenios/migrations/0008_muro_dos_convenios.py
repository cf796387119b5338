"""The wall around the convênios, the principal convênio of each operadora, and the identification that contracts demand.

What a contract demanded of the origem stood on the credenciamento; it is one of the layered settings now.
"""

from django.db import migrations

from conecta.tenancy.operacoes import INQUILINO, Auditar, ChaveComposta, Murar, Politica, politica_do_prestador

_DA_OPERADORA = f"operadora_id = {INQUILINO}"
_DO_CREDENCIADO = (
    f"operadora_id in (select c.operadora_id from convenios_credenciamento c where c.prestador_id = {INQUILINO})"
)

# The owner of the tables is held back by their wall too, so it is lowered while rows are moved.
_ABAIXAR = """
alter table contas_organizacao no force row level security;
alter table convenios_credenciamento no force row level security;
"""
# References are checked before the tables change again.
_LEVANTAR = """
set constraints all immediate;
alter table contas_organizacao force row level security;
alter table convenios_credenciamento force row level security;
"""
_MOVER = f"""
{_ABAIXAR}
insert into convenios_convenio (operadora_id, codigo, principal, ativo, modo, nome, razao_social, cnpj,
        inscricao_estadual, inscricao_municipal, contato, telefone, site, email, tag_saia, inicio, grupo,
        laboratorio_plataforma, laboratorio_codigo, ws_elegibilidade, ws_solicitacao, registro_ans, destino, cep,
        logradouro, numero, complemento, bairro, cidade, uf, abertos, criado_em)
    select o.id, 1, true, true, 'convenio', o.sigla, o.nome, o.documento, '', '', '', '', '', '', '',
        coalesce((select min(c.inicio) from convenios_credenciamento c where c.operadora_id = o.id), '2000-01-01'),
        '', '', '', '', '', '', '', '', '', '', '', '', '', '', '{{}}', now()
    from contas_organizacao o where o.tipo = 'operadora';
insert into convenios_regrasdocredenciamento (operadora_id, prestador_id, credenciamento_id, convenio_id, autor, origem)
    select c.operadora_id, c.prestador_id, c.id, v.id, 'operadora',
        case when c.identificacao_exigida = 'codigo' then 'codigo' when length(o.documento) = 11 then 'cpf' else 'cnpj' end
    from convenios_credenciamento c
    join contas_organizacao o on o.id = c.prestador_id
    join convenios_convenio v on v.operadora_id = c.operadora_id
    where c.identificacao_exigida <> '';
{_LEVANTAR}
"""
_DEVOLVER = f"""
{_ABAIXAR}
update convenios_credenciamento c set identificacao_exigida =
    case when r.origem = 'codigo' then 'codigo' else 'documento' end
    from convenios_regrasdocredenciamento r
    where r.credenciamento_id = c.id and r.autor = 'operadora' and r.origem is not null;
{_LEVANTAR}
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contas", "0002_muro"),
        ("convenios", "0007_convenios_em_camadas"),
    ]

    operations = [
        migrations.RunSQL(_MOVER, _DEVOLVER),
        migrations.RemoveField(model_name="credenciamento", name="identificacao_exigida"),
        Murar(
            "convenios_convenio",
            [
                Politica("conecta_operadora", ("select", "insert", "update"), _DA_OPERADORA),
                Politica("conecta_prestador", ("select",), _DO_CREDENCIADO),
            ],
        ),
        Murar(
            "convenios_regrasdocredenciamento",
            [
                Politica("conecta_operadora", ("select",), _DA_OPERADORA),
                Politica(
                    "conecta_operadora", ("insert", "update", "delete"), f"{_DA_OPERADORA} and autor = 'operadora'"
                ),
                politica_do_prestador(("select",)),
                Politica(
                    "conecta_prestador",
                    ("insert", "update", "delete"),
                    f"prestador_id = {INQUILINO} and autor = 'prestador'",
                ),
            ],
        ),
        Murar(
            "convenios_mudancadeconvenio",
            [
                Politica("conecta_operadora", ("select", "insert"), _DA_OPERADORA),
                politica_do_prestador(("select", "insert")),
            ],
        ),
        Murar(
            "convenios_plano",
            [
                Politica("conecta_operadora", ("select", "insert", "update"), _DA_OPERADORA),
                Politica("conecta_prestador", ("select",), _DO_CREDENCIADO),
            ],
        ),
        Murar(
            "convenios_coberturadoplano",
            [
                Politica("conecta_operadora", ("select", "insert", "update", "delete"), _DA_OPERADORA),
                Politica("conecta_prestador", ("select",), _DO_CREDENCIADO),
            ],
        ),
        ChaveComposta(
            "convenios_regrasdocredenciamento",
            ["credenciamento_id", "operadora_id", "prestador_id"],
            "convenios_credenciamento",
            ["id", "operadora_id", "prestador_id"],
        ),
        ChaveComposta(
            "convenios_regrasdocredenciamento",
            ["convenio_id", "operadora_id"],
            "convenios_convenio",
            ["id", "operadora_id"],
        ),
        ChaveComposta(
            "convenios_mudancadeconvenio", ["convenio_id", "operadora_id"], "convenios_convenio", ["id", "operadora_id"]
        ),
        ChaveComposta("convenios_plano", ["convenio_id", "operadora_id"], "convenios_convenio", ["id", "operadora_id"]),
        ChaveComposta(
            "convenios_coberturadoplano", ["plano_id", "operadora_id"], "convenios_plano", ["id", "operadora_id"]
        ),
        ChaveComposta(
            "convenios_beneficiario", ["plano_id", "operadora_id"], "convenios_plano", ["id", "operadora_id"]
        ),
        Auditar("convenios_convenio"),
        Auditar("convenios_regrasdocredenciamento"),
        Auditar("convenios_plano"),
        Auditar("convenios_coberturadoplano"),
    ]
