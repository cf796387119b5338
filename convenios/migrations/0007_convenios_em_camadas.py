"""Convênios, planos, and the settings that operadora, convênio and contract decide in layers."""

from decimal import Decimal

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contas", "0002_muro"),
        ("convenios", "0006_ajustes_de_regra"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CoberturaDoPlano",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tabela", models.CharField(max_length=2)),
                (
                    "prefixo",
                    models.CharField(
                        blank=True,
                        help_text="Vazio: toda a tabela.",
                        max_length=10,
                        verbose_name="código, ou como ele começa",
                    ),
                ),
                ("coberto", models.BooleanField(default=True)),
                ("carencia_dias", models.PositiveSmallIntegerField(default=0, verbose_name="carência, em dias")),
            ],
            options={
                "verbose_name": "cobertura do plano",
                "ordering": ["tabela", "prefixo"],
            },
        ),
        migrations.CreateModel(
            name="Convenio",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "valor_filme",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Preço do metro quadrado de filme, em reais: entra no preço dos exames de imagem.",
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="valor do filme",
                    ),
                ),
                (
                    "dias_retorno_eletivo",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Consulta eletiva do mesmo beneficiário com o mesmo profissional dentro destes dias é criticada (I29).",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="dias de retorno eletivo",
                    ),
                ),
                (
                    "dias_retorno_emergencia",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="O mesmo para consulta de urgência ou emergência (I29).",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="dias de retorno de emergência",
                    ),
                ),
                (
                    "plano_de_contas",
                    models.CharField(
                        blank=True,
                        help_text="Conta do financeiro: acompanha cada lote nas listas exportadas deste convênio.",
                        max_length=60,
                        null=True,
                        verbose_name="plano de contas",
                    ),
                ),
                (
                    "alerta",
                    models.CharField(
                        blank=True,
                        help_text="Aparece para quem escolhe o convênio no envio, na correção e na digitação.",
                        max_length=300,
                        null=True,
                        verbose_name="alerta",
                    ),
                ),
                (
                    "apenas_solicitacao",
                    models.BooleanField(
                        blank=True,
                        help_text="Não gera faturamento: guia para este convênio é recusada.",
                        null=True,
                        verbose_name="apenas para solicitação de exame e cirurgia",
                    ),
                ),
                (
                    "informar_procedimento_na_agenda",
                    models.BooleanField(
                        blank=True,
                        help_text="Para as integrações de agenda: mostra o procedimento escolhido.",
                        null=True,
                        verbose_name="informar procedimento na agenda",
                    ),
                ),
                (
                    "apresentar_valor_na_ficha",
                    models.BooleanField(
                        blank=True,
                        help_text="Para as integrações de atendimento: imprime o valor na ficha.",
                        null=True,
                        verbose_name="apresentar valor do procedimento na ficha",
                    ),
                ),
                (
                    "nao_listar_na_agenda_web",
                    models.BooleanField(
                        blank=True,
                        help_text="Para as integrações de agenda: esconde o convênio.",
                        null=True,
                        verbose_name="não listar na agenda web e WhatsApp",
                    ),
                ),
                (
                    "nao_entregar_laudo_web",
                    models.BooleanField(
                        blank=True,
                        help_text="Para as integrações de laudos: o laudo só se retira no local.",
                        null=True,
                        verbose_name="não entregar laudo web",
                    ),
                ),
                (
                    "nao_faturar_exames_pendentes",
                    models.BooleanField(
                        blank=True,
                        help_text="Guia com exame marcado como pendente não entra no lote.",
                        null=True,
                        verbose_name="não faturar exames pendentes",
                    ),
                ),
                (
                    "nao_faturar_sem_laudo",
                    models.BooleanField(
                        blank=True,
                        help_text="Guia com exame sem laudo não entra no lote.",
                        null=True,
                        verbose_name="não faturar sem laudo",
                    ),
                ),
                (
                    "nao_retirar_pendencia",
                    models.BooleanField(
                        blank=True,
                        help_text="Ninguém retira à mão uma pendência: só o laboratório.",
                        null=True,
                        verbose_name="não retirar pendência do laboratório",
                    ),
                ),
                (
                    "local_externo",
                    models.CharField(
                        blank=True,
                        help_text="Local que toda solicitação de cirurgia leva; quem solicita não o muda.",
                        max_length=100,
                        null=True,
                        verbose_name="local externo",
                    ),
                ),
                (
                    "qtd_exame_guia",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Guia SP/SADT com mais itens que isto é criticada.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(999),
                        ],
                        verbose_name="quantidade de exames por guia",
                    ),
                ),
                (
                    "qtd_guia_lote",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Lote com mais guias é recusado (L04). O padrão TISS não passa de 100: acima disso vale 100.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(9999),
                        ],
                        verbose_name="quantidade de guias por lote",
                    ),
                ),
                (
                    "repetir_senha_na_guia",
                    models.BooleanField(
                        blank=True,
                        help_text="O número da guia na operadora é o da senha: outro número é criticado.",
                        null=True,
                        verbose_name="repetir nº de senha para nº de guia",
                    ),
                ),
                (
                    "exigir_numero_da_guia",
                    models.BooleanField(
                        blank=True,
                        help_text="Guia sem o número da guia na operadora é criticada (G05).",
                        null=True,
                        verbose_name="exigir número de guia",
                    ),
                ),
                (
                    "exigir_numero_da_carteira",
                    models.BooleanField(
                        blank=True,
                        help_text="Carteira de enchimento, como só zeros, é recusada (B02).",
                        null=True,
                        verbose_name="exigir número da carteira",
                    ),
                ),
                (
                    "termo_anexo",
                    models.BooleanField(
                        blank=True,
                        help_text="Imprime ANEXO no lugar do carimbo na guia SP/SADT.",
                        null=True,
                        verbose_name="termo ANEXO para solicitante e beneficiário SADT",
                    ),
                ),
                (
                    "nao_replicar_numero_da_guia",
                    models.BooleanField(
                        blank=True,
                        help_text="Número da guia na operadora igual ao do prestador é criticado, e não é copiado dele.",
                        null=True,
                        verbose_name="não replicar nº de guia para nº operadora",
                    ),
                ),
                (
                    "sadt_para_consulta",
                    models.BooleanField(
                        blank=True,
                        help_text="Aceita consulta em guia SP/SADT; sem esta marca, a consulta pede guia de consulta.",
                        null=True,
                        verbose_name="guia SADT para consulta",
                    ),
                ),
                (
                    "ocultar_valores",
                    models.BooleanField(
                        blank=True,
                        help_text="A guia impressa sai sem valores.",
                        null=True,
                        verbose_name="ocultar valores nas guias",
                    ),
                ),
                (
                    "criticar_guia_repetida",
                    models.BooleanField(
                        blank=True,
                        help_text="Guia com número já apresentado é criticada (G04, G06).",
                        null=True,
                        verbose_name="criticar guia repetida",
                    ),
                ),
                (
                    "exige_senha",
                    models.BooleanField(
                        blank=True,
                        help_text="Guia sem senha é criticada (A01).",
                        null=True,
                        verbose_name="exige número de senha",
                    ),
                ),
                (
                    "exige_senha_em",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        help_text="Tipos de guia e de atendimento em que a senha é exigida. Nenhum marcado: em todos.",
                        null=True,
                        size=None,
                        verbose_name="exige senha em",
                    ),
                ),
                (
                    "exige_guia_principal",
                    models.BooleanField(
                        blank=True,
                        help_text="Guia SP/SADT sem o número da guia principal é criticada (G07).",
                        null=True,
                        verbose_name="exige número de guia principal",
                    ),
                ),
                (
                    "exige_validade_da_carteira",
                    models.BooleanField(
                        blank=True,
                        help_text="Carteira vencida no dia do atendimento é criticada (B07).",
                        null=True,
                        verbose_name="exige validade da carteira",
                    ),
                ),
                (
                    "editar_valor_de_procedimento",
                    models.BooleanField(
                        blank=True,
                        help_text="Valor de procedimento diferente da tabela pode seguir com justificativa; sem esta marca, não.",
                        null=True,
                        verbose_name="editar valor de procedimento na fatura",
                    ),
                ),
                (
                    "editar_valor_de_opme",
                    models.BooleanField(
                        blank=True,
                        help_text="Valor de OPME diferente da tabela pode seguir com justificativa.",
                        null=True,
                        verbose_name="editar valor de OPME na fatura",
                    ),
                ),
                (
                    "obrigar_local_externo",
                    models.BooleanField(
                        blank=True,
                        help_text="Guia SP/SADT sem o CNES do local de execução é criticada.",
                        null=True,
                        verbose_name="obrigar local externo SADT",
                    ),
                ),
                (
                    "agrupar_na_impressao",
                    models.BooleanField(
                        blank=True,
                        help_text="Soma procedimentos iguais na guia impressa: terapias (03), pequeno atendimento (13) e exames (23).",
                        null=True,
                        verbose_name="agrupar procedimentos (impressão)",
                    ),
                ),
                (
                    "agrupar_no_xml",
                    models.BooleanField(
                        blank=True,
                        help_text="Procedimentos iguais em linhas separadas são criticados nos tipos de atendimento 03, 13 e 23.",
                        null=True,
                        verbose_name="agrupar procedimentos (XML)",
                    ),
                ),
                (
                    "digitos_do_codigo",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Tamanho do código de material e medicamento, com zeros à esquerda; outro tamanho é criticado (I06).",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="quantidade de dígitos do código",
                    ),
                ),
                (
                    "prefixo_brasindice",
                    models.CharField(
                        blank=True,
                        help_text="Vem antes do código Brasíndice quando ele vai no XML.",
                        max_length=6,
                        null=True,
                        verbose_name="prefixo TISS Brasíndice",
                    ),
                ),
                (
                    "prefixo_simpro",
                    models.CharField(
                        blank=True,
                        help_text="Vem antes do código Simpro quando ele vai no XML.",
                        max_length=6,
                        null=True,
                        verbose_name="prefixo TISS Simpro",
                    ),
                ),
                (
                    "fonte_pagadora",
                    models.CharField(
                        blank=True,
                        choices=[("registro_ans", "Registro ANS"), ("cnpj", "CNPJ")],
                        help_text="Como a operadora aparece na capa e na guia impressas.",
                        max_length=12,
                        null=True,
                        verbose_name="identificação da fonte pagadora",
                    ),
                ),
                (
                    "origem",
                    models.CharField(
                        blank=True,
                        choices=[("cnpj", "CNPJ"), ("cpf", "CPF"), ("codigo", "Código do prestador na operadora")],
                        help_text="Identificação do prestador que o arquivo deve trazer; outra é criticada (H08).",
                        max_length=12,
                        null=True,
                        verbose_name="origem",
                    ),
                ),
                (
                    "digitos_da_matricula",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Carteira com outro tamanho é recusada (B02).",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="quantidade de dígitos da matrícula",
                    ),
                ),
                (
                    "versao_padrao",
                    models.CharField(
                        blank=True,
                        help_text="Versão TISS da digitação; arquivo em outra versão aceita recebe um aviso.",
                        max_length=8,
                        null=True,
                        verbose_name="versão padrão",
                    ),
                ),
                (
                    "tabela_tiss_procedimentos",
                    models.CharField(
                        blank=True,
                        help_text="Código que os procedimentos levam em codigoTabela; outro é criticado (I02).",
                        max_length=2,
                        null=True,
                        verbose_name="tabela TISS de procedimentos",
                    ),
                ),
                (
                    "tabela_tiss_taxas",
                    models.CharField(
                        blank=True,
                        help_text="Código que taxas e diárias levam em codigoTabela; outro é criticado (I02).",
                        max_length=2,
                        null=True,
                        verbose_name="tabela TISS de taxas",
                    ),
                ),
                (
                    "mascara_da_guia",
                    models.CharField(
                        blank=True,
                        help_text="Forma do número da guia do prestador; outra forma é criticada (G02).",
                        max_length=20,
                        null=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0X. /-]{1,20}\\Z",
                                "Use 0 para algarismo, X para letra ou algarismo, e os sinais que o número tem, como 000000-00.",
                            )
                        ],
                        verbose_name="máscara de guia",
                    ),
                ),
                (
                    "mascara_da_guia_principal",
                    models.CharField(
                        blank=True,
                        help_text="Forma do número da guia principal; outra é criticada (G07).",
                        max_length=20,
                        null=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0X. /-]{1,20}\\Z",
                                "Use 0 para algarismo, X para letra ou algarismo, e os sinais que o número tem, como 000000-00.",
                            )
                        ],
                        verbose_name="máscara de guia principal",
                    ),
                ),
                (
                    "documento_executante",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("conselho", "Conselho profissional (CRM e outros)"),
                            ("cpf", "CPF"),
                            ("cnpj", "CNPJ"),
                            ("codigo", "Código do prestador na operadora"),
                        ],
                        help_text="Documento que o profissional executante deve trazer.",
                        max_length=12,
                        null=True,
                        verbose_name="documento do executante",
                    ),
                ),
                (
                    "documento_solicitante",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("conselho", "Conselho profissional (CRM e outros)"),
                            ("cpf", "CPF"),
                            ("cnpj", "CNPJ"),
                            ("codigo", "Código do prestador na operadora"),
                        ],
                        help_text="Documento que o solicitante deve trazer.",
                        max_length=12,
                        null=True,
                        verbose_name="documento do solicitante",
                    ),
                ),
                (
                    "documentos_por_conselho",
                    models.JSONField(
                        blank=True,
                        help_text="Exceções por conselho profissional, do executante e do solicitante.",
                        null=True,
                        verbose_name="documento por tipo de profissional",
                    ),
                ),
                (
                    "posicao_profissional",
                    models.CharField(
                        blank=True,
                        help_text="Grau de participação sugerido onde falta o do profissional executante.",
                        max_length=2,
                        null=True,
                        verbose_name="padrão para posição profissional",
                    ),
                ),
                (
                    "codigo_de_validacao_exigido",
                    models.BooleanField(
                        blank=True,
                        help_text="Guia sem token nem motivo da ausência é criticada (B13).",
                        null=True,
                        verbose_name="exige código de validação",
                    ),
                ),
                (
                    "tolerancia_de_preco",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Diferença até a qual um valor acima ou abaixo da tabela passa (I16, I17).",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="tolerância de preço, em %",
                    ),
                ),
                (
                    "coparticipacao_procedimentos",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Parte do beneficiário em cada procedimento.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="coparticipação em procedimentos, em %",
                    ),
                ),
                (
                    "coparticipacao_taxas",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Parte do beneficiário em cada taxa, diária ou gás.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="coparticipação em taxas e diárias, em %",
                    ),
                ),
                (
                    "coparticipacao_materiais",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Parte do beneficiário em cada material ou OPME.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="coparticipação em materiais, em %",
                    ),
                ),
                (
                    "coparticipacao_medicamentos",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Parte do beneficiário em cada medicamento.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="coparticipação em medicamentos, em %",
                    ),
                ),
                (
                    "coparticipacao_dias",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Dias do início do atendimento em que nada se divide; 0: desde o primeiro dia.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="coparticipação a partir de, em dias",
                    ),
                ),
                (
                    "coparticipacao_modelo",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("operadora", "A operadora paga tudo e cobra do beneficiário"),
                            ("prestador", "O prestador cobra no balcão e fatura o restante"),
                        ],
                        help_text="Se o XML leva o valor inteiro ou já sem a parte do paciente.",
                        max_length=12,
                        null=True,
                        verbose_name="modelo de coparticipação",
                    ),
                ),
                (
                    "referencia_medicamento",
                    models.CharField(
                        blank=True,
                        choices=[("brasindice", "Brasíndice"), ("simpro", "Simpro"), ("nenhuma", "Nenhuma")],
                        help_text="De onde se calcula o preço dos medicamentos.",
                        max_length=12,
                        null=True,
                        verbose_name="tabela de medicamentos",
                    ),
                ),
                (
                    "referencia_material",
                    models.CharField(
                        blank=True,
                        choices=[("brasindice", "Brasíndice"), ("simpro", "Simpro"), ("nenhuma", "Nenhuma")],
                        help_text="De onde se calcula o preço dos materiais.",
                        max_length=12,
                        null=True,
                        verbose_name="tabela de materiais",
                    ),
                ),
                (
                    "brasindice_medicamento_coluna",
                    models.CharField(
                        blank=True,
                        choices=[("pmc", "PMC"), ("pfb", "PFB")],
                        help_text="Preço do Brasíndice que se usa.",
                        max_length=12,
                        null=True,
                        verbose_name="medicamentos: preço",
                    ),
                ),
                (
                    "brasindice_medicamento_percentual",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Aplicado sobre o preço escolhido.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("999.999")),
                        ],
                        verbose_name="medicamentos: %",
                    ),
                ),
                (
                    "brasindice_material_coluna",
                    models.CharField(
                        blank=True,
                        choices=[("pmc", "PMC"), ("pfb", "PFB")],
                        help_text="Preço do Brasíndice que se usa.",
                        max_length=12,
                        null=True,
                        verbose_name="materiais: preço",
                    ),
                ),
                (
                    "brasindice_material_percentual",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Aplicado sobre o preço escolhido.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("999.999")),
                        ],
                        verbose_name="materiais: %",
                    ),
                ),
                (
                    "brasindice_solucao_coluna",
                    models.CharField(
                        blank=True,
                        choices=[("pmc", "PMC"), ("pfb", "PFB")],
                        help_text="Preço do Brasíndice que se usa.",
                        max_length=12,
                        null=True,
                        verbose_name="soluções parenterais: preço",
                    ),
                ),
                (
                    "brasindice_solucao_percentual",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Aplicado sobre o preço escolhido.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("999.999")),
                        ],
                        verbose_name="soluções parenterais: %",
                    ),
                ),
                (
                    "pfb_para_pmc_zerado",
                    models.BooleanField(
                        blank=True,
                        help_text="Item com PMC 0,00 é calculado pelo PFB.",
                        null=True,
                        verbose_name="utilizar PFB para PMC zerado",
                    ),
                ),
                (
                    "brasindice_codigo_tiss",
                    models.BooleanField(
                        blank=True,
                        help_text="Item do Brasíndice sem código TUSS é aceito e cobrado pelo código TISS.",
                        null=True,
                        verbose_name="Brasíndice: utilizar código TISS quando não houver TUSS",
                    ),
                ),
                (
                    "simpro_percentual",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Aplicado sobre o PFB do Simpro.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("999.999")),
                        ],
                        verbose_name="Simpro: % sobre o PFB",
                    ),
                ),
                (
                    "simpro_codigo_tiss",
                    models.BooleanField(
                        blank=True,
                        help_text="Item do Simpro sem código TUSS é aceito e cobrado pelo código TISS.",
                        null=True,
                        verbose_name="Simpro: utilizar código TISS quando não houver TUSS",
                    ),
                ),
                (
                    "percentual_material_sem_relacao",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Aplicado sobre o custo médio do material que não está na tabela.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("999.999")),
                        ],
                        verbose_name="% sobre material sem relação",
                    ),
                ),
                (
                    "percentual_medicamento_sem_relacao",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Aplicado sobre o custo médio do medicamento que não está na tabela.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("999.999")),
                        ],
                        verbose_name="% sobre medicamento sem relação",
                    ),
                ),
                (
                    "codigo",
                    models.PositiveIntegerField(
                        help_text="Dado pelo Conecta, em ordem; não muda.", verbose_name="código"
                    ),
                ),
                (
                    "principal",
                    models.BooleanField(
                        default=False, help_text="Vale para as guias cujo beneficiário não tem plano de outro convênio."
                    ),
                ),
                ("ativo", models.BooleanField(default=True)),
                (
                    "modo",
                    models.CharField(
                        choices=[
                            ("convenio", "Convênio"),
                            ("particular", "Particular"),
                            ("cortesia", "Cortesia"),
                            ("sus", "SUS"),
                        ],
                        default="convenio",
                        help_text="Só Convênio é faturado aqui: guias dos outros modos são recusadas.",
                        max_length=10,
                        verbose_name="modo de recebimento",
                    ),
                ),
                (
                    "nome",
                    models.CharField(
                        help_text="Nome em listas, filtros e telas.", max_length=60, verbose_name="descrição"
                    ),
                ),
                (
                    "razao_social",
                    models.CharField(
                        blank=True, help_text="Sai na capa do lote.", max_length=150, verbose_name="razão social"
                    ),
                ),
                (
                    "cnpj",
                    models.CharField(
                        blank=True,
                        help_text="Sai na capa quando a fonte pagadora se identifica por CNPJ.",
                        max_length=14,
                        verbose_name="CNPJ",
                    ),
                ),
                (
                    "inscricao_estadual",
                    models.CharField(
                        blank=True, help_text="Sai na capa.", max_length=20, verbose_name="inscrição estadual"
                    ),
                ),
                (
                    "inscricao_municipal",
                    models.CharField(
                        blank=True, help_text="Sai na capa.", max_length=20, verbose_name="inscrição municipal"
                    ),
                ),
                ("contato", models.CharField(blank=True, help_text="Quem procurar; o prestador vê.", max_length=70)),
                ("telefone", models.CharField(blank=True, help_text="O prestador vê.", max_length=20)),
                ("site", models.URLField(blank=True, help_text="O prestador vê.")),
                (
                    "email",
                    models.EmailField(blank=True, help_text="O prestador vê.", max_length=254, verbose_name="e-mail"),
                ),
                (
                    "tag_saia",
                    models.CharField(
                        blank=True,
                        help_text="Sai em destaque na capa do lote (GEAP).",
                        max_length=30,
                        verbose_name="tag de impressão de saia",
                    ),
                ),
                (
                    "inicio",
                    models.DateField(
                        help_text="Atendimento antes deste dia é criticado.", verbose_name="início do contrato"
                    ),
                ),
                (
                    "vencimento",
                    models.DateField(
                        blank=True,
                        help_text="Atendimento depois deste dia é criticado.",
                        null=True,
                        verbose_name="vencimento do contrato",
                    ),
                ),
                (
                    "grupo",
                    models.CharField(
                        blank=True, help_text="Filtro das listas e relatórios.", max_length=60, verbose_name="grupo"
                    ),
                ),
                (
                    "laboratorio_plataforma",
                    models.CharField(
                        blank=True,
                        help_text="Para as integrações de laboratório.",
                        max_length=60,
                        verbose_name="laboratório externo: plataforma",
                    ),
                ),
                (
                    "laboratorio_codigo",
                    models.CharField(
                        blank=True,
                        help_text="Para as integrações de laboratório.",
                        max_length=60,
                        verbose_name="laboratório externo: código",
                    ),
                ),
                (
                    "ws_elegibilidade",
                    models.URLField(
                        blank=True,
                        help_text="Endereço para as integrações que consultam.",
                        verbose_name="web service: elegibilidade",
                    ),
                ),
                (
                    "ws_solicitacao",
                    models.URLField(
                        blank=True,
                        help_text="Endereço para as integrações que pedem autorização.",
                        verbose_name="web service: solicitação",
                    ),
                ),
                (
                    "registro_ans",
                    models.CharField(
                        blank=True,
                        help_text="O que o convênio imprime. Vazio: o da operadora, que é o único que o arquivo pode levar.",
                        max_length=6,
                        verbose_name="nº registro ANS",
                    ),
                ),
                (
                    "destino",
                    models.CharField(
                        blank=True,
                        help_text="Registro ANS que as guias devem levar (G01). Vazio: o da operadora.",
                        max_length=6,
                        verbose_name="destino",
                    ),
                ),
                (
                    "cep",
                    models.CharField(blank=True, help_text="Endereço: sai na capa.", max_length=8, verbose_name="CEP"),
                ),
                ("logradouro", models.CharField(blank=True, help_text="Endereço: sai na capa.", max_length=100)),
                (
                    "numero",
                    models.CharField(
                        blank=True, help_text="Endereço: sai na capa.", max_length=10, verbose_name="número"
                    ),
                ),
                ("complemento", models.CharField(blank=True, help_text="Endereço: sai na capa.", max_length=60)),
                ("bairro", models.CharField(blank=True, help_text="Endereço: sai na capa.", max_length=60)),
                ("cidade", models.CharField(blank=True, help_text="Endereço: sai na capa.", max_length=60)),
                (
                    "uf",
                    models.CharField(blank=True, help_text="Endereço: sai na capa.", max_length=2, verbose_name="UF"),
                ),
                (
                    "abertos",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        help_text="Configurações que cada prestador pode mudar para si.",
                        size=None,
                        verbose_name="o prestador decide",
                    ),
                ),
                ("criado_em", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vencimento__isnull", True), ("vencimento__gte", models.F("inicio")), _connector="OR"
                        ),
                        name="convenio_periodo",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("principal", False), models.Q(("ativo", True), ("modo", "convenio")), _connector="OR"
                        ),
                        name="convenio_principal_fatura",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("tolerancia_de_preco__isnull", True),
                                ("tolerancia_de_preco__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                            models.Q(
                                ("coparticipacao_procedimentos__isnull", True),
                                ("coparticipacao_procedimentos__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                            models.Q(
                                ("coparticipacao_taxas__isnull", True),
                                ("coparticipacao_taxas__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                            models.Q(
                                ("coparticipacao_materiais__isnull", True),
                                ("coparticipacao_materiais__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                            models.Q(
                                ("coparticipacao_medicamentos__isnull", True),
                                ("coparticipacao_medicamentos__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                            models.Q(
                                ("brasindice_medicamento_percentual__isnull", True),
                                ("brasindice_medicamento_percentual__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                            models.Q(
                                ("brasindice_material_percentual__isnull", True),
                                ("brasindice_material_percentual__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                            models.Q(
                                ("brasindice_solucao_percentual__isnull", True),
                                ("brasindice_solucao_percentual__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                            models.Q(
                                ("simpro_percentual__isnull", True),
                                ("simpro_percentual__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                            models.Q(
                                ("percentual_material_sem_relacao__isnull", True),
                                ("percentual_material_sem_relacao__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                            models.Q(
                                ("percentual_medicamento_sem_relacao__isnull", True),
                                ("percentual_medicamento_sem_relacao__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                        ),
                        name="convenio_percentuais",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valor_filme__isnull", True), ("valor_filme__gte", 0), _connector="OR"),
                        name="convenio_valor_filme",
                    ),
                ],
                "verbose_name": "convênio",
                "ordering": ["codigo"],
            },
        ),
        migrations.CreateModel(
            name="MudancaDeConvenio",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("campo", models.CharField(max_length=60)),
                ("antes", models.TextField(blank=True)),
                ("depois", models.TextField(blank=True)),
                ("quando", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "quem_nome",
                    models.CharField(blank=True, help_text="Empty: nobody, it came with an update.", max_length=70),
                ),
            ],
            options={
                "verbose_name": "mudança de convênio",
                "ordering": ["-quando", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Plano",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "codigo",
                    models.CharField(
                        help_text="Como vem na carteira ou no cadastro da operadora.",
                        max_length=20,
                        verbose_name="código",
                    ),
                ),
                ("nome", models.CharField(max_length=60)),
                (
                    "segmentacoes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("ambulatorial", "Ambulatorial"),
                                ("hospitalar", "Hospitalar sem obstetrícia"),
                                ("obstetricia", "Hospitalar com obstetrícia"),
                                ("odontologico", "Odontológico"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        help_text="Atendimento fora delas é criticado (B10, B11). Nenhuma marcada: todas.",
                        size=None,
                        verbose_name="segmentação",
                    ),
                ),
                ("inicio", models.DateField(verbose_name="início")),
                ("fim", models.DateField(blank=True, null=True)),
                ("ativo", models.BooleanField(default=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fim__isnull", True), ("fim__gte", models.F("inicio")), _connector="OR"),
                        name="plano_periodo",
                    ),
                ],
                "ordering": ["nome"],
            },
        ),
        migrations.CreateModel(
            name="RegrasDoCredenciamento",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "valor_filme",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Preço do metro quadrado de filme, em reais: entra no preço dos exames de imagem.",
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="valor do filme",
                    ),
                ),
                (
                    "dias_retorno_eletivo",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Consulta eletiva do mesmo beneficiário com o mesmo profissional dentro destes dias é criticada (I29).",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="dias de retorno eletivo",
                    ),
                ),
                (
                    "dias_retorno_emergencia",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="O mesmo para consulta de urgência ou emergência (I29).",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="dias de retorno de emergência",
                    ),
                ),
                (
                    "plano_de_contas",
                    models.CharField(
                        blank=True,
                        help_text="Conta do financeiro: acompanha cada lote nas listas exportadas deste convênio.",
                        max_length=60,
                        null=True,
                        verbose_name="plano de contas",
                    ),
                ),
                (
                    "alerta",
                    models.CharField(
                        blank=True,
                        help_text="Aparece para quem escolhe o convênio no envio, na correção e na digitação.",
                        max_length=300,
                        null=True,
                        verbose_name="alerta",
                    ),
                ),
                (
                    "apenas_solicitacao",
                    models.BooleanField(
                        blank=True,
                        help_text="Não gera faturamento: guia para este convênio é recusada.",
                        null=True,
                        verbose_name="apenas para solicitação de exame e cirurgia",
                    ),
                ),
                (
                    "informar_procedimento_na_agenda",
                    models.BooleanField(
                        blank=True,
                        help_text="Para as integrações de agenda: mostra o procedimento escolhido.",
                        null=True,
                        verbose_name="informar procedimento na agenda",
                    ),
                ),
                (
                    "apresentar_valor_na_ficha",
                    models.BooleanField(
                        blank=True,
                        help_text="Para as integrações de atendimento: imprime o valor na ficha.",
                        null=True,
                        verbose_name="apresentar valor do procedimento na ficha",
                    ),
                ),
                (
                    "nao_listar_na_agenda_web",
                    models.BooleanField(
                        blank=True,
                        help_text="Para as integrações de agenda: esconde o convênio.",
                        null=True,
                        verbose_name="não listar na agenda web e WhatsApp",
                    ),
                ),
                (
                    "nao_entregar_laudo_web",
                    models.BooleanField(
                        blank=True,
                        help_text="Para as integrações de laudos: o laudo só se retira no local.",
                        null=True,
                        verbose_name="não entregar laudo web",
                    ),
                ),
                (
                    "nao_faturar_exames_pendentes",
                    models.BooleanField(
                        blank=True,
                        help_text="Guia com exame marcado como pendente não entra no lote.",
                        null=True,
                        verbose_name="não faturar exames pendentes",
                    ),
                ),
                (
                    "nao_faturar_sem_laudo",
                    models.BooleanField(
                        blank=True,
                        help_text="Guia com exame sem laudo não entra no lote.",
                        null=True,
                        verbose_name="não faturar sem laudo",
                    ),
                ),
                (
                    "nao_retirar_pendencia",
                    models.BooleanField(
                        blank=True,
                        help_text="Ninguém retira à mão uma pendência: só o laboratório.",
                        null=True,
                        verbose_name="não retirar pendência do laboratório",
                    ),
                ),
                (
                    "local_externo",
                    models.CharField(
                        blank=True,
                        help_text="Local que toda solicitação de cirurgia leva; quem solicita não o muda.",
                        max_length=100,
                        null=True,
                        verbose_name="local externo",
                    ),
                ),
                (
                    "qtd_exame_guia",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Guia SP/SADT com mais itens que isto é criticada.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(999),
                        ],
                        verbose_name="quantidade de exames por guia",
                    ),
                ),
                (
                    "qtd_guia_lote",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Lote com mais guias é recusado (L04). O padrão TISS não passa de 100: acima disso vale 100.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(9999),
                        ],
                        verbose_name="quantidade de guias por lote",
                    ),
                ),
                (
                    "repetir_senha_na_guia",
                    models.BooleanField(
                        blank=True,
                        help_text="O número da guia na operadora é o da senha: outro número é criticado.",
                        null=True,
                        verbose_name="repetir nº de senha para nº de guia",
                    ),
                ),
                (
                    "exigir_numero_da_guia",
                    models.BooleanField(
                        blank=True,
                        help_text="Guia sem o número da guia na operadora é criticada (G05).",
                        null=True,
                        verbose_name="exigir número de guia",
                    ),
                ),
                (
                    "exigir_numero_da_carteira",
                    models.BooleanField(
                        blank=True,
                        help_text="Carteira de enchimento, como só zeros, é recusada (B02).",
                        null=True,
                        verbose_name="exigir número da carteira",
                    ),
                ),
                (
                    "termo_anexo",
                    models.BooleanField(
                        blank=True,
                        help_text="Imprime ANEXO no lugar do carimbo na guia SP/SADT.",
                        null=True,
                        verbose_name="termo ANEXO para solicitante e beneficiário SADT",
                    ),
                ),
                (
                    "nao_replicar_numero_da_guia",
                    models.BooleanField(
                        blank=True,
                        help_text="Número da guia na operadora igual ao do prestador é criticado, e não é copiado dele.",
                        null=True,
                        verbose_name="não replicar nº de guia para nº operadora",
                    ),
                ),
                (
                    "sadt_para_consulta",
                    models.BooleanField(
                        blank=True,
                        help_text="Aceita consulta em guia SP/SADT; sem esta marca, a consulta pede guia de consulta.",
                        null=True,
                        verbose_name="guia SADT para consulta",
                    ),
                ),
                (
                    "ocultar_valores",
                    models.BooleanField(
                        blank=True,
                        help_text="A guia impressa sai sem valores.",
                        null=True,
                        verbose_name="ocultar valores nas guias",
                    ),
                ),
                (
                    "criticar_guia_repetida",
                    models.BooleanField(
                        blank=True,
                        help_text="Guia com número já apresentado é criticada (G04, G06).",
                        null=True,
                        verbose_name="criticar guia repetida",
                    ),
                ),
                (
                    "exige_senha",
                    models.BooleanField(
                        blank=True,
                        help_text="Guia sem senha é criticada (A01).",
                        null=True,
                        verbose_name="exige número de senha",
                    ),
                ),
                (
                    "exige_senha_em",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        help_text="Tipos de guia e de atendimento em que a senha é exigida. Nenhum marcado: em todos.",
                        null=True,
                        size=None,
                        verbose_name="exige senha em",
                    ),
                ),
                (
                    "exige_guia_principal",
                    models.BooleanField(
                        blank=True,
                        help_text="Guia SP/SADT sem o número da guia principal é criticada (G07).",
                        null=True,
                        verbose_name="exige número de guia principal",
                    ),
                ),
                (
                    "exige_validade_da_carteira",
                    models.BooleanField(
                        blank=True,
                        help_text="Carteira vencida no dia do atendimento é criticada (B07).",
                        null=True,
                        verbose_name="exige validade da carteira",
                    ),
                ),
                (
                    "editar_valor_de_procedimento",
                    models.BooleanField(
                        blank=True,
                        help_text="Valor de procedimento diferente da tabela pode seguir com justificativa; sem esta marca, não.",
                        null=True,
                        verbose_name="editar valor de procedimento na fatura",
                    ),
                ),
                (
                    "editar_valor_de_opme",
                    models.BooleanField(
                        blank=True,
                        help_text="Valor de OPME diferente da tabela pode seguir com justificativa.",
                        null=True,
                        verbose_name="editar valor de OPME na fatura",
                    ),
                ),
                (
                    "obrigar_local_externo",
                    models.BooleanField(
                        blank=True,
                        help_text="Guia SP/SADT sem o CNES do local de execução é criticada.",
                        null=True,
                        verbose_name="obrigar local externo SADT",
                    ),
                ),
                (
                    "agrupar_na_impressao",
                    models.BooleanField(
                        blank=True,
                        help_text="Soma procedimentos iguais na guia impressa: terapias (03), pequeno atendimento (13) e exames (23).",
                        null=True,
                        verbose_name="agrupar procedimentos (impressão)",
                    ),
                ),
                (
                    "agrupar_no_xml",
                    models.BooleanField(
                        blank=True,
                        help_text="Procedimentos iguais em linhas separadas são criticados nos tipos de atendimento 03, 13 e 23.",
                        null=True,
                        verbose_name="agrupar procedimentos (XML)",
                    ),
                ),
                (
                    "digitos_do_codigo",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Tamanho do código de material e medicamento, com zeros à esquerda; outro tamanho é criticado (I06).",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10),
                        ],
                        verbose_name="quantidade de dígitos do código",
                    ),
                ),
                (
                    "prefixo_brasindice",
                    models.CharField(
                        blank=True,
                        help_text="Vem antes do código Brasíndice quando ele vai no XML.",
                        max_length=6,
                        null=True,
                        verbose_name="prefixo TISS Brasíndice",
                    ),
                ),
                (
                    "prefixo_simpro",
                    models.CharField(
                        blank=True,
                        help_text="Vem antes do código Simpro quando ele vai no XML.",
                        max_length=6,
                        null=True,
                        verbose_name="prefixo TISS Simpro",
                    ),
                ),
                (
                    "fonte_pagadora",
                    models.CharField(
                        blank=True,
                        choices=[("registro_ans", "Registro ANS"), ("cnpj", "CNPJ")],
                        help_text="Como a operadora aparece na capa e na guia impressas.",
                        max_length=12,
                        null=True,
                        verbose_name="identificação da fonte pagadora",
                    ),
                ),
                (
                    "origem",
                    models.CharField(
                        blank=True,
                        choices=[("cnpj", "CNPJ"), ("cpf", "CPF"), ("codigo", "Código do prestador na operadora")],
                        help_text="Identificação do prestador que o arquivo deve trazer; outra é criticada (H08).",
                        max_length=12,
                        null=True,
                        verbose_name="origem",
                    ),
                ),
                (
                    "digitos_da_matricula",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Carteira com outro tamanho é recusada (B02).",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                        verbose_name="quantidade de dígitos da matrícula",
                    ),
                ),
                (
                    "versao_padrao",
                    models.CharField(
                        blank=True,
                        help_text="Versão TISS da digitação; arquivo em outra versão aceita recebe um aviso.",
                        max_length=8,
                        null=True,
                        verbose_name="versão padrão",
                    ),
                ),
                (
                    "tabela_tiss_procedimentos",
                    models.CharField(
                        blank=True,
                        help_text="Código que os procedimentos levam em codigoTabela; outro é criticado (I02).",
                        max_length=2,
                        null=True,
                        verbose_name="tabela TISS de procedimentos",
                    ),
                ),
                (
                    "tabela_tiss_taxas",
                    models.CharField(
                        blank=True,
                        help_text="Código que taxas e diárias levam em codigoTabela; outro é criticado (I02).",
                        max_length=2,
                        null=True,
                        verbose_name="tabela TISS de taxas",
                    ),
                ),
                (
                    "mascara_da_guia",
                    models.CharField(
                        blank=True,
                        help_text="Forma do número da guia do prestador; outra forma é criticada (G02).",
                        max_length=20,
                        null=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0X. /-]{1,20}\\Z",
                                "Use 0 para algarismo, X para letra ou algarismo, e os sinais que o número tem, como 000000-00.",
                            )
                        ],
                        verbose_name="máscara de guia",
                    ),
                ),
                (
                    "mascara_da_guia_principal",
                    models.CharField(
                        blank=True,
                        help_text="Forma do número da guia principal; outra é criticada (G07).",
                        max_length=20,
                        null=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0X. /-]{1,20}\\Z",
                                "Use 0 para algarismo, X para letra ou algarismo, e os sinais que o número tem, como 000000-00.",
                            )
                        ],
                        verbose_name="máscara de guia principal",
                    ),
                ),
                (
                    "documento_executante",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("conselho", "Conselho profissional (CRM e outros)"),
                            ("cpf", "CPF"),
                            ("cnpj", "CNPJ"),
                            ("codigo", "Código do prestador na operadora"),
                        ],
                        help_text="Documento que o profissional executante deve trazer.",
                        max_length=12,
                        null=True,
                        verbose_name="documento do executante",
                    ),
                ),
                (
                    "documento_solicitante",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("conselho", "Conselho profissional (CRM e outros)"),
                            ("cpf", "CPF"),
                            ("cnpj", "CNPJ"),
                            ("codigo", "Código do prestador na operadora"),
                        ],
                        help_text="Documento que o solicitante deve trazer.",
                        max_length=12,
                        null=True,
                        verbose_name="documento do solicitante",
                    ),
                ),
                (
                    "documentos_por_conselho",
                    models.JSONField(
                        blank=True,
                        help_text="Exceções por conselho profissional, do executante e do solicitante.",
                        null=True,
                        verbose_name="documento por tipo de profissional",
                    ),
                ),
                (
                    "posicao_profissional",
                    models.CharField(
                        blank=True,
                        help_text="Grau de participação sugerido onde falta o do profissional executante.",
                        max_length=2,
                        null=True,
                        verbose_name="padrão para posição profissional",
                    ),
                ),
                (
                    "codigo_de_validacao_exigido",
                    models.BooleanField(
                        blank=True,
                        help_text="Guia sem token nem motivo da ausência é criticada (B13).",
                        null=True,
                        verbose_name="exige código de validação",
                    ),
                ),
                (
                    "tolerancia_de_preco",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Diferença até a qual um valor acima ou abaixo da tabela passa (I16, I17).",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="tolerância de preço, em %",
                    ),
                ),
                (
                    "coparticipacao_procedimentos",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Parte do beneficiário em cada procedimento.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="coparticipação em procedimentos, em %",
                    ),
                ),
                (
                    "coparticipacao_taxas",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Parte do beneficiário em cada taxa, diária ou gás.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="coparticipação em taxas e diárias, em %",
                    ),
                ),
                (
                    "coparticipacao_materiais",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Parte do beneficiário em cada material ou OPME.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="coparticipação em materiais, em %",
                    ),
                ),
                (
                    "coparticipacao_medicamentos",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Parte do beneficiário em cada medicamento.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("100")),
                        ],
                        verbose_name="coparticipação em medicamentos, em %",
                    ),
                ),
                (
                    "coparticipacao_dias",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Dias do início do atendimento em que nada se divide; 0: desde o primeiro dia.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="coparticipação a partir de, em dias",
                    ),
                ),
                (
                    "coparticipacao_modelo",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("operadora", "A operadora paga tudo e cobra do beneficiário"),
                            ("prestador", "O prestador cobra no balcão e fatura o restante"),
                        ],
                        help_text="Se o XML leva o valor inteiro ou já sem a parte do paciente.",
                        max_length=12,
                        null=True,
                        verbose_name="modelo de coparticipação",
                    ),
                ),
                (
                    "referencia_medicamento",
                    models.CharField(
                        blank=True,
                        choices=[("brasindice", "Brasíndice"), ("simpro", "Simpro"), ("nenhuma", "Nenhuma")],
                        help_text="De onde se calcula o preço dos medicamentos.",
                        max_length=12,
                        null=True,
                        verbose_name="tabela de medicamentos",
                    ),
                ),
                (
                    "referencia_material",
                    models.CharField(
                        blank=True,
                        choices=[("brasindice", "Brasíndice"), ("simpro", "Simpro"), ("nenhuma", "Nenhuma")],
                        help_text="De onde se calcula o preço dos materiais.",
                        max_length=12,
                        null=True,
                        verbose_name="tabela de materiais",
                    ),
                ),
                (
                    "brasindice_medicamento_coluna",
                    models.CharField(
                        blank=True,
                        choices=[("pmc", "PMC"), ("pfb", "PFB")],
                        help_text="Preço do Brasíndice que se usa.",
                        max_length=12,
                        null=True,
                        verbose_name="medicamentos: preço",
                    ),
                ),
                (
                    "brasindice_medicamento_percentual",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Aplicado sobre o preço escolhido.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("999.999")),
                        ],
                        verbose_name="medicamentos: %",
                    ),
                ),
                (
                    "brasindice_material_coluna",
                    models.CharField(
                        blank=True,
                        choices=[("pmc", "PMC"), ("pfb", "PFB")],
                        help_text="Preço do Brasíndice que se usa.",
                        max_length=12,
                        null=True,
                        verbose_name="materiais: preço",
                    ),
                ),
                (
                    "brasindice_material_percentual",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Aplicado sobre o preço escolhido.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("999.999")),
                        ],
                        verbose_name="materiais: %",
                    ),
                ),
                (
                    "brasindice_solucao_coluna",
                    models.CharField(
                        blank=True,
                        choices=[("pmc", "PMC"), ("pfb", "PFB")],
                        help_text="Preço do Brasíndice que se usa.",
                        max_length=12,
                        null=True,
                        verbose_name="soluções parenterais: preço",
                    ),
                ),
                (
                    "brasindice_solucao_percentual",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Aplicado sobre o preço escolhido.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("999.999")),
                        ],
                        verbose_name="soluções parenterais: %",
                    ),
                ),
                (
                    "pfb_para_pmc_zerado",
                    models.BooleanField(
                        blank=True,
                        help_text="Item com PMC 0,00 é calculado pelo PFB.",
                        null=True,
                        verbose_name="utilizar PFB para PMC zerado",
                    ),
                ),
                (
                    "brasindice_codigo_tiss",
                    models.BooleanField(
                        blank=True,
                        help_text="Item do Brasíndice sem código TUSS é aceito e cobrado pelo código TISS.",
                        null=True,
                        verbose_name="Brasíndice: utilizar código TISS quando não houver TUSS",
                    ),
                ),
                (
                    "simpro_percentual",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Aplicado sobre o PFB do Simpro.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("999.999")),
                        ],
                        verbose_name="Simpro: % sobre o PFB",
                    ),
                ),
                (
                    "simpro_codigo_tiss",
                    models.BooleanField(
                        blank=True,
                        help_text="Item do Simpro sem código TUSS é aceito e cobrado pelo código TISS.",
                        null=True,
                        verbose_name="Simpro: utilizar código TISS quando não houver TUSS",
                    ),
                ),
                (
                    "percentual_material_sem_relacao",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Aplicado sobre o custo médio do material que não está na tabela.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("999.999")),
                        ],
                        verbose_name="% sobre material sem relação",
                    ),
                ),
                (
                    "percentual_medicamento_sem_relacao",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Aplicado sobre o custo médio do medicamento que não está na tabela.",
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("999.999")),
                        ],
                        verbose_name="% sobre medicamento sem relação",
                    ),
                ),
                (
                    "autor",
                    models.CharField(choices=[("operadora", "Operadora"), ("prestador", "Prestador")], max_length=9),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("tolerancia_de_preco__isnull", True),
                                ("tolerancia_de_preco__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                            models.Q(
                                ("coparticipacao_procedimentos__isnull", True),
                                ("coparticipacao_procedimentos__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                            models.Q(
                                ("coparticipacao_taxas__isnull", True),
                                ("coparticipacao_taxas__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                            models.Q(
                                ("coparticipacao_materiais__isnull", True),
                                ("coparticipacao_materiais__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                            models.Q(
                                ("coparticipacao_medicamentos__isnull", True),
                                ("coparticipacao_medicamentos__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                            models.Q(
                                ("brasindice_medicamento_percentual__isnull", True),
                                ("brasindice_medicamento_percentual__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                            models.Q(
                                ("brasindice_material_percentual__isnull", True),
                                ("brasindice_material_percentual__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                            models.Q(
                                ("brasindice_solucao_percentual__isnull", True),
                                ("brasindice_solucao_percentual__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                            models.Q(
                                ("simpro_percentual__isnull", True),
                                ("simpro_percentual__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                            models.Q(
                                ("percentual_material_sem_relacao__isnull", True),
                                ("percentual_material_sem_relacao__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                            models.Q(
                                ("percentual_medicamento_sem_relacao__isnull", True),
                                ("percentual_medicamento_sem_relacao__range", (0, Decimal("999.999"))),
                                _connector="OR",
                            ),
                        ),
                        name="regras_credenciamento_percentuais",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valor_filme__isnull", True), ("valor_filme__gte", 0), _connector="OR"),
                        name="regras_credenciamento_valor_filme",
                    ),
                ],
                "verbose_name": "regras do credenciamento",
            },
        ),
        migrations.AddField(
            model_name="beneficiario",
            name="inadimplente_desde",
            field=models.DateField(blank=True, null=True, verbose_name="em atraso desde"),
        ),
        migrations.AddField(
            model_name="beneficiario",
            name="sexo",
            field=models.CharField(
                blank=True,
                choices=[("1", "Masculino"), ("3", "Feminino")],
                help_text="Procedimento incompatível é criticado (I21).",
                max_length=1,
            ),
        ),
        migrations.AddField(
            model_name="beneficiario",
            name="suspenso_desde",
            field=models.DateField(blank=True, null=True, verbose_name="suspenso desde"),
        ),
        migrations.AddField(
            model_name="beneficiario",
            name="validade_carteira",
            field=models.DateField(blank=True, null=True, verbose_name="validade da carteira"),
        ),
        migrations.AddField(
            model_name="credenciamento",
            name="grupo",
            field=models.CharField(
                blank=True,
                help_text="Grupo de prestadores a que as janelas do calendário de entrega se aplicam.",
                max_length=60,
            ),
        ),
        migrations.AddField(
            model_name="credenciamento",
            name="tipos_de_guia",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                default=list,
                help_text="Guia de outro tipo é criticada (L06). Nenhum marcado: todos.",
                size=None,
                verbose_name="tipos de guia contratados",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="agrupar_na_impressao",
            field=models.BooleanField(
                blank=True,
                help_text="Soma procedimentos iguais na guia impressa: terapias (03), pequeno atendimento (13) e exames (23).",
                null=True,
                verbose_name="agrupar procedimentos (impressão)",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="agrupar_no_xml",
            field=models.BooleanField(
                blank=True,
                help_text="Procedimentos iguais em linhas separadas são criticados nos tipos de atendimento 03, 13 e 23.",
                null=True,
                verbose_name="agrupar procedimentos (XML)",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="alerta",
            field=models.CharField(
                blank=True,
                help_text="Aparece para quem escolhe o convênio no envio, na correção e na digitação.",
                max_length=300,
                null=True,
                verbose_name="alerta",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="apenas_solicitacao",
            field=models.BooleanField(
                blank=True,
                help_text="Não gera faturamento: guia para este convênio é recusada.",
                null=True,
                verbose_name="apenas para solicitação de exame e cirurgia",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="apresentar_valor_na_ficha",
            field=models.BooleanField(
                blank=True,
                help_text="Para as integrações de atendimento: imprime o valor na ficha.",
                null=True,
                verbose_name="apresentar valor do procedimento na ficha",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="brasindice_codigo_tiss",
            field=models.BooleanField(
                blank=True,
                help_text="Item do Brasíndice sem código TUSS é aceito e cobrado pelo código TISS.",
                null=True,
                verbose_name="Brasíndice: utilizar código TISS quando não houver TUSS",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="brasindice_material_coluna",
            field=models.CharField(
                blank=True,
                choices=[("pmc", "PMC"), ("pfb", "PFB")],
                help_text="Preço do Brasíndice que se usa.",
                max_length=12,
                null=True,
                verbose_name="materiais: preço",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="brasindice_material_percentual",
            field=models.DecimalField(
                blank=True,
                decimal_places=3,
                help_text="Aplicado sobre o preço escolhido.",
                max_digits=6,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(Decimal("0")),
                    django.core.validators.MaxValueValidator(Decimal("999.999")),
                ],
                verbose_name="materiais: %",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="brasindice_medicamento_coluna",
            field=models.CharField(
                blank=True,
                choices=[("pmc", "PMC"), ("pfb", "PFB")],
                help_text="Preço do Brasíndice que se usa.",
                max_length=12,
                null=True,
                verbose_name="medicamentos: preço",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="brasindice_medicamento_percentual",
            field=models.DecimalField(
                blank=True,
                decimal_places=3,
                help_text="Aplicado sobre o preço escolhido.",
                max_digits=6,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(Decimal("0")),
                    django.core.validators.MaxValueValidator(Decimal("999.999")),
                ],
                verbose_name="medicamentos: %",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="brasindice_solucao_coluna",
            field=models.CharField(
                blank=True,
                choices=[("pmc", "PMC"), ("pfb", "PFB")],
                help_text="Preço do Brasíndice que se usa.",
                max_length=12,
                null=True,
                verbose_name="soluções parenterais: preço",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="brasindice_solucao_percentual",
            field=models.DecimalField(
                blank=True,
                decimal_places=3,
                help_text="Aplicado sobre o preço escolhido.",
                max_digits=6,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(Decimal("0")),
                    django.core.validators.MaxValueValidator(Decimal("999.999")),
                ],
                verbose_name="soluções parenterais: %",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="codigo_de_validacao_exigido",
            field=models.BooleanField(
                blank=True,
                help_text="Guia sem token nem motivo da ausência é criticada (B13).",
                null=True,
                verbose_name="exige código de validação",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="coparticipacao_dias",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Dias do início do atendimento em que nada se divide; 0: desde o primeiro dia.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(0),
                    django.core.validators.MaxValueValidator(3650),
                ],
                verbose_name="coparticipação a partir de, em dias",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="coparticipacao_materiais",
            field=models.DecimalField(
                blank=True,
                decimal_places=3,
                help_text="Parte do beneficiário em cada material ou OPME.",
                max_digits=6,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(Decimal("0")),
                    django.core.validators.MaxValueValidator(Decimal("100")),
                ],
                verbose_name="coparticipação em materiais, em %",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="coparticipacao_medicamentos",
            field=models.DecimalField(
                blank=True,
                decimal_places=3,
                help_text="Parte do beneficiário em cada medicamento.",
                max_digits=6,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(Decimal("0")),
                    django.core.validators.MaxValueValidator(Decimal("100")),
                ],
                verbose_name="coparticipação em medicamentos, em %",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="coparticipacao_modelo",
            field=models.CharField(
                blank=True,
                choices=[
                    ("operadora", "A operadora paga tudo e cobra do beneficiário"),
                    ("prestador", "O prestador cobra no balcão e fatura o restante"),
                ],
                help_text="Se o XML leva o valor inteiro ou já sem a parte do paciente.",
                max_length=12,
                null=True,
                verbose_name="modelo de coparticipação",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="coparticipacao_procedimentos",
            field=models.DecimalField(
                blank=True,
                decimal_places=3,
                help_text="Parte do beneficiário em cada procedimento.",
                max_digits=6,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(Decimal("0")),
                    django.core.validators.MaxValueValidator(Decimal("100")),
                ],
                verbose_name="coparticipação em procedimentos, em %",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="coparticipacao_taxas",
            field=models.DecimalField(
                blank=True,
                decimal_places=3,
                help_text="Parte do beneficiário em cada taxa, diária ou gás.",
                max_digits=6,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(Decimal("0")),
                    django.core.validators.MaxValueValidator(Decimal("100")),
                ],
                verbose_name="coparticipação em taxas e diárias, em %",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="criticar_guia_repetida",
            field=models.BooleanField(
                blank=True,
                help_text="Guia com número já apresentado é criticada (G04, G06).",
                null=True,
                verbose_name="criticar guia repetida",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="dias_retorno_eletivo",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Consulta eletiva do mesmo beneficiário com o mesmo profissional dentro destes dias é criticada (I29).",
                null=True,
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(365)],
                verbose_name="dias de retorno eletivo",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="dias_retorno_emergencia",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="O mesmo para consulta de urgência ou emergência (I29).",
                null=True,
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(365)],
                verbose_name="dias de retorno de emergência",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="digitos_da_matricula",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Carteira com outro tamanho é recusada (B02).",
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)],
                verbose_name="quantidade de dígitos da matrícula",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="digitos_do_codigo",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Tamanho do código de material e medicamento, com zeros à esquerda; outro tamanho é criticado (I06).",
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)],
                verbose_name="quantidade de dígitos do código",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="documento_executante",
            field=models.CharField(
                blank=True,
                choices=[
                    ("conselho", "Conselho profissional (CRM e outros)"),
                    ("cpf", "CPF"),
                    ("cnpj", "CNPJ"),
                    ("codigo", "Código do prestador na operadora"),
                ],
                help_text="Documento que o profissional executante deve trazer.",
                max_length=12,
                null=True,
                verbose_name="documento do executante",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="documento_solicitante",
            field=models.CharField(
                blank=True,
                choices=[
                    ("conselho", "Conselho profissional (CRM e outros)"),
                    ("cpf", "CPF"),
                    ("cnpj", "CNPJ"),
                    ("codigo", "Código do prestador na operadora"),
                ],
                help_text="Documento que o solicitante deve trazer.",
                max_length=12,
                null=True,
                verbose_name="documento do solicitante",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="documentos_por_conselho",
            field=models.JSONField(
                blank=True,
                help_text="Exceções por conselho profissional, do executante e do solicitante.",
                null=True,
                verbose_name="documento por tipo de profissional",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="editar_valor_de_opme",
            field=models.BooleanField(
                blank=True,
                help_text="Valor de OPME diferente da tabela pode seguir com justificativa.",
                null=True,
                verbose_name="editar valor de OPME na fatura",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="editar_valor_de_procedimento",
            field=models.BooleanField(
                blank=True,
                help_text="Valor de procedimento diferente da tabela pode seguir com justificativa; sem esta marca, não.",
                null=True,
                verbose_name="editar valor de procedimento na fatura",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="exige_guia_principal",
            field=models.BooleanField(
                blank=True,
                help_text="Guia SP/SADT sem o número da guia principal é criticada (G07).",
                null=True,
                verbose_name="exige número de guia principal",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="exige_senha",
            field=models.BooleanField(
                blank=True,
                help_text="Guia sem senha é criticada (A01).",
                null=True,
                verbose_name="exige número de senha",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="exige_senha_em",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                help_text="Tipos de guia e de atendimento em que a senha é exigida. Nenhum marcado: em todos.",
                null=True,
                size=None,
                verbose_name="exige senha em",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="exige_validade_da_carteira",
            field=models.BooleanField(
                blank=True,
                help_text="Carteira vencida no dia do atendimento é criticada (B07).",
                null=True,
                verbose_name="exige validade da carteira",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="exigir_numero_da_carteira",
            field=models.BooleanField(
                blank=True,
                help_text="Carteira de enchimento, como só zeros, é recusada (B02).",
                null=True,
                verbose_name="exigir número da carteira",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="exigir_numero_da_guia",
            field=models.BooleanField(
                blank=True,
                help_text="Guia sem o número da guia na operadora é criticada (G05).",
                null=True,
                verbose_name="exigir número de guia",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="fonte_pagadora",
            field=models.CharField(
                blank=True,
                choices=[("registro_ans", "Registro ANS"), ("cnpj", "CNPJ")],
                help_text="Como a operadora aparece na capa e na guia impressas.",
                max_length=12,
                null=True,
                verbose_name="identificação da fonte pagadora",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="informar_procedimento_na_agenda",
            field=models.BooleanField(
                blank=True,
                help_text="Para as integrações de agenda: mostra o procedimento escolhido.",
                null=True,
                verbose_name="informar procedimento na agenda",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="local_externo",
            field=models.CharField(
                blank=True,
                help_text="Local que toda solicitação de cirurgia leva; quem solicita não o muda.",
                max_length=100,
                null=True,
                verbose_name="local externo",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="mascara_da_guia",
            field=models.CharField(
                blank=True,
                help_text="Forma do número da guia do prestador; outra forma é criticada (G02).",
                max_length=20,
                null=True,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[0X. /-]{1,20}\\Z",
                        "Use 0 para algarismo, X para letra ou algarismo, e os sinais que o número tem, como 000000-00.",
                    )
                ],
                verbose_name="máscara de guia",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="mascara_da_guia_principal",
            field=models.CharField(
                blank=True,
                help_text="Forma do número da guia principal; outra é criticada (G07).",
                max_length=20,
                null=True,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[0X. /-]{1,20}\\Z",
                        "Use 0 para algarismo, X para letra ou algarismo, e os sinais que o número tem, como 000000-00.",
                    )
                ],
                verbose_name="máscara de guia principal",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="nao_entregar_laudo_web",
            field=models.BooleanField(
                blank=True,
                help_text="Para as integrações de laudos: o laudo só se retira no local.",
                null=True,
                verbose_name="não entregar laudo web",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="nao_faturar_exames_pendentes",
            field=models.BooleanField(
                blank=True,
                help_text="Guia com exame marcado como pendente não entra no lote.",
                null=True,
                verbose_name="não faturar exames pendentes",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="nao_faturar_sem_laudo",
            field=models.BooleanField(
                blank=True,
                help_text="Guia com exame sem laudo não entra no lote.",
                null=True,
                verbose_name="não faturar sem laudo",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="nao_listar_na_agenda_web",
            field=models.BooleanField(
                blank=True,
                help_text="Para as integrações de agenda: esconde o convênio.",
                null=True,
                verbose_name="não listar na agenda web e WhatsApp",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="nao_replicar_numero_da_guia",
            field=models.BooleanField(
                blank=True,
                help_text="Número da guia na operadora igual ao do prestador é criticado, e não é copiado dele.",
                null=True,
                verbose_name="não replicar nº de guia para nº operadora",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="nao_retirar_pendencia",
            field=models.BooleanField(
                blank=True,
                help_text="Ninguém retira à mão uma pendência: só o laboratório.",
                null=True,
                verbose_name="não retirar pendência do laboratório",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="obrigar_local_externo",
            field=models.BooleanField(
                blank=True,
                help_text="Guia SP/SADT sem o CNES do local de execução é criticada.",
                null=True,
                verbose_name="obrigar local externo SADT",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="ocultar_valores",
            field=models.BooleanField(
                blank=True,
                help_text="A guia impressa sai sem valores.",
                null=True,
                verbose_name="ocultar valores nas guias",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="origem",
            field=models.CharField(
                blank=True,
                choices=[("cnpj", "CNPJ"), ("cpf", "CPF"), ("codigo", "Código do prestador na operadora")],
                help_text="Identificação do prestador que o arquivo deve trazer; outra é criticada (H08).",
                max_length=12,
                null=True,
                verbose_name="origem",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="percentual_material_sem_relacao",
            field=models.DecimalField(
                blank=True,
                decimal_places=3,
                help_text="Aplicado sobre o custo médio do material que não está na tabela.",
                max_digits=6,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(Decimal("0")),
                    django.core.validators.MaxValueValidator(Decimal("999.999")),
                ],
                verbose_name="% sobre material sem relação",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="percentual_medicamento_sem_relacao",
            field=models.DecimalField(
                blank=True,
                decimal_places=3,
                help_text="Aplicado sobre o custo médio do medicamento que não está na tabela.",
                max_digits=6,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(Decimal("0")),
                    django.core.validators.MaxValueValidator(Decimal("999.999")),
                ],
                verbose_name="% sobre medicamento sem relação",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="pfb_para_pmc_zerado",
            field=models.BooleanField(
                blank=True,
                help_text="Item com PMC 0,00 é calculado pelo PFB.",
                null=True,
                verbose_name="utilizar PFB para PMC zerado",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="plano_de_contas",
            field=models.CharField(
                blank=True,
                help_text="Conta do financeiro: acompanha cada lote nas listas exportadas deste convênio.",
                max_length=60,
                null=True,
                verbose_name="plano de contas",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="posicao_profissional",
            field=models.CharField(
                blank=True,
                help_text="Grau de participação sugerido onde falta o do profissional executante.",
                max_length=2,
                null=True,
                verbose_name="padrão para posição profissional",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="prefixo_brasindice",
            field=models.CharField(
                blank=True,
                help_text="Vem antes do código Brasíndice quando ele vai no XML.",
                max_length=6,
                null=True,
                verbose_name="prefixo TISS Brasíndice",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="prefixo_simpro",
            field=models.CharField(
                blank=True,
                help_text="Vem antes do código Simpro quando ele vai no XML.",
                max_length=6,
                null=True,
                verbose_name="prefixo TISS Simpro",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="qtd_exame_guia",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Guia SP/SADT com mais itens que isto é criticada.",
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(999)],
                verbose_name="quantidade de exames por guia",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="qtd_guia_lote",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Lote com mais guias é recusado (L04). O padrão TISS não passa de 100: acima disso vale 100.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(9999),
                ],
                verbose_name="quantidade de guias por lote",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="referencia_material",
            field=models.CharField(
                blank=True,
                choices=[("brasindice", "Brasíndice"), ("simpro", "Simpro"), ("nenhuma", "Nenhuma")],
                help_text="De onde se calcula o preço dos materiais.",
                max_length=12,
                null=True,
                verbose_name="tabela de materiais",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="referencia_medicamento",
            field=models.CharField(
                blank=True,
                choices=[("brasindice", "Brasíndice"), ("simpro", "Simpro"), ("nenhuma", "Nenhuma")],
                help_text="De onde se calcula o preço dos medicamentos.",
                max_length=12,
                null=True,
                verbose_name="tabela de medicamentos",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="repetir_senha_na_guia",
            field=models.BooleanField(
                blank=True,
                help_text="O número da guia na operadora é o da senha: outro número é criticado.",
                null=True,
                verbose_name="repetir nº de senha para nº de guia",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="sadt_para_consulta",
            field=models.BooleanField(
                blank=True,
                help_text="Aceita consulta em guia SP/SADT; sem esta marca, a consulta pede guia de consulta.",
                null=True,
                verbose_name="guia SADT para consulta",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="simpro_codigo_tiss",
            field=models.BooleanField(
                blank=True,
                help_text="Item do Simpro sem código TUSS é aceito e cobrado pelo código TISS.",
                null=True,
                verbose_name="Simpro: utilizar código TISS quando não houver TUSS",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="simpro_percentual",
            field=models.DecimalField(
                blank=True,
                decimal_places=3,
                help_text="Aplicado sobre o PFB do Simpro.",
                max_digits=6,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(Decimal("0")),
                    django.core.validators.MaxValueValidator(Decimal("999.999")),
                ],
                verbose_name="Simpro: % sobre o PFB",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="tabela_tiss_procedimentos",
            field=models.CharField(
                blank=True,
                help_text="Código que os procedimentos levam em codigoTabela; outro é criticado (I02).",
                max_length=2,
                null=True,
                verbose_name="tabela TISS de procedimentos",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="tabela_tiss_taxas",
            field=models.CharField(
                blank=True,
                help_text="Código que taxas e diárias levam em codigoTabela; outro é criticado (I02).",
                max_length=2,
                null=True,
                verbose_name="tabela TISS de taxas",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="termo_anexo",
            field=models.BooleanField(
                blank=True,
                help_text="Imprime ANEXO no lugar do carimbo na guia SP/SADT.",
                null=True,
                verbose_name="termo ANEXO para solicitante e beneficiário SADT",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="tolerancia_de_preco",
            field=models.DecimalField(
                blank=True,
                decimal_places=3,
                help_text="Diferença até a qual um valor acima ou abaixo da tabela passa (I16, I17).",
                max_digits=6,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(Decimal("0")),
                    django.core.validators.MaxValueValidator(Decimal("100")),
                ],
                verbose_name="tolerância de preço, em %",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="valor_filme",
            field=models.DecimalField(
                blank=True,
                decimal_places=4,
                help_text="Preço do metro quadrado de filme, em reais: entra no preço dos exames de imagem.",
                max_digits=12,
                null=True,
                validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                verbose_name="valor do filme",
            ),
        ),
        migrations.AddField(
            model_name="parametrosdaoperadora",
            name="versao_padrao",
            field=models.CharField(
                blank=True,
                help_text="Versão TISS da digitação; arquivo em outra versão aceita recebe um aviso.",
                max_length=8,
                null=True,
                verbose_name="versão padrão",
            ),
        ),
        migrations.AddConstraint(
            model_name="credenciamento",
            constraint=models.UniqueConstraint(fields=("id", "operadora", "prestador"), name="credenciamento_dos_dois"),
        ),
        migrations.AddConstraint(
            model_name="parametrosdaoperadora",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("tolerancia_de_preco__isnull", True),
                        ("tolerancia_de_preco__range", (0, Decimal("999.999"))),
                        _connector="OR",
                    ),
                    models.Q(
                        ("coparticipacao_procedimentos__isnull", True),
                        ("coparticipacao_procedimentos__range", (0, Decimal("999.999"))),
                        _connector="OR",
                    ),
                    models.Q(
                        ("coparticipacao_taxas__isnull", True),
                        ("coparticipacao_taxas__range", (0, Decimal("999.999"))),
                        _connector="OR",
                    ),
                    models.Q(
                        ("coparticipacao_materiais__isnull", True),
                        ("coparticipacao_materiais__range", (0, Decimal("999.999"))),
                        _connector="OR",
                    ),
                    models.Q(
                        ("coparticipacao_medicamentos__isnull", True),
                        ("coparticipacao_medicamentos__range", (0, Decimal("999.999"))),
                        _connector="OR",
                    ),
                    models.Q(
                        ("brasindice_medicamento_percentual__isnull", True),
                        ("brasindice_medicamento_percentual__range", (0, Decimal("999.999"))),
                        _connector="OR",
                    ),
                    models.Q(
                        ("brasindice_material_percentual__isnull", True),
                        ("brasindice_material_percentual__range", (0, Decimal("999.999"))),
                        _connector="OR",
                    ),
                    models.Q(
                        ("brasindice_solucao_percentual__isnull", True),
                        ("brasindice_solucao_percentual__range", (0, Decimal("999.999"))),
                        _connector="OR",
                    ),
                    models.Q(
                        ("simpro_percentual__isnull", True),
                        ("simpro_percentual__range", (0, Decimal("999.999"))),
                        _connector="OR",
                    ),
                    models.Q(
                        ("percentual_material_sem_relacao__isnull", True),
                        ("percentual_material_sem_relacao__range", (0, Decimal("999.999"))),
                        _connector="OR",
                    ),
                    models.Q(
                        ("percentual_medicamento_sem_relacao__isnull", True),
                        ("percentual_medicamento_sem_relacao__range", (0, Decimal("999.999"))),
                        _connector="OR",
                    ),
                ),
                name="parametros_percentuais",
            ),
        ),
        migrations.AddConstraint(
            model_name="parametrosdaoperadora",
            constraint=models.CheckConstraint(
                condition=models.Q(("valor_filme__isnull", True), ("valor_filme__gte", 0), _connector="OR"),
                name="parametros_valor_filme",
            ),
        ),
        migrations.AddField(
            model_name="coberturadoplano",
            name="operadora",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contas.organizacao"
            ),
        ),
        migrations.AddField(
            model_name="convenio",
            name="operadora",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="convenios", to="contas.organizacao"
            ),
        ),
        migrations.AddField(
            model_name="mudancadeconvenio",
            name="convenio",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="mudancas", to="convenios.convenio"
            ),
        ),
        migrations.AddField(
            model_name="mudancadeconvenio",
            name="operadora",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contas.organizacao"
            ),
        ),
        migrations.AddField(
            model_name="mudancadeconvenio",
            name="prestador",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contas.organizacao"
            ),
        ),
        migrations.AddField(
            model_name="mudancadeconvenio",
            name="quem",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="plano",
            name="convenio",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="planos", to="convenios.convenio"
            ),
        ),
        migrations.AddField(
            model_name="plano",
            name="operadora",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="planos",
                to="contas.organizacao",
            ),
        ),
        migrations.AddField(
            model_name="coberturadoplano",
            name="plano",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="coberturas", to="convenios.plano"
            ),
        ),
        migrations.AddField(
            model_name="beneficiario",
            name="plano",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="beneficiarios",
                to="convenios.plano",
            ),
        ),
        migrations.AddField(
            model_name="regrasdocredenciamento",
            name="convenio",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="regras_por_prestador",
                to="convenios.convenio",
            ),
        ),
        migrations.AddField(
            model_name="regrasdocredenciamento",
            name="credenciamento",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="regras", to="convenios.credenciamento"
            ),
        ),
        migrations.AddField(
            model_name="regrasdocredenciamento",
            name="operadora",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contas.organizacao"
            ),
        ),
        migrations.AddField(
            model_name="regrasdocredenciamento",
            name="prestador",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contas.organizacao"
            ),
        ),
        migrations.AddConstraint(
            model_name="convenio",
            constraint=models.UniqueConstraint(fields=("operadora", "codigo"), name="convenio_codigo_unico"),
        ),
        migrations.AddConstraint(
            model_name="convenio",
            constraint=models.UniqueConstraint(fields=("id", "operadora"), name="convenio_da_operadora"),
        ),
        migrations.AddConstraint(
            model_name="convenio",
            constraint=models.UniqueConstraint(
                condition=models.Q(("principal", True)), fields=("operadora",), name="convenio_principal_unico"
            ),
        ),
        migrations.AddConstraint(
            model_name="plano",
            constraint=models.UniqueConstraint(fields=("operadora", "codigo"), name="plano_codigo_unico"),
        ),
        migrations.AddConstraint(
            model_name="plano",
            constraint=models.UniqueConstraint(fields=("id", "operadora"), name="plano_da_operadora"),
        ),
        migrations.AddConstraint(
            model_name="coberturadoplano",
            constraint=models.UniqueConstraint(fields=("plano", "tabela", "prefixo"), name="cobertura_unica"),
        ),
        migrations.AddConstraint(
            model_name="regrasdocredenciamento",
            constraint=models.UniqueConstraint(fields=("credenciamento", "convenio", "autor"), name="regras_por_autor"),
        ),
    ]
