"""*Conferência* of a lot of typed guides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from lotes.estados import POR_ENVIAR
from lotes.models import Lote
from lotes.portas import lote_de
from uploads.digitacao.conferencia import Soma, conferencia_do, conferir
from uploads.digitacao.forms_lotes import PapelForm
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.montagem_canal import com_nomes
from uploads.digitacao.views.lotes import de_volta, nao_tem_guias_digitadas, numero_de


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.GUIA_VER, de=Organizacao.Tipo.PRESTADOR)
def conferencia(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """The guides of a lot to tick off, and its sums beside those of the paper."""
    lote = lote_de(request, pk)
    recusa = nao_tem_guias_digitadas(lote)
    if not recusa and lote.situacao not in POR_ENVIAR:
        recusa = (
            f"O lote {lote.numero} não espera mais por conferência: a situação dele é “{lote.get_situacao_display()}”."
        )
    if recusa:
        return de_volta(request, lote, recusa)
    if request.method == "POST":
        return _marcar(request, lote)
    registrar_acesso(request, "lote", lote.pk, "conferir")
    return _pagina(request, lote)


def _marcar(request: Requisicao, lote: Lote) -> HttpResponse:
    """Tick a guide off or take it back; the next one that is not ticked has the focus then."""
    marca = request.POST.get("conferir") or ""
    pk = numero_de(marca or request.POST.get("desmarcar", ""))
    guia = GuiaDigitada.objects.do_prestador(request.organizacao).filter(pk=pk).first()
    if guia is None:
        raise Http404("guia digitada")
    try:
        conferir(lote=lote, guia=guia, conferida=bool(marca), por=request.user)
    except ErroDeNegocio as erro:
        return de_volta(request, lote, erro.frase)
    do_papel = {nome: request.POST[nome] for nome in ("guias", "valor") if request.POST.get(nome)}
    onde = reverse("montagem:conferencia", kwargs={"slug": request.organizacao.slug, "pk": lote.pk})
    return redirect(f"{onde}?{urlencode(do_papel | {'depois': pk})}")


def _pagina(request: Requisicao, lote: Lote) -> HttpResponse:
    preenchido = any(request.GET.get(nome) for nome in ("guias", "valor"))
    papel = PapelForm(request.GET if preenchido else None)
    do_papel = Soma(**papel.cleaned_data) if preenchido and papel.is_valid() else None
    quadro = conferencia_do(lote, request.user, do_papel)
    com_nomes(lote, list(quadro.guias))
    contexto: dict[str, Any] = {
        "lote": lote,
        "quadro": quadro,
        "papel": papel,
        "do_papel": {nome: request.GET.get(nome, "") for nome in ("guias", "valor")},
        "em_foco": _proxima(quadro.guias, request.GET.get("depois", "")),
    }
    return render(request, "digitacao/lote_conferencia.html", contexto)


def _proxima(guias: Sequence[GuiaDigitada], depois: str) -> int:
    """The guide that the person looks at next: the first that is not ticked behind `depois`, else of all; 0: none."""
    pks = [str(guia.pk) for guia in guias]
    inicio = pks.index(depois) + 1 if depois in pks else 0
    em_roda = [*guias[inicio:], *guias[:inicio]]
    return next((guia.pk for guia in em_roda if guia.conferida_em is None), 0)
