"""The request's session limits, second factor, organisation and scope."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import quote

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from conecta.erros import ErroDeNegocio
from conecta.tenancy.escopo import inquilino

from .models import Vinculo

Proximo = Callable[[HttpRequest], HttpResponse]
INICIO_DA_SESSAO, ULTIMO_PEDIDO = "inicio_da_sessao", "ultimo_pedido"


class CabecalhosDeSeguranca:
    """Headers that neither Django nor django-csp sets, on every response."""

    def __init__(self, get_response: Proximo) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        resposta = self.get_response(request)
        resposta.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        resposta.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/static/"):
            add_never_cache_headers(resposta)
            resposta["Cache-Control"] = "no-store, private"
        return resposta


class LimitesDaSessao:
    """End a session after idleness, and after its absolute age."""

    def __init__(self, get_response: Proximo) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and self._venceu(request):
            logout(request)
        return self.get_response(request)

    def _venceu(self, request: HttpRequest) -> bool:
        agora = int(time.time())
        inicio = request.session.setdefault(INICIO_DA_SESSAO, agora)
        ultimo = request.session.get(ULTIMO_PEDIDO, agora)
        # Written at most once a minute: polling screens would otherwise write the session on every request.
        if agora - ultimo >= 60 or ULTIMO_PEDIDO not in request.session:
            request.session[ULTIMO_PEDIDO] = agora
        return (
            agora - ultimo > settings.SESSION_INATIVIDADE_SEGUNDOS
            or agora - inicio > settings.SESSION_ABSOLUTA_SEGUNDOS
        )


class SegundoFator:
    """Send people who must have a second factor, and have none, to the page that sets one up."""

    LIVRES = ("/conta/", "/static/", "/healthz", "/readyz")

    def __init__(self, get_response: Proximo) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        livre = request.path.startswith(self.LIVRES)
        if not livre and request.user.is_authenticated and self._falta(request):
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)

    def _falta(self, request: HttpRequest) -> bool:
        exigido = (
            settings.SEGUNDO_FATOR_OBRIGATORIO
            or Vinculo.objects.filter(
                usuario_id=request.user.pk,
                ativo=True,
                organizacao__exige_segundo_fator=True,
            ).exists()
        )
        return exigido and not is_mfa_enabled(request.user)


class InquilinoDaRequisicao:
    """Find the organisation named in the URL and run the view, its template included, inside its scope.

    Who is not logged in is asked to; a stranger gets 404, so that nobody learns which organisations exist; a member
    without the view's permission 403. A view that declares no permission is refused.
    """

    def __init__(self, get_response: Proximo) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.vinculo = request.organizacao = None  # type: ignore[attr-defined]
        rota = self._rota(request)
        if rota is None or "slug" not in rota.kwargs:
            return self.get_response(request)
        if not request.user.is_authenticated:
            return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?next={quote(request.get_full_path())}")
        vinculos = self._vinculos(request)
        vinculo = next((v for v in vinculos if v.organizacao.slug == rota.kwargs["slug"]), None)
        if vinculo is None:
            # Raised where Django turns it into the page of 404: in the view's place.
            request.recusa = Http404("organização")  # type: ignore[attr-defined]
            return self.get_response(request)
        request.vinculo, request.organizacao = vinculo, vinculo.organizacao  # type: ignore[attr-defined]
        request.vinculos = vinculos  # type: ignore[attr-defined]
        with inquilino(vinculo.organizacao.tipo, vinculo.organizacao_id, request.user.pk):
            resposta = self.get_response(request)
            if resposta.status_code >= 500:
                transaction.set_rollback(True)
            return resposta

    def process_view(self, request: HttpRequest, vista: Callable[..., HttpResponse], *_: object) -> None:
        """Keep what the view declares. Runs where an exception becomes Django's own page."""
        if recusa := getattr(request, "recusa", None):
            raise recusa
        vinculo: Vinculo | None = request.vinculo  # type: ignore[attr-defined]
        if vinculo is None:
            return
        permissao = getattr(vista, "permissao", None)
        if permissao is None:
            raise PermissionDenied("a view inside an organisation must declare its permission")
        tipo = getattr(vista, "tipo_de_organizacao", None)
        if tipo is not None and tipo != vinculo.organizacao.tipo:
            raise Http404("tela de outro tipo de organização")
        if not vinculo.pode(permissao):
            raise PermissionDenied(permissao)

    def process_exception(self, request: HttpRequest, erro: Exception) -> HttpResponse | None:
        """A refusal that no view turned into its own page: nothing of it is kept, and its sentence is said."""
        if not isinstance(erro, ErroDeNegocio):
            return None
        if connection.in_atomic_block:
            transaction.set_rollback(True)
        return render(request, "409.html", {"frase": erro.frase, "volta": _de_onde_veio(request)}, status=409)

    @staticmethod
    def _rota(request: HttpRequest) -> ResolverMatch | None:
        try:
            return resolve(request.path_info)
        except Resolver404:
            return None

    @staticmethod
    def _vinculos(request: HttpRequest) -> list[Vinculo]:
        """All memberships of the person that count today, by name: one of them is asked for, the others are offered."""
        vinculos = Vinculo.objects.select_related("organizacao").order_by("organizacao__sigla")
        return list(vinculos.filter(usuario_id=request.user.pk, ativo=True, organizacao__ativa=True))


def _de_onde_veio(request: HttpRequest) -> str:
    """The page with the button that was pressed, when it is ours."""
    pagina = request.META.get("HTTP_REFERER", "")
    nossa = url_has_allowed_host_and_scheme(pagina, {request.get_host()}, require_https=request.is_secure())
    return pagina if nossa else ""
