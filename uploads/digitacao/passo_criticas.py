"""Findings as the form shows them: at a control, with the number and label of the field, texts as people read them."""

from __future__ import annotations

from typing import Final, TypedDict

from tiss_schemas.campos import Campo, TipoDeCampo, legenda
from tiss_schemas.fragmento import GUIAS, repete
from uploads.digitacao.formulario import campo_em, grupo_em, mostrar
from uploads.digitacao.juizo import CriticaDaGuia
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.passo_campos import SEQUENCIAL

_GUIA_INTEIRA: Final = "A guia"


class CriticaMostrada(TypedDict):
    """One finding of the answer. `campo` is the name of a control, "" for the guide as a whole."""

    campo: str
    rotulo: str
    mensagem: str
    codigo: str
    regra: str
    severidade: str
    impede: bool
    falta: bool
    sugestao: str | None
    ignoravel: bool
    ignorada: bool


def mostrada(guia: GuiaDigitada, critica: CriticaDaGuia) -> CriticaMostrada:
    """The finding for the page. One about a group stands at the first field to be filled in there."""
    versao, tipo = guia.versao_tiss, guia.tipo
    achado = campo_em(versao, tipo, critica.campo)
    sugestao = critica.sugestao
    return {
        "campo": controle_de(versao, tipo, critica.campo),
        "rotulo": _rotulo(guia, critica.campo),
        "mensagem": critica.mensagem,
        "codigo": critica.codigo,
        "regra": critica.regra,
        "severidade": critica.severidade.value,
        "impede": critica.impede,
        "falta": critica.falta,
        "sugestao": mostrar(achado[1], sugestao) if achado and sugestao else sugestao,
        "ignoravel": critica.ignoravel,
        "ignorada": critica.ignorada,
    }


def controle_de(versao: str, tipo: str, caminho: str) -> str:
    """The name of the control that shows a field, or of the first one inside a group; "" where the form has none."""
    achado = campo_em(versao, tipo, caminho)
    if achado is not None:
        return _nome(achado[0], achado[1])
    grupo = grupo_em(versao, tipo, caminho) if caminho else None
    while grupo is not None:
        filho = next(filter(_primeiro, grupo.filhos), None) or next(iter(grupo.filhos), None)
        if filho is None:
            return ""
        caminho = f"{caminho}/{filho.nome_xml}[1]" if repete(filho) else f"{caminho}/{filho.nome_xml}"
        if filho.tipo is not TipoDeCampo.GRUPO:
            return _nome(caminho, filho)
        grupo = filho
    return ""


def _primeiro(campo: Campo) -> bool:
    return (campo.obrigatorio or bool(campo.alternativas)) and campo.nome_xml != SEQUENCIAL


def _nome(caminho: str, campo: Campo) -> str:
    return f"{caminho[: caminho.rfind('/') + 1]}*" if campo.alternativas else caminho


def _rotulo(guia: GuiaDigitada, caminho: str) -> str:
    """Number and label, and in a line the number of its item: "42 Quantidade, item 3"."""
    if not caminho:
        return _GUIA_INTEIRA
    rotulo = legenda(guia.versao_tiss, f"{GUIAS}/{guia.tipo}/{caminho}")
    linha = caminho.partition("]")[0]
    sequencial = guia.valores.get(f"{linha}]/{SEQUENCIAL}") if "]" in caminho else None
    return f"{rotulo}, item {sequencial}" if sequencial else rotulo
