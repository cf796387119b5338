"""What one check is, and running all of them in every organisation's scope."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import structlog
from django.db import transaction

from conecta.contas.models import Organizacao
from conecta.tenancy.escopo import inquilino, sistema

registro_de_eventos = structlog.get_logger(__name__)

Achar = Callable[[Organizacao], Iterable[str]]
"""Gives one sentence for each thing that is wrong, by ids and numbers, never with health data."""


@dataclass(frozen=True, slots=True)
class Verificacao:
    """A check: what it proves, on whose side it runs, and what finds the exceptions."""

    prova: str
    de: Organizacao.Tipo
    achar: Achar


@dataclass(frozen=True, slots=True)
class Divergencia:
    """Something that is wrong: at whom, against which proof, where."""

    organizacao: str
    prova: str
    frase: str


class OrganizacaoDesconhecida(LookupError):
    """Books that are not there cannot be in order."""


def conferir(verificacoes: Iterable[Verificacao], slugs: Iterable[str] = ()) -> Iterator[Divergencia]:
    """Run the checks at every organisation, or at those of these addresses; each in that organisation's own scope.

    Raises `OrganizacaoDesconhecida` for an address that nobody has.
    """
    verificacoes, slugs = list(verificacoes), set(slugs)
    for organizacao in _organizacoes(slugs):
        with inquilino(organizacao.tipo, organizacao.pk):
            for verificacao in verificacoes:
                if verificacao.de == organizacao.tipo:
                    for frase in _achadas(verificacao, organizacao):
                        yield Divergencia(organizacao.slug, verificacao.prova, frase)


def _achadas(verificacao: Verificacao, organizacao: Organizacao) -> Iterator[str]:
    """What it finds; where it breaks off, that too: the others are looked through all the same."""
    try:
        with transaction.atomic():
            yield from verificacao.achar(organizacao)
    except Exception as erro:
        registro_de_eventos.error("verificacao_parou", organizacao=organizacao.slug, exc_info=True)
        yield f"a verificação parou no meio ({type(erro).__name__}): o resto não foi conferido"


def _organizacoes(slugs: set[str]) -> list[Organizacao]:
    with sistema():
        todas = Organizacao.objects.order_by("slug")
        achadas = list(todas.filter(slug__in=slugs) if slugs else todas)
    if estranhos := slugs - {organizacao.slug for organizacao in achadas}:
        raise OrganizacaoDesconhecida(", ".join(sorted(estranhos)))
    return achadas
