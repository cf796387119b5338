"""Who may read people, organisations and memberships; the login's own tables."""

from django.db import migrations

from conecta.tenancy.operacoes import INQUILINO, Auditar, Conceder, Murar, Politica

# The login reads who belongs where before any organisation is chosen; only the platform creates organisations.
_APP = Politica("conecta_app", ("select",), "true")
_SISTEMA = Politica("conecta_sistema", ("select", "insert", "update"), "true")


class Migration(migrations.Migration):
    dependencies = [
        ("contas", "0001_initial"),
        ("tenancy", "0001_auditoria"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("sessions", "0001_initial"),
        ("usersessions", "0001_initial"),
    ]
    operations = [
        Murar(
            "contas_organizacao",
            [
                _APP,
                _SISTEMA,
                Politica(
                    "conecta_prestador",
                    ("select",),
                    f"id = {INQUILINO} or tipo = 'operadora'",
                ),
                Politica("conecta_operadora", ("select",), f"id = {INQUILINO}"),
            ],
        ),
        Murar(
            "contas_vinculo",
            [
                _APP,
                _SISTEMA,
                Politica("conecta_prestador", ("select",), f"organizacao_id = {INQUILINO}"),
                Politica("conecta_operadora", ("select",), f"organizacao_id = {INQUILINO}"),
            ],
        ),
        Conceder(
            "select, insert, update",
            ["contas_usuario"],
            ["conecta_app", "conecta_sistema"],
        ),
        Conceder(
            "select, insert, update, delete",
            [
                "django_session",
                "account_emailaddress",
                "account_emailconfirmation",
                "mfa_authenticator",
                "usersessions_usersession",
            ],
            ["conecta_app"],
        ),
        Conceder("select, insert, update", ["account_emailaddress"], ["conecta_sistema"]),
        # Reading which migrations ran is all that web and workers may do with them.
        Conceder("select", ["django_migrations", "django_content_type", "auth_permission"], ["conecta_app"]),
        Auditar("contas_usuario", ["password", "last_login"]),
        Auditar("contas_organizacao"),
        Auditar("contas_vinculo"),
        Auditar("mfa_authenticator", ["data", "last_used_at"]),
    ]
