"""Arithmetic of the lines. The hot path: a file has 22,000 of them, so a line that is right costs a few comparisons.

Each rule is given the guide and walks its lines itself: a call per line and rule would cost more than the rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from conecta.interface.formatos import quantidade as quantidade_em_texto
from conecta.interface.formatos import reais
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.bases import Base
from uploads.regras.contexto import Contexto
from uploads.regras.linhas import do_item, no_do_item
from uploads.regras.palavras import campo, em_xml
from uploads.regras.registro import Apontamento, conta, regra

_ZERO: Final = Decimal(0)
TOTAIS_DO_ITEM: Final = ("valorTotal", "valorProc", "valorProcedimento")


@regra("I09", codigo="1806", alvo="guia", dispensavel=False, exemplo="A quantidade de um exame é 0.")
def quantidade_positiva(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """A quantidade de cada item é maior que zero."""
    for item in guia.duvidosos:
        quantidade = item.quantidade
        if quantidade is None or quantidade > _ZERO:
            continue
        no = no_do_item(item, "quantidadeExecutada", "qtdProc")
        yield Apontamento(
            no=no,
            mensagem=(
                f"O campo {campo(no)} {do_item(item)} é {quantidade_em_texto(quantidade)}. Informe uma quantidade "
                "maior que zero."
            ),
            valor=no.text,
            esperado="maior que zero",
        )


@regra(
    "I13",
    codigo="5040",
    alvo="guia",
    ajustavel=True,
    cadastro=True,
    exemplo="O valor unitário é 0,00, e o contrato não aceita zero.",
)
def unitario_zero(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O valor unitário não é zero onde o contrato não aceita zero."""
    if contexto.parametros.valor_unitario_zero:
        return
    for item in guia.duvidosos:
        if item.unitario != _ZERO:
            continue
        no = no_do_item(item, "valorUnitario", "valorProcedimento")
        yield Apontamento(
            no=no,
            mensagem=f"O campo {campo(no)} {do_item(item)} é zero, o que a operadora não aceita. Informe o valor.",
            valor=no.text,
            esperado="maior que zero",
        )


@regra("I14", codigo="5050", alvo="guia", dispensavel=False, exemplo="O valor unitário é -12.00.")
def valor_negativo(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Nenhum valor de item é negativo."""
    for item in guia.duvidosos:
        for valor, nomes in ((item.unitario, ("valorUnitario",)), (item.total, TOTAIS_DO_ITEM)):
            if valor is None or valor >= _ZERO or (no := no_do_item(item, *nomes)) is item.elemento:
                continue
            yield Apontamento(
                no=no,
                mensagem=f"O campo {campo(no)} {do_item(item)} é {reais(valor)}, negativo. Informe o valor sem sinal.",
                valor=no.text,
                esperado="zero ou mais",
            )


@regra(
    "I15",
    codigo="3311",
    codigo_antigo="5050",
    alvo="guia",
    depende=(Base.VALORES_DA_LINHA,),
    exemplo="O item é 1 × R$ 133,04 × 1,00, e o total dele é R$ 94,00.",
)
def total_do_item(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O valor total de cada item é quantidade × valor unitário × fator, dentro da tolerância da operadora."""
    for item in guia.itens:
        total = item.total
        if item.produto == total or total is None or (certo := total_devido(item, contexto)) is None or certo == total:
            continue
        no = no_do_item(item, "valorTotal")
        yield Apontamento(
            no=no,
            mensagem=(
                f"O campo {campo(no)} {do_item(item)} é {reais(total)}, mas {_conta(item)} dá {reais(certo)}. Corrija "
                "o valor total, ou o que estiver errado na conta."
            ),
            valor=no.text,
            esperado=em_xml(certo),
            sugestao=em_xml(certo),
        )


@regra(
    "I18",
    codigo="1716",
    alvo="guia",
    ignoravel=True,
    ajustavel=True,
    exemplo="O fator de redução ou acréscimo é 0,00.",
    desde=date(2026, 11, 22),
)
def fator_positivo(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O fator de redução ou acréscimo de cada item é maior que zero."""
    for item in guia.duvidosos:
        fator = item.fator
        if fator is None or fator > _ZERO:
            continue
        no = no_do_item(item, "reducaoAcrescimo")
        yield Apontamento(
            no=no,
            mensagem=(
                f"O campo {campo(no)} {do_item(item)} é {quantidade_em_texto(fator)}, e multiplica o valor do item. "
                "Informe 1,00 quando não há redução nem acréscimo."
            ),
            valor=no.text,
            esperado="maior que zero",
        )


def total_devido(item: ItemLido, contexto: Contexto) -> Decimal | None:
    """What the line should cost: the declared total where it is within the tolerance, else the product in cents.

    None where nobody knows, because an amount cannot be read or another rule speaks of one.
    """
    total, produto = item.total, item.produto
    if total is None or total < _ZERO:
        return None
    if produto is None:
        return total
    if _em_duvida(item, contexto):
        return None
    if produto == total:
        return total
    return total if abs(produto - total) * 100 <= contexto.parametros.tolerancia_centavos else produto


def aceita_zero(contexto: Contexto) -> bool:
    """Whether a unit price may be zero: where the contract allows it, or nobody asks."""
    return contexto.parametros.valor_unitario_zero or not conta(unitario_zero, contexto)


def _em_duvida(item: ItemLido, contexto: Contexto) -> bool:
    """Whether another rule speaks of what the line is made of, so that its product means nothing."""
    quantidade, unitario, fator = item.quantidade, item.unitario, item.fator
    if quantidade is None or unitario is None or fator is None or quantidade <= _ZERO or unitario < _ZERO:
        return True
    if fator <= _ZERO and item.produto != item.total:
        return True
    return unitario == _ZERO and not aceita_zero(contexto)


def _conta(item: ItemLido) -> str:
    quantidade, fator = quantidade_em_texto(item.quantidade), quantidade_em_texto(item.fator)
    return f"{quantidade} × {reais(item.unitario)} × fator {fator}"
