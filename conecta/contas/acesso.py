"""What a view declares, and how it is kept: `exige`, and the record of who looked at health data."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import structlog
from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import Http404, HttpRequest

from conecta.tenancy.escopo import TipoDeInquilino, inquilino

from .models import Organizacao, Usuario, Vinculo
from .papeis import Permissao

Vista = TypeVar("Vista", bound=Callable[..., Any])


class Requisicao(HttpRequest):
    """A request inside an organisation, for the type checker."""

    user: Usuario
    vinculo: Vinculo
    organizacao: Organizacao
    htmx: Any


def exige(permissao: Permissao, *, de: Organizacao.Tipo | None = None) -> Callable[[Vista], Vista]:
    """Declare the permission that a view needs and, where only one kind of organisation has that screen, which.

    The middleware keeps it: a view inside an organisation that declares nothing is refused.
    """

    def decorar(vista: Vista) -> Vista:
        vista.permissao = permissao  # type: ignore[attr-defined]
        vista.tipo_de_organizacao = de  # type: ignore[attr-defined]
        return vista

    return decorar


def da_plataforma(vista: Vista) -> Vista:
    """Let only the platform's own people in, and run the view in the platform's scope.

    For views outside any organisation. Who is not logged in is asked to; for everybody else the page does not exist.
    """

    @wraps(vista)
    def dentro(request: HttpRequest, *args: Any, **partes: Any) -> Any:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.is_superuser:
            raise Http404("tela da plataforma")
        with inquilino(TipoDeInquilino.SISTEMA, 0, request.user.pk):
            return vista(request, *args, **partes)

    return dentro  # type: ignore[return-value]


def registrar_acesso(request: HttpRequest, objeto: str, objeto_id: int, finalidade: str) -> None:
    """Record that this person looked at health data: one row in a table that no runtime role can read.

    `objeto` is the kind of thing ("lote", "guia", "arquivo"), `finalidade` what was done with it ("ver", "baixar").
    """
    requisicao = structlog.contextvars.get_contextvars().get("request_id", "")
    with connection.cursor() as cursor:
        cursor.execute(
            "select auditoria.registrar_acesso(%s, %s, %s, %s, %s::inet)",
            [
                objeto,
                objeto_id,
                finalidade,
                str(requisicao),
                request.META.get("REMOTE_ADDR") or None,
            ],
        )
