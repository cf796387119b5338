"""What the screens ask the database: protocols that have a statement, and statements that were issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from conecta.contas.models import Organizacao
from demonstrativos.emissao import progresso
from demonstrativos.emissao.models import (
    Demonstrativo,
    DocumentoDoPedido,
    Estado,
    ParametrosDosDemonstrativos,
    PedidoDeDemonstrativo,
)
from demonstrativos.emissao.regras import situacoes_desde
from lotes.models import Protocolo


def protocolos_com_analise(organizacao: Organizacao) -> QuerySet[Protocolo]:
    """Protocols of either side whose operadora issues their analysis now, in the scope of that side."""
    do_lado = {"prestador": organizacao} if organizacao.e_prestador else {"operadora": organizacao}
    proprios = list(ParametrosDosDemonstrativos.objects.all())
    padrao = situacoes_desde(ParametrosDosDemonstrativos().status_minimo_analise)
    quais = Q(situacao__in=padrao) & ~Q(operadora__in=[linha.operadora_id for linha in proprios])
    for linha in proprios:
        quais |= Q(operadora=linha.operadora_id, situacao__in=situacoes_desde(linha.status_minimo_analise))
    return Protocolo.objects.filter(quais, **do_lado).select_related("lote", "operadora", "prestador")


def filtrar_protocolos(protocolos: QuerySet[Protocolo], filtros: Mapping[str, Any]) -> QuerySet[Protocolo]:
    """What the filters of *Análise de Conta* leave; a number is looked for at any date."""
    if filtros.get("protocolo"):
        return protocolos.filter(numero=filtros["protocolo"])
    if filtros.get("lote"):
        return protocolos.filter(lote__numero=filtros["lote"])
    for lado in ("operadora", "prestador"):
        if filtros.get(lado):
            protocolos = protocolos.filter(**{lado: filtros[lado]})
    return _no_periodo(protocolos, "enviado_em", filtros)


def filtrar_demonstrativos(achados: QuerySet[Demonstrativo], filtros: Mapping[str, Any]) -> QuerySet[Demonstrativo]:
    """What the filters of *Emitidos* leave; a number is looked for at any date."""
    if filtros.get("numero"):
        return achados.filter(numero=filtros["numero"])
    if filtros.get("protocolo"):
        return achados.filter(protocolos__contains=[filtros["protocolo"]])
    for nome in ("tipo", "operadora", "prestador"):
        if filtros.get(nome):
            achados = achados.filter(**{nome: filtros[nome]})
    if not filtros.get("substituidos"):
        achados = achados.filter(substituido_por__isnull=True)
    return _no_periodo(achados, "emitido_em", filtros)


def _no_periodo(linhas: QuerySet[Any], coluna: str, filtros: Mapping[str, Any]) -> QuerySet[Any]:
    if filtros.get("de"):
        linhas = linhas.filter(**{f"{coluna}__gte": _meia_noite(filtros["de"])})
    if filtros.get("ate"):
        linhas = linhas.filter(**{f"{coluna}__lt": _meia_noite(filtros["ate"] + timedelta(days=1))})
    return linhas


def _meia_noite(dia: Any) -> datetime:
    return timezone.make_aware(datetime.combine(dia, time.min))


@dataclass(frozen=True, slots=True, kw_only=True)
class Andamento:
    """Where a request is: its documents, how many of them are at an end, and the pages of the one being drawn."""

    documentos: Sequence[DocumentoDoPedido]
    terminados: int
    folhas: int
    de: int

    @property
    def terminou(self) -> bool:
        """Whether nothing more will change."""
        return self.terminados == len(self.documentos)

    @property
    def prontos(self) -> list[Demonstrativo]:
        """The statements that there are."""
        return [documento.demonstrativo for documento in self.documentos if documento.demonstrativo is not None]


def andamento_de(pedido: PedidoDeDemonstrativo) -> Andamento:
    """Where a request is, in one query and one look into the cache."""
    documentos = list(
        DocumentoDoPedido.objects.filter(pedido=pedido)
        .select_related("demonstrativo__operadora", "demonstrativo__prestador", "prestador")
        .defer("demonstrativo__valores")
    )
    pendentes = [documento for documento in documentos if documento.estado == Estado.PENDENTE]
    folhas, de = progresso.folhas_de(pendentes[0].pk) if pendentes else (0, 0)
    return Andamento(documentos=documentos, terminados=len(documentos) - len(pendentes), folhas=folhas, de=de)
