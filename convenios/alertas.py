"""What an operadora tells whoever bills by one of its convênios."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from conecta.contas.models import Organizacao
from convenios.camadas import efetivas_de
from convenios.models import Convenio, Credenciamento, ParametrosDaOperadora


@dataclass(frozen=True, slots=True)
class Alerta:
    """The text, and the names of the convênios that it holds for."""

    texto: str
    convenios: str


def alertas_do_prestador(prestador: Organizacao, operadora_id: int | None = None) -> list[Alerta]:
    """The alerts of the convênios that this prestador bills, of one operadora or of all; each text once.

    Two queries, and one more for each operadora.
    """
    contratos = Credenciamento.objects.filter(prestador=prestador, ativo=True).select_related("operadora__parametros")
    if operadora_id is not None:
        contratos = contratos.filter(operadora=operadora_id)
    por_texto: dict[str, list[str]] = {}
    vigentes = _vigentes([contrato.operadora_id for contrato in contratos])
    for contrato in contratos:
        dela = vigentes.get(contrato.operadora_id, [])
        efetivas = efetivas_de(dela, _parametros(contrato), contrato)
        for convenio in dela:
            if texto := efetivas[convenio.pk].regras.alerta:
                por_texto.setdefault(texto, []).append(convenio.nome)
    return [Alerta(texto, ", ".join(nomes)) for texto, nomes in por_texto.items()]


def _vigentes(operadoras: list[int]) -> dict[int, list[Convenio]]:
    hoje = timezone.localdate()
    por_operadora: dict[int, list[Convenio]] = {}
    for convenio in Convenio.objects.vigentes_em(hoje).filter(operadora__in=operadoras, modo=Convenio.Modo.CONVENIO):
        por_operadora.setdefault(convenio.operadora_id, []).append(convenio)
    return por_operadora


def _parametros(contrato: Credenciamento) -> ParametrosDaOperadora | None:
    return getattr(contrato.operadora, "parametros", None)
