"""Entering and leaving the scope of an organisation.

Outside a scope the login `conecta_app` has no grant on any tenant table: a query that forgot its tenant is refused by
the database, not answered with everybody's rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection, transaction


class TipoDeInquilino(StrEnum):
    """The kinds of tenant; each is a role of the database."""

    PRESTADOR = "prestador"
    OPERADORA = "operadora"
    SISTEMA = "sistema"

    @property
    def papel(self) -> str:
        """Name of the database role."""
        return f"conecta_{self.value}"


@dataclass(frozen=True, slots=True)
class Inquilino:
    """Whose rows are visible, and who is acting (`usuario` is None for background work)."""

    tipo: TipoDeInquilino
    id: int
    usuario: int | None = None

    def mesmo(self, outro: Inquilino | None) -> bool:
        """Whether both are the same organisation."""
        return outro is not None and (self.tipo, self.id) == (outro.tipo, outro.id)


class TrocaDeInquilino(RuntimeError):
    """Code inside one organisation's scope asked for another's."""


_atual: ContextVar[Inquilino | None] = ContextVar("inquilino", default=None)
_SISTEMA = Inquilino(TipoDeInquilino.SISTEMA, 0)


def atual() -> Inquilino | None:
    """The tenant of the running scope."""
    return _atual.get()


def _aplicar(quem: Inquilino | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('role', %s, true), set_config('app.tenant', %s, true), "
            "set_config('app.usuario', %s, true)",
            [
                quem.tipo.papel if quem else "conecta_app",
                str(quem.id) if quem else "",
                str(quem.usuario or "") if quem else "",
            ],
        )


@contextmanager
def _escopo(quem: Inquilino) -> Iterator[Inquilino]:
    fora = _atual.get()
    marca = _atual.set(quem)
    try:
        with transaction.atomic():
            _aplicar(quem)
            yield quem
            # A rollback, after an exception or asked for, undoes the settings by itself.
            if not connection.needs_rollback:
                _aplicar(fora)
    finally:
        _atual.reset(marca)


@contextmanager
def inquilino(tipo: TipoDeInquilino | str, id: int, usuario: int | None = None) -> Iterator[Inquilino]:
    """Open a transaction in which only the rows of one organisation exist.

    May be entered again for the same organisation; raises `TrocaDeInquilino` for another.
    """
    quem = Inquilino(TipoDeInquilino(tipo), int(id), usuario)
    fora = _atual.get()
    if fora is not None and not quem.mesmo(fora):
        raise TrocaDeInquilino(f"scope of {fora.tipo} {fora.id} asked for {quem.tipo} {quem.id}")
    with _escopo(quem) as dentro:
        yield dentro


@contextmanager
def sistema() -> Iterator[Inquilino]:
    """Act as the platform itself: the queue, counters and the register of organisations.

    May be opened inside an organisation's scope, in the same transaction; the organisation's scope returns after it.
    The role `conecta_sistema` has policies on those tables only, never on health or billing data.
    """
    usuario = _atual.get().usuario if _atual.get() else None  # type: ignore[union-attr]
    with _escopo(Inquilino(_SISTEMA.tipo, 0, usuario)) as dentro:
        yield dentro
