"""A message made of flat values: valid by its schema, right in its hash, and read back as what it was made of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.esquemas import AVULSAS
from tiss_schemas import catalogo
from tiss_schemas.exemplos import VARIANTES, lote_exemplo
from tiss_schemas.fragmento import escrever_guia, ler_guia
from tiss_schemas.hash import conferir
from tiss_schemas.leitura import ler
from tiss_schemas.lote_escrito import CabecalhoDoLote, escrever_lote
from tiss_schemas.lote_lido import LoteLido, ler_lote

TIPOS = {
    "consulta": "guiaConsulta",
    "sadt": "guiaSP-SADT",
    "internacao": "guiaResumoInternacao",
    "honorarios": "guiaHonorarios",
    "odonto": "guiaOdonto",
}
VERSOES = ["4.02.00", "4.03.00", *(["4.01.00"] if (AVULSAS / "4.01.00").is_dir() else [])]
LOTES, GUIAS = 10, 50
"""Of each type in each version: with two versions a thousand guides of a type."""
MOMENTO = datetime(2026, 11, 22, 8, 51, 20)


@pytest.fixture(scope="module", autouse=True)
def _versoes_a_mao(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The older version, installed for this module where its files are at hand."""
    anterior = catalogo.pasta_instaladas()
    catalogo.usar_pasta(tmp_path_factory.mktemp("instaladas"))
    if "4.01.00" in VERSOES:
        catalogo.instalar(AVULSAS / "4.01.00")
    yield
    catalogo.usar_pasta(anterior)


def lote_lido(dados: bytes) -> LoteLido:
    """The message as it is read."""
    lido = ler_lote(ler(dados))
    assert lido is not None
    return lido


def escrito(versao: str, tipo: str, guias: list[dict[str, str]]) -> bytes:
    """A message of these guides."""
    cabecalho = CabecalhoDoLote(
        versao=versao,
        numero_lote="1000412",
        sequencial="1000412",
        momento=MOMENTO,
        origem="CNPJ",
        identificacao="41208337000176",
        registro_ans="331988",
    )
    return escrever_lote(cabecalho, [escrever_guia(versao, tipo, valores) for valores in guias])


@pytest.mark.parametrize("versao", VERSOES)
@pytest.mark.parametrize("exemplo", TIPOS)
def test_a_thousand_guides_are_valid_and_read_back_as_they_were_typed(exemplo: str, versao: str) -> None:
    tipo, esquema = TIPOS[exemplo], catalogo.esquema(versao)
    for semente in range(LOTES):
        original = lote_exemplo(
            exemplo,
            versao,
            guias=GUIAS,
            itens=1 + semente % 3,
            semente=semente,
            primeiro_numero_guia=semente * GUIAS + 1,
            maximo=semente == 0,
            variante=semente % VARIANTES,
        )
        guias = [ler_guia(versao, guia.elemento) for guia in lote_lido(original).guias]
        dados = escrito(versao, tipo, guias)
        esquema.assertValid(etree.fromstring(dados))
        documento = ler(dados)
        assert conferir(documento).confere_com is not None
        lido = lote_lido(dados)
        assert [ler_guia(versao, guia.elemento) for guia in lido.guias] == guias
        assert [guia.valor_total for guia in lido.guias] == [guia.valor_total for guia in lote_lido(original).guias]


@lru_cache
def cheia(exemplo: str, versao: str) -> dict[str, str]:
    """Every field that such a guide may have, with three lines."""
    dados = lote_exemplo(exemplo, versao, itens=3, maximo=True)
    return ler_guia(versao, lote_lido(dados).guias[0].elemento)


@pytest.mark.parametrize("exemplo", TIPOS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(dados=st.data())
def test_whatever_part_of_a_guide_is_filled_in_is_read_back(exemplo: str, dados: st.DataObject) -> None:
    tudo = cheia(exemplo, "4.03.00")
    fora = dados.draw(st.sets(st.sampled_from(sorted(tudo)), max_size=len(tudo) - 1))
    textos = st.text(st.characters(codec="iso-8859-1", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=20)
    parte = {caminho: dados.draw(textos) for caminho in tudo if caminho not in fora}
    lido = ler_guia("4.03.00", escrever_guia("4.03.00", TIPOS[exemplo], parte))
    assert sorted(lido.values()) == sorted(parte.values())
    assert ler_guia("4.03.00", escrever_guia("4.03.00", TIPOS[exemplo], lido)) == lido
