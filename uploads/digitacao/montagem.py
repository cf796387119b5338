"""Lots of typed guides: opened, filled, put in order.

The rows of guides and items of a lot are taken from the XML that its typed guides make, each time that one changes, so
that every screen of lots shows a typed lot as it shows an uploaded one. Whoever changes a lot locks it before its
guides, and its guides in the order of their ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.db import transaction
from django.db.models import Q

from conecta.contas.models import Organizacao, Usuario
from convenios.models import Convenio
from lotes.acontecimentos import contar
from lotes.estados import Canal, SituacaoDoLote
from lotes.models import Lote
from lotes.numeracao import proximo_lote
from uploads.digitacao.erros import LoteRecusado
from uploads.digitacao.estados import SituacaoDaGuia
from uploads.digitacao.models import GuiaDigitada, GuiaDigitadaQuerySet
from uploads.digitacao.montagem_mensagem import maximo_de_guias, refazer

_NUMEROS_DITOS: Final = 10


@transaction.atomic
def abrir_lote(*, prestador: Organizacao, convenio: Convenio, tipo: str, versao: str, por: Usuario) -> Lote:
    """*+ Novo Lote*: one without guides, *Aberto*. The number that Conecta gives it is the prestador's, too."""
    numero = _numero_livre(prestador, convenio.operadora_id)
    lote = Lote.objects.create(
        prestador=prestador,
        operadora_id=convenio.operadora_id,
        numero=numero,
        numero_do_prestador=str(numero),
        sequencial_transacao=str(numero),
        canal=Canal.DIGITACAO,
        tipo_de_guia=tipo,
        versao_tiss=versao,
        convenio=convenio,
        quantidade_de_guias=0,
        quantidade_de_itens=0,
        valor_informado=0,
        criado_por=por,
    )
    contar(lote, por, "criado", "Lote criado", "O lote está aberto. A operadora só o recebe depois do envio.")
    return lote


@transaction.atomic
def criar_lote(*, guias: Sequence[GuiaDigitada], por: Usuario) -> Lote:
    """A new lot of these guides: at least one, all loose, ready, and of one type, convênio and version."""
    primeira = guias[0]
    lote = abrir_lote(
        prestador=primeira.prestador,
        convenio=primeira.convenio,
        tipo=primeira.tipo,
        versao=primeira.versao_tiss,
        por=por,
    )
    return adicionar(lote=lote, guias=guias, por=por)


@transaction.atomic
def adicionar(*, lote: Lote, guias: Sequence[GuiaDigitada], por: Usuario) -> Lote:
    """Put loose, ready guides at the end of an open lot, in the order given. `LoteRecusado` for all when one does not
    fit or there is no place for all."""
    lote = travar_aberto(lote)
    travadas = _travar_guias(guias)
    for guia in travadas:
        if guia.lote_id is not None or guia.situacao != SituacaoDaGuia.PRONTA:
            raise LoteRecusado(
                f"A {_nome(guia)} não está pronta e sem lote neste momento, e nenhuma foi adicionada. Recarregue a "
                "página para ver as que estão.",
                guia,
            )
    _por_no_fim(lote, travadas)
    contar(lote, por, "guias", f"{_quantas(travadas, 'adicionada')} ao lote", _numeros(travadas))
    return lote


@transaction.atomic
def tirar(*, lote: Lote, guias: Sequence[GuiaDigitada], por: Usuario) -> Lote:
    """Take guides out of an open lot: they are loose again. Raises `LoteRecusado`."""
    lote = travar_aberto(lote)
    travadas = _as_do_lote(lote, guias)
    GuiaDigitada.objects.filter(pk__in=[guia.pk for guia in travadas]).update(lote=None, posicao=None)
    _fechar_as_falhas(lote)
    contar(lote, por, "guias", f"{_quantas(travadas, 'retirada')} do lote", _numeros(travadas))
    return lote


@transaction.atomic
def mover(*, lote: Lote, para: Lote, guias: Sequence[GuiaDigitada], por: Usuario) -> Lote:
    """Move guides to the end of another open lot of the same type, convênio and version. Raises `LoteRecusado`."""
    if lote.pk == para.pk:
        raise LoteRecusado("As guias já estão neste lote. Escolha outro.", lote)
    travados = {um.pk: travar_aberto(um) for um in sorted((lote, para), key=lambda um: um.pk)}
    lote, para = travados[lote.pk], travados[para.pk]
    travadas = _as_do_lote(lote, guias)
    _por_no_fim(para, travadas)
    _fechar_as_falhas(lote)
    contar(lote, por, "guias", f"{_quantas(travadas, 'movida')} para o lote {para.numero}", _numeros(travadas))
    contar(para, por, "guias", f"{_quantas(travadas, 'movida')} do lote {lote.numero}", _numeros(travadas))
    return para


@transaction.atomic
def deslocar(*, lote: Lote, guia: GuiaDigitada, passo: int, por: Usuario) -> Lote:
    """Let a guide of an open lot change places with the one before it (`passo` -1) or behind it (1); at the end of the
    lot nothing changes. Raises `LoteRecusado`."""
    lote = travar_aberto(lote)
    (atual,) = _as_do_lote(lote, [guia])
    outra = GuiaDigitada.objects.filter(lote=lote, posicao=(atual.posicao or 0) + passo).first()
    if outra is not None:
        atual.posicao, outra.posicao = outra.posicao, atual.posicao
        GuiaDigitada.objects.bulk_update([atual, outra], ["posicao"])
        refazer(lote)
    return lote


def candidatas(lote: Lote) -> GuiaDigitadaQuerySet:
    """The guides that may enter the lot: loose, ready, of its type, convênio and version."""
    return GuiaDigitada.objects.soltas().filter(
        prestador=lote.prestador_id,
        convenio=lote.convenio_id,
        tipo=lote.tipo_de_guia,
        versao_tiss=lote.versao_tiss,
        situacao=SituacaoDaGuia.PRONTA,
    )


def destinos(lote: Lote) -> list[Lote]:
    """The other open lots that the lot's guides may move to, newest first."""
    iguais = Lote.objects.filter(
        prestador=lote.prestador_id,
        convenio=lote.convenio_id,
        tipo_de_guia=lote.tipo_de_guia,
        versao_tiss=lote.versao_tiss,
        canal=Canal.DIGITACAO,
        situacao=SituacaoDoLote.ABERTO,
    )
    return list(iguais.exclude(pk=lote.pk).order_by("-pk"))


def travar_aberto(lote: Lote) -> Lote:
    """The row of an open typed lot as it is now, locked. Raises `LoteRecusado` for any other."""
    travado = Lote.objects.select_for_update(of=("self",)).select_related("prestador", "operadora", "convenio")
    atual = travado.filter(pk=lote.pk, canal=Canal.DIGITACAO, situacao=SituacaoDoLote.ABERTO).first()
    if atual is None:
        raise LoteRecusado(
            f"O lote {lote.numero} não está aberto para guias digitadas, e nada foi mudado. Recarregue a página para "
            "ver como ele está.",
            lote,
        )
    return atual


def _numero_livre(prestador: Organizacao, operadora_id: int) -> int:
    """The next Nº Lote that this prestador's own system has not used with the operadora, as lot or as transaction."""
    while True:
        numero = proximo_lote()
        usados = Lote.objects.vivos().filter(prestador=prestador, operadora=operadora_id)
        if not usados.filter(Q(numero_do_prestador=str(numero)) | Q(sequencial_transacao=str(numero))).exists():
            return numero


def _travar_guias(guias: Sequence[GuiaDigitada]) -> list[GuiaDigitada]:
    """The guides as they are now, locked, each once, in the order given."""
    pks = list(dict.fromkeys(guia.pk for guia in guias))
    travadas = {guia.pk: guia for guia in GuiaDigitada.objects.select_for_update().filter(pk__in=pks).order_by("pk")}
    if len(travadas) != len(pks):
        raise LoteRecusado("Uma das guias escolhidas não existe mais. Recarregue a página e escolha de novo.")
    return [travadas[pk] for pk in pks]


def _as_do_lote(lote: Lote, guias: Sequence[GuiaDigitada]) -> list[GuiaDigitada]:
    travadas = _travar_guias(guias)
    for guia in travadas:
        if guia.lote_id != lote.pk:
            raise LoteRecusado(
                f"A {_nome(guia)} não está mais no lote {lote.numero}, e nada foi mudado. Recarregue a página.", guia
            )
    return travadas


def _por_no_fim(lote: Lote, guias: Sequence[GuiaDigitada]) -> None:
    """Give guides that are locked their places behind the last of a lot that is locked."""
    for guia in guias:
        if (guia.convenio_id, guia.tipo, guia.versao_tiss) != (lote.convenio_id, lote.tipo_de_guia, lote.versao_tiss):
            raise LoteRecusado(
                f"A {_nome(guia)} não cabe no lote {lote.numero}, que é de um convênio, de guias de "
                f"{lote.get_tipo_de_guia_display()} e da versão {lote.versao_tiss}. Nenhuma guia mudou de lugar.",
                guia,
            )
    ja = GuiaDigitada.objects.filter(lote=lote).count()
    cabem = maximo_de_guias(lote) - ja
    if len(guias) > cabem:
        raise LoteRecusado(
            f"No lote {lote.numero} {_cabem(cabem)}, e você escolheu {len(guias)}. Escolha menos guias, ou crie outro "
            "lote.",
            lote,
        )
    for posicao, guia in enumerate(guias, start=ja + 1):
        guia.lote, guia.posicao = lote, posicao
    GuiaDigitada.objects.bulk_update(guias, ["lote", "posicao"])
    refazer(lote)


def _fechar_as_falhas(lote: Lote) -> None:
    """Let the places of the guides run from 1 again."""
    guias = list(GuiaDigitada.objects.filter(lote=lote).order_by("posicao"))
    for posicao, guia in enumerate(guias, start=1):
        guia.posicao = posicao
    GuiaDigitada.objects.bulk_update(guias, ["posicao"])
    refazer(lote)


def _cabem(quantas: int) -> str:
    return {0: "não cabe mais nenhuma guia", 1: "só cabe mais 1 guia"}.get(quantas, f"só cabem mais {quantas} guias")


def _quantas(guias: Sequence[GuiaDigitada], participio: str) -> str:
    s = "" if len(guias) == 1 else "s"
    return f"{len(guias)} guia{s} {participio}{s}"


def _numeros(guias: Iterable[GuiaDigitada]) -> str:
    """The numbers of the first of them, for the timeline."""
    numeros = [guia.numero_do_prestador for guia in guias]
    resto = f" e mais {len(numeros) - _NUMEROS_DITOS}" if len(numeros) > _NUMEROS_DITOS else ""
    return f"{', '.join(numeros[:_NUMEROS_DITOS])}{resto}."


def _nome(guia: GuiaDigitada) -> str:
    return f"guia {guia.numero_do_prestador}" if guia.numero_do_prestador else "guia sem número"
