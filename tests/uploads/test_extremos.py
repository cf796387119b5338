"""Whatever the schema lets through gets a verdict: no value of a field makes the work fail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.fabrica import Cenario
from tests.movimento import incluir, xml_de
from tiss_schemas import campos, edicao
from tiss_schemas.edicoes import Valor
from tiss_schemas.exemplos import TIPOS_DE_GUIA
from tiss_schemas.leitura import ler
from uploads.estados import SituacaoDoArquivo

EXTREMOS = (
    *("0", "-1", "+1", "-9999", "9999", "007", "-0.01", "0.0000", "99999999.99", "-99999999.99", "99999.9999", "9.99"),
    *("0001-01-01", "9999-12-31", "2026-02-28Z", "2024-02-29-03:00", "12026-01-01", "-0044-03-15", "24:00:00"),
    *("23:59:59.999999Z", " ", "\t", "\n", "  x  ", "Ã" * 20, "&<>\"'", "'; drop table lotes_lote; --", "\\N", "%s"),
    *("=1+1", "x" * 12, "x" * 150, "9" * 20, "S", "N", "false"),
)


def _folhas_e_valores(dados: bytes, versao: str) -> Iterator[Valor]:
    """Each leaf of the guides with each extreme that its type accepts."""
    documento = ler(dados)
    for no in documento.raiz.iter():
        caminho = documento.caminho(no)
        if len(no) or "guiasTISS" not in caminho:
            continue
        campo = campos.descrever(versao, caminho)
        if campo is not None:
            yield from (Valor(caminho, extremo) for extremo in EXTREMOS if campo.aceita(extremo))


@pytest.fixture(scope="module")
def extremos_de(cenario_gravado: Cenario) -> dict[str, tuple[bytes, list[Valor]]]:
    """By guide type: a maximal valid file and every extreme edit of it."""
    resultado = {}
    for tipo in TIPOS_DE_GUIA:
        dados = xml_de(
            cenario_gravado.aurelia, cenario_gravado.pasa, tipo_guia=tipo, guias=1, itens=2, maximo=True, numero="7"
        )
        resultado[tipo] = (dados, list(_folhas_e_valores(dados, "4.03.00")))
    return resultado


@pytest.mark.parametrize("tipo", TIPOS_DE_GUIA)
def test_every_valid_extreme_ends_in_a_verdict(
    tipo: str,
    extremos_de: dict[str, tuple[bytes, list[Valor]]],
    cenario_gravado: Cenario,
    db: None,
) -> None:
    dados, edicoes = extremos_de[tipo]
    assert len(edicoes) > 100

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(st.sampled_from(edicoes), min_size=1, max_size=25, unique_by=lambda e: e.caminho))
    def conferir(escolhidas: list[Valor]) -> None:
        estragado = edicao.aplicar(dados, escolhidas).conteudo
        assert etree.fromstring(estragado) is not None
        arquivo = incluir(cenario_gravado, estragado)
        assert arquivo.situacao in {SituacaoDoArquivo.INVALIDO, SituacaoDoArquivo.IMPORTADO}, arquivo.erro

    conferir()
