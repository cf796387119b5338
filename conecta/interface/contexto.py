"""What every template knows about where it is: organisation, membership, menu."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from conecta.interface import menu


def interface(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `org`, `vinculo`, `vinculos`, `menu`, `aqui`.

    Pages without an organisation (login, account, errors) get None and empty lists. `menu` is worked
    out only when a template draws it, so that a fragment for htmx costs no query here. `vinculos` are those of the
    person anywhere: the middleware read them before it opened the scope, inside which only one organisation exists.
    """
    org = getattr(request, "organizacao", None)
    vinculo = getattr(request, "vinculo", None)
    if org is None or vinculo is None:
        return {"org": None, "vinculo": None, "vinculos": (), "menu": (), "aqui": ""}
    return {
        "org": org,
        "vinculo": vinculo,
        "vinculos": getattr(request, "vinculos", ()),
        "menu": SimpleLazyObject(lambda: menu.menu_de(request, org.tipo, org.slug, vinculo)),
        "aqui": menu.aqui(request, org.tipo),
    }
