"""The package `tiss` reads our statements of analysis to the decisions that they were written from."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from tiss._retorno import Decisao, parse_demonstrativo

from tests.tiss_schemas.demonstrativo import estrategias
from tests.tiss_schemas.demonstrativo.apoio import TIPOS, TRANSACAO, VERSOES
from tiss_schemas.demonstrativo.escrita import escrever_analise
from tiss_schemas.demonstrativo.valores import DemonstrativoDeAnalise, GuiaAnalisada, ItemAnalisado
from tiss_schemas.exemplos_demonstrativo import Glosas, exemplo_de_analise

Decidido = tuple[str, str, str, str, int, int]
"""Guide, decision, codes, procedure, glosa and liberado in cents."""


def lidas(demonstrativo: DemonstrativoDeAnalise) -> list[Decidido]:
    """What the package makes of the message."""
    return [
        _decidido(decisao) for decisao in parse_demonstrativo(escrever_analise([demonstrativo], transacao=TRANSACAO))
    ]


def _decidido(decisao: Decisao) -> Decidido:
    return (
        decisao.guia_ref,
        decisao.decision,
        decisao.motivo,
        decisao.tuss_code,
        decisao.valor_glosa_cents,
        decisao.valor_liberado_cents,
    )


def decididas(demonstrativo: DemonstrativoDeAnalise) -> list[Decidido]:
    """What was decided: a guide is paid, or refused in all of its items, or each item with a glosa is told."""
    return [
        decidido for protocolo in demonstrativo.protocolos for guia in protocolo.guias for decidido in _da_guia(guia)
    ]


def _da_guia(guia: GuiaAnalisada) -> list[Decidido]:
    numero = guia.numero_do_prestador
    glosados = [item for item in guia.itens if item.glosas or guia.glosas]
    if not glosados:
        return [(numero, "pago", "", "", 0, _centavos(guia.valores.liberado))]
    if len(glosados) == len(guia.itens) and guia.valores.liberado == 0:
        motivos = dict.fromkeys(_motivo(item, guia) for item in glosados)
        return [(numero, "glosado", "; ".join(motivos), "", _centavos(guia.valores.glosa), 0)]
    return [
        (
            numero,
            "glosa_parcial",
            _motivo(item, guia),
            item.codigo,
            _centavos(item.valores.glosa),
            _centavos(item.valores.liberado),
        )
        for item in glosados
    ]


def _motivo(item: ItemAnalisado, guia: GuiaAnalisada) -> str:
    return "; ".join(dict.fromkeys([*(glosa.codigo for glosa in item.glosas), *guia.glosas]))


def _centavos(valor: Decimal) -> int:
    return int(valor * 100)


@pytest.mark.parametrize("versao", VERSOES)
@pytest.mark.parametrize("glosas", Glosas)
@pytest.mark.parametrize("tipo", TIPOS)
def test_it_reads_the_same_decisions(versao: str, tipo: str, glosas: Glosas) -> None:
    demonstrativo = exemplo_de_analise(versao, tipo=tipo, glosas=glosas, protocolos=2, guias=3, itens=4)
    assert lidas(demonstrativo) == decididas(demonstrativo)


@settings(max_examples=40, deadline=None)
@given(demonstrativo=estrategias.analises().filter(lambda d: all(g.itens for p in d.protocolos for g in p.guias)))
def test_it_reads_the_same_decisions_of_any_statement_that_lists_its_items(
    demonstrativo: DemonstrativoDeAnalise,
) -> None:
    assert lidas(demonstrativo) == decididas(demonstrativo)
