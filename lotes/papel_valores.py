"""Flat values of a guide as its printed form shows them, and which lines its grids have."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Final

from conecta.interface.formatos import dinheiro, quantidade
from tiss_schemas.campos import Campo, TipoDeCampo
from tiss_schemas.fichas import Celula

_POSICAO: Final = re.compile(r"\[(\d+)\]")
_DATA: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d).*")
_HORA: Final = re.compile(r"(\d\d:\d\d):\d\d.*")
_LOGICOS: Final = {"true": "S", "1": "S", "false": "N", "0": "N"}
_CENTAVOS: Final = 2


class ValoresDaGuia:
    """The values of one guide, with its lines found once."""

    def __init__(self, valores: Mapping[str, str]) -> None:
        self._valores = valores
        self._posicoes: dict[str, set[int]] = defaultdict(set)
        for caminho in valores:
            for achada in _POSICAO.finditer(caminho):
                self._posicoes[caminho[: achada.start()]].add(int(achada[1]))

    def linhas(self, caminho: str) -> list[str]:
        """Prefixes of the lines of a grid, "procedimentosExecutados/procedimentoExecutado[2]/", in order."""
        return [f"{caminho}[{posicao}]/" for posicao in sorted(self._posicoes.get(caminho, ()))]

    def texto(self, celula: Celula, prefixo: str = "") -> str:
        """The text of that cell as the XML holds it, "" where there is none."""
        opcoes = celula.opcoes or (celula,)
        return next((texto for opcao in opcoes if (texto := self._valores.get(prefixo + opcao.caminho))), "")

    def escrito(self, celula: Celula, prefixo: str = "") -> tuple[str, str]:
        """The label and the text that paper shows; of a choice, those of the element that was chosen."""
        for opcao in celula.opcoes or (celula,):
            texto = self._valores.get(prefixo + opcao.caminho)
            if texto:
                escolhida = opcao if celula.opcoes else celula
                return escolhida.rotulo, escrever(opcao.campo, texto)
        return celula.rotulo, ""

    def tem(self, celulas: Sequence[Celula]) -> bool:
        """Whether any of them has a value."""
        return any(self.texto(celula) for celula in celulas)


def e_dinheiro(celula: Celula) -> bool:
    """Whether the field is an amount in reais, which a convênio may keep off the paper."""
    campo = celula.campo
    return campo is not None and campo.tipo is TipoDeCampo.DECIMAL and campo.nome_xml.startswith("valor")


def e_numero(celula: Celula) -> bool:
    """Whether it stands at the right of its box."""
    return celula.campo is not None and celula.campo.tipo in (TipoDeCampo.DECIMAL, TipoDeCampo.INTEIRO)


def escrever(campo: Campo | None, texto: str) -> str:
    """27/11/2026, 07:40, 1.234,56; codes as they are, S or N; what is none of its type as it was typed."""
    if campo is None or campo.tipo is TipoDeCampo.DATA:
        return _DATA.sub(r"\3/\2/\1", texto) if _DATA.fullmatch(texto) else texto
    if campo.tipo is TipoDeCampo.HORA:
        return _HORA.sub(r"\1", texto) if _HORA.fullmatch(texto) else texto
    if campo.tipo is TipoDeCampo.DECIMAL:
        return _decimal(campo, texto)
    if campo.tipo is TipoDeCampo.BASE64:
        return "registrado"
    if campo.tipo is TipoDeCampo.LISTA and campo.aceita("true"):
        return _LOGICOS.get(texto, texto)
    return texto


def numero_de(texto: str) -> Decimal:
    """The number in a text of the XML; zero where it is none."""
    try:
        numero = Decimal(texto)
    except InvalidOperation:
        return Decimal(0)
    return numero if numero.is_finite() else Decimal(0)


def _decimal(campo: Campo, texto: str) -> str:
    try:
        numero = Decimal(texto)
    except InvalidOperation:
        return texto
    if not numero.is_finite():
        return texto
    return dinheiro(numero) if campo.decimais == _CENTAVOS else quantidade(numero)
