"""The queue: a row says that work waits. See docs/decisoes.md, "The row is the queue"."""

from django.db import models
from django.utils import timezone


class Trabalho(models.Model):
    """One job of one organisation, or of the platform itself."""

    class Estado(models.TextChoices):
        PRONTO = "pronto", "Aguardando"
        RODANDO = "rodando", "Em andamento"
        FEITO = "feito", "Concluído"
        VENENO = "veneno", "Posto de lado"

    organizacao = models.ForeignKey("contas.Organizacao", on_delete=models.CASCADE, related_name="+", null=True)
    fila = models.CharField(max_length=20)
    tipo = models.CharField(max_length=60)
    alvo = models.BigIntegerField(help_text="Id of the row that the job works on.")
    usuario = models.BigIntegerField(null=True)
    estado = models.CharField(max_length=10, choices=Estado, default=Estado.PRONTO)
    etiqueta = models.BigIntegerField(help_text="Start tag of fair queueing: the lowest is served first.")
    tentativas = models.SmallIntegerField(default=0)
    max_tentativas = models.SmallIntegerField(default=3)
    disponivel_em = models.DateTimeField(default=timezone.now)
    criado_em = models.DateTimeField(default=timezone.now)
    iniciado_em = models.DateTimeField(null=True)
    terminado_em = models.DateTimeField(null=True)
    arrendado_por = models.CharField(max_length=60, null=True)
    arrendado_ate = models.DateTimeField(null=True)
    erro = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    estado="rodando",
                    arrendado_por__isnull=False,
                    arrendado_ate__isnull=False,
                )
                | (~models.Q(estado="rodando") & models.Q(arrendado_por__isnull=True, arrendado_ate__isnull=True)),
                name="trabalho_arrendado_so_rodando",
            ),
            models.UniqueConstraint(
                fields=["organizacao", "tipo", "alvo"],
                condition=models.Q(estado__in=["pronto", "rodando"]),
                nulls_distinct=False,
                name="trabalho_vivo_unico",
            ),
        ]
        indexes = [
            models.Index(
                fields=["fila", "etiqueta", "id"],
                condition=models.Q(estado="pronto"),
                name="trabalho_proximo",
            ),
            models.Index(
                fields=["arrendado_ate"],
                condition=models.Q(estado="rodando"),
                name="trabalho_arrendado",
            ),
            models.Index(
                fields=["organizacao"],
                condition=models.Q(estado="rodando"),
                name="trabalho_rodando",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tipo} {self.alvo}"


class Vez(models.Model):
    """The last start tag given to an organisation in a queue."""

    organizacao = models.ForeignKey("contas.Organizacao", on_delete=models.CASCADE, related_name="+")
    fila = models.CharField(max_length=20)
    ultima_etiqueta = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fila", "organizacao"], name="vez_unica")]
        indexes = [models.Index(fields=["fila", "ultima_etiqueta"], name="vez_ultima")]

    def __str__(self) -> str:
        return f"{self.fila} {self.ultima_etiqueta}"
