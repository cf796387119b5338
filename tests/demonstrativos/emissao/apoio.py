"""Statements asked for and issued, for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from conecta.arquivos import cofre
from conecta.fila import fila
from demonstrativos.emissao.models import Demonstrativo, DocumentoDoPedido, PedidoDeDemonstrativo, Tipo
from demonstrativos.emissao.selecao import Selecao
from demonstrativos.emissao.transicoes import emitir, pedir
from demonstrativos.pagamentos.models import Pagamento
from demonstrativos.pagamentos.transicoes import fechar
from lotes.models import Protocolo
from tests.demonstrativos.pagamentos.apoio import liberado
from tests.fabrica import Cenario


def trabalhar() -> int:
    """Do what waits in the queue of documents, as a worker would; how many jobs there were."""
    feitos = 0
    while (trabalho := fila.reclamar("documentos", "teste")) is not None:
        fila.executar(trabalho, "teste")
        feitos += 1
    return feitos


def pedir_analise(
    cenario: Cenario, *protocolos: Protocolo, quem: str = "aurelia", juntos: bool = False, operadora: str = "pasa"
) -> PedidoDeDemonstrativo:
    """Ask for the analysis of these protocols, as somebody of `quem`."""
    selecao = Selecao(tipo=Tipo.ANALISE, protocolos=tuple(p.pk for p in protocolos), juntos=juntos)
    return _pedir(cenario, selecao, quem, operadora)


def pedir_pagamento(
    cenario: Cenario, de: date, ate: date, *, quem: str = "aurelia", tipo: Tipo = Tipo.PAGAMENTO, **opcoes: Any
) -> PedidoDeDemonstrativo:
    """Ask for what is paid in that period."""
    return _pedir(cenario, Selecao(tipo=tipo, de=de, ate=ate), quem, opcoes.get("operadora", "pasa"))


def _pedir(cenario: Cenario, selecao: Selecao, quem: str, operadora: str) -> PedidoDeDemonstrativo:
    papel = "faturista" if cenario.organizacoes[quem].e_prestador else "gestor"
    with cenario.dentro(quem, papel):
        return pedir(
            operadora=cenario.organizacoes[operadora],
            organizacao=cenario.organizacoes[quem],
            selecao=selecao,
            por=cenario.pessoa(papel, quem),
        )


def documentos(cenario: Cenario, pedido: PedidoDeDemonstrativo, quem: str = "aurelia") -> list[DocumentoDoPedido]:
    """What became of a request, in order."""
    with cenario.dentro(quem):
        return list(
            DocumentoDoPedido.objects.filter(pedido=pedido).select_related(
                "demonstrativo__conteudo_pdf", "demonstrativo__conteudo_xml"
            )
        )


def emitido(cenario: Cenario, protocolo: Protocolo, quem: str = "aurelia") -> Demonstrativo:
    """The analysis of one protocol, asked for and issued."""
    pedido = pedir_analise(cenario, protocolo, quem=quem)
    trabalhar()
    (documento,) = documentos(cenario, pedido, quem)
    assert documento.demonstrativo is not None, documento.erro
    return documento.demonstrativo


def bytes_de(cenario: Cenario, demonstrativo: Demonstrativo, quem: str = "aurelia") -> tuple[bytes, bytes]:
    """PDF and XML, as that organisation reads them."""
    assert demonstrativo.conteudo_pdf_id
    assert demonstrativo.conteudo_xml_id
    with cenario.dentro(quem):
        return cofre.abrir(demonstrativo.conteudo_pdf_id), cofre.abrir(demonstrativo.conteudo_xml_id)


def fechado(cenario: Cenario, pagamento: Pagamento) -> Pagamento:
    """Close a payment."""
    with cenario.dentro("pasa", "financeiro_operadora"):
        fechar(pagamento=pagamento, por=cenario.pessoa("financeiro_operadora", "pasa"))
        return Pagamento.objects.get(pk=pagamento.pk)


def um_de_cada(cenario: Cenario) -> dict[str, dict[str, int]]:
    """A statement and requests that PASA has no part in, and those of PASA and aurelia, by the names in addresses."""
    alheio = liberado(cenario, "cedro", "sulina")
    de_outra = emitir_ja(cenario, pedir_analise(cenario, alheio, quem="sulina", operadora="sulina"))
    protocolo = liberado(cenario)
    da_pasa = emitir_ja(cenario, pedir_analise(cenario, protocolo, quem="pasa"))
    da_aurelia = emitir_ja(cenario, pedir_analise(cenario, protocolo))
    return {
        "antes": {"demonstrativos": de_outra[1], "solicitados": de_outra[0]},
        "enviado": {
            "demonstrativos": da_pasa[1],
            "solicitados": da_pasa[0],
            "solicitados de aurelia": da_aurelia[0],
        },
    }


def emitir_ja(cenario: Cenario, pedido: PedidoDeDemonstrativo) -> tuple[int, int]:
    """Issue what a request asks for, as its job does; the ids of the request and of its statement."""
    with cenario.dentro(pedido.operadora.slug):
        (documento,) = DocumentoDoPedido.objects.filter(pedido=pedido)
        emitir(documento.pk)
        documento.refresh_from_db()
    assert documento.demonstrativo_id is not None, documento.erro
    return pedido.pk, documento.demonstrativo_id
