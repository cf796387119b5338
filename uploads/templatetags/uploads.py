"""Filters of the screens of uploads."""

from __future__ import annotations

import re

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from tiss_schemas.edicao import Motivo
from uploads.comparacao import DePara
from uploads.formulario_da_causa import FormularioDaCausa
from uploads.models import Critica

register = template.Library()

_PEDACOS = re.compile(r"[^_]{1,24}_*|_+")
_PASSOS = re.compile(r"[^/]+/*|/+")

_MOTIVOS = {
    Motivo.EDICAO: "Correção",
    Motivo.INCLUSAO: "Inclusão",
    Motivo.REMOCAO: "Remoção",
    Motivo.MOVIMENTO: "Ordem do padrão",
    Motivo.RENOMEACAO: "Nome do padrão",
    Motivo.COPIA: "Cópia de outro bloco",
    Motivo.LIMPEZA: "Texto solto retirado",
    Motivo.ATRIBUTO: "Atributo retirado",
    Motivo.RELEITURA: "Arquivo escrito de novo",
    Motivo.RECALCULO: "Recálculo de totais",
    Motivo.HASH: "Hash refeito",
}


@register.filter
def de_codigo(titulos: dict[str, str], codigo: str) -> str:
    """What Tabela 38 calls a code, in a dict by code."""
    return titulos.get(codigo, "Crítica do arquivo")


@register.filter
def quebravel(nome: str) -> SafeString:
    """The name of a file, which may go on in the next line after each "_", and in a long word after 24 characters."""
    return format_html_join(mark_safe("<wbr>"), "{}", ((pedaco,) for pedaco in _PEDACOS.findall(nome)))


@register.filter
def por_passos(caminho: str) -> SafeString:
    """The path of a place, which may go on in the next line after each "/", and so keeps its names whole."""
    return format_html_join(mark_safe("<wbr>"), "{}", ((passo,) for passo in _PASSOS.findall(caminho)))


@register.filter
def motivo(valor: str) -> str:
    """Why something was changed, in words."""
    return _MOTIVOS[Motivo(valor)]


@register.filter
def depois_em(formulario: FormularioDaCausa, lugar: Critica) -> list[tuple[str, DePara | None]]:
    """What becomes of one place under the decision of its cause."""
    return formulario.depois(lugar)
