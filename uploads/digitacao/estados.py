"""States of a typed guide."""

from __future__ import annotations

from django.db import models


class SituacaoDaGuia(models.TextChoices):
    """How far a typed guide is. Where it has a lot, the lot's state says the rest."""

    EM_DIGITACAO = "em_digitacao", "Em digitação"
    COM_CRITICAS = "com_criticas", "Com críticas"
    PRONTA = "pronta", "Pronta para lote"
    EXCLUIDA = "excluida", "Excluída"


VIVAS = frozenset({SituacaoDaGuia.EM_DIGITACAO, SituacaoDaGuia.COM_CRITICAS, SituacaoDaGuia.PRONTA})


class SituacaoDaGeracao(models.TextChoices):
    """How far the automatic making of lots is."""

    ESPERANDO = "esperando", "Em andamento"
    FEITA = "feita", "Concluída"
    RECUSADA = "recusada", "Não feita"
