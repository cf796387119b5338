"""The lines of a draft as a form sent them: what is asked for each, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from conecta.erros import ErroDeNegocio
from conecta.importacao.celulas import ErroDaCelula, dinheiro
from conecta.interface.formatos import reais
from demonstrativos.recursos.forms import MAIOR_TEXTO
from demonstrativos.recursos.preparo import Pedido
from demonstrativos.recursos.telas import Linha


class GradeRecusada(ErroDeNegocio):
    """A line that cannot be kept; each says what is wrong in its `erro`."""


def ler_grade(linhas: Sequence[Linha], dados: Mapping[str, str]) -> dict[int, Pedido]:
    """What the form asks, by item. Raises `GradeRecusada` after writing to each bad line what is wrong with it."""
    pedidos = {}
    for linha in linhas:
        pk = linha.item.pk
        linha.justificativa = dados.get(f"justificativa-{pk}", "").strip()
        linha.valor = dados.get(f"valor-{pk}", "").strip()
        valor = None if linha.inteira else _valor(linha)
        if len(linha.justificativa) > MAIOR_TEXTO:
            linha.erro = f"A justificativa tem {len(linha.justificativa)} caracteres; cabem {MAIOR_TEXTO}. Encurte-a."
        pedidos[pk] = Pedido(valor=valor, justificativa=linha.justificativa)
    if ruins := [linha for linha in linhas if linha.erro]:
        quantas = "1 linha precisa" if len(ruins) == 1 else f"{len(ruins)} linhas precisam"
        raise GradeRecusada(f"Nada foi salvo: {quantas} de correção. Veja abaixo, em cada uma, o que há.", ruins)
    return pedidos


def _valor(linha: Linha) -> Decimal | None:
    if not linha.valor:
        linha.erro = "Escreva o valor recursado, ou tire esta glosa do recurso."
        return None
    try:
        valor = dinheiro(linha.valor, algarismos=12)
    except ErroDaCelula as erro:
        linha.erro = erro.frase
        return None
    if not 0 < valor <= linha.valor_da_glosa:
        linha.erro = f"O valor vai de R$ 0,01 a {reais(linha.valor_da_glosa)}, que é o da glosa."
    return valor
