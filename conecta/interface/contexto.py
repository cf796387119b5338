"""What every template knows about where it is: organisation, membership, menu."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from conecta.interface import menu


def interface(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `org`, `vinculo`, `vinculos`, `menu`, `aqui`.

    Pages without an organisation (login, account, errors) get None and empty lists. `menu` and `vinculos` are worked
    out only when a template draws them, so that a fragment for htmx costs no query here.
    """
    org = getattr(request, "organizacao", None)
    vinculo = getattr(request, "vinculo", None)
    if org is None or vinculo is None:
        return {"org": None, "vinculo": None, "vinculos": (), "menu": (), "aqui": ""}
    return {
        "org": org,
        "vinculo": vinculo,
        "vinculos": SimpleLazyObject(lambda: _vinculos(request)),
        "menu": SimpleLazyObject(lambda: menu.menu_de(request, org.tipo, org.slug, vinculo)),
        "aqui": menu.aqui(request, org.tipo),
    }


def _vinculos(request: HttpRequest) -> list[Any]:
    """The person's memberships that may be read from here, by name of the organisation."""
    return list(request.user.vinculos.select_related("organizacao").order_by("organizacao__nome"))
