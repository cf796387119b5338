"""Requests of access, what was changed by hand in the registers, and what accepting an invitation may write."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from conecta.tenancy.operacoes import INQUILINO, Auditar, Murar, Politica

_RESPOSTA = ("situacao", "motivo", "respondido_em", "quem_respondeu_id", "quem_respondeu_nome")
_DA_OPERADORA = f"operadora_id = {INQUILINO}"
_DO_PRESTADOR = f"prestador_id = {INQUILINO}"
# A prestador makes a contract of exactly the terms that an operadora offered it, and that it has not answered yet.
_OFERECIDO = f"""{_DO_PRESTADOR} and exists (
    select from convenios_pedidodeacesso p where p.prestador_id = convenios_credenciamento.prestador_id
    and p.operadora_id = convenios_credenciamento.operadora_id and p.pedido_por = 'operadora'
    and p.situacao = 'pendente'"""
_NOS_TERMOS = f"""{_OFERECIDO} and p.codigo_na_operadora = convenios_credenciamento.codigo_na_operadora
    and p.inicio = convenios_credenciamento.inicio and p.tipos_de_guia = convenios_credenciamento.tipos_de_guia
    and convenios_credenciamento.fim is null and convenios_credenciamento.grupo = '')"""
_REATIVADO = f"""{_OFERECIDO} and p.codigo_na_operadora = convenios_credenciamento.codigo_na_operadora
    and p.inicio = convenios_credenciamento.inicio and p.tipos_de_guia = convenios_credenciamento.tipos_de_guia
    and convenios_credenciamento.fim is null)"""
_ACEITAR_CONVITE = f"""
create policy convite_insert_conecta_prestador on convenios_credenciamento for insert to conecta_prestador
    with check ({_NOS_TERMOS});
create policy convite_update_conecta_prestador on convenios_credenciamento for update to conecta_prestador
    using ({_OFERECIDO})) with check ({_REATIVADO});
grant insert, update (codigo_na_operadora, inicio, fim, ativo, tipos_de_guia) on convenios_credenciamento
    to conecta_prestador;
"""
_DESFAZER_ACEITE = """
revoke insert on convenios_credenciamento from conecta_prestador;
revoke update (codigo_na_operadora, inicio, fim, ativo, tipos_de_guia) on convenios_credenciamento
    from conecta_prestador;
drop policy convite_insert_conecta_prestador on convenios_credenciamento;
drop policy convite_update_conecta_prestador on convenios_credenciamento;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contas", "0002_muro"),
        ("convenios", "0012_logo_do_convenio"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MudancaDeCadastro",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "alvo",
                    models.CharField(
                        choices=[
                            ("plano", "Plano"),
                            ("beneficiario", "Beneficiário"),
                            ("credenciamento", "Credenciamento"),
                        ],
                        max_length=14,
                    ),
                ),
                ("alvo_id", models.BigIntegerField()),
                ("campo", models.CharField(max_length=60)),
                ("antes", models.TextField(blank=True)),
                ("depois", models.TextField(blank=True)),
                ("quando", models.DateTimeField(default=django.utils.timezone.now)),
                ("quem_nome", models.CharField(max_length=70)),
                (
                    "operadora",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contas.organizacao",
                    ),
                ),
                (
                    "quem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "mudança de cadastro",
                "ordering": ["-quando", "-id"],
                "indexes": [
                    models.Index(fields=["operadora", "alvo", "alvo_id", "-quando"], name="mudanca_do_cadastro")
                ],
            },
        ),
        migrations.CreateModel(
            name="PedidoDeAcesso",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "pedido_por",
                    models.CharField(choices=[("operadora", "Operadora"), ("prestador", "Prestador")], max_length=9),
                ),
                ("mensagem", models.CharField(blank=True, max_length=500)),
                (
                    "codigo_na_operadora",
                    models.CharField(blank=True, max_length=14, verbose_name="código na operadora"),
                ),
                ("inicio", models.DateField(null=True, verbose_name="início")),
                (
                    "tipos_de_guia",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
                (
                    "situacao",
                    models.CharField(
                        choices=[
                            ("pendente", "Aguardando resposta"),
                            ("aceito", "Aceito"),
                            ("recusado", "Recusado"),
                            ("cancelado", "Cancelado por quem pediu"),
                        ],
                        default="pendente",
                        max_length=9,
                        verbose_name="situação",
                    ),
                ),
                ("motivo", models.CharField(blank=True, max_length=500)),
                ("pedido_em", models.DateTimeField(default=django.utils.timezone.now)),
                ("quem_pediu_nome", models.CharField(max_length=70)),
                ("respondido_em", models.DateTimeField(null=True)),
                ("quem_respondeu_nome", models.CharField(blank=True, max_length=70)),
                (
                    "operadora",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contas.organizacao",
                    ),
                ),
                (
                    "prestador",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contas.organizacao"
                    ),
                ),
                (
                    "quem_pediu",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "quem_respondeu",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "pedido de acesso",
                "verbose_name_plural": "pedidos de acesso",
                "ordering": ["-pedido_em", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("situacao", "pendente")),
                        fields=("operadora", "prestador"),
                        name="pedido_pendente_unico",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pedido_por", "prestador"),
                            models.Q(("inicio__isnull", False), models.Q(("codigo_na_operadora", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="convite_tem_termos",
                    ),
                ],
            },
        ),
        Murar(
            "convenios_pedidodeacesso",
            [
                Politica("conecta_operadora", ("select",), _DA_OPERADORA),
                Politica("conecta_operadora", ("insert",), f"{_DA_OPERADORA} and pedido_por = 'operadora'"),
                Politica("conecta_operadora", ("update",), _DA_OPERADORA, colunas=_RESPOSTA),
                Politica("conecta_prestador", ("select",), _DO_PRESTADOR),
                Politica("conecta_prestador", ("insert",), f"{_DO_PRESTADOR} and pedido_por = 'prestador'"),
                Politica("conecta_prestador", ("update",), _DO_PRESTADOR, colunas=_RESPOSTA),
            ],
        ),
        Murar(
            "convenios_mudancadecadastro",
            [Politica("conecta_operadora", ("select", "insert"), _DA_OPERADORA)],
        ),
        migrations.RunSQL(_ACEITAR_CONVITE, _DESFAZER_ACEITE),
        # An operadora also reads the register of prestadores that asked for access, or that it invited.
        migrations.RunSQL(
            "create policy pedintes_conecta_operadora on contas_organizacao for select to conecta_operadora using ("
            f"id in (select p.prestador_id from convenios_pedidodeacesso p where p.operadora_id = {INQUILINO}))",
            "drop policy pedintes_conecta_operadora on contas_organizacao",
        ),
        Auditar("convenios_pedidodeacesso"),
    ]
