"""From any number that a clerk types to the page it names: a lot, a protocol or a guide."""

from __future__ import annotations

from dataclasses import dataclass

from conecta.contas.models import Organizacao
from lotes.models import Guia, Lote, Protocolo

MAXIMO = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Destino:
    """A page that a number leads to. `nome` says which of the kinds of number it is."""

    rota: str
    pk: int
    nome: str


def destinos(prestador: Organizacao, texto: str) -> list[Destino]:
    """Where the number may lead: the lot with it alone, else the protocols and guides with it, at most 20 of each."""
    numero = texto.replace(".", "").replace(" ", "")
    if numero.isascii() and numero.isdigit() and len(numero) <= 18:
        if lotes := _lotes(prestador, int(numero)):
            return lotes
        protocolos = _protocolos(prestador, int(numero))
    else:
        protocolos = []
    # A NUL is in no number, and the database takes no text that has one.
    return protocolos + ([] if "\x00" in texto else _guias(prestador, texto))


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
