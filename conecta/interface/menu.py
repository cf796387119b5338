"""The menu: what each kind of organisation finds there, and what a papel may see of it."""

from dataclasses import dataclass
from typing import Protocol

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from conecta.interface.contadores import contar
from conecta.interface.entradas import Entrada, Grupo
from conecta.interface.entradas_da_operadora import OPERADORA
from conecta.interface.entradas_do_prestador import PRESTADOR


class Vinculo(Protocol):
    """What the menu asks of a membership."""

    def pode(self, permissao: str) -> bool:
        """Whether this papel has the permission."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDoMenu:
    """A line as the template draws it. `contador` 0 is not drawn; `leia` says what the number counts.

    Of a group, the counter is that of its first line that has one: a folded group does not hide it.
    """

    id: str
    nome: str
    url: str = ""
    icone: str = ""
    contador: int = 0
    tom: str = "neutro"
    leia: str = ""
    itens: tuple["ItemDoMenu", ...] = ()
    recolhe: bool = False
    aberto: bool = False


POR_TIPO = {"prestador": PRESTADOR, "operadora": OPERADORA}


def menu_de(request: HttpRequest, tipo: str, slug: str, vinculo: Vinculo) -> list[ItemDoMenu]:
    """The menu of this membership, counters included. Groups in which it may see nothing are left out."""
    onde = aqui(request, tipo)
    itens = (_item(parte, request, slug, vinculo, onde) for parte in POR_TIPO[tipo])
    return [item for item in itens if item]


def aqui(request: HttpRequest, tipo: str) -> str:
    """Id of the entry that the current view belongs to, or "" (pages that no entry leads to)."""
    casou = request.resolver_match
    rota = casou.view_name if casou else ""
    return next((e.id for e in entradas(tipo) if rota == e.rota or rota in e.tambem), "")


def entradas(tipo: str) -> list[Entrada]:
    """Every entry of the menu of this kind of organisation, groups opened."""
    return [e for parte in POR_TIPO[tipo] for e in (parte.entradas if isinstance(parte, Grupo) else (parte,))]


def _item(parte: Entrada | Grupo, request: HttpRequest, slug: str, vinculo: Vinculo, onde: str) -> ItemDoMenu | None:
    if isinstance(parte, Entrada):
        return _linha(parte, request, slug, vinculo)
    linhas = tuple(linha for e in parte.entradas if (linha := _linha(e, request, slug, vinculo)))
    if not linhas:
        return None
    contada = next((linha for linha in linhas if linha.contador), linhas[0])
    return ItemDoMenu(
        id="",
        nome=parte.nome,
        icone=parte.icone,
        contador=contada.contador,
        tom=contada.tom,
        leia=contada.leia,
        itens=linhas,
        recolhe=parte.recolhe,
        aberto=any(linha.id == onde for linha in linhas),
    )


def _linha(entrada: Entrada, request: HttpRequest, slug: str, vinculo: Vinculo) -> ItemDoMenu | None:
    if entrada.permissao and not vinculo.pode(entrada.permissao):
        return None
    url = _url(entrada.rota, slug)
    if not url:
        return None
    return ItemDoMenu(
        id=entrada.id,
        nome=entrada.nome,
        url=url,
        icone=entrada.icone,
        contador=contar(entrada.id, request),
        tom=entrada.tom,
        leia=entrada.leia,
    )


def _url(rota: str, slug: str) -> str:
    """Address of a view; "" when the portal runs without the app that has it: the menu shows no dead end."""
    try:
        return reverse(rota, kwargs={"slug": slug})
    except NoReverseMatch:
        return ""
