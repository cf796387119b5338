"""What the list of typed guides asks the database: tabs, filters, orders, totals, and the sum of the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from django.core.paginator import Page
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from conecta.contas.models import Organizacao
from lotes.paginas import pagina_de
from uploads.digitacao.estados import SituacaoDaGuia
from uploads.digitacao.models import GuiaDigitada, GuiaDigitadaQuerySet
from uploads.digitacao.procuras_texto import codigo_em, com_as_palavras, palavras_de

_S = SituacaoDaGuia
_SOLTA: Final = Q(lote__isnull=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aba:
    """A tab: its name in the address and on the page, which guides stand there, the tone of its counter."""

    id: str
    nome: str
    quais: Q
    tom: str = "neutro"


ABAS: Final = (
    Aba(id="digitacao", nome="Em digitação", quais=Q(situacao=_S.EM_DIGITACAO)),
    Aba(id="criticas", nome="Com críticas", quais=Q(situacao=_S.COM_CRITICAS) & _SOLTA, tom="vermelho"),
    Aba(id="prontas", nome="Prontas", quais=Q(situacao=_S.PRONTA) & _SOLTA, tom="ambar"),
    Aba(id="lote", nome="Em lote", quais=Q(lote__isnull=False)),
    Aba(id="excluidas", nome="Excluídas", quais=Q(situacao=_S.EXCLUIDA)),
)
_ORDENS: Final[Mapping[str, str]] = {
    "data": "criado_em",
    "numero": "numero_do_prestador",
    "beneficiario": "nome_busca",
    "carteira": "numero_carteira",
    "convenio": "convenio__nome",
    "tipo": "tipo",
    "atendimento": "data_de_atendimento",
    "itens": "quantidade_de_itens",
    "valor": "valor_informado",
    "digitador": "criado_por_nome",
}
ORDEM: Final = "-data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Totais:
    """The last row of the list: of the whole result, not of the page. `valor` in reais."""

    quantas: int
    itens: int
    valor: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Lista:
    """A page of guides, the totals of the result and the order in force."""

    pagina: Page[GuiaDigitada]
    totais: Totais
    ordem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoDia:
    """What one person began today and did not exclude. `valor` in reais."""

    nome: str
    quantas: int
    valor: Decimal


def somar_por_aba(prestador: Organizacao) -> dict[str, Totais]:
    """What each tab of guides outside of lots has. One query."""
    abas = [aba for aba in ABAS if aba.id not in ("lote", "excluidas")]
    contas: dict[str, Any] = {}
    for aba in abas:
        contas |= {
            f"{aba.id}_quantas": Count("pk", filter=aba.quais),
            f"{aba.id}_itens": Sum("quantidade_de_itens", filter=aba.quais),
            f"{aba.id}_valor": Sum("valor_informado", filter=aba.quais),
        }
    somas = GuiaDigitada.objects.do_prestador(prestador).soltas().aggregate(**contas)
    return {
        aba.id: Totais(
            quantas=somas[f"{aba.id}_quantas"],
            itens=somas[f"{aba.id}_itens"] or 0,
            valor=somas[f"{aba.id}_valor"] or Decimal(0),
        )
        for aba in abas
    }


def aba_de(nome: str | None) -> Aba:
    """The tab of that name; the first for any other."""
    return next((aba for aba in ABAS if aba.id == nome), ABAS[0])


def contar_por_aba(prestador: Organizacao) -> dict[str, int]:
    """How many guides each tab has, whatever the filters. One query."""
    contas = {aba.id: Count("pk", filter=aba.quais) for aba in ABAS}
    return GuiaDigitada.objects.do_prestador(prestador).aggregate(**contas)


def filtradas(prestador: Organizacao, aba: Aba, filtros: Mapping[str, Any]) -> GuiaDigitadaQuerySet:
    """The guides of a tab that the filters leave. A name is found by the beginnings of its words, a card by its own."""
    guias = GuiaDigitada.objects.do_prestador(prestador).filter(aba.quais)
    iguais = {"convenio": "convenio", "tipo": "tipo", "digitador": "criado_por"}
    guias = guias.filter(**{campo: filtros[nome] for nome, campo in iguais.items() if filtros.get(nome)})
    if texto := filtros.get("beneficiario"):
        guias = guias.filter(_de_quem(texto))
    if numero := filtros.get("numero"):
        guias = guias.filter(Q(numero_do_prestador=numero) | Q(numero_da_operadora=numero))
    if filtros.get("de"):
        guias = guias.filter(criado_em__gte=_inicio(filtros["de"]))
    if filtros.get("ate"):
        guias = guias.filter(criado_em__lt=_inicio(filtros["ate"] + timedelta(days=1)))
    return guias


def listar(guias: GuiaDigitadaQuerySet, ordem: str, pagina: str | None) -> Lista:
    """A page of them, the newest first unless told. Two queries."""
    somas = guias.aggregate(quantas=Count("pk"), itens=Sum("quantidade_de_itens"), valor=Sum("valor_informado"))
    totais = Totais(quantas=somas["quantas"], itens=somas["itens"] or 0, valor=somas["valor"] or Decimal(0))
    ordenadas, ordem = ordenar(guias, ordem)
    return Lista(pagina=pagina_de(ordenadas, totais.quantas, pagina), totais=totais, ordem=ordem)


def ordenar(guias: GuiaDigitadaQuerySet, ordem: str) -> tuple[GuiaDigitadaQuerySet, str]:
    """The guides in that order, with what a row shows and without what was typed, and the order that was understood."""
    ordem = ordem if ordem.removeprefix("-") in _ORDENS else ORDEM
    campo = F(_ORDENS[ordem.removeprefix("-")])
    # The row's id last, so that equal rows keep their place from page to page.
    expressoes = (campo.desc(nulls_last=True), "-id") if ordem.startswith("-") else (campo.asc(), "id")
    return guias.select_related("convenio", "operadora", "lote").defer("valores").order_by(*expressoes), ordem


def do_dia(prestador: Organizacao, hoje: date) -> Sequence[DoDia]:
    """What each person typed today, who has most first. One query."""
    guias = GuiaDigitada.objects.do_prestador(prestador).vivas().filter(criado_em__gte=_inicio(hoje))
    por_pessoa = guias.values("criado_por", "criado_por_nome").annotate(
        quantas=Count("pk"), valor=Sum("valor_informado")
    )
    return [
        DoDia(nome=linha["criado_por_nome"], quantas=linha["quantas"], valor=linha["valor"])
        for linha in por_pessoa.order_by("-quantas", "criado_por_nome")
    ]


def _de_quem(texto: str) -> Q:
    pela_carteira = Q(numero_carteira__startswith=codigo_em(texto))
    return pela_carteira | com_as_palavras("nome_busca", palavras_de(texto))


def _inicio(dia: date) -> datetime:
    return timezone.make_aware(datetime.combine(dia, time.min))
