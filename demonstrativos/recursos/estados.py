"""States of an appeal against glosas, and which change may follow which."""

from __future__ import annotations

from django.db import models


class SituacaoDoRecurso(models.TextChoices):
    """Where an appeal stands. Up to *enviado* it is the prestador's alone."""

    RASCUNHO = "rascunho", "Em preparo"
    ENVIADO = "enviado", "Enviado à operadora"
    EM_ANALISE = "em_analise", "Em análise pela operadora"
    RESPONDIDO = "respondido", "Respondido"
    PAGO = "pago", "Pago"
    EXCLUIDO = "excluido", "Excluído"


_S = SituacaoDoRecurso
MUDANCAS_DO_RECURSO: dict[SituacaoDoRecurso, frozenset[SituacaoDoRecurso]] = {
    _S.RASCUNHO: frozenset({_S.ENVIADO, _S.EXCLUIDO}),
    _S.ENVIADO: frozenset({_S.EM_ANALISE, _S.RESPONDIDO}),
    _S.EM_ANALISE: frozenset({_S.RESPONDIDO}),
    _S.RESPONDIDO: frozenset({_S.PAGO}),
    # A payment that came back is made again.
    _S.PAGO: frozenset({_S.RESPONDIDO}),
    _S.EXCLUIDO: frozenset(),
}
POR_RESPONDER = (_S.ENVIADO, _S.EM_ANALISE)
"""What waits for the operadora."""


class Objeto(models.TextChoices):
    """ANS's objetoRecurso: what is appealed against."""

    PROTOCOLO = "1", "Protocolo"
    GUIA = "2", "Guia"


class Canal(models.TextChoices):
    """How an appeal came in."""

    TELA = "tela", "Preparado no Conecta"
    XML = "xml", "XML do sistema da clínica"


class Desde(models.TextChoices):
    """From which state of its protocol on a glosa can be appealed, which is also what the term is counted from."""

    FATURADO = "faturado", "Faturado (o prazo conta da data de pagamento)"
    LIBERADO = "liberado", "Liberado para faturamento (o prazo conta da liberação)"
