"""From when and until when a glosa can be appealed against, by contract; the operadora answers within the same term."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Min
from django.utils import timezone

from conecta.contas.models import Organizacao
from demonstrativos.analise.models import Analise
from demonstrativos.recursos.estados import Desde
from demonstrativos.recursos.models import ItemDoRecurso, ParametrosDoRecurso, PrazoDoContrato, Recurso
from lotes.estados import SituacaoDoProtocolo

_P = SituacaoDoProtocolo
_DEPOIS_DE_FATURADO = (_P.FATURADO, _P.PAGO, _P.ENCERRADO_SEM_PAGAMENTO)
SITUACOES: dict[Desde, tuple[SituacaoDoProtocolo, ...]] = {
    Desde.FATURADO: _DEPOIS_DE_FATURADO,
    Desde.LIBERADO: (_P.LIBERADO, *_DEPOIS_DE_FATURADO),
}
"""States of a protocol whose glosas can be appealed against. What was refused whole is never paid: it counts too."""
PERTO = 5
"""Days left from which on a term needs attention."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regra:
    """What holds between one operadora and one prestador; `dias` is the term of both sides."""

    desde: Desde
    dias: int
    segunda_instancia: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Prazo:
    """A last day and how many are left: 0 today, negative once it is over."""

    ate: date
    restam: int

    @property
    def frase(self) -> str:
        """How the days left are said."""
        if self.restam < 0:
            return "prazo encerrado"
        if self.restam == 0:
            return "vence hoje"
        return f"{self.restam} dia{'' if self.restam == 1 else 's'}"

    @property
    def tom(self) -> str:
        """Red once over, amber when near, neutral before."""
        return "vermelho" if self.restam < 0 else "ambar" if self.restam <= PERTO else "neutro"


def prazo_ate(ate: date, hoje: date | None = None) -> Prazo:
    """The term that ends on that day, seen today."""
    return Prazo(ate=ate, restam=(ate - (hoje or timezone.localdate())).days)


def regras_do_prestador(prestador: Organizacao, operadoras: Collection[int]) -> dict[int, Regra]:
    """The rule of each of these operadoras for that prestador. Two queries."""
    parametros = {p.operadora_id: p for p in ParametrosDoRecurso.objects.filter(operadora__in=operadoras)}
    prazos = dict(
        PrazoDoContrato.objects.filter(prestador=prestador, operadora__in=operadoras).values_list(
            "operadora_id", "prazo_de_recurso"
        )
    )
    padrao = ParametrosDoRecurso()
    return {pk: _regra(parametros.get(pk, padrao), prazos.get(pk)) for pk in operadoras}


def regra_entre(operadora_id: int, prestador_id: int) -> Regra:
    """The rule of one contract. Two queries; works in both sides' scope."""
    parametros = ParametrosDoRecurso.objects.filter(operadora=operadora_id).first() or ParametrosDoRecurso()
    do_contrato = PrazoDoContrato.objects.filter(operadora=operadora_id, prestador=prestador_id)
    return _regra(parametros, do_contrato.values_list("prazo_de_recurso", flat=True).first())


def _regra(parametros: ParametrosDoRecurso, do_contrato: int | None) -> Regra:
    return Regra(
        desde=Desde(parametros.desde),
        dias=parametros.prazo_de_recurso if do_contrato is None else do_contrato,
        segunda_instancia=parametros.segunda_instancia,
    )


def limite_de(recurso: Recurso, regra: Regra) -> date:
    """The last day on which a draft against a released analysis can be sent; `recorriveis` says the same of glosas.

    Counted from the day of payment, where there is one and the operadora counts from it; else from the release; and of
    a second instance from the answer to the first, where that is later.
    """
    inicio = _inicio_de(recurso.protocolo.analise, regra)
    resposta = _respondida_em(recurso) if recurso.instancia == 2 else None
    return max(inicio, resposta or inicio) + timedelta(days=regra.dias)


def _inicio_de(analise: Analise, regra: Regra) -> date:
    pagamento = analise.protocolo.data_de_pagamento
    if regra.desde == Desde.FATURADO and pagamento is not None:
        return pagamento
    if analise.liberada_em is None:
        raise ValueError("an analysis that was not released has no term")
    return timezone.localdate(analise.liberada_em)


def _respondida_em(recurso: Recurso) -> date | None:
    """When the first of the answers was given that a second instance is against. One query."""
    primeiras = ItemDoRecurso.objects.filter(instancia=1, glosa__in=recurso.itens.values("glosa"))
    respondida: datetime | None = primeiras.aggregate(em=Min("recurso__respondido_em"))["em"]
    return timezone.localdate(respondida) if respondida is not None else None
