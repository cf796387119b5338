"""Plain values as the texts of leaves, checked against what the version takes there."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeAlias

from tiss_schemas.campos import TipoDeCampo
from tiss_schemas.caracteres import em_linha, estranhos, sem_estranhos
from tiss_schemas.mensagens.molde import Molde

Valor: TypeAlias = str | int | Decimal | date | time

_CASAS_DE_REAIS: Final = 2


class TextoLivre(str):
    """What people wrote, cut where the version has less room for it. Numbers and codes are never cut."""

    __slots__ = ()


class Motivo(StrEnum):
    """Why a message cannot be written."""

    FALTA = "falta"
    LONGO = "longo"
    GRANDE = "grande"
    DECIMAIS = "decimais"
    CODIGO = "codigo"
    FORMATO = "formato"
    CARACTERES = "caracteres"
    REPETIDO = "repetido"
    ALTERNATIVAS = "alternativas"


class NaoCabeNaVersao(ValueError):
    """A value that the version of the message has no room for, or that it cannot do without.

    `campo` is the name of the element in the XSD, `lugar` where it stands ("protocolo 123, guia 9000, item 3"; "" in
    what all of the message has in common), `frase` the whole in Portuguese.
    """

    def __init__(self, motivo: Motivo, de: Molde, porque: str) -> None:
        super().__init__(porque)
        self.motivo = motivo
        self.campo = de.nome
        self.versao = de.versao
        self._porque = f"“{de.rotulo}”: {porque}"
        self._lugares: list[str] = []

    def dentro_de(self, lugar: str) -> None:
        """Say that all this is inside of `lugar` too."""
        self._lugares.insert(0, lugar)

    @property
    def lugar(self) -> str:
        """Where the value stands."""
        return ", ".join(self._lugares)

    @property
    def frase(self) -> str:
        """Where it is, what is wrong and what to do."""
        onde = f" ({self.lugar})" if self.lugar else ""
        return (
            f"O XML não pode ser escrito na versão {self.versao} do padrão TISS{onde}: {self._porque}. Corrija o valor "
            "ou use uma versão que o aceite."
        )

    def __str__(self) -> str:
        return self.frase


def cortar(texto: str, tamanho: int) -> str:
    """At most `tamanho` characters from the beginning, without a blank at the end."""
    return texto if len(texto) <= tamanho else texto[:tamanho].rstrip()


def texto_de(de: Molde, valor: Valor) -> str:
    """The text of the leaf `de` that says `valor`, "" for an empty one. NaoCabeNaVersao where there is none.

    Dates and times are ISO 8601, amounts have both places, quantities no zeros at the end. Texts are put on one line
    of characters of ISO-8859-1; where nothing simple stands for a character, free text gets a question mark.
    """
    if isinstance(valor, str):
        return _do_texto(de, valor)
    if isinstance(valor, Decimal):
        return _do_decimal(de, valor)
    if isinstance(valor, int):
        return _do_inteiro(de, valor)
    return valor.isoformat() if isinstance(valor, date) else valor.isoformat("seconds")


def _do_texto(de: Molde, texto: str) -> str:
    limpo = em_linha(texto)
    if isinstance(texto, TextoLivre):
        limpo = cortar(sem_estranhos(limpo), de.tamanho or len(limpo))
    elif fora := estranhos(limpo):
        raise NaoCabeNaVersao(Motivo.CARACTERES, de, f"“{limpo}” tem caracteres que o padrão não aceita: {fora}")
    if limpo:
        _conferir(de, limpo)
    return limpo


def _conferir(de: Molde, texto: str) -> None:
    if de.codigos:
        if texto not in de.codigos:
            raise NaoCabeNaVersao(Motivo.CODIGO, de, f"não tem o código “{texto}” nesta versão")
    elif de.tamanho is not None and len(texto) > de.tamanho:
        raise NaoCabeNaVersao(Motivo.LONGO, de, f"“{texto}” tem {len(texto)} caracteres e o máximo é {de.tamanho}")
    elif de.padrao is not None and not de.padrao.fullmatch(texto):
        raise NaoCabeNaVersao(Motivo.FORMATO, de, f"“{texto}” não está no formato que a versão pede")
    elif de.tipo is TipoDeCampo.INTEIRO:
        _conferir_numero(de, texto)


def _conferir_numero(de: Molde, texto: str) -> None:
    """A number that is kept as text, as that of a lot, where the XSD wants digits only; zeros in front stay."""
    if not (texto.isascii() and texto.isdigit()):
        raise NaoCabeNaVersao(Motivo.FORMATO, de, f"“{texto}” não é um número, e aqui só cabem algarismos")
    _conferir_digitos(de, texto, texto)


def _do_inteiro(de: Molde, valor: int) -> str:
    texto = str(valor)
    if de.tipo is TipoDeCampo.INTEIRO:
        _conferir_digitos(de, texto.lstrip("-"), texto)
    else:
        _conferir(de, texto)
    return texto


def _do_decimal(de: Molde, valor: Decimal) -> str:
    casas = de.decimais or 0
    texto = f"{valor:.{casas}f}"
    if Decimal(texto) != valor:
        raise NaoCabeNaVersao(Motivo.DECIMAIS, de, f"{_por_extenso(f'{valor:f}')} tem mais de {casas} casas decimais")
    if casas > _CASAS_DE_REAIS:
        texto = texto.rstrip("0").rstrip(".")
    _conferir_digitos(de, texto.lstrip("-").replace(".", ""), texto)
    return texto


def _conferir_digitos(de: Molde, algarismos: str, texto: str) -> None:
    if de.digitos is not None and len(algarismos.lstrip("0")) > de.digitos:
        raise NaoCabeNaVersao(Motivo.GRANDE, de, f"{_por_extenso(texto)} passa do máximo, {_maximo(de)}")


def _maximo(de: Molde) -> str:
    """The largest number that the leaf takes, as people write it."""
    return _por_extenso(str(Decimal("9" * (de.digitos or 0)).scaleb(-(de.decimais or 0))))


def _por_extenso(numero: str) -> str:
    """A number with a point as people write it: 1000000.00 as 1.000.000,00."""
    inteiro, ponto, casas = numero.partition(".")
    return f"{int(inteiro):,}".replace(",", ".") + ponto.replace(".", ",") + casas
