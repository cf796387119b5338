"""Arithmetic of one line. The hot path: 22,000 lines are asked, so a line that is right costs a few comparisons."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from lxml import etree

from conecta.interface.formatos import reais
from tiss_schemas.itens_lidos import ItemLido
from uploads.regras.contexto import Contexto
from uploads.regras.palavras import campo, em_xml
from uploads.regras.registro import Apontamento, regra

CENTAVO: Final = Decimal("0.01")
_ZERO: Final = Decimal(0)
_TOTAIS: Final = ("valorTotal", "valorProc", "valorProcedimento")


@regra("I09", codigo="1806", alvo="item")
def quantidade_positiva(item: ItemLido, contexto: Contexto) -> Iterator[Apontamento]:
    """A quantidade de cada item é maior que zero."""
    if item.quantidade is not None and item.quantidade <= _ZERO:
        no = _no(item, "quantidadeExecutada", "qtdProc")
        yield Apontamento(
            no=no,
            mensagem=f"O campo {campo(no)} {_do(item)} é {item.quantidade}. Informe uma quantidade maior que zero.",
            valor=str(item.quantidade),
            esperado="maior que zero",
        )


@regra("I13", codigo="5040", alvo="item", cadastro=True)
def unitario_zero(item: ItemLido, contexto: Contexto) -> Iterator[Apontamento]:
    """O valor unitário não é zero onde o contrato não aceita zero."""
    if item.unitario == _ZERO and not contexto.parametros.valor_unitario_zero:
        no = _no(item, "valorUnitario", "valorProcedimento")
        yield Apontamento(
            no=no,
            mensagem=f"O campo {campo(no)} {_do(item)} é zero, o que a operadora não aceita. Informe o valor.",
            valor=no.text,
            esperado="maior que zero",
        )


@regra("I14", codigo="5050", alvo="item")
def valor_negativo(item: ItemLido, contexto: Contexto) -> Iterator[Apontamento]:
    """Nenhum valor de item é negativo."""
    for valor, nomes in ((item.unitario, ("valorUnitario",)), (item.total, _TOTAIS)):
        if valor is not None and valor < _ZERO and (no := _no(item, *nomes)) is not item.elemento:
            yield Apontamento(
                no=no,
                mensagem=f"O campo {campo(no)} {_do(item)} é {reais(valor)}, negativo. Informe o valor sem sinal.",
                valor=no.text,
                esperado="zero ou mais",
            )


@regra("I15", codigo="3311", codigo_antigo="5050", alvo="item")
def total_do_item(item: ItemLido, contexto: Contexto) -> Iterator[Apontamento]:
    """O valor total de cada item é quantidade × valor unitário × fator, dentro da tolerância da operadora."""
    quantidade, unitario, fator, total = item.quantidade, item.unitario, item.fator, item.total
    if quantidade is None or unitario is None or fator is None or total is None:
        return
    produto = quantidade * unitario * fator
    if produto == total or quantidade <= _ZERO or unitario < _ZERO or total < _ZERO:
        return
    certo = produto.quantize(CENTAVO, ROUND_HALF_UP)
    if abs(certo - total) * 100 <= contexto.parametros.tolerancia_centavos:
        return
    no = _no(item, "valorTotal")
    yield Apontamento(
        no=no,
        mensagem=(
            f"O campo {campo(no)} {_do(item)} é {reais(total)}, mas {quantidade.normalize():f} × {reais(unitario)} × "
            f"fator {fator.normalize():f} dá {reais(certo)}. Corrija o valor total, ou o que estiver errado na conta."
        ),
        valor=no.text,
        esperado=em_xml(certo),
        sugestao=em_xml(certo),
    )


def _no(item: ItemLido, *nomes: str) -> etree._Element:
    """The first of these fields that the line has, else the line itself."""
    achados = (item.no(nome) for nome in nomes)
    return next((no for no in achados if no is not item.elemento), item.elemento)


def _do(item: ItemLido) -> str:
    """Which line it is, as people find it on the form: "do item 3, procedimento 40302040"."""
    especie = f"{item.especie} {item.codigo}" if item.codigo else item.especie
    if item.sequencial is not None:
        return f"do item {item.sequencial}, {especie},"
    return f"{'da' if item.especie == 'despesa' else 'do'} {especie}"
