"""States of a nota fiscal."""

from __future__ import annotations

from django.db import models


class SituacaoDaNota(models.TextChoices):
    """*Pendente* is the prestador's alone; from *em análise* on the operadora reads it."""

    PENDENTE = "pendente", "Pendente"
    EM_ANALISE = "em_analise", "Em análise"
    ACEITA = "aceita", "Aceita"
    INDEFERIDA = "indeferida", "Indeferida"
    CANCELADA = "cancelada", "Cancelada"


_S = SituacaoDaNota
MUDANCAS_DA_NOTA: dict[SituacaoDaNota, frozenset[SituacaoDaNota]] = {
    _S.PENDENTE: frozenset({_S.EM_ANALISE, _S.CANCELADA}),
    _S.EM_ANALISE: frozenset({_S.ACEITA, _S.INDEFERIDA, _S.CANCELADA}),
    _S.ACEITA: frozenset({_S.INDEFERIDA}),
    _S.INDEFERIDA: frozenset({_S.PENDENTE, _S.CANCELADA}),
    _S.CANCELADA: frozenset(),
}
"""The database keeps the same table in a trigger, and in its policies which side may take which step."""


class Modelo(models.TextChoices):
    """What kind of fiscal document an XML is; empty for a PDF."""

    NFE = "nfe", "NF-e (modelo 55)"
    NFSE_NACIONAL = "nfse", "NFS-e nacional"
    NFSE_ABRASF = "abrasf", "NFS-e (ABRASF)"


class Formato(models.TextChoices):
    """Of the file."""

    PDF = "pdf", "PDF"
    XML = "xml", "XML"
