"""Access of a prestador to an operadora: asked for by one, granted by the other; the answer makes the contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from conecta.erros import ErroDeNegocio
from conecta.tenancy.escopo import sistema
from convenios.models import Credenciamento, PedidoDeAcesso

_DOS_TERMOS = ("codigo_na_operadora", "inicio", "fim", "ativo", "tipos_de_guia")
_PENDENTE = PedidoDeAcesso.Situacao.PENDENTE
_JA_PEDIDO = "Já existe um pedido aguardando resposta entre os dois."


class PedidoRecusado(ErroDeNegocio):
    """A request that cannot be made, or an answer that cannot be given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Termos:
    """What a contract says. `tipos_de_guia` are XML names; none: all."""

    codigo: str
    inicio: date
    tipos_de_guia: Sequence[str] = ()


@transaction.atomic
def pedir(*, prestador: Organizacao, operadora: Organizacao, mensagem: str, por: Usuario) -> PedidoDeAcesso:
    """A prestador asks. Raises `PedidoRecusado` where a contract is in force, or somebody asked already."""
    _exigir_novo(operadora, prestador)
    return _guardado(
        operadora=operadora,
        prestador=prestador,
        pedido_por=PedidoDeAcesso.Lado.PRESTADOR,
        mensagem=mensagem,
        quem_pediu=por,
        quem_pediu_nome=str(por)[:70],
    )


@transaction.atomic
def convidar(*, operadora: Organizacao, documento: str, termos: Termos, mensagem: str, por: Usuario) -> PedidoDeAcesso:
    """An operadora invites the prestador of that CNPJ or CPF. Raises `PedidoRecusado`."""
    with sistema():
        prestador = Organizacao.objects.filter(tipo=Organizacao.Tipo.PRESTADOR, documento=documento, ativa=True).first()
    if prestador is None:
        raise PedidoRecusado("Nenhum prestador com este CNPJ ou CPF usa o Conecta. Confira os algarismos.")
    _exigir_novo(operadora, prestador)
    _exigir_codigo_livre(operadora, prestador, termos.codigo)
    return _guardado(
        operadora=operadora,
        prestador_id=prestador.pk,
        pedido_por=PedidoDeAcesso.Lado.OPERADORA,
        mensagem=mensagem,
        codigo_na_operadora=termos.codigo,
        inicio=termos.inicio,
        tipos_de_guia=list(termos.tipos_de_guia),
        quem_pediu=por,
        quem_pediu_nome=str(por)[:70],
    )


@transaction.atomic
def aceitar_pedido(*, pedido_id: int, termos: Termos, por: Usuario) -> Credenciamento:
    """The operadora grants what a prestador asked for, on these terms. Raises `PedidoRecusado`."""
    pedido = _pendente(pedido_id, PedidoDeAcesso.Lado.PRESTADOR)
    _exigir_codigo_livre(pedido.operadora, pedido.prestador, termos.codigo)
    return _credenciar(pedido, termos, por)


@transaction.atomic
def aceitar_convite(*, pedido_id: int, por: Usuario) -> Credenciamento:
    """The prestador accepts an invitation, on the terms that it carries. Raises `PedidoRecusado`.

    The database lets a prestador write no other contract than this one.
    """
    convite = _pendente(pedido_id, PedidoDeAcesso.Lado.OPERADORA)
    assert convite.inicio is not None
    termos = Termos(
        codigo=convite.codigo_na_operadora, inicio=convite.inicio, tipos_de_guia=tuple(convite.tipos_de_guia)
    )
    return _credenciar(convite, termos, por)


@transaction.atomic
def recusar(*, pedido_id: int, lado: PedidoDeAcesso.Lado, motivo: str, por: Usuario) -> None:
    """The side that was asked (`lado`) says no, and why. Raises `PedidoRecusado`."""
    outro = {
        PedidoDeAcesso.Lado.OPERADORA: PedidoDeAcesso.Lado.PRESTADOR,
        PedidoDeAcesso.Lado.PRESTADOR: PedidoDeAcesso.Lado.OPERADORA,
    }[lado]
    pedido = _pendente(pedido_id, outro)
    if not motivo.strip():
        raise PedidoRecusado("Escreva o motivo da recusa: quem pediu precisa saber o que fazer.")
    _responder(pedido, PedidoDeAcesso.Situacao.RECUSADO, por, motivo.strip()[:500])


@transaction.atomic
def cancelar(*, pedido_id: int, lado: PedidoDeAcesso.Lado, por: Usuario) -> None:
    """The side that asked takes it back. Raises `PedidoRecusado`."""
    _responder(_pendente(pedido_id, lado), PedidoDeAcesso.Situacao.CANCELADO, por)


def _guardado(**campos: Any) -> PedidoDeAcesso:
    """The new request; where the other side asked in the same moment, the one that there is stays."""
    try:
        with transaction.atomic():
            return PedidoDeAcesso.objects.create(**campos)
    except IntegrityError as erro:
        if "pedido_pendente_unico" not in str(erro):
            raise
        raise PedidoRecusado(_JA_PEDIDO) from None


def _credenciar(pedido: PedidoDeAcesso, termos: Termos, por: Usuario) -> Credenciamento:
    """Make the contract, or put the one that ended in force again, while the request still waits: the wall asks."""
    contrato = Credenciamento.objects.filter(operadora=pedido.operadora_id, prestador=pedido.prestador_id).first()
    if contrato is None:
        contrato = Credenciamento(operadora_id=pedido.operadora_id, prestador_id=pedido.prestador_id)
    contrato.codigo_na_operadora = termos.codigo
    contrato.inicio = termos.inicio
    contrato.fim = None
    contrato.ativo = True
    contrato.tipos_de_guia = list(termos.tipos_de_guia)
    _gravar(contrato)
    _responder(pedido, PedidoDeAcesso.Situacao.ACEITO, por)
    return contrato


def _gravar(contrato: Credenciamento) -> None:
    """Save it; the code of an invitation may have become another's meanwhile, whom a prestador cannot see."""
    try:
        with transaction.atomic():
            contrato.save(update_fields=_DOS_TERMOS if contrato.pk else None)
    except IntegrityError as erro:
        raise PedidoRecusado(
            f"O código {contrato.codigo_na_operadora} já é de outro prestador. Peça outro convite à operadora."
        ) from erro


def _responder(pedido: PedidoDeAcesso, situacao: PedidoDeAcesso.Situacao, por: Usuario, motivo: str = "") -> None:
    pedido.situacao = situacao
    pedido.motivo = motivo
    pedido.respondido_em = timezone.now()
    pedido.quem_respondeu = por
    pedido.quem_respondeu_nome = str(por)[:70]
    pedido.save(update_fields=["situacao", "motivo", "respondido_em", "quem_respondeu", "quem_respondeu_nome"])


def _pendente(pedido_id: int, pedido_por: PedidoDeAcesso.Lado) -> PedidoDeAcesso:
    pedido = PedidoDeAcesso.objects.select_for_update(of=("self",)).get(pk=pedido_id)
    if pedido.situacao != _PENDENTE:
        raise PedidoRecusado(f"Este pedido já foi respondido: {pedido.get_situacao_display().lower()}.")
    if pedido.pedido_por != pedido_por:
        raise PedidoRecusado("Quem fez o pedido não o responde: espere a outra parte, ou cancele o pedido.")
    return pedido


def _exigir_novo(operadora: Organizacao, prestador: Organizacao) -> None:
    hoje = timezone.localdate()
    if Credenciamento.objects.vigentes_em(hoje).filter(operadora=operadora, prestador=prestador.pk).exists():
        raise PedidoRecusado("Já existe um credenciamento em vigor entre os dois.")
    if PedidoDeAcesso.objects.filter(operadora=operadora, prestador=prestador.pk, situacao=_PENDENTE).exists():
        raise PedidoRecusado(_JA_PEDIDO)


def _exigir_codigo_livre(operadora: Organizacao, prestador: Organizacao, codigo: str) -> None:
    do_codigo = Credenciamento.objects.filter(operadora=operadora, codigo_na_operadora=codigo)
    if do_codigo.exclude(prestador=prestador.pk).exists():
        raise PedidoRecusado(f"O código {codigo} já é de outro prestador. Escolha outro.")
