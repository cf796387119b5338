"""The way in, and whether the portal is alive."""

from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from .models import Vinculo


@login_required
def raiz(request: HttpRequest) -> HttpResponse:
    """Go to the person's only organisation, or let them choose one."""
    vinculos = (
        Vinculo.objects.select_related("organizacao")
        .filter(usuario_id=request.user.pk, ativo=True, organizacao__ativa=True)
        .order_by("organizacao__sigla")
    )
    if len(vinculos) == 1:
        return redirect("inicio", slug=vinculos[0].organizacao.slug)
    return render(request, "inicio/organizacoes.html", {"vinculos_da_pessoa": vinculos})


def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers."""
    return JsonResponse({"situacao": "viva"})


def readyz(request: HttpRequest) -> HttpResponse:
    """Ready: the database and the cache answer. 503 with the name of what does not."""
    faltando = [nome for nome, confere in (("banco", _banco_responde), ("cache", _cache_responde)) if not confere()]
    return JsonResponse({"pronto": not faltando, "faltando": faltando}, status=503 if faltando else 200)


def _banco_responde() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        return True
    except Exception:
        return False


def _cache_responde() -> bool:
    try:
        cache.set("readyz", 1, 5)
        return cache.get("readyz") == 1
    except Exception:
        return False
