"""Signatures, tables and generation of codes, as the operadora wants them."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("convenios", "0004_contrato_nao_se_apaga"),
    ]

    operations = [
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="assinatura_exigida",
            field=models.BooleanField(default=False, verbose_name="exige assinatura digital"),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="tabela_38_atual",
            field=models.BooleanField(default=False, verbose_name="códigos da Tabela 38 atual em todas as versões"),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="tabelas_aceitas",
            field=ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None),
        ),
    ]
