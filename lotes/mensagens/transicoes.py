"""Writing in the thread of a sent lot, asking for documents, answering, and marking what was read.

A message is written under the lock of its thread, so that within a thread a higher id came later, and never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from lotes.avanco import avancar
from lotes.estados import SituacaoDoProtocolo
from lotes.mensagens import anexos as dos_anexos
from lotes.mensagens import avisos
from lotes.mensagens.anexos import Documento
from lotes.mensagens.documentos import TipoDeDocumento
from lotes.mensagens.erros import MensagemRecusada
from lotes.mensagens.models import Conversa, LeituraDaConversa, Mensagem
from lotes.mensagens.models.conversa import MAIOR_TEXTO
from lotes.models import Acontecimento, Protocolo

_TIPO = Mensagem.Tipo
_LER_TODAS = """
insert into mensagens_leituradaconversa (prestador_id, operadora_id, organizacao_id, usuario_id, conversa_id,
                                         ultima_lida)
select c.prestador_id, c.operadora_id, %(organizacao)s, %(usuario)s, c.id,
       greatest(c.ultima_do_prestador, c.ultima_da_operadora)
from mensagens_conversa c where c.{lado} = %(organizacao)s
on conflict (usuario_id, organizacao_id, conversa_id) do update set ultima_lida = excluded.ultima_lida
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Nova:
    """A message before it is written."""

    protocolo: Protocolo
    de: Organizacao
    por: Usuario
    texto: str
    tipo: Mensagem.Tipo = _TIPO.MENSAGEM
    extras: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def escrever(
    *,
    protocolo: Protocolo,
    de: Organizacao,
    por: Usuario,
    texto: str = "",
    documentos: Sequence[Documento] = (),
    em_resposta_a: Mensagem | None = None,
) -> Mensagem:
    """Write in the name of `de`, one of the protocol's two sides: up to 4,000 characters, documents, or both.

    `em_resposta_a` is a request for documents that the prestador answers with them. Raises `MensagemRecusada` and
    `AnexoRecusado`.
    """
    _conferir_texto(texto, documentos)
    conversa = _travar(protocolo)
    tipo, extras = _TIPO.MENSAGEM, {}
    if em_resposta_a is not None:
        _conferir_resposta(conversa, de, documentos, em_resposta_a)
        tipo, extras = _TIPO.RESPOSTA, {"responde_a": em_resposta_a}
    nova = _Nova(protocolo=protocolo, de=de, por=por, texto=texto.strip(), tipo=tipo, extras=extras)
    mensagem = _gravar(conversa, nova)
    dos_anexos.guardar(protocolo.lote, por, documentos, de=de, mensagem=mensagem, enviado_em=mensagem.escrita_em)
    if em_resposta_a is not None:
        detalhe = f"{_nomes(sorted({documento.tipo for documento in documentos}))}."
        _acontecer(protocolo, mensagem, "documentos-enviados", "Documentos enviados à operadora", detalhe)
    return mensagem


@transaction.atomic
def pedir_documentos(
    *,
    protocolo: Protocolo,
    por: Usuario,
    texto: str,
    tipos: Iterable[TipoDeDocumento],
    prazo: date | None = None,
) -> Mensagem:
    """Ask the prestador for documents of these types, by `prazo` (today or later) where there is one.

    Works inside the operadora's scope. The protocol's status is the caller's to change. Raises `MensagemRecusada`.
    """
    pedidos = sorted(set(tipos))
    if not pedidos:
        raise MensagemRecusada("Diga ao menos um tipo de documento que falta.", protocolo)
    if prazo is not None and prazo < timezone.localdate():
        raise MensagemRecusada(f"O prazo {prazo:%d/%m/%Y} já passou. Informe hoje ou um dia depois.", protocolo)
    if len(texto) > MAIOR_TEXTO:
        raise MensagemRecusada(_longo_demais(texto), protocolo)
    mensagem = _gravar(
        _travar(protocolo),
        _Nova(
            protocolo=protocolo,
            de=protocolo.operadora,
            por=por,
            texto=texto.strip(),
            tipo=_TIPO.PEDIDO,
            extras={"tipos_pedidos": [str(tipo) for tipo in pedidos], "prazo": prazo},
        ),
    )
    ate = f" Até {prazo:%d/%m/%Y}." if prazo else ""
    detalhe = f"{_nomes(pedidos)}.{ate}"
    _acontecer(protocolo, mensagem, "pedido-de-documentos", "Documentos pedidos pela operadora", detalhe)
    return mensagem


@transaction.atomic
def pedir_e_esperar(
    *,
    protocolo: Protocolo,
    por: Usuario,
    texto: str,
    tipos: Iterable[TipoDeDocumento],
    prazo: date | None = None,
) -> Mensagem:
    """`pedir_documentos`, and the protocol goes to *Aguardando informação complementar*: both, or neither.

    Raises also what `lotes.avanco.avancar` does.
    """
    mensagem = pedir_documentos(protocolo=protocolo, por=por, texto=texto, tipos=tipos, prazo=prazo)
    avancar(protocolo=protocolo, para=SituacaoDoProtocolo.AGUARDANDO_INFORMACAO, por=por)
    return mensagem


def ler(*, conversa: Conversa, organizacao: Organizacao, por: Usuario) -> None:
    """Mark all of a thread as read by this person."""
    _marcar(conversa, organizacao, por, max(conversa.ultima_do_prestador, conversa.ultima_da_operadora))


def marcar_nao_lida(*, conversa: Conversa, organizacao: Organizacao, por: Usuario) -> None:
    """Mark the other side's last message, and what came after it, as not read by this person."""
    _marcar(conversa, organizacao, por, max(conversa.ultima_alheia_a(organizacao) - 1, 0))


def ler_todas(*, organizacao: Organizacao, por: Usuario) -> None:
    """Mark every thread of the organisation as read by this person, in one statement."""
    lado = "prestador_id" if organizacao.e_prestador else "operadora_id"
    with connection.cursor() as cursor:
        cursor.execute(_LER_TODAS.format(lado=lado), {"organizacao": organizacao.pk, "usuario": por.pk})


def _travar(protocolo: Protocolo) -> Conversa:
    """The thread of a protocol, locked; its first message begins it."""
    chaves = {"prestador_id": protocolo.prestador_id, "operadora_id": protocolo.operadora_id}
    Conversa.objects.get_or_create(protocolo=protocolo, defaults=chaves)
    return Conversa.objects.select_for_update(of=("self",)).get(protocolo=protocolo)


def _gravar(conversa: Conversa, nova: _Nova) -> Mensagem:
    mensagem = Mensagem.objects.create(
        prestador_id=conversa.prestador_id,
        operadora_id=conversa.operadora_id,
        conversa=conversa,
        de=nova.de.tipo,
        tipo=nova.tipo,
        texto=nova.texto,
        autor=nova.por,
        autor_nome=nova.por.nome or nova.por.email,
        autor_organizacao=nova.de.sigla,
        **nova.extras,
    )
    _somar(conversa, mensagem)
    # Who writes has read what stands above.
    _marcar(conversa, nova.de, nova.por, mensagem.pk)
    avisos.anotar(nova.protocolo, conversa, mensagem, de=nova.de)
    return mensagem


def _somar(conversa: Conversa, mensagem: Mensagem) -> None:
    conversa.mensagens += 1
    conversa.ultima_em = mensagem.escrita_em
    if mensagem.de == Organizacao.Tipo.PRESTADOR:
        conversa.ultima_do_prestador = mensagem.pk
    else:
        conversa.ultima_da_operadora = mensagem.pk
    abertos = Mensagem.objects.filter(conversa=conversa, tipo=_TIPO.PEDIDO, respostas__isnull=True).count()
    if mensagem.tipo == _TIPO.PEDIDO:
        conversa.respondida_em = None
    if mensagem.tipo == _TIPO.RESPOSTA and not abertos:
        conversa.respondida_em = mensagem.escrita_em
    conversa.pedidos_em_aberto = abertos
    conversa.save(
        update_fields=[
            "mensagens",
            "ultima_em",
            "ultima_do_prestador",
            "ultima_da_operadora",
            "pedidos_em_aberto",
            "respondida_em",
        ]
    )


def _conferir_texto(texto: str, documentos: Sequence[Documento]) -> None:
    if not texto.strip() and not documentos:
        raise MensagemRecusada("A mensagem está vazia. Escreva o texto ou anexe um documento.")
    if len(texto) > MAIOR_TEXTO:
        raise MensagemRecusada(_longo_demais(texto))


def _longo_demais(texto: str) -> str:
    return f"O texto tem {len(texto)} caracteres, e o limite é {MAIOR_TEXTO}. Encurte-o ou anexe-o como documento."


def _conferir_resposta(conversa: Conversa, de: Organizacao, documentos: Sequence[Documento], pedido: Mensagem) -> None:
    if not de.e_prestador or pedido.conversa_id != conversa.pk or pedido.tipo != _TIPO.PEDIDO:
        raise MensagemRecusada("Só o prestador responde a um pedido de documentos, e na conversa em que foi feito.")
    if not documentos:
        raise MensagemRecusada(
            "Uma resposta ao pedido leva ao menos um documento. Anexe-o, ou escreva sem responder ao pedido."
        )


def _nomes(tipos: Iterable[TipoDeDocumento]) -> str:
    return "; ".join(tipo.label for tipo in map(TipoDeDocumento, tipos))


def _acontecer(protocolo: Protocolo, mensagem: Mensagem, tipo: str, titulo: str, detalhe: str) -> None:
    """A line of the lot's timeline that both sides read."""
    Acontecimento.objects.create(
        prestador_id=mensagem.prestador_id,
        operadora_id=mensagem.operadora_id,
        lote_id=protocolo.lote_id,
        quando=mensagem.escrita_em,
        tipo=tipo,
        titulo=titulo,
        detalhe=detalhe,
        por_nome=mensagem.autor_nome,
        por_organizacao=mensagem.autor_organizacao,
        publico=True,
    )


def _marcar(conversa: Conversa, organizacao: Organizacao, por: Usuario, ultima: int) -> None:
    LeituraDaConversa.objects.bulk_create(
        [_leitura(conversa, organizacao, por, ultima)],
        update_conflicts=True,
        unique_fields=["usuario", "organizacao", "conversa"],
        update_fields=["ultima_lida"],
    )


def _leitura(conversa: Conversa, organizacao: Organizacao, por: Usuario, ultima: int) -> LeituraDaConversa:
    return LeituraDaConversa(
        prestador_id=conversa.prestador_id,
        operadora_id=conversa.operadora_id,
        organizacao=organizacao,
        usuario=por,
        conversa=conversa,
        ultima_lida=ultima,
    )
