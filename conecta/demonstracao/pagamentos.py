"""Money of the demonstration: PASA's bank data and retenções, a payment in preparation, and notas of Santa Aurélia.

Protocols that were billed or paid by the list have their payments already.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Final

from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from conecta.tenancy.escopo import inquilino
from convenios.models import Credenciamento
from demonstrativos.notas import transicoes as notas
from demonstrativos.notas.estados import Formato
from demonstrativos.notas.models import NotaFiscal
from demonstrativos.notas.pendencias import pendentes
from demonstrativos.notas.transicoes import ArquivoDaNota, DadosDaNota
from demonstrativos.pagamentos.cadastro import gravar_conta, gravar_retencoes
from demonstrativos.pagamentos.composicao import incluir, lancar
from demonstrativos.pagamentos.consultas import liberados_a_pagar
from demonstrativos.pagamentos.estados import FormaDePagamento, Indicador, TipoDeLancamento
from demonstrativos.pagamentos.models import ContaBancaria
from demonstrativos.pagamentos.transicoes import abrir
from lotes.estados import SituacaoDoProtocolo
from lotes.models import Protocolo

_FINANCEIRO: Final = "helena@pasa.example"
_DA_CLINICA: Final = "sonia@aurelia.example"
_CONTAS: Final = {"santa-aurelia": ("001", "1234-5", "10200-3"), "boa-vista": ("104", "0871", "55021-8")}
_IRRF: Final = Decimal("1.50")
_PDF: Final = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"


def criar_pagamentos(organizacoes: dict[str, Organizacao]) -> None:
    """Make all of it, once: nothing happens where there is bank data."""
    operadora, hospital = organizacoes["pasa"], organizacoes["boa-vista"]
    por = Usuario.objects.get(email=_FINANCEIRO)
    with inquilino(operadora.tipo, operadora.pk, por.pk):
        if ContaBancaria.objects.exists():
            return
        _registrar_contas(operadora, organizacoes, por)
        _preparar(operadora, hospital, por)
    _enviar_notas(organizacoes["santa-aurelia"], operadora, por)


def _registrar_contas(operadora: Organizacao, organizacoes: dict[str, Organizacao], por: Usuario) -> None:
    for slug, (banco, agencia, conta) in _CONTAS.items():
        contrato = Credenciamento.objects.get(operadora=operadora, prestador=organizacoes[slug])
        gravar_conta(
            contrato=contrato, forma=FormaDePagamento.DEPOSITO, banco=banco, agencia=agencia, conta=conta, por=por
        )
        gravar_retencoes(contrato=contrato, valores={TipoDeLancamento.IRRF: (_IRRF, Decimal(0))}, por=por)


def _preparar(operadora: Organizacao, prestador: Organizacao, por: Usuario) -> None:
    """An open payment of what was released of the hospital."""
    protocolos = list(liberados_a_pagar(operadora, prestador))
    if not protocolos:
        return
    data = timezone.localdate() + timedelta(days=20)
    pagamento = abrir(operadora=operadora, prestador=prestador, data_de_pagamento=data, por=por)
    incluir(pagamento=pagamento, protocolos=protocolos, por=por)
    lancar(
        pagamento=pagamento,
        indicador=Indicador.CREDITO,
        tipo=TipoDeLancamento.AJUSTE,
        descricao="Diferença do mês anterior",
        valor=Decimal("120.00"),
        por=por,
    )


def _enviar_notas(prestador: Organizacao, operadora: Organizacao, financeiro: Usuario) -> None:
    """A nota of what was paid, accepted, one of what was billed, to be judged; what was only released waits for its."""
    por = Usuario.objects.get(email=_DA_CLINICA)
    with inquilino(prestador.tipo, prestador.pk, por.pk):
        devidos = pendentes(prestador).filter(operadora=operadora)
        enviadas = {
            protocolo.situacao: _enviar(prestador, protocolo, por)
            for protocolo in devidos.exclude(situacao=SituacaoDoProtocolo.LIBERADO).order_by("pk")
        }
    paga = enviadas.get(SituacaoDoProtocolo.PAGO)
    if paga is not None:
        with inquilino(operadora.tipo, operadora.pk, financeiro.pk):
            notas.aceitar(nota=paga, por=financeiro)


def _enviar(prestador: Organizacao, protocolo: Protocolo, por: Usuario) -> NotaFiscal:
    dados = DadosDaNota(
        numero=str(2_000 + protocolo.numero),
        serie="1",
        data_de_emissao=timezone.localdate(),
        valor=protocolo.valor_liberado,
    )
    arquivo = ArquivoDaNota(
        nome=f"nota-{dados.numero}.pdf", dados=_PDF + f"% {dados.numero}\n%%EOF".encode(), formato=Formato.PDF
    )
    nota = notas.criar(prestador=prestador, protocolos=[protocolo], dados=dados, arquivo=arquivo, por=por)
    return notas.enviar(nota=nota, por=por)
