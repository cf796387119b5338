"""Who is told of a message by e-mail: at most one e-mail an hour to each person about each thread.

A row waits until its e-mail is out. While it waits, later messages of the thread join it; once one is sent, the next
one of that thread waits for an hour. Rows are the platform's: it alone may look up people and addresses.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import structlog
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario, Vinculo
from conecta.contas.papeis import Permissao, permissoes_de
from conecta.fila import fila
from conecta.fila.models import Trabalho
from conecta.fila.registro import tipo_de
from conecta.tenancy.escopo import sistema
from lotes.mensagens.correio import compor, ha_correio
from lotes.mensagens.models import AvisoPorEmail, Conversa, LeituraDaConversa, Mensagem, PreferenciaDeAviso
from lotes.models import Protocolo

registro_de_eventos = structlog.get_logger(__name__)

AVISAR: Final = "mensagens.avisar"
"""Name of the job."""
ENTRE_AVISOS: Final = timedelta(hours=1)
OUTRA_VEZ_EM: Final = timedelta(minutes=10)
"""How long a notice waits whose e-mail did not go out."""
DESISTE_EM: Final = timedelta(hours=24)
_POR_VARREDURA: Final = 500
_S = AvisoPorEmail.Situacao


def anotar(protocolo: Protocolo, conversa: Conversa, mensagem: Mensagem, *, de: Organizacao) -> None:
    """Note down who of the other side is to be told of a message, in the transaction that writes it.

    The thread's row is locked by the caller. Where the portal delivers no e-mail, nothing is noted.
    """
    if not ha_correio():
        return
    para = conversa.operadora_id if de.e_prestador else conversa.prestador_id
    lote = protocolo.lote
    with sistema():
        destino = Organizacao.objects.get(pk=para)
        pessoas = set(quem_quer(destino)) - {mensagem.autor_id}
        da_conversa = AvisoPorEmail.objects.filter(organizacao_id=para, conversa=conversa.pk)
        pendentes = da_conversa.filter(situacao=_S.PENDENTE)
        # Waits for whoever is closing one of them; what that leaves in its place is there already when ours come.
        pendentes.update(mensagem=mensagem.pk)
        ultimos = _ultimos(conversa.pk, para, pessoas)
        novos = (
            AvisoPorEmail(
                organizacao_id=para,
                usuario_id=pessoa,
                conversa=conversa.pk,
                mensagem=mensagem.pk,
                lote=lote.pk,
                numero_do_lote=lote.numero,
                protocolo=protocolo.numero,
                slug=destino.slug,
                nao_antes_de=_quando(ultimos.get(pessoa)),
            )
            for pessoa in sorted(pessoas)
        )
        AvisoPorEmail.objects.bulk_create(novos, ignore_conflicts=True)
        pendentes.filter(mensagem__lt=mensagem.pk).update(mensagem=mensagem.pk)


def quem_quer(organizacao: Organizacao) -> list[int]:
    """Ids of its people who may read messages and did not switch the notices off. In the platform's scope."""
    vinculos = Vinculo.objects.filter(organizacao=organizacao, ativo=True, usuario__is_active=True)
    podem = [v.usuario_id for v in vinculos if Permissao.MENSAGEM_VER in permissoes_de(organizacao.tipo, v.papel)]
    recusas = PreferenciaDeAviso.objects.filter(organizacao=organizacao, por_email=False)
    return sorted(set(podem) - set(recusas.values_list("usuario_id", flat=True)))


def por_na_fila() -> int:
    """Put a job in the queue for each notice that is due and has none; give how many. Run once a minute."""
    agora = timezone.now()
    with sistema():
        na_fila = Trabalho.objects.filter(tipo=AVISAR, estado__in=["pronto", "rodando"])
        vencidos = AvisoPorEmail.objects.filter(situacao=_S.PENDENTE, nao_antes_de__lte=agora)
        ids = list(
            vencidos.exclude(pk__in=na_fila.values("alvo"))
            .order_by("nao_antes_de")
            .values_list("pk", flat=True)[:_POR_VARREDURA]
        )
        for pk in ids:
            fila.enfileirar(tipo_de(AVISAR), pk)
    return len(ids)


def enviar(aviso_id: int) -> None:
    """The job: send the e-mail of a notice, unless it is no longer wanted or the thread has been read meanwhile.

    The row is not locked while the mail server is spoken to: nobody who writes a message waits for that.
    """
    aviso = AvisoPorEmail.objects.select_related("organizacao", "usuario").get(pk=aviso_id)
    if aviso.situacao != _S.PENDENTE:
        return
    if not _ainda_quer(aviso) or _ja_leu(aviso):
        _resolver(aviso, _S.DISPENSADO)
        return
    compor(aviso, aviso.usuario.email).send()
    _resolver(aviso, _S.ENVIADO)


def desistir(aviso_id: int, erro: str) -> None:
    """After three attempts: try again in a while, for a day."""
    aviso = AvisoPorEmail.objects.get(pk=aviso_id)
    agora = timezone.now()
    if agora - aviso.criado_em > DESISTE_EM:
        registro_de_eventos.warning("aviso_desistido", aviso=aviso_id, erro=erro)
        _resolver(aviso, _S.DESISTIDO)
        return
    AvisoPorEmail.objects.filter(pk=aviso_id).update(nao_antes_de=agora + OUTRA_VEZ_EM)


def escolher(*, organizacao: Organizacao, por: Usuario, por_email: bool) -> None:
    """Keep whether this person wants e-mails about this organisation's threads."""
    PreferenciaDeAviso.objects.update_or_create(organizacao=organizacao, usuario=por, defaults={"por_email": por_email})


def quer(*, organizacao: Organizacao, pessoa: Usuario) -> bool:
    """Whether this person gets them; yes, until told otherwise."""
    return not PreferenciaDeAviso.objects.filter(organizacao=organizacao, usuario=pessoa, por_email=False).exists()


@transaction.atomic
def _resolver(aviso: AvisoPorEmail, situacao: AvisoPorEmail.Situacao) -> None:
    """Close a notice. A message that joined it since `aviso` was read has not been told of: it gets its own."""
    agora = timezone.now()
    atual = AvisoPorEmail.objects.select_for_update().get(pk=aviso.pk)
    AvisoPorEmail.objects.filter(pk=aviso.pk).update(situacao=situacao, resolvido_em=agora, mensagem=aviso.mensagem)
    if atual.mensagem > aviso.mensagem:
        atual.pk, atual.criado_em = None, agora
        atual.nao_antes_de = agora + ENTRE_AVISOS if situacao == _S.ENVIADO else agora
        atual.save(force_insert=True)


def _ainda_quer(aviso: AvisoPorEmail) -> bool:
    return ha_correio() and aviso.organizacao.ativa and aviso.usuario_id in quem_quer(aviso.organizacao)


def _ja_leu(aviso: AvisoPorEmail) -> bool:
    return LeituraDaConversa.objects.filter(
        usuario_id=aviso.usuario_id,
        organizacao_id=aviso.organizacao_id,
        conversa_id=aviso.conversa,
        ultima_lida__gte=aviso.mensagem,
    ).exists()


def _ultimos(conversa: int, organizacao: int, pessoas: set[int]) -> dict[int, datetime]:
    """Who of these had an e-mail about the thread within the last hour, and when. Rows are never removed: people are
    what they are found by."""
    enviados = AvisoPorEmail.objects.filter(
        usuario__in=pessoas,
        conversa=conversa,
        organizacao_id=organizacao,
        situacao=_S.ENVIADO,
        resolvido_em__gt=timezone.now() - ENTRE_AVISOS,
    )
    return dict(enviados.values_list("usuario_id").annotate(ultimo=Max("resolvido_em")))


def _quando(ultimo: datetime | None) -> datetime:
    return ultimo + ENTRE_AVISOS if ultimo else timezone.now()
