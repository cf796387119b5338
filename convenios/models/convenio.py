"""Convênios: what an operadora agrees about billing, the planos that belong to it, and what differs by contract."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from conecta.periodo import dentro, em_vigor

from .cadastro import Credenciamento
from .camadas import RegrasEmCamadas, limites_das_regras


class ComPeriodo(models.QuerySet["Convenio"]):
    def vigentes_em(self, dia: date) -> Self:
        """Active, and within the contract's dates on that day."""
        return self.filter(em_vigor(dia, fim="vencimento"), ativo=True)


class Convenio(RegrasEmCamadas):
    """A convênio of an operadora. One of them is `principal`: it holds for guides that name no plano of another."""

    class Modo(models.TextChoices):
        """How what is attended is paid for. Only Convênio is billed here."""

        CONVENIO = "convenio", "Convênio"
        PARTICULAR = "particular", "Particular"
        CORTESIA = "cortesia", "Cortesia"
        SUS = "sus", "SUS"

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="convenios")
    codigo = models.PositiveIntegerField("código", help_text="Dado pelo Conecta, em ordem; não muda.")
    principal = models.BooleanField(
        default=False, help_text="Vale para as guias cujo beneficiário não tem plano de outro convênio."
    )
    ativo = models.BooleanField(default=True)
    modo = models.CharField(
        "modo de recebimento",
        max_length=10,
        choices=Modo,
        default=Modo.CONVENIO,
        help_text="Só Convênio é faturado aqui: guias dos outros modos são recusadas.",
    )
    nome = models.CharField("descrição", max_length=60, help_text="Nome em listas, filtros e telas.")
    razao_social = models.CharField("razão social", max_length=150, blank=True, help_text="Sai na capa do lote.")
    cnpj = models.CharField(
        "CNPJ", max_length=14, blank=True, help_text="Sai na capa quando a fonte pagadora se identifica por CNPJ."
    )
    inscricao_estadual = models.CharField("inscrição estadual", max_length=20, blank=True, help_text="Sai na capa.")
    inscricao_municipal = models.CharField("inscrição municipal", max_length=20, blank=True, help_text="Sai na capa.")
    contato = models.CharField(max_length=70, blank=True, help_text="Quem procurar; o prestador vê.")
    telefone = models.CharField(max_length=20, blank=True, help_text="O prestador vê.")
    site = models.URLField(blank=True, help_text="O prestador vê.")
    email = models.EmailField("e-mail", blank=True, help_text="O prestador vê.")
    tag_saia = models.CharField(
        "tag de impressão de saia", max_length=30, blank=True, help_text="Sai em destaque na capa do lote (GEAP)."
    )
    inicio = models.DateField("início do contrato", help_text="Atendimento antes deste dia é criticado.")
    vencimento = models.DateField(
        "vencimento do contrato", null=True, blank=True, help_text="Atendimento depois deste dia é criticado."
    )
    grupo = models.CharField("grupo", max_length=60, blank=True, help_text="Filtro das listas e relatórios.")
    laboratorio_plataforma = models.CharField(
        "laboratório externo: plataforma", max_length=60, blank=True, help_text="Para as integrações de laboratório."
    )
    laboratorio_codigo = models.CharField(
        "laboratório externo: código", max_length=60, blank=True, help_text="Para as integrações de laboratório."
    )
    ws_elegibilidade = models.URLField(
        "web service: elegibilidade", blank=True, help_text="Endereço para as integrações que consultam."
    )
    ws_solicitacao = models.URLField(
        "web service: solicitação", blank=True, help_text="Endereço para as integrações que pedem autorização."
    )
    registro_ans = models.CharField(
        "nº registro ANS",
        max_length=6,
        blank=True,
        help_text="O que o convênio imprime. Vazio: o da operadora, que é o único que o arquivo pode levar.",
    )
    destino = models.CharField(
        "destino",
        max_length=6,
        blank=True,
        help_text="Registro ANS que as guias devem levar (G01). Vazio: o da operadora.",
    )
    cep = models.CharField("CEP", max_length=8, blank=True, help_text="Endereço: sai na capa.")
    logradouro = models.CharField(max_length=100, blank=True, help_text="Endereço: sai na capa.")
    numero = models.CharField("número", max_length=10, blank=True, help_text="Endereço: sai na capa.")
    complemento = models.CharField(max_length=60, blank=True, help_text="Endereço: sai na capa.")
    bairro = models.CharField(max_length=60, blank=True, help_text="Endereço: sai na capa.")
    cidade = models.CharField(max_length=60, blank=True, help_text="Endereço: sai na capa.")
    uf = models.CharField("UF", max_length=2, blank=True, help_text="Endereço: sai na capa.")
    abertos = ArrayField(
        models.CharField(max_length=40),
        verbose_name="o prestador decide",
        default=list,
        blank=True,
        help_text="Configurações que cada prestador pode mudar para si.",
    )
    criado_em = models.DateTimeField(default=timezone.now, editable=False)

    objects = ComPeriodo.as_manager()

    class Meta:
        verbose_name = "convênio"
        ordering = ["codigo"]
        constraints = [
            models.UniqueConstraint(fields=["operadora", "codigo"], name="convenio_codigo_unico"),
            models.UniqueConstraint(fields=["id", "operadora"], name="convenio_da_operadora"),
            models.UniqueConstraint(fields=["operadora"], condition=Q(principal=True), name="convenio_principal_unico"),
            models.CheckConstraint(
                condition=Q(vencimento__isnull=True) | Q(vencimento__gte=F("inicio")), name="convenio_periodo"
            ),
            models.CheckConstraint(
                condition=Q(principal=False) | Q(ativo=True, modo="convenio"), name="convenio_principal_fatura"
            ),
            *limites_das_regras("convenio"),
        ]

    def __str__(self) -> str:
        return f"{self.codigo} {self.nome}"

    def vigente_em(self, dia: date) -> bool:
        """Whether it is active and in force on that day."""
        return self.ativo and dentro(dia, self.inicio, self.vencimento)


class LogoDoConvenio(models.Model):
    """The picture of a convênio, drawn anew from what was sent: screens and covers show it."""

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    convenio = models.OneToOneField(Convenio, on_delete=models.PROTECT, related_name="logo")
    imagem = models.BinaryField(help_text="PNG.")
    sha256 = models.CharField(max_length=64)
    largura = models.PositiveSmallIntegerField()
    altura = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "logo do convênio"

    def __str__(self) -> str:
        return f"logo {self.pk}"


class RegrasDoCredenciamento(RegrasEmCamadas):
    """What a convênio decides otherwise for one prestador.

    Two rows at most for each: what the operadora agreed with it, and what it chose itself where `Convenio.abertos` lets
    it. The second never counts for a setting that is not open, or is closed later.
    """

    class Autor(models.TextChoices):
        OPERADORA = "operadora", "Operadora"
        PRESTADOR = "prestador", "Prestador"

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    credenciamento = models.ForeignKey(Credenciamento, on_delete=models.PROTECT, related_name="regras")
    convenio = models.ForeignKey(Convenio, on_delete=models.PROTECT, related_name="regras_por_prestador")
    autor = models.CharField(max_length=9, choices=Autor)

    class Meta:
        verbose_name = "regras do credenciamento"
        constraints = [
            models.UniqueConstraint(fields=["credenciamento", "convenio", "autor"], name="regras_por_autor"),
            *limites_das_regras("regras_credenciamento"),
        ]

    def __str__(self) -> str:
        return f"regras {self.pk}"


class MudancaDeConvenio(models.Model):
    """One setting that somebody changed: kept for good, shown as the convênio's history.

    `prestador` None: a change of the convênio itself. Values are as people read them; "" is empty.
    """

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", null=True)
    convenio = models.ForeignKey(Convenio, on_delete=models.PROTECT, related_name="mudancas")
    campo = models.CharField(max_length=60)
    antes = models.TextField(blank=True)
    depois = models.TextField(blank=True)
    quando = models.DateTimeField(default=timezone.now)
    quem = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+", null=True)
    quem_nome = models.CharField(max_length=70, blank=True, help_text="Empty: nobody, it came with an update.")

    class Meta:
        verbose_name = "mudança de convênio"
        ordering = ["-quando", "-id"]

    def __str__(self) -> str:
        return f"mudança {self.pk}"


class Plano(models.Model):
    """A health plan: what its beneficiários are covered for, and by which convênio they are billed."""

    class Segmentacao(models.TextChoices):
        """Kinds of care, as ANS registers them."""

        AMBULATORIAL = "ambulatorial", "Ambulatorial"
        HOSPITALAR = "hospitalar", "Hospitalar sem obstetrícia"
        OBSTETRICIA = "obstetricia", "Hospitalar com obstetrícia"
        ODONTOLOGICO = "odontologico", "Odontológico"

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="planos", db_index=False)
    convenio = models.ForeignKey(Convenio, on_delete=models.PROTECT, related_name="planos")
    codigo = models.CharField("código", max_length=20, help_text="Como vem na carteira ou no cadastro da operadora.")
    nome = models.CharField(max_length=60)
    segmentacoes = ArrayField(
        models.CharField(max_length=12, choices=Segmentacao),
        verbose_name="segmentação",
        default=list,
        blank=True,
        help_text="Atendimento fora delas é criticado (B10, B11). Nenhuma marcada: todas.",
    )
    inicio = models.DateField("início")
    fim = models.DateField(null=True, blank=True)
    ativo = models.BooleanField(default=True)

    class Meta:
        ordering = ["nome"]
        constraints = [
            models.UniqueConstraint(fields=["operadora", "codigo"], name="plano_codigo_unico"),
            models.UniqueConstraint(fields=["id", "operadora"], name="plano_da_operadora"),
            models.CheckConstraint(condition=Q(fim__isnull=True) | Q(fim__gte=F("inicio")), name="plano_periodo"),
        ]

    def __str__(self) -> str:
        return f"{self.codigo} {self.nome}"


class CoberturaDoPlano(models.Model):
    """What a plano says of the codes that begin with `prefixo`: the longest prefix that fits decides.

    Codes that no row fits are covered, without waiting period.
    """

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    plano = models.ForeignKey(Plano, on_delete=models.CASCADE, related_name="coberturas")
    tabela = models.CharField(max_length=2)
    prefixo = models.CharField(
        "código, ou como ele começa", max_length=10, blank=True, help_text="Vazio: toda a tabela."
    )
    coberto = models.BooleanField(default=True)
    carencia_dias = models.PositiveSmallIntegerField("carência, em dias", default=0)

    class Meta:
        verbose_name = "cobertura do plano"
        ordering = ["tabela", "prefixo"]
        constraints = [
            models.UniqueConstraint(fields=["plano", "tabela", "prefixo"], name="cobertura_unica"),
        ]

    def __str__(self) -> str:
        return f"{self.tabela} {self.prefixo}"
