"""What an operadora decided about the rules: in force on a day, still to come, and deciding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from conecta.interface.formatos import data
from convenios.models import AjusteDeRegra
from tiss_schemas.achados import Severidade
from uploads.erros import (
    AjusteNoPassado,
    AjusteSemMotivo,
    AjusteSemMudanca,
    RegraDesconhecida,
    RegraIndispensavel,
    RegraNaoAjustavel,
)
from uploads.regras import REGRAS, Regra
from uploads.regras.contexto import Ajuste, Modo

Chave = TypeVar("Chave")
MENOR_MOTIVO = 5
MAIOR_MOTIVO = 300
"""Characters of a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisao:
    """What a rule shall do from `desde` on, and why. `severidade` None: the rule's own."""

    modo: Modo
    severidade: Severidade | None = None
    desde: date
    motivo: str


def ajustes_vigentes(operadora_id: int, dia: date) -> dict[str, Ajuste]:
    """What the operadora decided, by rule, as it stands on that day. One query."""
    vigentes = AjusteDeRegra.objects.vigentes(operadora_id, dia)
    return {
        regra: _ajuste(modo, severidade)
        for regra, modo, severidade in vigentes.values_list("regra", "modo", "severidade")
    }


def ajustes_da_regra(regra: str, dia: date) -> dict[int, Ajuste]:
    """What each operadora that can be seen here decided about one rule, as it stands on that day. One query."""
    vigentes = AjusteDeRegra.objects.filter(regra=regra, desde__lte=dia)
    linhas = vigentes.order_by("operadora", "-desde", "-id").distinct("operadora")
    return {
        operadora: _ajuste(modo, severidade)
        for operadora, modo, severidade in linhas.values_list("operadora", "modo", "severidade")
    }


def _ajuste(modo: str, severidade: str) -> Ajuste:
    return Ajuste(modo=Modo(modo), severidade=Severidade(severidade) if severidade else None)


@transaction.atomic
def ajustar_regra(*, operadora: Organizacao, regra: str, decisao: Decisao, por: Usuario) -> AjusteDeRegra:
    """Write down a decision. It holds from its day on, until the day of a later one; verdicts given stay as they are.

    Refuses, each by its own error: a rule that there is not, one that cannot be dispensed with, a weight that is not
    the operadora's to choose, a day that has passed, no reason, and what is so already. Nothing is locked: rows are
    only added, and of two that are added at once the later counts.
    """
    catalogada = REGRAS.get(regra)
    if catalogada is None:
        raise RegraDesconhecida(f"Não há regra {regra}. Escolha uma do catálogo.")
    _recusar_o_que_a_regra_nao_deixa(catalogada, decisao)
    motivo = " ".join(decisao.motivo.split())
    if not MENOR_MOTIVO <= len(motivo) <= MAIOR_MOTIVO:
        raise AjusteSemMotivo(
            f"Escreva o motivo, com {MENOR_MOTIVO} a {MAIOR_MOTIVO} caracteres: ele fica na história da regra.",
            catalogada,
        )
    _recusar_o_que_nao_muda(operadora, catalogada, decisao)
    return AjusteDeRegra.objects.create(
        operadora=operadora,
        regra=catalogada.numero,
        modo=decisao.modo.value,
        severidade=decisao.severidade.value if decisao.severidade else "",
        desde=decisao.desde,
        motivo=motivo,
        criado_por=por,
        criado_por_nome=por.nome,
    )


def _recusar_o_que_a_regra_nao_deixa(regra: Regra, decisao: Decisao) -> None:
    if decisao.modo is not Modo.LIGADA and not regra.dispensavel:
        raise RegraIndispensavel(
            f"A regra {regra.numero} não pode ser desligada nem só observada: sem ela não há o que importar.",
            regra,
        )
    if decisao.severidade is not None and not regra.ajustavel:
        raise RegraNaoAjustavel(f"A severidade da regra {regra.numero} não é da escolha da operadora.", regra)
    if decisao.desde < (hoje := timezone.localdate()):
        raise AjusteNoPassado(
            f"A mudança não pode valer desde {data(decisao.desde)}, que já passou: há arquivos julgados. Escolha "
            f"{data(hoje)} ou um dia depois.",
            regra,
        )


def _recusar_o_que_nao_muda(operadora: Organizacao, regra: Regra, decisao: Decisao) -> None:
    padrao = Ajuste()
    antes = ajustes_vigentes(operadora.pk, decisao.desde).get(regra.numero, padrao)
    if antes == Ajuste(modo=decisao.modo, severidade=decisao.severidade):
        raise AjusteSemMudanca(
            f"Em {data(decisao.desde)} a regra {regra.numero} já será assim. Mude a situação, a severidade ou a data.",
            regra,
        )


def historia(operadora_id: int, regra: str) -> list[AjusteDeRegra]:
    """What the operadora decided about a rule: first what comes last to hold."""
    return list(AjusteDeRegra.objects.filter(operadora=operadora_id, regra=regra).order_by("-desde", "-id"))


def aos_olhos_do_prestador(ajustes: Mapping[Chave, Ajuste]) -> dict[Chave, Ajuste]:
    """What a prestador may know of the decisions, by rule or by operadora: not which rules are only observed."""
    return {chave: ajuste for chave, ajuste in ajustes.items() if ajuste.modo is not Modo.OBSERVADA}
