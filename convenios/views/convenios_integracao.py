"""What a clinic's other systems read of a convênio, on either side."""

from __future__ import annotations

from django.http import Http404, JsonResponse
from django.views.decorators.http import require_GET

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from convenios.camadas import do_prestador, resolver
from convenios.integracao_do_convenio import para_integracoes
from convenios.models import Credenciamento, ParametrosDaOperadora
from convenios.portas_do_convenio import convenio_de, convenio_do_prestador


@require_GET
@exige(Permissao.CONVENIO_VER, de=Organizacao.Tipo.OPERADORA)
def integracao(request: Requisicao, slug: str, codigo: int) -> JsonResponse:
    """For the operadora: what holds without any agreement with a prestador."""
    convenio = convenio_de(request, codigo)
    parametros = ParametrosDaOperadora.objects.filter(operadora=convenio.operadora_id).first()
    return JsonResponse(para_integracoes(convenio, resolver(parametros, convenio).regras))


@require_GET
@exige(Permissao.CONVENIO_VER, de=Organizacao.Tipo.PRESTADOR)
def integracao_do_prestador(request: Requisicao, slug: str, operadora: str, codigo: int) -> JsonResponse:
    """For a prestador: what holds between it and that convênio of an operadora, named by its slug."""
    convenio = convenio_do_prestador(request, operadora, codigo)
    contrato = Credenciamento.objects.filter(prestador=request.organizacao, operadora=convenio.operadora_id).first()
    if contrato is None:
        raise Http404("credenciamento")
    return JsonResponse(para_integracoes(convenio, do_prestador(convenio, contrato).regras))
