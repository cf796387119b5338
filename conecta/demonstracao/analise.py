"""What analistas of the demonstration decided: of the automatic pass, and on their own."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from conecta.tenancy.escopo import inquilino
from convenios.models import Beneficiario
from demonstrativos.analise import transicoes, transicoes_inteiras
from demonstrativos.analise.models import Analise, Glosa, ItemAnalisado
from demonstrativos.analise.partes import Parte
from demonstrativos.analise.trabalho import Vistos

from .cadastro import carteiras_de_quem_sai


def desligar_depois(operadora: Organizacao) -> None:
    """Write down that some people had left before the guides of the demonstration were done."""
    with inquilino(operadora.tipo, operadora.pk):
        quem_sai = Beneficiario.objects.filter(
            operadora=operadora, numero_carteira__in=carteiras_de_quem_sai(operadora.slug)
        )
        quem_sai.update(desligamento=timezone.localdate() - timedelta(days=60))


def comecar_a_analisar(protocolo_id: int, operadora: Organizacao, por: Usuario) -> None:
    """Agree with the first guide that the automatic pass refuses; the others wait for whoever looks at the portal."""
    with inquilino(operadora.tipo, operadora.pk, por.pk):
        analise = Analise.objects.select_related("protocolo").get(protocolo=protocolo_id)
        proposta = Glosa.objects.filter(analise=analise, confirmada=False).order_by("guia__posicao", "pk").first()
        if proposta is not None:
            transicoes.aceitar_glosas(
                analise=analise, glosas=None, por=por, vistos={proposta.guia_id: _versoes(analise)[proposta.guia_id]}
            )


def analisar_ate_o_fim(protocolo_id: int, operadora: Organizacao, por: Usuario) -> None:
    """Agree with all that was proposed, refuse a part of one item and the whole of another guide."""
    with inquilino(operadora.tipo, operadora.pk, por.pk):
        analise = Analise.objects.select_related("protocolo").get(protocolo=protocolo_id)
        if Glosa.objects.filter(analise=analise, confirmada=False).exists():
            transicoes.aceitar_glosas(analise=analise, glosas=None, por=por, vistos=_versoes(analise))
        itens = ItemAnalisado.objects.filter(analise=analise, valor_liberado__gt=1).order_by("guia__posicao", "posicao")
        item, outro = itens.first(), itens.last()
        if item is None or outro is None or item.guia_id == outro.guia_id:
            return
        transicoes.glosar(
            analise=analise,
            partes=[Parte(item=item.pk, valor=(item.valor_liberado / 4).quantize(Decimal("0.01")))],
            codigo="1705",
            motivo="O valor cobrado passa do que foi negociado para este item.",
            por=por,
            vistos=_versoes(analise),
        )
        transicoes_inteiras.glosar_guia(
            analise=analise,
            guia=outro.guia_id,
            codigo="1322",
            motivo="O comprovante do atendimento não foi enviado com a guia.",
            por=por,
            vistos=_versoes(analise),
        )


def _versoes(analise: Analise) -> Vistos:
    """All guides, each as it stands."""
    return dict(analise.guias.values_list("pk", "versao"))
