"""From any number that a clerk types to the page it names: a lot, a protocol or a guide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from conecta.contas.models import Organizacao
from lotes.models import Guia, Lote, Protocolo

MAXIMO = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Destino:
    """A page that a number leads to. `nome` says which of the kinds of number it is; `permissao` who may go there."""

    rota: str
    pk: int
    nome: str
    permissao: str = ""


Procura = Callable[[Organizacao, str], list[Destino]]
"""What finds the pages of a prestador that a number leads to."""
_outras: list[Procura] = []


def tambem(procura: Procura) -> None:
    """Let the shortcut ask that one too. Apps above this one say so when Django starts."""
    _outras.append(procura)


def destinos(prestador: Organizacao, texto: str) -> list[Destino]:
    """Where the number may lead: the lot with it alone, else the protocols and guides with it, and what other apps
    find, at most 20 of each."""
    numero = texto.replace(".", "").replace(" ", "")
    if numero.isascii() and numero.isdigit() and len(numero) <= 18:
        if lotes := _lotes(prestador, int(numero)):
            return lotes
        protocolos = _protocolos(prestador, int(numero))
    else:
        protocolos = []
    # A NUL is in no number, and the database takes no text that has one.
    if "\x00" in texto:
        return protocolos
    outros = [destino for procura in _outras for destino in procura(prestador, texto)]
    return protocolos + _guias(prestador, texto) + outros


def _lotes(prestador: Organizacao, numero: int) -> list[Destino]:
    return [
        Destino(rota="lotes:lote", pk=pk, nome=f"Lote {numero}")
        for pk in Lote.objects.do_prestador(prestador).filter(numero=numero).values_list("pk", flat=True)
    ]


def _protocolos(prestador: Organizacao, numero: int) -> list[Destino]:
    achados = Protocolo.objects.filter(prestador=prestador, numero=numero).select_related("operadora")
    return [
        Destino(rota="lotes:lote", pk=p.lote_id, nome=f"Protocolo {numero} da {p.operadora.rotulo}")
        for p in achados[:MAXIMO]
    ]


def _guias(prestador: Organizacao, numero: str) -> list[Destino]:
    achadas = Guia.objects.filter(prestador=prestador, numero_do_prestador=numero).select_related("lote")
    return [
        Destino(rota="lotes:guia", pk=g.pk, nome=f"Guia {numero} do lote {g.lote.numero}")
        for g in achadas.order_by("-id")[:MAXIMO]
    ]
