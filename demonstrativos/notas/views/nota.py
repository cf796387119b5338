"""One nota, as either side sees it, and its file."""

from __future__ import annotations

from django import forms
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from conecta.arquivos import cofre
from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.papeis import Permissao
from conecta.respostas import XML, anexo
from demonstrativos.notas.estados import Formato
from demonstrativos.notas.forms import IndeferirForm
from demonstrativos.notas.models import NotaFiscal
from demonstrativos.notas.portas import nota_de
from demonstrativos.notas.transicoes import divergencias

PDF = "application/pdf"


@require_GET
@exige(Permissao.PAGAMENTO_VER)
def nota(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Its values, its protocols, and where it disagrees."""
    return pagina_da_nota(request, nota_de(request, pk))


@require_GET
@exige(Permissao.PAGAMENTO_VER)
def arquivo(request: Requisicao, slug: str, pk: int) -> HttpResponse | FileResponse:
    """The file, as it was attached."""
    esta = nota_de(request, pk)
    registrar_acesso(request, "nota", esta.pk, "baixar")
    tipo = XML if esta.formato == Formato.XML else PDF
    return anexo(cofre.abrir(esta.conteudo_id), f"nota-{esta.numero}.{esta.formato}", tipo)


def pagina_da_nota(
    request: Requisicao, esta: NotaFiscal, *, status: int = 200, recusa: str = "", form: forms.Form | None = None
) -> HttpResponse:
    """The page of a nota; `form`: a refusal that was typed and not taken."""
    prestador = request.organizacao.e_prestador
    contexto = {
        "nota": esta,
        "linhas": esta.protocolos.select_related("protocolo", "protocolo__lote").order_by("protocolo__numero"),
        "divergencias": divergencias(esta),
        "form": form or IndeferirForm(),
        "recusa": recusa,
        "pode_enviar": prestador and request.vinculo.pode(Permissao.NOTA_ENVIAR),
        "pode_analisar": not prestador and request.vinculo.pode(Permissao.NOTA_ANALISAR),
    }
    return render(request, "notas/nota.html", contexto, status=status)
