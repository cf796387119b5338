"""Excluding typed guides, and taking that back: nothing that was typed is ever lost."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from conecta.contas.models import Usuario
from lotes.models import Lote
from uploads.digitacao.erros import GuiaFechada
from uploads.digitacao.estados import SituacaoDaGuia
from uploads.digitacao.juizo import julgar_guia, para_json
from uploads.digitacao.models import GuiaDigitada

_S = SituacaoDaGuia


@transaction.atomic
def excluir(*, guias: Sequence[GuiaDigitada], por: Usuario) -> list[GuiaDigitada]:
    """Let loose guides be *Excluída*; give those that were not so yet.

    Raises `GuiaFechada` for all, when one is in a lot.
    """
    travadas = _travar(guias)
    for guia in travadas:
        if guia.lote_id is not None:
            # Not the lot that was joined: that is of before the wait for whoever was putting the guide into it.
            numero = Lote.objects.get(pk=guia.lote_id).numero
            raise GuiaFechada(
                f"A {nome_da_guia(guia)} está no lote {numero}, e nenhuma foi excluída. Retire a guia do lote antes.",
                guia,
            )
    mudadas = [guia for guia in travadas if guia.situacao != _S.EXCLUIDA]
    for guia in mudadas:
        guia.destino = None
        _gravar(guia, _S.EXCLUIDA, por)
    return mudadas


@transaction.atomic
def restaurar(*, guias: Sequence[GuiaDigitada], por: Usuario) -> list[GuiaDigitada]:
    """Take excluded guides back, each in the state that what stands against it today gives; give those."""
    excluidas = [guia for guia in _travar(guias) if guia.situacao == _S.EXCLUIDA]
    for guia in excluidas:
        juizo = julgar_guia(guia)
        guia.criticas = para_json(juizo.criticas)
        _gravar(guia, _S.COM_CRITICAS if juizo.impede else _S.PRONTA, por)
    return excluidas


def nome_da_guia(guia: GuiaDigitada) -> str:
    """How sentences name a guide: by its number, else by whom it is for."""
    if guia.numero_do_prestador:
        return f"guia {guia.numero_do_prestador}"
    return f"guia de {guia.nome_do_beneficiario}" if guia.nome_do_beneficiario else "guia sem número"


def _travar(guias: Sequence[GuiaDigitada]) -> list[GuiaDigitada]:
    """The rows as they are now, locked in the order of their ids."""
    travadas = GuiaDigitada.objects.select_for_update(of=("self",)).select_related("prestador", "operadora", "convenio")
    return list(travadas.filter(pk__in=[guia.pk for guia in guias]).order_by("pk"))


def _gravar(guia: GuiaDigitada, situacao: SituacaoDaGuia, por: Usuario) -> None:
    guia.situacao = situacao
    guia.revisao += 1
    guia.mudado_em, guia.mudado_por_nome = timezone.now(), por.nome
    guia.save(update_fields=["situacao", "revisao", "mudado_em", "mudado_por_nome", "destino", "criticas"])
