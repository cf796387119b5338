"""The settings of a convênio that are decided in layers: what one layer leaves empty, the layer above it decides.

From the top: operadora (`ParametrosDaOperadora`), convênio (`Convenio`), contract with one prestador and that
prestador's own choices (`RegrasDoCredenciamento`). `convenios.camadas` resolves them. The help text says what a setting
changes.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

MAIOR_PERCENTUAL: Final = Decimal("999.999")
MASCARA: Final = RegexValidator(
    r"^[0X. /-]{1,20}\Z",
    "Use 0 para algarismo, X para letra ou algarismo, e os sinais que o número tem, como 000000-00.",
)


class FontePagadora(models.TextChoices):
    """How the payer is named on what is printed."""

    REGISTRO_ANS = "registro_ans", "Registro ANS"
    CNPJ = "cnpj", "CNPJ"


class Origem(models.TextChoices):
    """How the sender of a file names itself in `cabecalho/origem`."""

    CNPJ = "cnpj", "CNPJ"
    CPF = "cpf", "CPF"
    CODIGO = "codigo", "Código do prestador na operadora"


class DocumentoDoProfissional(models.TextChoices):
    """Which document names a professional or the place that asks."""

    CONSELHO = "conselho", "Conselho profissional (CRM e outros)"
    CPF = "cpf", "CPF"
    CNPJ = "cnpj", "CNPJ"
    CODIGO = "codigo", "Código do prestador na operadora"


class ModeloDeCoparticipacao(models.TextChoices):
    """Who collects the beneficiário's share."""

    OPERADORA = "operadora", "A operadora paga tudo e cobra do beneficiário"
    PRESTADOR = "prestador", "O prestador cobra no balcão e fatura o restante"


class Referencia(models.TextChoices):
    """The price list that materials and medicines are worked out from."""

    BRASINDICE = "brasindice", "Brasíndice"
    SIMPRO = "simpro", "Simpro"
    NENHUMA = "nenhuma", "Nenhuma"


class ColunaDePreco(models.TextChoices):
    """A price of Brasíndice."""

    PMC = "pmc", "PMC"
    PFB = "pfb", "PFB"


def _sim_ou_nao(rotulo: str, ajuda: str) -> models.BooleanField[Any, Any]:
    return models.BooleanField(rotulo, null=True, blank=True, help_text=ajuda)


def _inteiro(rotulo: str, ajuda: str, menor: int, maior: int) -> models.PositiveSmallIntegerField[Any, Any]:
    limites = [MinValueValidator(menor), MaxValueValidator(maior)]
    return models.PositiveSmallIntegerField(rotulo, null=True, blank=True, help_text=ajuda, validators=limites)


def _percentual(rotulo: str, ajuda: str, maior: Decimal = MAIOR_PERCENTUAL) -> models.DecimalField[Any, Any]:
    limites = [MinValueValidator(Decimal(0)), MaxValueValidator(maior)]
    return models.DecimalField(
        rotulo, max_digits=6, decimal_places=3, null=True, blank=True, help_text=ajuda, validators=limites
    )


def _escolha(rotulo: str, escolhas: type[models.TextChoices], ajuda: str) -> models.CharField[Any, Any]:
    return models.CharField(rotulo, max_length=12, choices=escolhas, null=True, blank=True, help_text=ajuda)


def _texto(rotulo: str, tamanho: int, ajuda: str, *validadores: Any) -> models.CharField[Any, Any]:
    return models.CharField(
        rotulo, max_length=tamanho, null=True, blank=True, help_text=ajuda, validators=list(validadores)
    )


class CadastroEmCamadas(models.Model):
    """Tab 1, Dados Cadastrais: what of it a layer below may decide otherwise."""

    valor_filme = models.DecimalField(
        "valor do filme",
        max_digits=12,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text="Preço do metro quadrado de filme, em reais: entra no preço dos exames de imagem.",
    )
    dias_retorno_eletivo = _inteiro(
        "dias de retorno eletivo",
        "Consulta eletiva do mesmo beneficiário com o mesmo profissional dentro destes dias é criticada (I29).",
        0,
        365,
    )
    dias_retorno_emergencia = _inteiro(
        "dias de retorno de emergência",
        "O mesmo para consulta de urgência ou emergência (I29).",
        0,
        365,
    )
    plano_de_contas = _texto(
        "plano de contas", 60, "Conta do financeiro: acompanha cada lote nas listas exportadas deste convênio."
    )
    alerta = _texto("alerta", 300, "Aparece para quem escolhe o convênio no envio, na correção e na digitação.")
    apenas_solicitacao = _sim_ou_nao(
        "apenas para solicitação de exame e cirurgia", "Não gera faturamento: guia para este convênio é recusada."
    )
    informar_procedimento_na_agenda = _sim_ou_nao(
        "informar procedimento na agenda", "Para as integrações de agenda: mostra o procedimento escolhido."
    )
    apresentar_valor_na_ficha = _sim_ou_nao(
        "apresentar valor do procedimento na ficha", "Para as integrações de atendimento: imprime o valor na ficha."
    )
    nao_listar_na_agenda_web = _sim_ou_nao(
        "não listar na agenda web e WhatsApp", "Para as integrações de agenda: esconde o convênio."
    )
    nao_entregar_laudo_web = _sim_ou_nao(
        "não entregar laudo web", "Para as integrações de laudos: o laudo só se retira no local."
    )
    nao_faturar_exames_pendentes = _sim_ou_nao(
        "não faturar exames pendentes", "Guia com exame marcado como pendente não entra no lote."
    )
    nao_faturar_sem_laudo = _sim_ou_nao("não faturar sem laudo", "Guia com exame sem laudo não entra no lote.")
    nao_retirar_pendencia = _sim_ou_nao(
        "não retirar pendência do laboratório", "Ninguém retira à mão uma pendência: só o laboratório."
    )
    local_externo = _texto(
        "local externo", 100, "Local que toda solicitação de cirurgia leva; quem solicita não o muda."
    )
    qtd_exame_guia = _inteiro(
        "quantidade de exames por guia", "Guia SP/SADT com mais itens que isto é criticada.", 1, 999
    )
    qtd_guia_lote = _inteiro(
        "quantidade de guias por lote",
        "Lote com mais guias é recusado (L04). O padrão TISS não passa de 100: acima disso vale 100.",
        1,
        9999,
    )

    class Meta:
        abstract = True


class RegrasTissEmCamadas(models.Model):
    """Tab 2, Regras TISS."""

    repetir_senha_na_guia = _sim_ou_nao(
        "repetir nº de senha para nº de guia", "O número da guia na operadora é o da senha: outro número é criticado."
    )
    exigir_numero_da_guia = _sim_ou_nao(
        "exigir número de guia", "Guia sem o número da guia na operadora é criticada (G05)."
    )
    exigir_numero_da_carteira = _sim_ou_nao(
        "exigir número da carteira", "Carteira de enchimento, como só zeros, é recusada (B02)."
    )
    termo_anexo = _sim_ou_nao(
        "termo ANEXO para solicitante e beneficiário SADT", "Imprime ANEXO no lugar do carimbo na guia SP/SADT."
    )
    nao_replicar_numero_da_guia = _sim_ou_nao(
        "não replicar nº de guia para nº operadora",
        "Número da guia na operadora igual ao do prestador é criticado, e não é copiado dele.",
    )
    sadt_para_consulta = _sim_ou_nao(
        "guia SADT para consulta", "Aceita consulta em guia SP/SADT; sem esta marca, a consulta pede guia de consulta."
    )
    ocultar_valores = _sim_ou_nao("ocultar valores nas guias", "A guia impressa sai sem valores.")
    criticar_guia_repetida = _sim_ou_nao(
        "criticar guia repetida", "Guia com número já apresentado é criticada (G04, G06)."
    )
    exige_senha = _sim_ou_nao("exige número de senha", "Guia sem senha é criticada (A01).")
    exige_senha_em = ArrayField(
        models.CharField(max_length=20),
        verbose_name="exige senha em",
        null=True,
        blank=True,
        help_text="Tipos de guia e de atendimento em que a senha é exigida. Nenhum marcado: em todos.",
    )
    exige_guia_principal = _sim_ou_nao(
        "exige número de guia principal", "Guia SP/SADT sem o número da guia principal é criticada (G07)."
    )
    exige_validade_da_carteira = _sim_ou_nao(
        "exige validade da carteira", "Carteira vencida no dia do atendimento é criticada (B07)."
    )
    editar_valor_de_procedimento = _sim_ou_nao(
        "editar valor de procedimento na fatura",
        "Valor de procedimento diferente da tabela pode seguir com justificativa; sem esta marca, não.",
    )
    editar_valor_de_opme = _sim_ou_nao(
        "editar valor de OPME na fatura", "Valor de OPME diferente da tabela pode seguir com justificativa."
    )
    obrigar_local_externo = _sim_ou_nao(
        "obrigar local externo SADT", "Guia SP/SADT sem o CNES do local de execução é criticada."
    )
    agrupar_na_impressao = _sim_ou_nao(
        "agrupar procedimentos (impressão)",
        "Soma procedimentos iguais na guia impressa: terapias (03), pequeno atendimento (13) e exames (23).",
    )
    agrupar_no_xml = _sim_ou_nao(
        "agrupar procedimentos (XML)",
        "Procedimentos iguais em linhas separadas são criticados nos tipos de atendimento 03, 13 e 23.",
    )
    digitos_do_codigo = _inteiro(
        "quantidade de dígitos do código",
        "Tamanho do código de material e medicamento, com zeros à esquerda; outro tamanho é criticado (I06).",
        1,
        10,
    )
    prefixo_brasindice = _texto("prefixo TISS Brasíndice", 6, "Vem antes do código Brasíndice quando ele vai no XML.")
    prefixo_simpro = _texto("prefixo TISS Simpro", 6, "Vem antes do código Simpro quando ele vai no XML.")
    fonte_pagadora = _escolha(
        "identificação da fonte pagadora", FontePagadora, "Como a operadora aparece na capa e na guia impressas."
    )
    origem = _escolha(
        "origem", Origem, "Identificação do prestador que o arquivo deve trazer; outra é criticada (H08)."
    )
    digitos_da_matricula = _inteiro(
        "quantidade de dígitos da matrícula", "Carteira com outro tamanho é recusada (B02).", 1, 20
    )
    versao_padrao = _texto(
        "versão padrão", 8, "Versão TISS da digitação; arquivo em outra versão aceita recebe um aviso."
    )
    tabela_tiss_procedimentos = _texto(
        "tabela TISS de procedimentos", 2, "Código que os procedimentos levam em codigoTabela; outro é criticado (I02)."
    )
    tabela_tiss_taxas = _texto(
        "tabela TISS de taxas", 2, "Código que taxas e diárias levam em codigoTabela; outro é criticado (I02)."
    )
    mascara_da_guia = _texto(
        "máscara de guia", 20, "Forma do número da guia do prestador; outra forma é criticada (G02).", MASCARA
    )
    mascara_da_guia_principal = _texto(
        "máscara de guia principal", 20, "Forma do número da guia principal; outra é criticada (G07).", MASCARA
    )
    documento_executante = _escolha(
        "documento do executante", DocumentoDoProfissional, "Documento que o profissional executante deve trazer."
    )
    documento_solicitante = _escolha(
        "documento do solicitante", DocumentoDoProfissional, "Documento que o solicitante deve trazer."
    )
    documentos_por_conselho = models.JSONField(
        "documento por tipo de profissional",
        null=True,
        blank=True,
        help_text="Exceções por conselho profissional, do executante e do solicitante.",
    )
    posicao_profissional = _texto(
        "padrão para posição profissional", 2, "Grau de participação sugerido onde falta o do profissional executante."
    )
    codigo_de_validacao_exigido = _sim_ou_nao(
        "exige código de validação", "Guia sem token nem motivo da ausência é criticada (B13)."
    )
    tolerancia_de_preco = _percentual(
        "tolerância de preço, em %",
        "Diferença até a qual um valor acima ou abaixo da tabela passa (I16, I17).",
        Decimal(100),
    )
    coparticipacao_procedimentos = _percentual(
        "coparticipação em procedimentos, em %", "Parte do beneficiário em cada procedimento.", Decimal(100)
    )
    coparticipacao_taxas = _percentual(
        "coparticipação em taxas e diárias, em %", "Parte do beneficiário em cada taxa, diária ou gás.", Decimal(100)
    )
    coparticipacao_materiais = _percentual(
        "coparticipação em materiais, em %", "Parte do beneficiário em cada material ou OPME.", Decimal(100)
    )
    coparticipacao_medicamentos = _percentual(
        "coparticipação em medicamentos, em %", "Parte do beneficiário em cada medicamento.", Decimal(100)
    )
    coparticipacao_dias = _inteiro(
        "coparticipação a partir de, em dias",
        "Dias do início do atendimento em que nada se divide; 0: desde o primeiro dia.",
        0,
        3650,
    )
    coparticipacao_modelo = _escolha(
        "modelo de coparticipação",
        ModeloDeCoparticipacao,
        "Se o XML leva o valor inteiro ou já sem a parte do paciente.",
    )

    class Meta:
        abstract = True


class PrecosEmCamadas(models.Model):
    """Tab 3, Brasíndice and Simpro. Percentages multiply the chosen price: 100 leaves it as it is."""

    referencia_medicamento = _escolha(
        "tabela de medicamentos", Referencia, "De onde se calcula o preço dos medicamentos."
    )
    referencia_material = _escolha("tabela de materiais", Referencia, "De onde se calcula o preço dos materiais.")
    brasindice_medicamento_coluna = _escolha("medicamentos: preço", ColunaDePreco, "Preço do Brasíndice que se usa.")
    brasindice_medicamento_percentual = _percentual("medicamentos: %", "Aplicado sobre o preço escolhido.")
    brasindice_material_coluna = _escolha("materiais: preço", ColunaDePreco, "Preço do Brasíndice que se usa.")
    brasindice_material_percentual = _percentual("materiais: %", "Aplicado sobre o preço escolhido.")
    brasindice_solucao_coluna = _escolha(
        "soluções parenterais: preço", ColunaDePreco, "Preço do Brasíndice que se usa."
    )
    brasindice_solucao_percentual = _percentual("soluções parenterais: %", "Aplicado sobre o preço escolhido.")
    pfb_para_pmc_zerado = _sim_ou_nao("utilizar PFB para PMC zerado", "Item com PMC 0,00 é calculado pelo PFB.")
    brasindice_codigo_tiss = _sim_ou_nao(
        "Brasíndice: utilizar código TISS quando não houver TUSS",
        "Item do Brasíndice sem código TUSS é aceito e cobrado pelo código TISS.",
    )
    simpro_percentual = _percentual("Simpro: % sobre o PFB", "Aplicado sobre o PFB do Simpro.")
    simpro_codigo_tiss = _sim_ou_nao(
        "Simpro: utilizar código TISS quando não houver TUSS",
        "Item do Simpro sem código TUSS é aceito e cobrado pelo código TISS.",
    )
    percentual_material_sem_relacao = _percentual(
        "% sobre material sem relação", "Aplicado sobre o custo médio do material que não está na tabela."
    )
    percentual_medicamento_sem_relacao = _percentual(
        "% sobre medicamento sem relação", "Aplicado sobre o custo médio do medicamento que não está na tabela."
    )

    class Meta:
        abstract = True


class RegrasEmCamadas(CadastroEmCamadas, RegrasTissEmCamadas, PrecosEmCamadas):
    """Every layered setting; NULL: the layer above decides."""

    class Meta:
        abstract = True


def limites_das_regras(prefixo: str) -> list[models.CheckConstraint]:
    """The ranges of the settings, as constraints of a table that has them. Names begin with `prefixo`."""
    percentuais = [
        campo.name
        for campo in RegrasEmCamadas._meta.local_fields
        if isinstance(campo, models.DecimalField) and campo.max_digits == 6
    ]
    dentro = Q()
    for nome in percentuais:
        dentro &= Q(**{f"{nome}__isnull": True}) | Q(**{f"{nome}__range": (0, MAIOR_PERCENTUAL)})
    return [
        models.CheckConstraint(condition=dentro, name=f"{prefixo}_percentuais"),
        models.CheckConstraint(
            condition=Q(valor_filme__isnull=True) | Q(valor_filme__gte=0), name=f"{prefixo}_valor_filme"
        ),
    ]
