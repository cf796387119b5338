"""The register of convênios: the list, a new one, and the tabs of each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from convenios.abas_do_convenio import ABAS, Aba, aba_de
from convenios.cadastro_do_convenio import MudouNoMeio, criar_convenio, mudar_convenio
from convenios.forms_do_convenio import ConvenioForm, FiltroDeConvenios, NovoConvenioForm, valores_de_um_novo
from convenios.historia_do_convenio import o_que_mudou, ultima
from convenios.lista_de_convenios import listar
from convenios.models import Convenio, ParametrosDaOperadora
from convenios.portas_do_convenio import convenio_de

OPERADORA = Organizacao.Tipo.OPERADORA
_POR_PAGINA = 50


@require_GET
@exige(Permissao.CONVENIO_VER, de=OPERADORA)
def lista(request: Requisicao, slug: str) -> HttpResponse:
    """The operadora's convênios, as far as the filter leaves them."""
    filtro = FiltroDeConvenios(request.GET)
    hoje = timezone.localdate()
    achados = listar(request.organizacao, filtro.cleaned_data, hoje) if filtro.is_valid() else []
    contexto = {
        "filtro": filtro,
        "pagina": Paginator(achados, _POR_PAGINA).get_page(request.GET.get("pagina")),
        "hoje": hoje,
        "filtrou": any(request.GET.get(nome) for nome in filtro.fields),
        "muda": request.vinculo.pode(Permissao.CONVENIO_MUDAR),
    }
    return render(request, "convenios/convenios.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.CONVENIO_MUDAR, de=OPERADORA)
def novo(request: Requisicao, slug: str) -> HttpResponse:
    """Register a convênio with what it needs to exist, and go on to its tabs."""
    form = NovoConvenioForm(request.POST or None, initial=valores_de_um_novo())
    if request.method == "POST" and form.is_valid():
        criado = criar_convenio(operadora=request.organizacao, valores=form.cleaned_data, por=request.user)
        messages.success(
            request, f"Convênio {criado} criado. Até você mudar, vale tudo o que a operadora tem de padrão."
        )
        return redirect("convenios:convenio", slug=slug, codigo=criado.codigo)
    return render(request, "convenios/convenio_novo.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@exige(Permissao.CONVENIO_VER, de=OPERADORA)
def convenio(request: Requisicao, slug: str, codigo: int) -> HttpResponse:
    """One tab of a convênio, `?aba=`."""
    achado = convenio_de(request, codigo)
    return _pagina(request, achado, _form(achado, aba_de(request.GET.get("aba"))))


@require_POST
@exige(Permissao.CONVENIO_MUDAR, de=OPERADORA)
def salvar(request: Requisicao, slug: str, codigo: int) -> HttpResponse:
    """Save one tab: all of it or nothing. The button `herdar` gives one setting back, `depois` names the next tab."""
    achado = convenio_de(request, codigo)
    aba = aba_de(request.GET.get("aba"))
    form = _form(achado, aba, request.POST)
    if form.is_valid():
        try:
            mudancas = mudar_convenio(
                convenio=achado, novos=form.valores(), por=request.user, visto=form.cleaned_data["visto"] or 0
            )
        except MudouNoMeio as recusa:
            form = _form(achado, aba, _com_o_que_se_ve_agora(request.POST, achado))
            form.add_error(None, recusa.frase)
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            messages.success(request, o_que_mudou(mudancas, request.POST.get("herdar", "")))
            return redirect(_endereco(slug, achado, aba_de(request.POST.get("depois") or aba.id)))
    return _pagina(request, achado, form)


def _form(convenio: Convenio, aba: Aba, dados: QueryDict | None = None) -> ConvenioForm:
    parametros = ParametrosDaOperadora.objects.filter(operadora=convenio.operadora_id).first()
    return ConvenioForm(dados, convenio=convenio, parametros=parametros, aba=aba, visto=ultima(convenio))


def _com_o_que_se_ve_agora(dados: QueryDict, convenio: Convenio) -> QueryDict:
    """What was typed, from now on over the state that the refusal has told of."""
    copia = dados.copy()
    copia["visto"] = str(ultima(convenio))
    return copia


def _pagina(request: Requisicao, convenio: Convenio, form: ConvenioForm) -> HttpResponse:
    muda = request.vinculo.pode(Permissao.CONVENIO_MUDAR)
    if not muda:
        for campo in form.fields.values():
            campo.disabled = True
    posicao = ABAS.index(form.aba)
    contexto: dict[str, Any] = {
        "convenio": convenio,
        "form": form,
        "aba": form.aba,
        "abas": ABAS,
        "proxima": next(iter(ABAS[posicao + 1 :]), None),
        "muda": muda,
        "hoje": timezone.localdate(),
    }
    return render(request, "convenios/convenio.html", contexto, status=422 if form.errors else 200)


def _endereco(slug: str, convenio: Convenio, aba: Aba) -> str:
    return f"{reverse('convenios:convenio', kwargs={'slug': slug, 'codigo': convenio.codigo})}?aba={aba.id}"
