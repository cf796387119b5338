"""A whole convênio as a file, and from one; and a copy of one."""

from __future__ import annotations

import json
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from conecta.respostas import JSON, anexo
from convenios.copia_do_convenio import copiar as fazer_copia
from convenios.copia_do_convenio import exportar as escrever
from convenios.copia_do_convenio import importar as registrar
from convenios.historia_do_convenio import diferencas, nome_do_campo
from convenios.leitura_da_copia import MAIOR_COPIA, ConvenioLido, ler_copia
from convenios.models import Convenio, Plano
from convenios.palavras_do_convenio import em_palavras
from convenios.portas_do_convenio import convenio_de
from convenios.recepcao_do_convenio import Pequeno, bytes_de

OPERADORA: Final = Organizacao.Tipo.OPERADORA


class CopiaForm(forms.Form):
    """The name of a copy."""

    nome = forms.CharField(label="Nome da cópia", max_length=60)


class ImportarForm(forms.Form):
    """Where the convênio of a file goes."""

    destino = forms.ModelChoiceField(
        Convenio.objects.none(),
        label="Para",
        required=False,
        empty_label="Um convênio novo",
        help_text="Um convênio que já existe recebe todos os valores do arquivo; você vê antes o que muda.",
    )

    def __init__(self, dados: Any, operadora: Organizacao) -> None:
        super().__init__(dados)
        self.fields["destino"].queryset = Convenio.objects.filter(operadora=operadora)  # type: ignore[attr-defined]


@require_GET
@exige(Permissao.CONVENIO_VER, de=OPERADORA)
def exportar(request: Requisicao, slug: str, codigo: int) -> HttpResponse | FileResponse:
    """The file, to keep or to bring to another convênio."""
    convenio = convenio_de(request, codigo)
    escrito = json.dumps(escrever(convenio), ensure_ascii=False, indent=1).encode()
    return anexo(escrito, f"{slugify(f'convenio {convenio.codigo} {convenio.nome}')}.json", JSON)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.CONVENIO_MUDAR, de=OPERADORA)
def copiar(request: Requisicao, slug: str, codigo: int) -> HttpResponse:
    """Ask for the name of a copy, and make it."""
    convenio = convenio_de(request, codigo)
    form = CopiaForm(request.POST or None, initial={"nome": f"{convenio.nome[:50]} (cópia)"})
    if request.method == "POST" and form.is_valid():
        copia = fazer_copia(convenio=convenio, nome=form.cleaned_data["nome"], por=request.user)
        messages.success(
            request, f"Convênio {copia} criado como cópia de {convenio}. Os planos ficaram com o original."
        )
        return redirect("convenios:convenio", slug=slug, codigo=copia.codigo)
    contexto = {"form": form, "convenio": convenio}
    return render(request, "convenios/convenio_copia.html", contexto, status=422 if form.errors else 200)


# The token is in the body: reading it reads the file, so the handler that bounds it has to be in place before.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.CONVENIO_MUDAR, de=OPERADORA)
def importar(request: Requisicao, slug: str) -> HttpResponse:
    """Read a file, show what would become of it, and register it once that was seen."""
    manipulador = Pequeno(request, MAIOR_COPIA)
    request.upload_handlers = [manipulador]
    return _importar(request, manipulador)


@csrf_protect
def _importar(request: Requisicao, manipulador: Pequeno) -> HttpResponse:
    form = ImportarForm(request.POST if request.method == "POST" else None, request.organizacao)
    if request.method != "POST" or not form.is_valid():
        return _pagina(request, form, situacao=422 if form.errors else 200)
    destino: Convenio | None = form.cleaned_data["destino"]
    dados = request.POST.get("conteudo", "").encode(errors="replace") or bytes_de(request, "arquivo")
    if not dados:
        demais = "O arquivo passa de 1 MB, o limite de um convênio."
        form.add_error(None, demais if manipulador.excedeu else "Nenhum arquivo veio. Escolha o arquivo do convênio.")
        return _pagina(request, form, situacao=422)
    lido = ler_copia(dados, request.organizacao, destino)
    if lido.problemas or "conteudo" not in request.POST:
        return _pagina(request, form, lido, destino, dados, situacao=422 if lido.problemas else 200)
    return _registrar(request, form, lido, destino)


def _registrar(request: Requisicao, form: ImportarForm, lido: ConvenioLido, destino: Convenio | None) -> HttpResponse:
    try:
        feito = registrar(operadora=request.organizacao, convenio=destino, lido=lido, por=request.user)
    except ErroDeNegocio as recusa:
        form.add_error(None, recusa.frase)
        return _pagina(request, form, situacao=422)
    messages.success(request, f"Convênio {feito} {'atualizado' if destino else 'criado'} pelo arquivo.")
    return redirect("convenios:convenio", slug=request.organizacao.slug, codigo=feito.codigo)


def _pagina(
    request: Requisicao,
    form: ImportarForm,
    lido: ConvenioLido | None = None,
    destino: Convenio | None = None,
    dados: bytes = b"",
    situacao: int = 200,
) -> HttpResponse:
    contexto: dict[str, Any] = {"form": form, "lido": lido, "destino": destino}
    if lido is not None and not lido.problemas:
        contexto |= {
            "mudancas": _o_que_muda(lido, destino),
            "planos": _planos(request.organizacao, lido),
            "conteudo": dados.decode(),
        }
    return render(request, "convenios/convenio_importar.html", contexto, status=situacao)


def _o_que_muda(lido: ConvenioLido, destino: Convenio | None) -> list[tuple[str, str, str]]:
    """Name, before and after of each setting that would change; of a new convênio those that it would have."""
    if destino is None:
        escritos = ((nome, em_palavras(nome, valor)) for nome, valor in lido.valores.items())
        return [(nome_do_campo(nome), "", texto) for nome, texto in escritos if texto]
    antes = {nome: getattr(destino, nome) for nome in lido.valores}
    return [(nome_do_campo(m.campo), m.antes, m.depois) for m in diferencas(antes, lido.valores)]


def _planos(operadora: Organizacao, lido: ConvenioLido) -> list[tuple[str, str, int]]:
    """Code and name, what becomes of it, and how many coverages."""
    codigos = [plano["codigo"] for plano in lido.planos]
    ha = set(Plano.objects.filter(operadora=operadora, codigo__in=codigos).values_list("codigo", flat=True))
    return [
        (
            f"{plano['codigo']} {plano['nome']}",
            "será atualizado" if plano["codigo"] in ha else "será criado",
            len(plano["coberturas"]),
        )
        for plano in lido.planos
    ]
