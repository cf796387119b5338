"""*Conferência*: somebody compares a lot with a paper list, guide by guide and by its sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from conecta.contas.models import Usuario
from lotes.estados import POR_ENVIAR, Canal
from lotes.models import Lote
from uploads.digitacao.erros import LoteRecusado
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.montagem_mensagem import guias_do_lote

_ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Soma:
    """How many guides and reais: of the paper, of the lot, or the one less the other."""

    guias: int
    valor: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Conferencia:
    """A lot as it is checked. `do_papel` and `diferenca` are None until the sums of the paper are typed."""

    guias: Sequence[GuiaDigitada]
    do_lote: Soma
    conferidas: Soma
    do_papel: Soma | None
    diferenca: Soma | None
    minhas: int
    """How many of the guides the person who checks has typed."""

    @property
    def confere(self) -> bool:
        """Whether paper and lot say the same."""
        return self.diferenca is not None and not self.diferenca.guias and not self.diferenca.valor


def conferencia_do(lote: Lote, por: Usuario, do_papel: Soma | None = None) -> Conferencia:
    """The lot's guides in order, with what was ticked off, and how it differs from the paper: lot less paper."""
    guias = guias_do_lote(lote)
    do_lote = _soma(guias)
    diferenca = None
    if do_papel is not None:
        diferenca = Soma(guias=do_lote.guias - do_papel.guias, valor=do_lote.valor - do_papel.valor)
    return Conferencia(
        guias=guias,
        do_lote=do_lote,
        conferidas=_soma([guia for guia in guias if guia.conferida_em]),
        do_papel=do_papel,
        diferenca=diferenca,
        minhas=sum(por.pk == guia.criado_por_id or por.nome == guia.mudado_por_nome for guia in guias),
    )


@transaction.atomic
def conferir(*, lote: Lote, guia: GuiaDigitada, conferida: bool, por: Usuario) -> GuiaDigitada:
    """Tick a guide off, or take that back. Raises `LoteRecusado` for a guide that is not in the lot, and for a lot that
    is no longer the prestador's to change."""
    meus = Lote.objects.filter(pk=lote.pk, canal=Canal.DIGITACAO, situacao__in=POR_ENVIAR)
    travado = meus.select_for_update().first()
    atual = GuiaDigitada.objects.select_for_update().filter(pk=guia.pk, lote=travado).first() if travado else None
    if atual is None:
        raise LoteRecusado(
            f"A guia não foi marcada: ela não está mais no lote {lote.numero}, ou o lote já foi enviado. Recarregue a "
            "página.",
            guia,
        )
    if conferida != (atual.conferida_em is not None):
        atual.conferida_em = timezone.now() if conferida else None
        atual.conferida_por_nome = por.nome if conferida else ""
        atual.save(update_fields=["conferida_em", "conferida_por_nome"])
    return atual


def _soma(guias: Sequence[GuiaDigitada]) -> Soma:
    return Soma(guias=len(guias), valor=sum((guia.valor_informado for guia in guias), _ZERO))
