"""*Quanto custa?*: the price of one code, and every step that leads to it. An address that can be passed on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.papeis import Permissao
from convenios.models import Convenio, Credenciamento
from convenios.precos.conhecidos import Fonte, Resposta
from convenios.precos.consulta import preco_de
from convenios.precos.forms_do_custo import PerguntaForm
from convenios.precos.portas import convenios_de, credenciamentos_de
from convenios.precos.views.comum import muda


@dataclass(frozen=True, slots=True)
class Caminho:
    """Where to register what is missing."""

    nome: str
    endereco: str


@require_GET
@exige(Permissao.PRECO_VER)
def custo(request: Requisicao, slug: str) -> HttpResponse:
    """The form and, once it is whole, the answer. A prestador asks for itself only."""
    do_prestador = request.organizacao.e_prestador
    contratos = credenciamentos_de(request)
    perguntou = bool(request.GET.get("codigo"))
    form = PerguntaForm(
        request.GET if perguntou else None,
        convenios_de(request),
        None if do_prestador else contratos,
        initial=request.GET.dict(),
    )
    contexto: dict[str, Any] = {"form": form}
    if perguntou and form.is_valid():
        convenio: Convenio = form.cleaned_data["convenio"]
        contrato = (
            contratos.filter(operadora=convenio.operadora_id).first()
            if do_prestador
            else form.cleaned_data["prestador"]
        )
        resposta = _responder(form, convenio, contrato, com_custos=do_prestador)
        contexto |= {
            "pergunta": form.cleaned_data,
            "resposta": resposta,
            "contrato": contrato,
            "caminhos": _caminhos(request, convenio, contrato) if resposta.valor is None else [],
            "porque": _PORQUE.get(resposta.fonte, ""),
        }
    return render(request, "convenios/precos/custo.html", contexto, status=422 if form.errors else 200)


def _responder(
    form: PerguntaForm, convenio: Convenio, contrato: Credenciamento | None, *, com_custos: bool
) -> Resposta:
    pergunta = form.cleaned_data
    return preco_de(
        convenio=convenio,
        credenciamento=contrato,
        tabela=pergunta["tabela"],
        codigo=pergunta["codigo"],
        dia=pergunta["dia"],
        natureza=pergunta["natureza"] or None,
        grau=pergunta["grau"],
        com_custos=com_custos,
    )


def _caminhos(request: Requisicao, convenio: Convenio, contrato: Credenciamento | None) -> list[Caminho]:
    """Where whoever asks may register what is missing; nobody is sent where only others may go."""
    slug = request.organizacao.slug
    if not muda(request):
        return []
    if request.organizacao.e_prestador:
        return [Caminho("Produtos e custo médio", reverse("precos:produtos", args=[slug]))]
    vinculos = reverse("precos:convenio", args=[slug, convenio.codigo])
    do_contrato = f"?prestador={contrato.prestador_id}" if contrato else ""
    referencias = reverse("convenios:convenio", args=[slug, convenio.codigo])
    return [
        Caminho("O que cada tabela precifica", vinculos + do_contrato),
        Caminho("Tabelas de preço", reverse("precos:tabelas", args=[slug])),
        Caminho("Brasíndice / Simpro do convênio", f"{referencias}?aba=precos"),
        Caminho("Edições importadas", reverse("precos:listas", args=[slug])),
    ]


_PORQUE = {
    Fonte.NAO_CONTRATADO: "Há tabelas para este tipo de item, e nenhuma tem o código nesse dia.",
    Fonte.SEM_PRECO: "Nada do que está registrado dá preço a este tipo de item nesse dia.",
    Fonte.INDEFINIDA: "O que está registrado não basta para chegar a um preço.",
}
