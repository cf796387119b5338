"""Between what a browser sends and the flat values of a guide.

Names of controls are paths of values, with two exceptions where the XSD offers a choice: "…/*" is the text and "…/?"
the name of the chosen element (`fichas.Celula`). A control with "[]" in no line is not sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from django import forms
from django.core.exceptions import ValidationError

from tiss_schemas.campos import Campo, TipoDeCampo, descrever
from tiss_schemas.caracteres import em_linha
from tiss_schemas.fichas import Celula
from tiss_schemas.fichas.ficha import PAPEL
from tiss_schemas.formulario import campo_de_formulario, de_xml, para_xml
from tiss_schemas.fragmento import descrever_guia, repete

MAIOR_FICHA: Final = 5_000
"""Controls of one form that are read: the standard lets more lines stand on a guide than anybody types."""
MAIOR_TEXTO: Final = 2_000
"""Characters of one control that are kept: four times what the longest text of a guide may have."""
_MAIOR_CAMINHO: Final = 300
_COM_SEGUNDOS: Final = len("07:40:00")
_MAIOR_PAPEL: Final = 150
_PASSO: Final = re.compile(r"([A-Za-z_][\w.-]*)(?:\[([1-9]\d{0,3})\])?", re.ASCII)


def valores_do_envio(versao: str, tipo: str, enviado: Mapping[str, str]) -> dict[str, str]:
    """The values of the controls of a form, as the XML holds them; what is no date or number stays as it was typed.

    Names that are no field of that guide are dropped, and so are empty ones and lines beyond the 9,999th. What it gives
    is one of its own fixed points: sent again as it is shown, nothing changes.
    """
    valores: dict[str, str] = {}
    for nome, bruto in _caminhos(enviado):
        texto = em_linha(bruto[:MAIOR_TEXTO])
        if not texto or len(valores) >= MAIOR_FICHA:
            continue
        if nome.startswith(PAPEL):
            if len(nome) <= _MAIOR_CAMINHO:
                valores[em_linha(nome)] = texto[:_MAIOR_PAPEL]
        elif (achado := campo_em(versao, tipo, nome)) is not None:
            caminho, campo = achado
            valores[caminho] = para_o_xml(campo, texto)
    return valores


def para_o_xml(campo: Campo, texto: str) -> str:
    """The text as the XML writes it; as it was typed where the field does not take it.

    What is not written as people write it, yet shown as if it were ("+5"), is what it is shown as.
    """
    limpo = em_linha(texto)
    if _formulario_diz(campo):
        formulario = _formulario(campo.versao, campo.caminho)
        for tentativa in (limpo, mostrar(campo, limpo)):
            try:
                return para_xml(campo, formulario.to_python(tentativa)) or limpo
            except ValidationError:
                continue
    return limpo


def mostrar(campo: Campo, texto: str) -> str:
    """A value of the XML as people read it: 27/11/2026, 1.234,56, 07:40; seconds only where there are some."""
    if campo.tipo not in _QUE_SE_ESCREVEM:
        return texto
    formulario = _formulario(campo.versao, campo.caminho)
    valor = formulario.prepare_value(de_xml(campo, texto))
    mostrado = formulario.widget.format_value(valor)
    if campo.tipo is TipoDeCampo.HORA and isinstance(mostrado, str) and len(mostrado) == _COM_SEGUNDOS:
        return mostrado.removesuffix(":00")
    return texto if mostrado is None else str(mostrado if isinstance(mostrado, str) else texto)


_QUE_SE_ESCREVEM: Final = frozenset({TipoDeCampo.DATA, TipoDeCampo.HORA, TipoDeCampo.DECIMAL})
"""Types whose values people read otherwise than the XML writes them."""


def _formulario_diz(campo: Campo) -> bool:
    """Whether what is typed may be written otherwise: not in lists, whole numbers, and texts without a mask."""
    return campo.tipo in _QUE_SE_ESCREVEM or (campo.tipo is TipoDeCampo.TEXTO and campo.padrao is not None)


@lru_cache(maxsize=2048)
def _formulario(versao: str, caminho: str) -> forms.Field:
    """The form field of a field of the standard: a form of sixty lines asks for a thousand of them."""
    campo = descrever(versao, caminho)
    assert campo is not None
    return campo_de_formulario(campo)


def valor_da_celula(celula: Celula, prefixo: str, valores: Mapping[str, str]) -> tuple[str, str]:
    """What a control shows, and, for a choice, the element that was chosen ("" where nothing was)."""
    for opcao in celula.opcoes or (celula,):
        texto = valores.get(prefixo + opcao.caminho)
        if texto and opcao.campo is not None:
            return mostrar(opcao.campo, texto), opcao.campo.nome_xml if celula.opcoes else ""
    return valores.get(prefixo + celula.caminho, ""), ""


def controles(versao: str, tipo: str, caminho: str, texto: str) -> dict[str, str]:
    """The controls that show the value at that path, by name: one, or for a choice "…/*" and "…/?".

    Nothing in it says nothing of which element of a choice is meant.
    """
    achado = campo_em(versao, tipo, caminho)
    if achado is None:
        return {caminho: texto}
    campo = achado[1]
    mostrado = mostrar(campo, texto)
    if not campo.alternativas:
        return {caminho: mostrado}
    pai = caminho[: caminho.rfind("/") + 1]
    return {f"{pai}*": mostrado} | ({f"{pai}?": campo.nome_xml} if texto else {})


def caminhos_do_controle(versao: str, tipo: str, nome: str) -> list[str]:
    """The paths of values that a control may fill: its own, or those of all elements that a choice offers."""
    if not nome.endswith(("/*", "/?")):
        return [nome]
    pai = nome[:-2]
    campo = grupo_em(versao, tipo, pai)
    return [f"{pai}/{filho.nome_xml}" for filho in (campo.filhos if campo else ()) if filho.alternativas]


def campo_em(versao: str, tipo: str, caminho: str) -> tuple[str, Campo] | None:
    """The field at a path of values, and the path as values have it; None where the guide has no such field.

    A field that repeats and stands without a position is its first.
    """
    passos = _passos(caminho)
    if passos is None:
        return None
    campo = _descrever(versao, tipo, tuple(nome for nome, _ in passos), tuple(bool(n) for _, n in passos))
    if campo is None or campo.tipo is TipoDeCampo.GRUPO:
        return None
    return (f"{caminho}[1]" if repete(campo) and not passos[-1][1] else caminho), campo


def grupo_em(versao: str, tipo: str, caminho: str) -> Campo | None:
    """The group at a path of values; None where the guide has none."""
    passos = _passos(caminho)
    if passos is None:
        return None
    campo = _descrever(versao, tipo, tuple(nome for nome, _ in passos), tuple(bool(n) for _, n in passos))
    return campo if campo is not None and campo.tipo is TipoDeCampo.GRUPO else None


def _passos(caminho: str) -> list[tuple[str, str]] | None:
    if len(caminho) > _MAIOR_CAMINHO:
        return None
    passos = []
    for passo in caminho.split("/"):
        achado = _PASSO.fullmatch(passo)
        if achado is None:
            return None
        passos.append((achado[1], achado[2] or ""))
    return passos


@lru_cache(maxsize=4096)
def _descrever(versao: str, tipo: str, nomes: tuple[str, ...], com_posicao: tuple[bool, ...]) -> Campo | None:
    """The field of those names, where positions stand at what repeats and nowhere else."""
    campo: Campo | None = descrever_guia(versao, tipo)
    for nome, posicao in zip(nomes, com_posicao, strict=True):
        campo = next((filho for filho in campo.filhos if filho.nome_xml == nome), None) if campo else None
        if campo is None or (posicao and not repete(campo)):
            return None
        if repete(campo) and not posicao and campo.tipo is TipoDeCampo.GRUPO:
            return None
    return campo


def _caminhos(enviado: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for nome, texto in enviado.items():
        if nome.endswith("/*"):
            escolhido = enviado.get(f"{nome[:-1]}?", "")
            if escolhido:
                yield f"{nome[:-1]}{escolhido}", texto
        elif not nome.endswith("/?"):
            yield nome, texto
