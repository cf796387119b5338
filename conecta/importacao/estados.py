"""Where an import stands."""

from django.db import models


class SituacaoDaImportacao(models.TextChoices):
    """CONFERINDO → CONFERIDA → GRAVANDO → CONCLUIDA; the others are ends from which one may check again or not."""

    CONFERINDO = "conferindo", "Conferindo"
    CONFERIDA = "conferida", "Conferida, aguardando você"
    GRAVANDO = "gravando", "Gravando"
    CONCLUIDA = "concluida", "Concluída"
    RECUSADA = "recusada", "Arquivo recusado"
    CANCELADA = "cancelada", "Cancelada"
    FALHOU = "falhou", "Não terminou"


class Modo(models.TextChoices):
    """What to do about bad lines."""

    TUDO = "tudo", "Tudo ou nada"
    BOAS = "boas", "Só as linhas boas"


EM_ANDAMENTO = frozenset({SituacaoDaImportacao.CONFERINDO, SituacaoDaImportacao.GRAVANDO})
"""While a job works on it."""
CANCELAVEIS = EM_ANDAMENTO | {SituacaoDaImportacao.CONFERIDA}
RECONFERIVEIS = frozenset({SituacaoDaImportacao.CONFERIDA, SituacaoDaImportacao.FALHOU})
"""From which the same file can be checked again."""
