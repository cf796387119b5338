"""One value, judged on leaving its field."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from uploads.controles import erro_no_valor
from uploads.portas import arquivo_de


@exige(Permissao.ARQUIVO_CORRIGIR, de=Organizacao.Tipo.PRESTADOR)
@require_POST
def conferir(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """What the standard of the file's version says of a value at a path: a sentence, or nothing.

    `campo` is the name under which the value was sent. A POST although it changes nothing: values are of patients, and
    addresses are written down in logs.
    """
    arquivo = arquivo_de(request, pk)
    valor = request.POST.get(request.POST.get("campo", ""), "")
    erro = erro_no_valor(arquivo.versao_tiss, request.POST.get("caminho", ""), valor)
    return render(request, "uploads/campo_conferido.html", {"erro": erro})
