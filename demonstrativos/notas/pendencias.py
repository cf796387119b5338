"""Which protocols owe a nota, and which payments wait for one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from conecta.contas.models import Organizacao
from demonstrativos.notas.estados import SituacaoDaNota
from demonstrativos.notas.models import DispensaDeNota, NotaDoProtocolo, ParametrosDasNotas
from demonstrativos.pagamentos.estados import SituacaoDoPagamento, TipoDeLinha
from demonstrativos.pagamentos.models import Pagamento, PagamentoDoProtocolo
from lotes import notas_fiscais
from lotes.estados import SituacaoDoProtocolo
from lotes.models import Protocolo

_P = SituacaoDoProtocolo
COM_NOTA = (_P.LIBERADO, _P.FATURADO, _P.PAGO)
"""Where it is known what the nota is of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagamentoPendente:
    """A closed payment that lacks an accepted nota: the protocols without one, and the worst state among the others."""

    pagamento: Pagamento
    sem_nota: int
    indeferidas: int
    em_analise: int


def parametros_de(operadora: int) -> ParametrosDasNotas:
    """What that operadora (by id) decided, or the defaults."""
    return ParametrosDasNotas.objects.filter(operadora=operadora).first() or ParametrosDasNotas(operadora_id=operadora)


def pendentes(prestador: Organizacao) -> QuerySet[Protocolo]:
    """Protocols that were released within the days that their operadora asks, owe a nota and have none."""
    com_nota = NotaDoProtocolo.objects.filter(prestador=prestador, vigente=True)
    return (
        Protocolo.objects.filter(prestador=prestador, situacao__in=COM_NOTA, valor_liberado__gt=0)
        .filter(_recentes(prestador))
        .exclude(_dispensados())
        .exclude(pk__in=com_nota.values("protocolo_id"))
        .select_related("operadora", "lote", "analise")
    )


def pagamentos_pendentes(prestador: Organizacao) -> list[PagamentoPendente]:
    """Closed payments with value above zero in which a protocol that owes a nota has none that was accepted."""
    aceitas = NotaDoProtocolo.objects.filter(prestador=prestador, vigente=True, nota__situacao=SituacaoDaNota.ACEITA)
    linhas = (
        PagamentoDoProtocolo.objects.filter(
            prestador=prestador,
            tipo=TipoDeLinha.INICIAL,
            vigente=True,
            valor_liberado__gt=0,
            pagamento__valor_liquido__gt=0,
            pagamento__situacao__in=[SituacaoDoPagamento.FECHADO, SituacaoDoPagamento.PAGO],
        )
        .exclude(_dispensados("protocolo__"))
        .exclude(protocolo__in=aceitas.values("protocolo_id"))
        .select_related("pagamento", "pagamento__operadora")
        .order_by("pagamento__data_de_pagamento", "pagamento_id")
    )
    notas = situacoes_das_notas(linha.protocolo_id for linha in linhas)
    por_pagamento: dict[int, list[PagamentoDoProtocolo]] = {}
    for linha in linhas:
        por_pagamento.setdefault(linha.pagamento_id, []).append(linha)
    return [_pendente(juntas, notas) for juntas in por_pagamento.values()]


def situacoes_das_notas(protocolos: Iterable[int]) -> Mapping[int, str]:
    """State of the nota of each of these protocols (by id) that has one. One query."""
    linhas = NotaDoProtocolo.objects.filter(protocolo__in=list(protocolos), vigente=True)
    return dict(linhas.values_list("protocolo_id", "nota__situacao"))


def procurar(protocolos: Iterable[int]) -> Mapping[int, notas_fiscais.NotaDoProtocolo]:
    """The notas of these protocols, for the screens and papers of lots and payments."""
    linhas = NotaDoProtocolo.objects.filter(protocolo__in=list(protocolos), vigente=True).select_related("nota")
    return {
        linha.protocolo_id: notas_fiscais.NotaDoProtocolo(
            id=linha.nota_id,
            numero=linha.nota.rotulo,
            data=linha.nota.data_de_emissao,
            valor=linha.nota.valor,
            aparencia=linha.nota.aparencia,
            entregue=linha.nota.situacao in (SituacaoDaNota.EM_ANALISE, SituacaoDaNota.ACEITA),
        )
        for linha in linhas
    }


def _pendente(linhas: Sequence[PagamentoDoProtocolo], notas: Mapping[int, str]) -> PagamentoPendente:
    situacoes = [notas.get(linha.protocolo_id, SituacaoDaNota.PENDENTE) for linha in linhas]
    return PagamentoPendente(
        pagamento=linhas[0].pagamento,
        sem_nota=situacoes.count(SituacaoDaNota.PENDENTE),
        indeferidas=situacoes.count(SituacaoDaNota.INDEFERIDA),
        em_analise=situacoes.count(SituacaoDaNota.EM_ANALISE),
    )


def _recentes(prestador: Organizacao) -> Q:
    """Released within the days of each operadora."""
    dias = dict(ParametrosDasNotas.objects.values_list("operadora_id", "dias"))
    padrao = ParametrosDasNotas().dias
    agora = timezone.now()
    casa = Q(pk__in=[])
    for operadora in prestador.credenciamentos.values_list("operadora_id", flat=True):
        desde = agora - timedelta(days=dias.get(operadora, padrao))
        casa |= Q(operadora=operadora, analise__liberada_em__gte=desde)
    return casa


def _dispensados(prefixo: str = "") -> Q:
    """Protocols whose prestador, convênio, or both, owe no nota. A lot without convênio is of the principal one."""
    casa = Q(pk__in=[])
    for dispensa in DispensaDeNota.objects.select_related("convenio"):
        esta = Q(**{f"{prefixo}operadora": dispensa.operadora_id})
        if dispensa.prestador_id is not None:
            esta &= Q(**{f"{prefixo}prestador": dispensa.prestador_id})
        if dispensa.convenio is not None:
            do_convenio = Q(**{f"{prefixo}lote__convenio": dispensa.convenio_id})
            if dispensa.convenio.principal:
                do_convenio |= Q(**{f"{prefixo}lote__convenio__isnull": True})
            esta &= do_convenio
        casa |= esta
    return casa
