"""What is registered reaches the verdict of those whom it concerns, in a number of queries that does not grow."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from convenios.exigencias import transicoes
from lotes.avanco import avancar
from lotes.estados import SituacaoDoProtocolo
from lotes.transicoes import excluir
from tests.convenios.exigencias.apoio import autorizar, exigir
from tests.fabrica import CARTEIRAS, PASA, Cenario
from tests.movimento import enviar, lote_aberto, xml_de
from tests.uploads.regras.apoio import editado, troca
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import ler_lote
from uploads.contexto import carregar_contexto
from uploads.julgamento import julgar_para

SENHA = "S0007000"
"""Of the first guide of the file."""
ONTEM = timezone.localdate() - timedelta(days=1)


def _xml(cenario: Cenario, **opcoes: Any) -> bytes:
    return xml_de(cenario.aurelia, cenario.pasa, numero="7", **{"itens": 1, **opcoes})


def _regras(cenario: Cenario, conteudo: bytes) -> list[str]:
    with cenario.dentro("aurelia"):
        return [achado.regra for achado in julgar_para(cenario.aurelia, conteudo, "lote.xml").achados]


def test_without_a_register_nothing_is_found(cenario: Cenario) -> None:
    assert _regras(cenario, _xml(cenario)) == []


def test_what_the_operadora_demands_is_asked_of_its_files_only(cenario: Cenario) -> None:
    exigir(cenario, "sulina", quantidade_maxima_por_guia=1)
    assert _regras(cenario, _xml(cenario)) == []
    exigir(cenario, "pasa", quantidade_maxima_por_guia=1)
    assert _regras(cenario, _xml(cenario)) == ["I10"]


def test_the_longest_beginning_decides_alone(cenario: Cenario) -> None:
    exigir(cenario, prefixo="", quantidade_maxima_por_guia=1)
    exigir(cenario, prefixo="40302040", sexo="1")
    assert _regras(cenario, _xml(cenario)) == []


def test_the_authorisation_of_another_prestador_is_as_unknown_as_none(cenario: Cenario) -> None:
    desde = date(2026, 1, 1)
    with cenario.dentro("pasa", "gestor"):
        transicoes.conferir_desde(operadora=cenario.pasa, desde=desde, por=cenario.pessoa("gestor", "pasa"))
    de_ninguem = _xml(cenario)
    assert _regras(cenario, de_ninguem) == ["A02"]
    autorizar(cenario, "pasa", "boavista", senha=SENHA)
    assert _regras(cenario, de_ninguem) == ["A02"]
    autorizar(cenario, "pasa", "aurelia", senha="S0000009")
    certa = editado(de_ninguem, [troca("senha", "S0000009")])
    assert _regras(cenario, certa) == []


def test_what_was_authorised_is_compared_with_what_is_billed(cenario: Cenario) -> None:
    autorizacao = autorizar(cenario, senha=SENHA, itens=[("22", "40302040", Decimal(1))])
    assert _regras(cenario, _xml(cenario)) == ["A08"]
    with cenario.dentro("pasa", "gestor"):
        transicoes.cancelar(autorizacao=autorizacao, motivo="Pedido do médico", por=cenario.pessoa("gestor", "pasa"))
    assert _regras(cenario, _xml(cenario)) == ["A04"]


def test_what_was_billed_before_counts_for_the_interval_until_its_lot_is_excluded(cenario: Cenario) -> None:
    lote = lote_aberto(cenario, numero="1", itens=1, data=ONTEM - timedelta(days=20))
    exigir(cenario, intervalo_minimo_dias=30)
    assert _regras(cenario, _xml(cenario)) == ["C30"]
    assert _regras(cenario, _xml(cenario, carteiras=[CARTEIRAS[PASA].format(9)])) == []
    with cenario.dentro("aurelia", "faturista"):
        excluir(lote=lote, por=cenario.pessoa("faturista", "aurelia"))
    assert _regras(cenario, _xml(cenario)) == []


def test_what_the_operadora_cancelled_does_not_count_for_the_interval(cenario: Cenario) -> None:
    lote = lote_aberto(cenario, numero="1", itens=1, data=ONTEM - timedelta(days=20))
    exigir(cenario, intervalo_minimo_dias=30)
    protocolo = enviar(cenario, lote)
    assert _regras(cenario, _xml(cenario)) == ["C30"]
    with cenario.dentro("pasa", "analista"):
        avancar(protocolo=protocolo, para=SituacaoDoProtocolo.CANCELADO, por=cenario.pessoa("analista", "pasa"))
    assert _regras(cenario, _xml(cenario)) == []


@pytest.mark.parametrize("com_registro", [False, True])
def test_a_hundred_guides_ask_as_often_as_one(com_registro: bool, cenario: Cenario) -> None:
    if com_registro:
        exigir(cenario, intervalo_minimo_dias=30, exige_autorizacao=True)
        lote_aberto(cenario, numero="1", itens=1, data=ONTEM - timedelta(days=20))
        autorizar(cenario, senha=SENHA, itens=[("22", "40302040", Decimal(1))])
    quantas = {}
    for guias in (1, 100):
        documento = ler(_xml(cenario, guias=guias))
        lote = ler_lote(documento)
        with cenario.dentro("aurelia"), CaptureQueriesContext(connection) as consultas:
            contexto = carregar_contexto(
                lote, documento, prestador=cenario.aurelia, arquivo_id=None, agora=timezone.localtime()
            )
        quantas[guias] = len([c for c in consultas if "exigencias_" in c["sql"] or "numero_carteira" in c["sql"]])
    assert quantas[1] == quantas[100]
    assert bool(contexto.exigencias) is bool(contexto.autorizacoes) is com_registro
