"""Arithmetic of the lines. The hot path: a file has 22,000 of them, so a line that is right costs a few comparisons.

Each rule is given the guide and walks its lines itself: a call per line and rule would cost more than the rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from conecta.interface.formatos import reais
from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.contexto import Contexto
from uploads.regras.linhas import do_item, no_do_item
from uploads.regras.palavras import campo, em_xml
from uploads.regras.registro import Apontamento, regra

CENTAVO: Final = Decimal("0.01")
_ZERO: Final = Decimal(0)
TOTAIS_DO_ITEM: Final = ("valorTotal", "valorProc", "valorProcedimento")


@regra("I09", codigo="1806", alvo="guia")
def quantidade_positiva(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """A quantidade de cada item é maior que zero."""
    for item in guia.itens:
        quantidade = item.quantidade
        if quantidade is None or quantidade > _ZERO:
            continue
        no = no_do_item(item, "quantidadeExecutada", "qtdProc")
        yield Apontamento(
            no=no,
            mensagem=f"O campo {campo(no)} {do_item(item)} é {quantidade}. Informe uma quantidade maior que zero.",
            valor=no.text,
            esperado="maior que zero",
        )


@regra("I13", codigo="5040", alvo="guia", cadastro=True)
def unitario_zero(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O valor unitário não é zero onde o contrato não aceita zero."""
    if contexto.parametros.valor_unitario_zero:
        return
    for item in guia.itens:
        if item.unitario != _ZERO:
            continue
        no = no_do_item(item, "valorUnitario", "valorProcedimento")
        yield Apontamento(
            no=no,
            mensagem=f"O campo {campo(no)} {do_item(item)} é zero, o que a operadora não aceita. Informe o valor.",
            valor=no.text,
            esperado="maior que zero",
        )


@regra("I14", codigo="5050", alvo="guia")
def valor_negativo(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Nenhum valor de item é negativo."""
    for item in guia.itens:
        for valor, nomes in ((item.unitario, ("valorUnitario",)), (item.total, TOTAIS_DO_ITEM)):
            if valor is None or valor >= _ZERO or (no := no_do_item(item, *nomes)) is item.elemento:
                continue
            yield Apontamento(
                no=no,
                mensagem=f"O campo {campo(no)} {do_item(item)} é {reais(valor)}, negativo. Informe o valor sem sinal.",
                valor=no.text,
                esperado="zero ou mais",
            )


@regra("I15", codigo="3311", codigo_antigo="5050", alvo="guia")
def total_do_item(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O valor total de cada item é quantidade × valor unitário × fator, dentro da tolerância da operadora."""
    tolerancia = contexto.parametros.tolerancia_centavos
    for item in guia.itens:
        quantidade, unitario, fator, total = item.quantidade, item.unitario, item.fator, item.total
        if quantidade is None or unitario is None or fator is None or total is None:
            continue
        produto = quantidade * unitario * fator
        if produto == total or quantidade <= _ZERO or unitario < _ZERO or total < _ZERO:
            continue
        certo = produto.quantize(CENTAVO, ROUND_HALF_UP)
        if abs(certo - total) * 100 <= tolerancia:
            continue
        no = no_do_item(item, "valorTotal")
        yield Apontamento(
            no=no,
            mensagem=(
                f"O campo {campo(no)} {do_item(item)} é {reais(total)}, mas {quantidade.normalize():f} × "
                f"{reais(unitario)} × fator {fator.normalize():f} dá {reais(certo)}. Corrija o valor total, ou o que "
                "estiver errado na conta."
            ),
            valor=no.text,
            esperado=em_xml(certo),
            sugestao=em_xml(certo),
        )
