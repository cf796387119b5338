"""The convênios of an operadora, as its list is asked for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from conecta.contas.models import Organizacao
from conecta.texto import para_busca
from convenios.models import Convenio


def listar(operadora: Organizacao, criterios: Mapping[str, Any], hoje: date) -> list[Convenio]:
    """Those that the filter leaves, by code. One query: an operadora has tens of them, seldom hundreds."""
    convenios = Convenio.objects.filter(
        _da_situacao(criterios["situacao"]), _da_vigencia(criterios["vigencia"], hoje), operadora=operadora
    )
    convenios = convenios.select_related("logo").defer("logo__imagem")
    if criterios["modo"]:
        convenios = convenios.filter(modo=criterios["modo"])
    procurado = para_busca(criterios["texto"])
    return [convenio for convenio in convenios if procurado in para_busca(_procuravel(convenio))]


def _procuravel(convenio: Convenio) -> str:
    return f"{convenio.codigo} {convenio.nome} {convenio.grupo} {convenio.razao_social}"


def _da_situacao(situacao: str) -> Q:
    return {"": Q(ativo=True), "inativos": Q(ativo=False)}.get(situacao, Q())


def _da_vigencia(vigencia: str, hoje: date) -> Q:
    comecou, acabou = Q(inicio__lte=hoje), Q(vencimento__lt=hoje)
    return {"vigente": comecou & ~acabou, "vencido": acabou, "futuro": ~comecou}.get(vigencia, Q())
