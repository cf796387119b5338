"""Informativos: written, published, updated, archived by the operadora; read by people of its prestadores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from conecta.interface.formatos import tamanho
from lotes.mensagens.anexos import nome_limpo
from lotes.mensagens.documentos import Formato, formato_de
from lotes.mensagens.erros import InformativoRecusado
from lotes.mensagens.models import (
    DestinatarioDoInformativo,
    Informativo,
    LeituraDoInformativo,
    PdfDoInformativo,
)
from lotes.mensagens.models.informativo import MAIOR_PDF
from lotes.mensagens.recepcao import Recebido

_S = Informativo.Situacao
CAMPOS = ("titulo", "texto", "importante", "para_todos", "mostrar_de", "mostrar_ate")
"""What people fill in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leituras:
    """How far an informativo was read as it is now: people, and prestadores with at least one who did."""

    pessoas: int
    prestadores: int


def ler_pdf(recebido: Recebido) -> tuple[str, bytes]:
    """Name and bytes of a PDF that an informativo may carry. Raises `InformativoRecusado`."""
    nome = nome_limpo(recebido.nome)
    if recebido.excedeu or len(recebido.dados) > MAIOR_PDF:
        raise InformativoRecusado(f"“{nome}” passa de {tamanho(MAIOR_PDF)}, o limite. Reduza o PDF.")
    if formato_de(recebido.dados) != Formato.PDF or not nome.lower().endswith(".pdf"):
        raise InformativoRecusado(f"“{nome}” não é PDF. Exporte o documento como PDF e escolha-o de novo.")
    return nome, recebido.dados


@transaction.atomic
def gravar(
    *,
    operadora: Organizacao,
    informativo: Informativo | None,
    valores: Mapping[str, Any],
    prestadores: Sequence[Organizacao] = (),
    pdf: tuple[str, bytes] | None = None,
    sem_pdf: bool = False,
    por: Usuario,
) -> Informativo:
    """Write a new draft, or change one; a change to what is published is dated for all to see.

    `prestadores` are the chosen ones where it is not for all; `pdf` replaces the document there is, `sem_pdf` removes
    it. Raises `InformativoRecusado` for an archived one, or one for nobody.
    """
    if not valores["para_todos"] and not prestadores:
        raise InformativoRecusado("Escolha ao menos um prestador, ou marque que é para todos os credenciados.")
    if informativo is None:
        atual = Informativo(operadora=operadora, criado_por=por)
    else:
        atual = _travar(informativo)
        if atual.situacao == _S.ARQUIVADO:
            raise InformativoRecusado(f"“{atual.titulo}” não foi mudado: já está arquivado.", atual)
    for campo in CAMPOS:
        setattr(atual, campo, valores[campo])
    if atual.situacao == _S.PUBLICADO:
        atual.atualizado_em = timezone.now()
    atual.save()
    _destinar(atual, prestadores)
    _guardar_pdf(atual, pdf, sem_pdf)
    return atual


@transaction.atomic
def publicar(*, informativo: Informativo, por: Usuario) -> Informativo:
    """Rascunho → Publicado: shown to its prestadores from its first day on. Raises `InformativoRecusado`."""
    atual = _travar(informativo)
    if atual.situacao != _S.RASCUNHO:
        raise InformativoRecusado(f"“{atual.titulo}” não é mais rascunho. Recarregue a página.", atual)
    atual.situacao, atual.publicado_em = _S.PUBLICADO, timezone.now()
    atual.save(update_fields=["situacao", "publicado_em"])
    return atual


@transaction.atomic
def arquivar(*, informativo: Informativo, por: Usuario) -> Informativo:
    """Publicado → Arquivado: no longer shown to anybody but the operadora. Raises `InformativoRecusado`."""
    atual = _travar(informativo)
    if atual.situacao != _S.PUBLICADO:
        raise InformativoRecusado(f"“{atual.titulo}” não está publicado. Recarregue a página.", atual)
    atual.situacao, atual.arquivado_em = _S.ARQUIVADO, timezone.now()
    atual.save(update_fields=["situacao", "arquivado_em"])
    return atual


@transaction.atomic
def excluir(*, informativo: Informativo, por: Usuario) -> None:
    """Remove a draft, which nobody has seen. Raises `InformativoRecusado`."""
    atual = _travar(informativo)
    if atual.situacao != _S.RASCUNHO:
        raise InformativoRecusado(f"“{atual.titulo}” já foi publicado: arquive-o em vez de excluir.", atual)
    atual.delete()


def ler(*, informativo: Informativo, prestador: Organizacao, por: Usuario) -> None:
    """Mark as read by this person, now."""
    LeituraDoInformativo.objects.bulk_create(
        [
            LeituraDoInformativo(
                informativo=informativo,
                operadora_id=informativo.operadora_id,
                prestador=prestador,
                usuario=por,
                lido_em=timezone.now(),
            )
        ],
        update_conflicts=True,
        unique_fields=["informativo", "prestador", "usuario"],
        update_fields=["lido_em"],
    )


def mostrados(prestador: Organizacao, hoje: date | None = None) -> QuerySet[Informativo]:
    """What a prestador is shown on a day (today), newest first. Which are for it, the database says."""
    dia = hoje or timezone.localdate()
    no_periodo = Q(mostrar_de__lte=dia) & (Q(mostrar_ate__isnull=True) | Q(mostrar_ate__gte=dia))
    publicados = Informativo.objects.filter(no_periodo, situacao=_S.PUBLICADO).select_related("operadora")
    return publicados.order_by(Coalesce("atualizado_em", "publicado_em").desc(), "-pk")


def com_leitura(informativos: QuerySet[Informativo], pessoa: Usuario, prestador: Organizacao) -> QuerySet[Informativo]:
    """Each with `lido_em`, when this person opened it last."""
    minha = LeituraDoInformativo.objects.filter(informativo=OuterRef("pk"), usuario=pessoa, prestador=prestador)
    return informativos.annotate(lido_em=Subquery(minha.values("lido_em")[:1]))


def nao_lidos(prestador: Organizacao, pessoa: Usuario) -> QuerySet[Informativo]:
    """Those that this person has not read as they are now."""
    return com_leitura(mostrados(prestador), pessoa, prestador).filter(
        Q(lido_em__isnull=True) | Q(lido_em__lt=Coalesce("atualizado_em", "publicado_em"))
    )


def leituras_de(informativo: Informativo) -> Leituras:
    """How far it was read since its words are these."""
    lidas = informativo.leituras.filter(lido_em__gte=informativo.valido_desde)
    somas = lidas.aggregate(pessoas=Count("pk"), prestadores=Count("prestador", distinct=True))
    return Leituras(**somas)


def com_leituras(operadora: Organizacao) -> QuerySet[Informativo]:
    """Of the operadora, drafts first, then the newest: each with `pessoas`, who read it as it is now."""
    valem = Q(leituras__lido_em__gte=Coalesce(F("atualizado_em"), F("publicado_em")))
    informativos = Informativo.objects.filter(operadora=operadora)
    return informativos.annotate(
        pessoas=Count("leituras", filter=valem),
        prestadores_que_leram=Count("leituras__prestador", filter=valem, distinct=True),
    ).order_by(F("publicado_em").desc(nulls_first=True), "-pk")


def _travar(informativo: Informativo) -> Informativo:
    return Informativo.objects.select_for_update(of=("self",)).select_related("operadora").get(pk=informativo.pk)


def _destinar(informativo: Informativo, prestadores: Sequence[Organizacao]) -> None:
    escolhidos = {} if informativo.para_todos else {p.pk: p for p in prestadores}
    informativo.destinatarios.exclude(prestador__in=escolhidos).delete()
    ja = set(informativo.destinatarios.values_list("prestador_id", flat=True))
    DestinatarioDoInformativo.objects.bulk_create(
        DestinatarioDoInformativo(informativo=informativo, operadora_id=informativo.operadora_id, prestador_id=pk)
        for pk in escolhidos
        if pk not in ja
    )


def _guardar_pdf(informativo: Informativo, pdf: tuple[str, bytes] | None, sem_pdf: bool) -> None:
    if sem_pdf and pdf is None:
        PdfDoInformativo.objects.filter(informativo=informativo).delete()
    if pdf is not None:
        nome, dados = pdf
        valores = {"operadora_id": informativo.operadora_id, "nome": nome, "tamanho": len(dados), "dados": dados}
        PdfDoInformativo.objects.update_or_create(informativo=informativo, defaults=valores)
