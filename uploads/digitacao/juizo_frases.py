"""Findings in the words of somebody who types: what the file says of its bytes, a form says of its fields."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError

from tiss_schemas.achados import Achado
from tiss_schemas.campos import Campo, TipoDeCampo
from tiss_schemas.formulario import campo_de_formulario
from uploads.digitacao.formulario import campo_em, grupo_em, mostrar
from uploads.digitacao.models import GuiaDigitada

_DO_ESQUEMA: Final = "F06"
_UNICA: Final = ((" 1ª guia do lote", " guia"), ("1ª guia do lote", "guia"))


def frase(guia: GuiaDigitada, achado: Achado, campo: str, *, falta: bool) -> str:
    """The sentence of a finding at that key of the values. What the schema misses or does not take is said as the form
    says it: dates with slashes, and without the lists, which stand in the control already."""
    if achado.regra == _DO_ESQUEMA:
        if (folha := campo_em(guia.versao_tiss, guia.tipo, campo)) is not None:
            return _da_folha(folha[1], guia.valores.get(campo, "")) or achado.mensagem
        grupo = grupo_em(guia.versao_tiss, guia.tipo, campo) if falta else None
        if grupo is not None:
            return f"Preencha {grupo.rotulo}."
    return _sem_o_lote(achado.mensagem)


def _da_folha(campo: Campo, texto: str) -> str:
    """What the form itself says of that text; "" where it has nothing to say."""
    if not texto:
        return f"Preencha {_nome(campo)}."
    if campo.tipo is TipoDeCampo.BASE64:
        return ""
    try:
        campo_de_formulario(campo).clean(mostrar(campo, texto))
    except ValidationError as erro:
        return " ".join(erro.messages)
    return ""


def _nome(campo: Campo) -> str:
    return f"{campo.numero} {campo.rotulo}" if campo.numero else campo.rotulo


def _sem_o_lote(mensagem: str) -> str:
    """A guide without a number is not "the 1st of the lot": there is no lot yet."""
    for de, para in _UNICA:
        mensagem = mensagem.replace(de, para)
    return mensagem
