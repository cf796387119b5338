"""States of the analysis: of its automatic pass, of an item, of a glosa."""

from __future__ import annotations

from django.db import models


class Conferencia(models.TextChoices):
    """Where the automatic pass over a protocol stands. While it is *pendente* nothing can be released."""

    PENDENTE = "pendente", "Conferência automática em andamento"
    PRONTA = "pronta", "Conferência automática feita"
    DISPENSADA = "dispensada", "Sem conferência automática"
    FALHOU = "falhou", "A conferência automática não terminou"


class Nivel(models.TextChoices):
    """What was refused at a stroke: an item, a whole guide, a whole protocol. The money is always on the items."""

    ITEM = "item", "Item"
    GUIA = "guia", "Guia inteira"
    PROTOCOLO = "protocolo", "Protocolo inteiro"


class Origem(models.TextChoices):
    """Who gave a glosa first."""

    REGRA = "regra", "Conferência automática"
    ANALISTA = "analista", "Analista"


class Prioridade(models.IntegerChoices):
    """Order of the work list; the higher, the sooner."""

    NORMAL = 0, "Normal"
    ALTA = 1, "Alta"
    URGENTE = 2, "Urgente"


class AcaoDoCriterio(models.TextChoices):
    """What an operadora lets the automatic pass do with what one criterion finds."""

    PROPOR = "propor", "Propor a glosa, a confirmar pelo analista"
    GLOSAR = "glosar", "Glosar sem confirmação"
    OBSERVAR = "observar", "Só observar, sem glosa"
    DESLIGADO = "desligado", "Não conferir"
