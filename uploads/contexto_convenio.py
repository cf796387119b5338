"""Loading what the convênios agreed of what a file mentions: versions, planos and what they cover, what came before.

At most nine queries, however long the file; most files need two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from convenios.models import CoberturaDoPlano, Plano, VersaoAceita
from lotes.estados import SEM_COBRANCA
from lotes.models import Guia, Item, Lote
from tiss_schemas.lote_lido import LoteLido
from uploads.regras.consultas import TABELA
from uploads.regras.contexto import Contexto, VersaoConhecida
from uploads.regras.convenio_retorno import Consulta, consultas_com_retorno
from uploads.regras.planos import CoberturaDoCodigo, PlanoConhecido

Chave = tuple[str, str]
_MAIOR_GUIA: Final = timedelta(days=31)
"""Between the first day of a guide, by which it is found, and a consultation in it."""


def com_convenios(contexto: Contexto, lote: LoteLido | None, prestador_id: int, operadora_id: int) -> Contexto:
    """The context, in which convênios and beneficiários are already, with what they agreed and what was billed."""
    contexto = replace(contexto, versoes=_versoes(operadora_id))
    if lote is None:
        return contexto
    dizem_o_plano = any("planoBeneficiario" in guia.campos for guia in lote.guias)
    return replace(
        contexto,
        planos=_planos({cobertura.plano for cobertura in contexto.beneficiarios.values() if cobertura.plano}),
        planos_da_operadora=_planos_da_operadora(operadora_id) if dizem_o_plano else (),
        numeros_da_operadora_apresentados=ja_apresentados(
            "numero_da_operadora",
            {guia.numero_operadora for guia in lote.guias if guia.numero_operadora},
            prestador_id,
            operadora_id,
            fora=contexto.lote_id,
        ),
        consultas_apresentadas=_consultas_antes(
            list(consultas_com_retorno(lote, contexto)),
            sorted({guia.numero_prestador for guia in lote.guias if guia.numero_prestador}),
            prestador_id,
            operadora_id,
        ),
    )


def que_cobram(lotes: Collection[int]) -> set[int]:
    """Which of these lots bill their guides, or will: neither excluded nor ended by the operadora without payment."""
    if not lotes:
        return set()
    de_pe = Lote.objects.vivos().exclude(protocolo__situacao__in=SEM_COBRANCA)
    return set(de_pe.filter(pk__in=lotes).values_list("pk", flat=True))


def _versoes(operadora_id: int) -> tuple[VersaoConhecida, ...]:
    return tuple(
        VersaoConhecida(versao=linha.versao, convenio=linha.convenio_id, desde=linha.desde, ate=linha.ate)
        for linha in VersaoAceita.objects.da_operadora(operadora_id)
    )


def _planos(ids: Collection[int]) -> dict[int, PlanoConhecido]:
    if not ids:
        return {}
    coberturas: dict[int, dict[Chave, CoberturaDoCodigo]] = defaultdict(dict)
    for linha in CoberturaDoPlano.objects.filter(plano__in=ids):
        coberturas[linha.plano_id][linha.tabela, linha.prefixo] = CoberturaDoCodigo(linha.coberto, linha.carencia_dias)
    return {plano.pk: _plano(plano, coberturas[plano.pk]) for plano in Plano.objects.filter(pk__in=ids)}


def _planos_da_operadora(operadora_id: int) -> tuple[PlanoConhecido, ...]:
    return tuple(_plano(plano, {}) for plano in Plano.objects.filter(operadora=operadora_id))


def _plano(plano: Plano, coberturas: dict[Chave, CoberturaDoCodigo]) -> PlanoConhecido:
    return PlanoConhecido(
        id=plano.pk,
        codigo=plano.codigo,
        nome=plano.nome,
        inicio=plano.inicio,
        fim=plano.fim,
        ativo=plano.ativo,
        segmentacoes=frozenset(plano.segmentacoes),
        coberturas=coberturas,
    )


def ja_apresentados(
    campo: str, numeros: Collection[str], prestador_id: int, operadora_id: int, *, fora: int | None = None
) -> frozenset[str]:
    """Which of the numbers stand already in that field of a guide that some lot but `fora` bills.

    The lots are asked about only where there is one: joined in, they make the planner read all guides of the prestador.
    """
    if not numeros:
        return frozenset()
    guias = Guia.objects.filter(
        **{f"{campo}__in": sorted(numeros)}, prestador=prestador_id, operadora=operadora_id
    ).exclude(**{campo: ""})
    achadas = list(guias.values_list(campo, "lote_id"))
    cobram = que_cobram({lote for _, lote in achadas} - {fora})
    return frozenset(numero for numero, lote in achadas if lote in cobram)


def _consultas_antes(
    consultas: list[Consulta], numeros: list[str], prestador_id: int, operadora_id: int
) -> dict[Chave, tuple[date, ...]]:
    """By carteira and code, the days of consultations that lots bill inside any of the return periods, but for those of
    guides of these `numeros`: they are the file's own, presented again."""
    if not consultas:
        return {}
    desde, ate = min(consulta.desde for consulta in consultas), max(consulta.dia for consulta in consultas)
    guias = {
        guia: (carteira, lote_id)
        for guia, carteira, lote_id in Guia.objects.filter(
            prestador=prestador_id,
            operadora=operadora_id,
            numero_carteira__in=sorted({consulta.carteira for consulta in consultas}),
            data_de_atendimento__range=(desde - _MAIOR_GUIA, ate),
        )
        .exclude(numero_do_prestador__in=numeros)
        .values_list("pk", "numero_carteira", "lote_id")
    }
    cobram = que_cobram({lote_id for _, lote_id in guias.values()})
    itens = Item.objects.filter(
        guia__in=[guia for guia, (_, lote_id) in guias.items() if lote_id in cobram],
        tabela=TABELA,
        codigo__in=sorted({consulta.codigo for consulta in consultas}),
        data__range=(desde, ate),
    )
    dias: dict[Chave, tuple[date, ...]] = defaultdict(tuple)
    for guia, codigo, dia in itens.values_list("guia_id", "codigo", "data"):
        dias[guias[guia][0], codigo] += () if dia is None else (dia,)
    return dias
