"""What completes a field while it is typed."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from uploads.digitacao.portas import guia_digitada_de
from uploads.digitacao.procuras_busca import BENEFICIARIO, procurar, que_se_procura
from uploads.digitacao.procuras_campos import Opcao


@require_GET
@exige(Permissao.GUIA_DIGITAR, de=Organizacao.Tipo.PRESTADOR)
def opcoes(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """The best options for the control `campo` and what was typed there, `q`: `{"opcoes": […], "mais": false}`."""
    guia = guia_digitada_de(request, pk)
    campo = request.GET.get("campo", "")
    if que_se_procura(guia, campo) == BENEFICIARIO:
        registrar_acesso(request, "beneficiario", 0, "procurar")
    achados = procurar(guia, campo, request.GET.get("q", ""))
    return JsonResponse({"opcoes": [_em_json(opcao) for opcao in achados.opcoes], "mais": achados.mais})


def _em_json(opcao: Opcao) -> dict[str, object]:
    return {
        "rotulo": opcao.rotulo,
        "texto": opcao.texto,
        "detalhe": opcao.detalhe,
        "preenche": dict(opcao.preenche),
    }
