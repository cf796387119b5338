"""Writing XML as text, fast enough for 22,000 items, and what all the guides of one invented message share."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar
from xml.sax.saxutils import escape

T = TypeVar("T")


def um_de(opcoes: Sequence[T], numero: int) -> T:
    """The option of that number, beginning again after the last."""
    return opcoes[numero % len(opcoes)]


class Escritor:
    """Collects XML, one element a line, and beside it the leaf texts that the epilogue hash is made of."""

    def __init__(self) -> None:
        self._linhas: list[str] = []
        self._textos: list[str] = []

    def folha(self, nome: str, texto: str) -> None:
        """An element with text."""
        self._linhas.append(f"<ans:{nome}>{escape(texto)}</ans:{nome}>\n")
        self._textos.append(texto)

    def folhas(self, **textos: str | None) -> None:
        """Elements with text in the order given; None leaves one out."""
        for nome, texto in textos.items():
            if texto is not None:
                self.folha(nome, texto)

    @contextmanager
    def grupo(self, nome: str, atributos: str = "") -> Iterator[None]:
        """An element around what is written inside the `with`."""
        self._linhas.append(f"<ans:{nome}{atributos}>\n")
        yield
        self._linhas.append(f"</ans:{nome}>\n")

    def juntar(self, outro: Escritor) -> None:
        """Append what `outro` has written, for a block whose totals come before it."""
        self._linhas += outro._linhas
        self._textos += outro._textos

    def xml(self) -> str:
        """Everything written so far."""
        return "".join(self._linhas)

    def texto(self) -> str:
        """The leaf texts written so far, in order, without separator."""
        return "".join(self._textos)


@dataclass(frozen=True, slots=True)
class Contexto:
    """The arguments of one message, and the dice."""

    versao: str
    itens: int
    registro_ans: str
    cnpj: str
    data: date
    maximo: bool
    variante: int
    carteiras: tuple[str, ...]
    sorteio: random.Random = field(repr=False)

    def desde(self, versao: str, texto: str) -> str | None:
        """`texto` where the message's version is `versao` or later."""
        return texto if self.versao >= versao else None

    def ate(self, versao: str, texto: str) -> str | None:
        """`texto` where the message's version is `versao` or earlier."""
        return texto if self.versao <= versao else None

    def opcional(self, texto: str) -> str | None:
        """`texto` where every optional element is wanted."""
        return texto if self.maximo else None

    def alternativa(self, **opcoes: str) -> dict[str, str]:
        """The one of several alternative elements that the message's variant asks for, ready for `folhas`."""
        nome = um_de(tuple(opcoes), self.variante)
        return {nome: opcoes[nome]}

    def carteira(self, numero: int) -> str:
        """The card of the guide with that number: dealt in turn, or invented from the number."""
        if self.carteiras:
            return self.carteiras[numero % len(self.carteiras)]
        return f"00{numero:013d}00"

    def dias_antes(self, dias: int) -> str:
        """The date of the message less `dias`, as xs:date."""
        return (self.data - timedelta(days=dias)).isoformat()
