"""One justification per code of glosa, in one draft or in many at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from demonstrativos.recursos import preparo, telas
from demonstrativos.recursos.estados import SituacaoDoRecurso
from demonstrativos.recursos.forms import JustificarForm
from demonstrativos.recursos.models import Recurso
from demonstrativos.recursos.palavras import descricoes_de
from demonstrativos.recursos.portas import recursos_de


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.RECURSO_FAZER, de=Organizacao.Tipo.PRESTADOR)
def justificativas(request: Requisicao, slug: str) -> HttpResponse:
    """The codes of the drafts in the address (`?recurso=1&recurso=2`), of all drafts where it names none."""
    recursos = _rascunhos(request)
    if not recursos:
        messages.warning(request, "Não há recurso em preparo a justificar. Inclua glosas da lista.")
        return redirect("recursos:lista", slug=slug)
    if request.method != "POST":
        return _pagina(request, recursos)
    codigo = request.POST.get("codigo", "")
    if codigo not in {presente.codigo for presente in telas.codigos_de(recursos)}:
        messages.error(request, "Nada foi justificado: nenhum destes recursos tem esse código de glosa.")
        return _pagina(request, recursos)
    form = JustificarForm(request.POST, usuais=_usuais(request, [codigo]).get(codigo, []))
    if not form.is_valid():
        return _pagina(request, recursos, recusado=form)
    try:
        quantas = preparo.justificar_codigo(
            recursos=recursos,
            codigo=codigo,
            texto=form.cleaned_data["texto"],
            por=request.user,
            so_vazias=form.cleaned_data["so_vazias"],
        )
    except ErroDeNegocio as recusa:
        messages.error(request, recusa.frase)
    else:
        messages.success(request, f"Glosa {codigo}: {quantas} justificada{'' if quantas == 1 else 's'}.")
    return redirect(f"{reverse('recursos:justificativas', args=[slug])}?{request.GET.urlencode()}")


def _rascunhos(request: Requisicao) -> list[Recurso]:
    pedidos = request.GET.getlist("recurso")
    if pedidos:
        achados = recursos_de(request, pedidos)
    else:
        meus = Recurso.objects.do_prestador(request.organizacao).select_related("operadora", "protocolo", "lote")
        achados = list(meus.filter(situacao=SituacaoDoRecurso.RASCUNHO).order_by("id"))
    return [recurso for recurso in achados if recurso.editavel]


def _usuais(request: Requisicao, codigos: list[str]) -> dict[str, list[str]]:
    return preparo.usuais_de(request.organizacao.pk, codigos)


def _pagina(request: Requisicao, recursos: list[Recurso], recusado: JustificarForm | None = None) -> HttpResponse:
    codigos = telas.codigos_de(recursos)
    usuais = _usuais(request, [codigo.codigo for codigo in codigos])
    recusou = recusado.data.get("codigo", "") if recusado is not None else ""
    contexto: dict[str, Any] = {
        "recursos": recursos,
        "linhas": [
            (codigo, recusado if codigo.codigo == recusou else _form(codigo.codigo, usuais.get(codigo.codigo, [])))
            for codigo in codigos
        ],
        "descricoes": descricoes_de(codigo.codigo for codigo in codigos),
        "faltam": sum(codigo.sem_justificativa for codigo in codigos),
    }
    return render(request, "recursos/justificativas.html", contexto, status=422 if recusado is not None else 200)


def _form(codigo: str, usuais: list[str]) -> JustificarForm:
    return JustificarForm(usuais=usuais, initial={"codigo": codigo, "so_vazias": True}, auto_id=f"id_{codigo}_%s")
