"""Between typing and lots: guides begun for a lot, and guides that change while they are in one."""

from __future__ import annotations

from django.db import transaction

from conecta.contas.models import Usuario
from lotes.models import Lote
from uploads.digitacao import montagem
from uploads.digitacao.erros import LoteRecusado
from uploads.digitacao.estados import SituacaoDaGuia
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.montagem_mensagem import guia_mudou, guias_do_lote, maximo_de_guias


@transaction.atomic
def digitar_no_lote(*, lote: Lote, por: Usuario) -> GuiaDigitada:
    """A new, empty guide of the lot's type, convênio and version, which enters the lot when it is ready.

    Raises `LoteRecusado` where the lot is not open or full.
    """
    from uploads.digitacao import transicoes  # it tells this module of each guide that it changes

    lote = montagem.travar_aberto(lote)
    assert lote.convenio is not None
    if len(guias_do_lote(lote)) >= maximo_de_guias(lote):
        raise LoteRecusado(f"O lote {lote.numero} está cheio. Crie outro lote para as próximas guias.", lote)
    guia = transicoes.comecar(
        prestador=lote.prestador,
        convenio=lote.convenio,
        tipo=lote.tipo_de_guia,
        versao=lote.versao_tiss,
        por=por,
    )
    guia.destino = lote
    guia.save(update_fields=["destino"])
    return guia


def travar_lote_da(guia: GuiaDigitada) -> None:
    """Lock the lot that the guide is in, or was begun for: whoever changes a guide locks that one first, as whoever
    closes a lot does."""
    (ids,) = GuiaDigitada.objects.filter(pk=guia.pk).values_list("lote", "destino")
    lotes = Lote.objects.filter(pk__in=[pk for pk in ids if pk])
    list(lotes.order_by("pk").select_for_update().values_list("pk", flat=True))


def guia_gravada(guia: GuiaDigitada, por: Usuario) -> None:
    """Let the open lot of a guide that was just saved say what it says; a ready one enters the lot that it was begun
    for. Where that is closed, full or of something else by now, the guide stays loose."""
    if guia.lote is not None:
        guia_mudou(guia)
    elif guia.destino is not None and guia.situacao == SituacaoDaGuia.PRONTA:
        destino, guia.destino = guia.destino, None
        guia.save(update_fields=["destino"])
        _entrar(guia, destino, por)


def _entrar(guia: GuiaDigitada, destino: Lote, por: Usuario) -> None:
    try:
        with transaction.atomic():
            montagem.adicionar(lote=destino, guias=[guia], por=por)
    except LoteRecusado:
        return
    guia.refresh_from_db(fields=["lote", "posicao"])
