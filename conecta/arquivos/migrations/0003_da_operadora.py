"""What an operadora brings to a prestador, statements and answers, is kept in the same vault."""

from django.db import migrations, models

from conecta.tenancy.operacoes import INQUILINO, Murar, Politica


class Migration(migrations.Migration):
    dependencies = [("arquivos", "0002_muro"), ("contas", "0002_muro")]
    operations = [
        migrations.AddField("conteudo", "da_operadora", models.BooleanField(default=False)),
        migrations.RemoveConstraint("conteudo", "conteudo_unico_por_prestador"),
        migrations.AddConstraint(
            "conteudo",
            models.UniqueConstraint(
                fields=["prestador", "sha256"],
                condition=models.Q(da_operadora=False),
                name="conteudo_unico_por_prestador",
            ),
        ),
        migrations.AddConstraint(
            "conteudo",
            models.UniqueConstraint(
                fields=["prestador", "operadora", "sha256"],
                condition=models.Q(da_operadora=True),
                name="conteudo_unico_da_operadora",
            ),
        ),
        migrations.AddConstraint(
            "conteudo",
            models.CheckConstraint(
                condition=models.Q(da_operadora=False) | models.Q(enviado_em__isnull=False),
                name="conteudo_da_operadora_e_visto_por_ela",
            ),
        ),
        # A prestador can neither bring a file in the operadora's name nor move what the operadora brought.
        migrations.RunSQL(
            "drop policy insert_conecta_prestador on arquivos_conteudo;"
            "drop policy update_conecta_prestador on arquivos_conteudo;",
            migrations.RunSQL.noop,
        ),
        Murar(
            "arquivos_conteudo",
            [
                Politica("conecta_prestador", ("insert",), f"prestador_id = {INQUILINO} and not da_operadora"),
                Politica(
                    "conecta_prestador",
                    ("update",),
                    f"prestador_id = {INQUILINO} and not da_operadora",
                    colunas=("operadora_id", "enviado_em"),
                ),
                Politica(
                    "conecta_operadora",
                    ("insert",),
                    f"operadora_id = {INQUILINO} and da_operadora and enviado_em is not null",
                ),
            ],
        ),
    ]
