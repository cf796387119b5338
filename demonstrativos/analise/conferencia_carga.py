"""Loading what the criteria may know of one protocol: a fixed number of queries, however many guides it has.

Works in the operadora's scope. Earlier protocols are those with a lower id: of two that bill the same, the first is
not the duplicate. What an earlier analysis refused whole may be billed again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Final

from django.db.models import Q
from django.utils import timezone

from conecta.arquivos import cofre
from convenios.exigencias.regras import Chave
from demonstrativos.analise.criterios.caso import Anterior, Caso, Feito, Ignorada, dia_do
from demonstrativos.analise.models import Analise, GuiaAnalisada
from lotes.estados import SEM_COBRANCA
from lotes.models import Guia, Item, Protocolo
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import LoteLido, ler_lote
from uploads.ajustes import ajustes_vigentes
from uploads.contexto import carregar_contexto_da_operadora
from uploads.models import Critica
from uploads.regras.contexto import Modo

_MAIOR_GUIA: Final = timedelta(days=31)
"""Between the first day of a guide, by which it is found, and a line of it."""


class LoteIlegivel(RuntimeError):
    """What the operadora received holds no lot of guides."""


@dataclass(frozen=True, slots=True)
class _GuiaAnterior:
    numero: str
    carteira: str
    senhas: frozenset[str]
    prestador: int
    lote: int


@dataclass(slots=True)
class _Mencoes:
    """What the lot names, by which earlier guides are found."""

    numeros: set[str] = field(default_factory=set)
    carteiras: set[str] = field(default_factory=set)
    senhas: set[str] = field(default_factory=set)
    codigos: set[str] = field(default_factory=set)
    feitos: set[Feito] = field(default_factory=set)


def carregar_caso(analise: Analise) -> Caso:
    """The protocol of that analysis before the criteria. Raises `LoteIlegivel`, `cofre.ConteudoAlterado` and
    `tiss_schemas.leitura.ArquivoRecusado`."""
    protocolo = analise.protocolo
    documento = ler(cofre.abrir(protocolo.conteudo_id))
    lote = ler_lote(documento)
    if lote is None:
        raise LoteIlegivel(protocolo.pk)
    contexto = carregar_contexto_da_operadora(
        lote,
        prestador=protocolo.prestador,
        operadora=protocolo.operadora,
        lote_id=protocolo.lote_id,
        agora=protocolo.enviado_em,
    )
    mencoes = _mencoes(lote)
    guias = _guias_anteriores(mencoes, protocolo)
    numeros = _protocolos_anteriores({guia.lote for guia in guias.values()}, protocolo)
    guias = {pk: guia for pk, guia in guias.items() if guia.lote in numeros}
    recusadas = _recusadas_inteiras(guias)
    guias = {pk: guia for pk, guia in guias.items() if pk not in recusadas}
    feitos, gastos = _do_que_cobraram(guias, numeros, mencoes, protocolo.prestador_id)
    return Caso(
        lote=lote,
        documento=documento,
        contexto=contexto,
        apresentadas={
            guia.numero: Anterior(protocolo=numeros[guia.lote], guia=guia.numero)
            for guia in guias.values()
            if guia.numero in mencoes.numeros and guia.prestador == protocolo.prestador_id
        },
        feitos=feitos,
        gastos=gastos,
        ignoradas=_ignoradas(protocolo),
        observadas=_observadas(protocolo),
    )


def _mencoes(lote: LoteLido) -> _Mencoes:
    mencoes = _Mencoes()
    for guia in lote.guias:
        mencoes.numeros.update(filter(None, [guia.numero_prestador]))
        mencoes.carteiras.update(filter(None, [guia.numero_carteira]))
        mencoes.senhas.update(filter(None, [guia.senha, guia.numero_operadora]))
        for item in guia.itens:
            dia = dia_do(item, guia)
            if item.codigo and dia is not None:
                mencoes.codigos.add(item.codigo)
                mencoes.feitos.add((guia.numero_carteira or "", item.tabela or "", item.codigo, dia))
    return mencoes


def _guias_anteriores(mencoes: _Mencoes, protocolo: Protocolo) -> dict[int, _GuiaAnterior]:
    """Guides of other lots with one of the numbers, or of one of the people in the same days or on the same
    authorisation. Two queries: together they would use no index."""
    dias = [dia for _, _, _, dia in mencoes.feitos]
    dos_dias = Q(senha__in=sorted(mencoes.senhas)) | Q(numero_da_operadora__in=sorted(mencoes.senhas))
    if dias:
        dos_dias |= Q(data_de_atendimento__range=(min(dias) - _MAIOR_GUIA, max(dias)))
    outras = Guia.objects.filter(operadora=protocolo.operadora_id).exclude(lote=protocolo.lote_id)
    consultas = (
        outras.filter(numero_do_prestador__in=sorted(mencoes.numeros), prestador=protocolo.prestador_id),
        outras.filter(dos_dias, numero_carteira__in=sorted(mencoes.carteiras)),
    )
    campos = ("numero_do_prestador", "numero_carteira", "senha", "numero_da_operadora", "prestador_id", "lote_id")
    return {
        pk: _GuiaAnterior(numero, carteira, frozenset(filter(None, [senha, da_operadora])), prestador, lote)
        for consulta in consultas
        for pk, numero, carteira, senha, da_operadora, prestador, lote in consulta.values_list("pk", *campos)
    }


def _protocolos_anteriores(lotes: Iterable[int], protocolo: Protocolo) -> dict[int, int]:
    """By lot, the number of its protocol, of those received before this one that bill."""
    anteriores = Protocolo.objects.filter(lote__in=sorted(lotes), pk__lt=protocolo.pk)
    return dict(anteriores.exclude(situacao__in=SEM_COBRANCA).values_list("lote_id", "numero"))


def _recusadas_inteiras(guias: Iterable[int]) -> set[int]:
    recusadas = GuiaAnalisada.objects.filter(guia__in=sorted(guias), liberada_em__isnull=False, valor_liberado=0)
    return set(recusadas.values_list("guia_id", flat=True))


def _do_que_cobraram(
    guias: Mapping[int, _GuiaAnterior], numeros: Mapping[int, int], mencoes: _Mencoes, prestador_id: int
) -> tuple[dict[Feito, Anterior], dict[str, dict[Chave, Decimal]]]:
    """What the lot bills too, and how much was spent of each authorisation. Lines that were refused do not count."""
    itens = (
        Item.objects.filter(guia__in=sorted(guias), codigo__in=sorted(mencoes.codigos))
        .exclude(analisado__valor_liberado=0, analisado__valor_processado__gt=0)
        .order_by("guia_id", "posicao")
        .values_list("guia_id", "tabela", "codigo", "data", "quantidade", "guia__data_de_atendimento")
    )
    feitos: dict[Feito, Anterior] = {}
    gastos: dict[str, dict[Chave, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for pk, tabela, codigo, data, quantidade, da_guia in itens:
        guia, dia = guias[pk], data or da_guia
        do_mesmo = guia.prestador == prestador_id
        if do_mesmo:
            for senha in guia.senhas & mencoes.senhas:
                gastos[senha][tabela, codigo] += quantidade
        feito = (guia.carteira, tabela, codigo, dia)
        if dia is not None and feito in mencoes.feitos and (feito not in feitos or do_mesmo):
            feitos[feito] = Anterior(protocolo=numeros[guia.lote], guia=guia.numero, do_mesmo=do_mesmo)
    return feitos, gastos


def _ignoradas(protocolo: Protocolo) -> tuple[Ignorada, ...]:
    linhas = Critica.objects.filter(lote=protocolo.lote_id, ignorada=True).order_by("posicao")
    campos = ("regra", "codigo", "caminho", "guia", "mensagem", "justificativa")
    return tuple(Ignorada(**linha) for linha in linhas.values(*campos))


def _observadas(protocolo: Protocolo) -> frozenset[str]:
    ajustes = ajustes_vigentes(protocolo.operadora_id, timezone.localdate(protocolo.enviado_em))
    return frozenset(numero for numero, ajuste in ajustes.items() if ajuste.modo is Modo.OBSERVADA)
