"""The wall, asked of Postgres itself: which tables have it, and that no role goes around it."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from conecta.contas.models import Organizacao
from tests.fabrica import Cenario

SEM_INQUILINO = {
    # The login's own tables: people, sessions, factors. No tenant role has any grant on them.
    "contas_usuario",
    "account_emailaddress",
    "account_emailconfirmation",
    "mfa_authenticator",
    "usersessions_usersession",
    "django_session",
    "django_content_type",
    "django_migrations",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
    # The standard's own data, the same for everybody, readable and never writable.
    "convenios_edicao",
    "convenios_termo",
    "convenios_itemdedominio",
    "convenios_mensagemtiss",
    "convenios_operadoranaans",
    # A view that reads in the name of whoever asks: the walls of its tables hold.
    "convenios_terminologia",
}
DE_TODOS = {
    # Without a prestador they hold for every credenciado of the operadora.
    "precos_tabeladepreco",
    "precos_vinculodetabela",
    "notas_dispensadenota",
}
PAPEIS = ("conecta_app", "conecta_prestador", "conecta_operadora", "conecta_sistema")


def _linhas(sql: str, *parametros: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parametros)
        return cursor.fetchall()


def _modelos_de_inquilino() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m._meta.db_table not in SEM_INQUILINO]


@pytest.mark.django_db
def test_every_tenant_table_has_forced_row_level_security() -> None:
    sem_muro = _linhas(
        "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace "
        "and not (relrowsecurity and relforcerowsecurity)"
    )
    assert {nome for (nome,) in sem_muro} <= SEM_INQUILINO


@pytest.mark.django_db
def test_models_that_name_an_organisation_are_walled() -> None:
    com_inquilino = {
        m._meta.db_table
        for m in apps.get_models()
        if any(getattr(f, "related_model", None) is Organizacao for f in m._meta.get_fields() if f.concrete)
    }
    assert com_inquilino.isdisjoint(SEM_INQUILINO)


@pytest.mark.django_db
def test_no_view_reads_with_its_owners_eyes() -> None:
    assert not _linhas(
        "select relname from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace "
        "and not coalesce('security_invoker=true' = any(reloptions), false)"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("papel", PAPEIS)
def test_runtime_roles_own_nothing_and_bypass_nothing(papel: str) -> None:
    assert _linhas(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = %s", papel
    ) == [(False, False, False, False)]
    assert _linhas("select count(*) from pg_class where relowner = %s::regrole", papel) == [(0,)]


@pytest.mark.django_db
def test_tests_run_with_the_runtime_login() -> None:
    assert _linhas("select session_user, current_user") == [("conecta_app", "conecta_app")]


@pytest.mark.django_db
@pytest.mark.parametrize("papel", ["conecta_prestador", "conecta_operadora"])
def test_tenant_roles_reach_no_table_of_people(papel: str) -> None:
    pessoas = ["contas_usuario", "account_emailaddress", "mfa_authenticator", "django_session"]
    assert (
        _linhas("select t from unnest(%s::text[]) t where has_table_privilege(%s, t, 'select')", pessoas, papel) == []
    )


@pytest.mark.django_db
@pytest.mark.parametrize("papel", PAPEIS)
def test_the_audit_trail_cannot_be_read_or_changed(papel: str) -> None:
    assert _linhas(
        "select relname, has_table_privilege(%s, c.oid, 'select, insert, update, delete, truncate') from pg_class c "
        "where relnamespace = (select oid from pg_namespace where nspname = 'auditoria') and relkind = 'r' order by 1",
        papel,
    ) == [("acesso", False), ("registro", False)]


@pytest.mark.django_db
@pytest.mark.parametrize("papel", PAPEIS)
def test_the_standards_tables_are_read_only_but_for_the_platform_which_removes_nothing(papel: str) -> None:
    for tabela in ("convenios_termo", "convenios_itemdedominio", "convenios_mensagemtiss"):
        assert _linhas("select has_table_privilege(%s, %s, 'select')", papel, tabela) == [(True,)]
        escrita = "delete, truncate" if papel == "conecta_sistema" else "insert, update, delete, truncate"
        assert _linhas("select has_table_privilege(%s, %s, %s)", papel, tabela, escrita) == [(False,)]


@pytest.mark.parametrize("modelo", _modelos_de_inquilino(), ids=lambda m: m._meta.db_table)
def test_without_a_tenant_every_table_denies_or_is_the_directory(modelo: type[models.Model], cenario: Cenario) -> None:
    tabela = modelo._meta.db_table
    if tabela in {"contas_organizacao", "contas_vinculo"}:  # decision 8: read before a tenant is chosen
        return
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        _linhas(f"select count(*) from {tabela}")


@pytest.mark.parametrize("modelo", _modelos_de_inquilino(), ids=lambda m: m._meta.db_table)
@pytest.mark.parametrize("quem", ["aurelia", "boavista", "cedro", "pasa", "sulina"])
def test_in_plain_sql_each_tenant_reads_its_own_rows_only(
    modelo: type[models.Model], quem: str, cenario: Cenario
) -> None:
    """A table that a tenant may read at all holds, for it, only rows that name it, or what its contracts open."""
    organizacao = cenario.organizacoes[quem]
    coluna = "prestador_id" if organizacao.e_prestador else "operadora_id"
    colunas = {f.column for f in modelo._meta.concrete_fields}
    if coluna not in colunas:
        return
    with cenario.dentro(quem):
        if not _linhas("select has_table_privilege(current_user, %s, 'select')", modelo._meta.db_table)[0][0]:
            return
        outra = "<>" if modelo._meta.db_table in DE_TODOS else "is distinct from"
        alheias = _linhas(f"select count(*) from {modelo._meta.db_table} where {coluna} {outra} %s", organizacao.pk)
    assert alheias == [(0,)]


def test_a_forgotten_filter_returns_own_rows_and_injection_of_ids_finds_nothing(cenario: Cenario) -> None:
    with cenario.dentro("cedro"):
        contratos = _linhas("select prestador_id, operadora_id from convenios_credenciamento")
    assert contratos == [(cenario.cedro.pk, cenario.sulina.pk)]


def test_a_prestador_cannot_grant_itself_a_contract(cenario: Cenario) -> None:
    with cenario.dentro("cedro"), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        _linhas(
            "insert into convenios_credenciamento (operadora_id, prestador_id, codigo_na_operadora, inicio, ativo, "
            "tipos_de_guia, grupo) values (%s, %s, 'x', now(), true, '{}', '') returning id",
            cenario.pasa.pk,
            cenario.cedro.pk,
        )


def test_a_contract_ends_but_is_not_deleted(cenario: Cenario) -> None:
    with cenario.dentro("pasa"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        _linhas("delete from convenios_credenciamento returning id")
