"""The doors: the only ways in which a table, a link, an edition or a product reaches a view. A stranger's is a 404."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, QuerySet
from django.http import Http404

from conecta.contas.acesso import Requisicao
from convenios.models import Convenio, Credenciamento
from convenios.precos.models import EdicaoDeReferencia, Produto, Reajuste, TabelaDePreco, VinculoDeTabela

M = TypeVar("M", bound=Model)


def tabela_de(request: Requisicao, pk: int) -> TabelaDePreco:
    """A table of the operadora in the URL."""
    tabelas = TabelaDePreco.objects.filter(operadora=request.organizacao).select_related("prestador")
    return _achar(tabelas, pk, "tabela de preço")


def vinculo_de(request: Requisicao, pk: int) -> VinculoDeTabela:
    """A link of the operadora in the URL."""
    vinculos = VinculoDeTabela.objects.filter(operadora=request.organizacao)
    return _achar(vinculos.select_related("convenio", "tabela", "prestador"), pk, "vínculo de tabela")


def edicao_de(request: Requisicao, pk: int) -> EdicaoDeReferencia:
    """An edition that the operadora in the URL imported."""
    return _achar(EdicaoDeReferencia.objects.filter(operadora=request.organizacao), pk, "edição")


def reajuste_de(request: Requisicao, pk: int) -> Reajuste:
    """An adjustment that the operadora in the URL made."""
    return _achar(Reajuste.objects.filter(operadora=request.organizacao).select_related("operadora"), pk, "reajuste")


def produto_de(request: Requisicao, pk: int) -> Produto:
    """A product of the prestador in the URL."""
    return _achar(Produto.objects.filter(prestador=request.organizacao), pk, "produto")


def credenciamentos_de(request: Requisicao) -> QuerySet[Credenciamento]:
    """The contracts of the organisation in the URL, whichever side of them it is, by the other's name."""
    organizacao = request.organizacao
    lado = {"prestador": organizacao} if organizacao.e_prestador else {"operadora": organizacao}
    outro = "operadora" if organizacao.e_prestador else "prestador"
    return Credenciamento.objects.filter(**lado).select_related("operadora", "prestador").order_by(f"{outro}__nome")


def convenios_de(request: Requisicao) -> QuerySet[Convenio]:
    """The convênios of the operadora in the URL, or of the operadoras that the prestador in it has a contract with."""
    organizacao = request.organizacao
    if organizacao.e_prestador:
        convenios = Convenio.objects.filter(operadora__credenciados__prestador=organizacao)
    else:
        convenios = Convenio.objects.filter(operadora=organizacao)
    return convenios.select_related("operadora").order_by("operadora__nome", "codigo")


def _achar(linhas: QuerySet[M], pk: int, coisa: str) -> M:
    try:
        return linhas.get(pk=pk)
    except ObjectDoesNotExist:
        raise Http404(coisa) from None
