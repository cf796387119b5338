"""Marking that something of a typed guide is waited for before it may be billed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from convenios.contrato import pendencias
from convenios.contrato.models import PendenciaDeExame
from uploads.digitacao import transicoes
from uploads.digitacao.erros import SemPendencia
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.portas import guia_digitada_de
from uploads.digitacao.views.respostas import feito, recusado


@exige(Permissao.GUIA_DIGITAR, de=Organizacao.Tipo.PRESTADOR)
@require_POST
def pendencia(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Mark that something of the guide is waited for (`motivo`), or, with `retirar`, that it came."""
    guia = guia_digitada_de(request, pk)
    try:
        dito = _pendencia(request, guia)
        guia, _ = transicoes.julgar_de_novo(guia=guia, por=request.user)
    except ErroDeNegocio as erro:
        return recusado(request, guia, erro)
    return feito(request, guia, dito)


def _pendencia(request: Requisicao, guia: GuiaDigitada) -> str:
    motivo = request.POST.get("motivo", "")
    if motivo not in PendenciaDeExame.Motivo.values:
        raise SemPendencia("Escolha o que falta: exame pendente, ou exame sem laudo.", guia)
    minhas = PendenciaDeExame.objects.filter(
        prestador=request.organizacao, operadora=guia.operadora_id, retirada_em=None
    )
    numero = guia.numero_do_prestador
    if "retirar" in request.POST:
        marcada = get_object_or_404(minhas, numero_da_guia=numero, motivo=motivo)
        pendencias.retirar(pendencia=marcada, por=request.user)
        return f"Pendência da guia {numero} retirada."
    if not numero:
        raise SemPendencia("Salve a guia, para que ela tenha número, antes de marcar uma pendência.", guia)
    pendencias.marcar(
        prestador=request.organizacao, convenio=guia.convenio, numeros=[numero], motivo=motivo, por=request.user
    )
    return f"Guia {numero} marcada: {PendenciaDeExame.Motivo(motivo).label.lower()}."
