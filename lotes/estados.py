"""States of a lot and of its protocol, and which change may follow which (product.md §2)."""

from __future__ import annotations

from django.db import models


class SituacaoDoLote(models.TextChoices):
    """Where a lot is, on the prestador's side."""

    ABERTO = "aberto", "Aberto"
    FECHADO = "fechado", "Fechado (envio pendente)"
    ENVIADO = "enviado", "Enviado à operadora"
    EXCLUIDO = "excluido", "Excluído"


POR_ENVIAR = frozenset({SituacaoDoLote.ABERTO, SituacaoDoLote.FECHADO})
"""Where a deadline matters."""

MUDANCAS_DO_LOTE: dict[SituacaoDoLote, frozenset[SituacaoDoLote]] = {
    SituacaoDoLote.ABERTO: frozenset({SituacaoDoLote.FECHADO, SituacaoDoLote.EXCLUIDO}),
    SituacaoDoLote.FECHADO: frozenset({SituacaoDoLote.ABERTO, SituacaoDoLote.ENVIADO, SituacaoDoLote.EXCLUIDO}),
    SituacaoDoLote.ENVIADO: frozenset(),
    SituacaoDoLote.EXCLUIDO: frozenset(),
}


class SituacaoDoProtocolo(models.IntegerChoices):
    """Domain table 47; what is stored is ANS's code."""

    ENVIADO = 1, "Lote enviado para a Operadora"
    EM_ANALISE = 2, "Em análise pela Operadora"
    FATURADO = 3, "Faturado"
    ENCERRADO_SEM_PAGAMENTO = 4, "Encerrado sem pagamento"
    LIBERADO = 5, "Liberado para faturamento"
    PAGO = 6, "Pago"
    AGUARDANDO_INFORMACAO = 8, "Aguardando informação complementar"
    CANCELADO = 9, "Cancelado"
    BLOQUEIO_JUDICIAL = 10, "Bloqueio judicial"


_P = SituacaoDoProtocolo
SEM_COBRANCA = frozenset({_P.ENCERRADO_SEM_PAGAMENTO, _P.CANCELADO})
"""Where nothing was paid and nothing more will be: what the lot billed may be billed again."""
_FIM_SEM_PAGAMENTO = {_P.ENCERRADO_SEM_PAGAMENTO, _P.CANCELADO, _P.BLOQUEIO_JUDICIAL}

MUDANCAS_DO_PROTOCOLO: dict[SituacaoDoProtocolo, frozenset[SituacaoDoProtocolo]] = {
    _P.ENVIADO: frozenset({_P.EM_ANALISE, _P.AGUARDANDO_INFORMACAO} | _FIM_SEM_PAGAMENTO),
    _P.EM_ANALISE: frozenset({_P.LIBERADO, _P.AGUARDANDO_INFORMACAO} | _FIM_SEM_PAGAMENTO),
    _P.AGUARDANDO_INFORMACAO: frozenset({_P.EM_ANALISE} | _FIM_SEM_PAGAMENTO),
    _P.LIBERADO: frozenset({_P.FATURADO, _P.ENCERRADO_SEM_PAGAMENTO, _P.BLOQUEIO_JUDICIAL}),
    _P.FATURADO: frozenset({_P.PAGO, _P.BLOQUEIO_JUDICIAL}),
    # A court's block ends where the court says: back to the analysis, or closed.
    _P.BLOQUEIO_JUDICIAL: frozenset({_P.EM_ANALISE, _P.ENCERRADO_SEM_PAGAMENTO}),
    _P.PAGO: frozenset(),
    _P.ENCERRADO_SEM_PAGAMENTO: frozenset(),
    _P.CANCELADO: frozenset(),
}

DESFAZIMENTOS_DO_PROTOCOLO: dict[SituacaoDoProtocolo, frozenset[SituacaoDoProtocolo]] = {
    _P.LIBERADO: frozenset({_P.EM_ANALISE}),
    _P.FATURADO: frozenset({_P.LIBERADO}),
}
"""One step back, by a right of its own and with a reason."""


class Canal(models.TextChoices):
    """How a lot came in."""

    UPLOAD = "upload", "Upload XML"
    DIGITACAO = "digitacao", "Digitação"


class TipoDeGuia(models.TextChoices):
    """The five guides, by their XML names; the labels are the seed's."""

    CONSULTA = "guiaConsulta", "Consulta"
    SP_SADT = "guiaSP-SADT", "Cobrança SP/SADT"
    RESUMO_INTERNACAO = "guiaResumoInternacao", "Resumo de Internação"
    HONORARIOS = "guiaHonorarios", "Honorários"
    ODONTO = "guiaOdonto", "Tratamento Odontológico"
