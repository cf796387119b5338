"""One payment: what is in it, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from demonstrativos.pagamentos import composicao, transicoes
from demonstrativos.pagamentos.estados import SituacaoDoPagamento
from demonstrativos.pagamentos.forms import LancamentoForm, MotivoForm, PagamentoForm, PagoForm
from demonstrativos.pagamentos.models import ContaBancaria, Pagamento
from demonstrativos.pagamentos.portas import lancamento_de, linha_de, pagamento_de
from lotes.notas_fiscais import notas_de
from lotes.paginas import pagina_de

OPERADORA = Organizacao.Tipo.OPERADORA
_S = SituacaoDoPagamento
_NADA_ESCOLHIDO = "Nada foi escolhido. Retire uma linha pelo botão dela."


@require_GET
@exige(Permissao.PAGAMENTO_VER)
def pagamento(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Its protocols, debits and credits, totals, bank data and timeline."""
    o_pagamento = pagamento_de(request, pk)
    registrar_acesso(request, "pagamento", o_pagamento.pk, "ver")
    return _pagina(request, o_pagamento)


@require_POST
@exige(Permissao.PAGAMENTO_MUDAR, de=OPERADORA)
def mudar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Date, competência and note of an open payment."""
    form = PagamentoForm(request.POST)
    return _agir(
        request,
        pk,
        form,
        "form",
        lambda p: transicoes.mudar(pagamento=p, por=request.user, **form.cleaned_data),
        "Dados do pagamento salvos.",
    )


@require_POST
@exige(Permissao.PAGAMENTO_MUDAR, de=OPERADORA)
def lancar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Add a debit or a credit."""
    form = LancamentoForm(request.POST)
    return _agir(
        request,
        pk,
        form,
        "lancamento",
        lambda p: composicao.lancar(pagamento=p, por=request.user, **form.cleaned_data),
        "Lançamento incluído.",
    )


@require_POST
@exige(Permissao.PAGAMENTO_MUDAR, de=OPERADORA)
def retirar_lancamento(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Take a debit or a credit out."""
    o_pagamento = pagamento_de(request, pk)
    if not request.POST.get("lancamento"):
        return _pagina(request, o_pagamento, status=422, recusa=_NADA_ESCOLHIDO)
    o_lancamento = lancamento_de(o_pagamento, request.POST["lancamento"])
    return _agir(
        request,
        pk,
        None,
        "",
        lambda p: composicao.retirar_lancamento(lancamento=o_lancamento, por=request.user),
        "Lançamento retirado.",
    )


@require_POST
@exige(Permissao.PAGAMENTO_MUDAR, de=OPERADORA)
def retirar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Take a protocol out."""
    o_pagamento = pagamento_de(request, pk)
    if not request.POST.get("linha"):
        return _pagina(request, o_pagamento, status=422, recusa=_NADA_ESCOLHIDO)
    linha = linha_de(o_pagamento, request.POST["linha"])
    return _agir(
        request,
        pk,
        None,
        "",
        lambda p: composicao.retirar(linha=linha, por=request.user),
        "Protocolo retirado. Ele espera outro pagamento.",
    )


@require_POST
@exige(Permissao.PAGAMENTO_MUDAR, de=OPERADORA)
def fechar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """*Fechar Pagamento*, of the net amount that the person saw."""
    visto = _decimal(request.POST.get("visto", ""))
    return _agir(
        request,
        pk,
        None,
        "",
        lambda p: transicoes.fechar(pagamento=p, por=request.user, visto=visto),
        "Pagamento fechado. O prestador já o vê, e os protocolos passaram a “Faturado”.",
    )


@require_POST
@exige(Permissao.PAGAMENTO_MUDAR, de=OPERADORA)
def cancelar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """*Cancelar Pagamento*, with its reason."""
    form = MotivoForm(request.POST)
    return _agir(
        request,
        pk,
        form,
        "cancelamento",
        lambda p: transicoes.cancelar(pagamento=p, por=request.user, **form.cleaned_data),
        "Pagamento cancelado. Os protocolos esperam outro pagamento.",
    )


@require_POST
@exige(Permissao.PAGAMENTO_MUDAR, de=OPERADORA)
def pagar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """*Marcar como Pago*, on the day that the money left."""
    form = PagoForm(request.POST)
    return _agir(
        request,
        pk,
        form,
        "pago",
        lambda p: transicoes.marcar_pago(
            pagamento=p, por=request.user, data=form.cleaned_data["pago_em"], nota=form.cleaned_data["nota"]
        ),
        "Pagamento marcado como pago. Os protocolos passaram a “Pago”.",
    )


def _agir(
    request: Requisicao,
    pk: int,
    form: forms.Form | None,
    nome: str,
    acao: Callable[[Pagamento], object],
    feito: str,
) -> HttpResponse:
    """Do it and go back to the page; refused, the page as it is now with the sentence, and what was typed."""
    o_pagamento = pagamento_de(request, pk)
    formularios = {} if form is None else {nome: form}
    if form is not None and not form.is_valid():
        return _pagina(request, o_pagamento, status=422, formularios=formularios)
    try:
        acao(o_pagamento)
    except ErroDeNegocio as erro:
        return _pagina(request, pagamento_de(request, pk), status=409, recusa=erro.frase, formularios=formularios)
    messages.success(request, feito)
    return redirect("pagamentos:pagamento", slug=request.organizacao.slug, pk=pk)


def _pagina(
    request: Requisicao,
    o_pagamento: Pagamento,
    *,
    status: int = 200,
    recusa: str = "",
    formularios: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    pode_mudar = not request.organizacao.e_prestador and request.vinculo.pode(Permissao.PAGAMENTO_MUDAR)
    linhas = o_pagamento.linhas.select_related("protocolo", "protocolo__lote").order_by("tipo", "protocolo__numero")
    pagina = pagina_de(linhas, linhas.count(), request.GET.get("pagina"))
    notas = notas_de(linha.protocolo_id for linha in pagina)
    acontecimentos = o_pagamento.acontecimentos.all()
    contexto: dict[str, Any] = {
        "endereco": reverse("pagamentos:pagamento", args=[request.organizacao.slug, o_pagamento.pk]),
        "pagamento": o_pagamento,
        "linhas": pagina,
        "notas": [(linha, notas.get(linha.protocolo_id)) for linha in pagina],
        "lancamentos": list(o_pagamento.lancamentos.all()),
        "historia": [_evento(a) for a in acontecimentos],
        "conta": _conta(o_pagamento),
        "vencido": o_pagamento.situacao == _S.ABERTO and o_pagamento.data_de_pagamento < timezone.localdate(),
        "pode_mudar": pode_mudar,
        "recusa": recusa,
        **_formularios(o_pagamento),
        **(formularios or {}),
    }
    parte = "#linhas" if request.htmx.target == "linhas" else ""
    return render(request, f"pagamentos/pagamento.html{parte}", contexto, status=status)


def _formularios(o_pagamento: Pagamento) -> dict[str, forms.Form]:
    ano, mes = int(o_pagamento.competencia[:4]), int(o_pagamento.competencia[4:])
    return {
        "form": PagamentoForm(
            initial={
                "data_de_pagamento": o_pagamento.data_de_pagamento,
                "competencia": o_pagamento.data_de_pagamento.replace(year=ano, month=mes, day=1),
                "observacao": o_pagamento.observacao,
            }
        ),
        "lancamento": LancamentoForm(),
        "cancelamento": MotivoForm(),
        "pago": PagoForm(initial={"pago_em": timezone.localdate()}),
    }


def _conta(o_pagamento: Pagamento) -> Pagamento | ContaBancaria | None:
    """Where it is paid: what it copied when it was closed; before that, what would be copied."""
    if o_pagamento.fechado_em is not None:
        return o_pagamento
    return ContaBancaria.objects.filter(operadora=o_pagamento.operadora_id, prestador=o_pagamento.prestador_id).first()


def _evento(acontecimento: Any) -> dict[str, Any]:
    return {
        "titulo": acontecimento.titulo,
        "detalhe": acontecimento.detalhe,
        "quando": acontecimento.quando,
        "quem": acontecimento.por_nome,
        "tom": "verde" if acontecimento.titulo in {"Pagamento fechado", "Pago"} else "neutro",
        "marco": acontecimento.publico,
    }


def _decimal(texto: str) -> Decimal | None:
    try:
        numero = Decimal(texto)
    except InvalidOperation:
        return None
    return numero if numero.is_finite() else None
