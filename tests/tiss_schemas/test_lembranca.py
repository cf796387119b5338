"""What is remembered between files, and what no file may leave behind."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable

import pytest
from lxml import etree

from tests.uploads.regras.apoio import AGORA
from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.lembranca import lembrar, lembrar_curtos
from uploads.veredito import julgar

MENSAGEM = lote_exemplo("sadt", "4.03.00", itens=3)
MUITO_LONGO = 40_000


def _contada() -> tuple[Callable[..., str], list[object]]:
    chamadas: list[object] = []

    def funcao(*args: object) -> str:
        chamadas.append(args)
        return f"{len(args)}"

    return funcao, chamadas


def test_what_is_short_is_worked_out_once() -> None:
    funcao, chamadas = _contada()
    for _ in range(2):
        assert lembrar(8)(funcao)("a") == "1"
    assert len(chamadas) == 2
    guardada = lembrar(8)(funcao)
    assert guardada("a", ("b", "c")) == guardada("a", ("b", "c")) == "2"
    assert len(chamadas) == 3


@pytest.mark.parametrize(
    "args", [("x" * 2_001,), (("a", ("x" * 2_000,)),), (tuple("x" * 1_001),), ("x" * 1_500, "y" * 501)]
)
def test_what_is_long_in_all_is_worked_out_each_time(args: tuple[object, ...]) -> None:
    funcao, chamadas = _contada()
    guardada = lembrar(8)(funcao)
    assert guardada(*args) == guardada(*args)
    assert len(chamadas) == 2


@pytest.mark.parametrize(("texto", "vezes"), [(None, 1), ("2026-01-10", 1), ("x" * 64, 1), ("x" * 65, 2)])
def test_of_one_text_only_short_ones_are_remembered(texto: str | None, vezes: int) -> None:
    funcao, chamadas = _contada()
    guardada = lembrar_curtos(8)(funcao)
    assert guardada(texto) == guardada(texto)
    assert len(chamadas) == vezes


def _com_nome(nome: bytes) -> bytes:
    return MENSAGEM.replace(b"ans:dataExecucao>", b"ans:" + nome + b">")


def _com_valor(valor: bytes) -> bytes:
    return MENSAGEM.replace(b"<ans:dataExecucao>", b"<ans:dataExecucao>" + valor)


@pytest.mark.parametrize("estragar", [_com_nome, _com_valor])
def test_texts_of_any_length_leave_nothing_behind(estragar: Callable[[bytes], bytes]) -> None:
    """Twenty files, each with a text of its own: what stays of all is less than one of them."""
    julgar(estragar(b"x" * MUITO_LONGO), agora=AGORA)
    tracemalloc.start()
    try:
        for letra in b"abcdefghijklmnopqrst":
            assert julgar(estragar(bytes([letra]) * MUITO_LONGO), agora=AGORA).achados
        etree.clear_error_log()  # lxml keeps the last hundred messages of libxml2 itself
        gc.collect()
        sobra, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sobra < MUITO_LONGO
