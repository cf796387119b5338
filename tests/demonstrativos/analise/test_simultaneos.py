"""Two analistas at once, with real commits: nobody takes the other's protocol, nobody writes over the other's guide."""

from __future__ import annotations

import pytest

from conecta.tenancy.escopo import inquilino
from demonstrativos.analise import fila, transicoes
from demonstrativos.analise.models import Glosa
from demonstrativos.analise.partes import Parte
from lotes.recusas import OutraPessoaMudou
from tests.demonstrativos.analise.apoio import Mesa, em_analise
from tests.fabrica import Cenario, montar_cenario
from tests.lotes.construcao import protocolar
from tests.lotes.test_envio_simultaneo import em_paralelo

DOIS = ("analista", "gestor")


@pytest.fixture
def real(commitado: None) -> Cenario:
    return montar_cenario()


@pytest.mark.parametrize("comecados", [True, False])
def test_who_asks_for_the_next_at_once_gets_two(real: Cenario, comecados: bool) -> None:
    for _ in range(4):
        em_analise(real, guias=1, itens=1) if comecados else protocolar(real, guias=1, itens=1)

    def assumir(papel: str) -> int:
        por = real.pessoa(papel, "pasa")
        with inquilino("operadora", real.pasa.pk, por.pk):
            return fila.assumir_proximo(operadora=real.pasa, por=por).pk

    assumidos = em_paralelo([lambda papel=papel: assumir(papel) for papel in DOIS * 2], de_uma_vez=4)
    assert len(set(assumidos)) == 4


def test_of_two_who_refuse_the_same_item_at_once_one_is_told_who_was_faster(real: Cenario) -> None:
    analise = em_analise(real, guias=1, itens=2)

    def glosar(papel: str) -> str:
        por = real.pessoa(papel, "pasa")
        with inquilino("operadora", real.pasa.pk, por.pk):
            mesa = Mesa(analise, por)
            partes = [Parte(item=mesa.item().pk)]
            try:
                transicoes.glosar(analise=analise, por=por, vistos={mesa.guia().pk: 0}, partes=partes, codigo="1705")
            except OutraPessoaMudou as erro:
                return erro.frase
        return ""

    frases = em_paralelo([lambda papel=papel: glosar(papel) for papel in DOIS], de_uma_vez=2)
    assert sorted(bool(frase) for frase in frases) == [False, True]
    assert "da Silva. Veja como está agora" in "".join(frases)
    with real.dentro("pasa"):
        assert Glosa.objects.count() == 1
