"""Words of imports for their screens."""

from __future__ import annotations

from types import MappingProxyType

from django import template
from django.utils.safestring import SafeString

from conecta.importacao.estados import SituacaoDaImportacao
from conecta.importacao.layout import layout_de
from conecta.importacao.models import Importacao
from conecta.interface import formatos
from conecta.interface.situacoes import Situacao
from conecta.interface.templatetags.interface import situacao

register = template.Library()

_APARENCIAS = MappingProxyType(
    {
        SituacaoDaImportacao.CONFERINDO: ("azul", "processando"),
        SituacaoDaImportacao.CONFERIDA: ("ambar", "prazo"),
        SituacaoDaImportacao.GRAVANDO: ("azul", "processando"),
        SituacaoDaImportacao.CONCLUIDA: ("verde", "ok"),
        SituacaoDaImportacao.RECUSADA: ("vermelho", "erro"),
        SituacaoDaImportacao.CANCELADA: ("neutro", "cancelado"),
        SituacaoDaImportacao.FALHOU: ("vermelho", "alerta"),
    }
)


@register.simple_tag
def situacao_da_importacao(importacao: Importacao, classe: str = "") -> SafeString:
    """The state of an import with icon, words and tone."""
    estado = SituacaoDaImportacao(importacao.situacao)
    return situacao(Situacao(*_APARENCIAS[estado], estado.label), classe)


@register.filter
def titulo_do_layout(id: str) -> str:
    """The title of a layout by its id."""
    return layout_de(id).titulo


@register.filter
def quantas(numero: int | None) -> str:
    """A number of rows, or nothing while it is not known."""
    return "" if numero is None else formatos.inteiro(numero)


@register.simple_tag
def fatos_da_importacao(importacao: Importacao) -> list[tuple[str, str]]:
    """Its counters as facts: what was done, or what would be."""
    feito = importacao.situacao == SituacaoDaImportacao.CONCLUIDA
    return [
        ("Linhas boas", quantas(importacao.boas)),
        ("Linhas com erro", quantas(importacao.ruins)),
        ("Novas" if feito else "Seriam novas", quantas(importacao.novas)),
        ("Mudadas" if feito else "Mudariam o que há", quantas(importacao.mudadas)),
        ("Já estavam iguais", quantas(importacao.iguais)),
    ]
