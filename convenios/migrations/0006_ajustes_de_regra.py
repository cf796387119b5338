"""Decisions of an operadora about the rules, in place of the one setting there was for one of them.

Decisions are added and never changed or removed. A prestador reads those of its operadoras: they weigh in the verdicts on
its files.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from conecta.tenancy.operacoes import INQUILINO, Auditar, Murar, Politica

# The owner of the tables is held back by their wall too, so it is lowered while the setting is moved.
_MOVER = """
alter table convenios_parametrosdaoperadora no force row level security;
insert into convenios_ajustederegra (operadora_id, regra, modo, severidade, desde, motivo, criado_em, criado_por_nome)
    select operadora_id, 'G04', 'ligada', 'ignoravel', (now() at time zone 'America/Sao_Paulo')::date,
        'A reapresentação de guias já podia ser ignorada.', now(), ''
    from convenios_parametrosdaoperadora where reapresentacao_ignoravel;
alter table convenios_parametrosdaoperadora force row level security;
"""
_DEVOLVER = """
alter table convenios_parametrosdaoperadora no force row level security;
update convenios_parametrosdaoperadora p set reapresentacao_ignoravel = coalesce((
    select a.severidade = 'ignoravel' from convenios_ajustederegra a
    where a.operadora_id = p.operadora_id and a.regra = 'G04' and a.desde <= (now() at time zone 'America/Sao_Paulo')::date
    order by a.desde desc, a.id desc limit 1), false);
alter table convenios_parametrosdaoperadora force row level security;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contas", "0002_muro"),
        ("convenios", "0005_mais_parametros"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AjusteDeRegra",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("regra", models.CharField(max_length=5)),
                (
                    "modo",
                    models.CharField(
                        choices=[("ligada", "Ligada"), ("observada", "Observada"), ("desligada", "Desligada")],
                        max_length=9,
                    ),
                ),
                (
                    "severidade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("impeditiva", "Impeditiva"),
                            ("ignoravel", "Ignorável com justificativa"),
                            ("informativa", "Informativa"),
                        ],
                        max_length=11,
                    ),
                ),
                ("desde", models.DateField()),
                ("motivo", models.CharField(max_length=300)),
                ("criado_em", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "criado_por_nome",
                    models.CharField(blank=True, help_text="Empty: nobody, it came with an update.", max_length=70),
                ),
                (
                    "criado_por",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "operadora",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contas.organizacao",
                    ),
                ),
            ],
            options={
                "verbose_name": "ajuste de regra",
                "indexes": [models.Index(fields=["operadora", "regra", "-desde", "-id"], name="ajuste_vigente")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("modo__in", ["ligada", "observada", "desligada"]),
                            ("severidade__in", ["", "impeditiva", "ignoravel", "informativa"]),
                        ),
                        name="ajuste_conhecido",
                    )
                ],
            },
        ),
        migrations.RunSQL(_MOVER, _DEVOLVER),
        migrations.RemoveField(model_name="parametrosdaoperadora", name="reapresentacao_ignoravel"),
        Murar(
            "convenios_ajustederegra",
            [
                Politica("conecta_operadora", ("select", "insert"), f"operadora_id = {INQUILINO}"),
                Politica(
                    "conecta_prestador",
                    ("select",),
                    "operadora_id in (select c.operadora_id from convenios_credenciamento c "
                    f"where c.prestador_id = {INQUILINO})",
                ),
            ],
        ),
        Auditar("convenios_ajustederegra"),
    ]
