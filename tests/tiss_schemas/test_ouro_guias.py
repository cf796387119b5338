"""Golden messages of every guide type and version, whose contents were written down by plain XPath."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.esquemas import AVULSAS
from tiss_schemas import catalogo, edicao
from tiss_schemas.hash import conferir
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import ler_lote
from tiss_schemas.validacao import validar_estrutura

OURO = Path(__file__).parent / "ouro_guias"
CASOS = sorted(OURO.rglob("*.xml"))
caso = pytest.mark.parametrize("arquivo", CASOS, ids=lambda a: f"{a.parent.name}-{a.stem}")


@pytest.fixture(scope="module", autouse=True)
def _versoes_a_mao(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Install the older versions whose files are at hand."""
    anterior = catalogo.pasta_instaladas()
    catalogo.usar_pasta(tmp_path_factory.mktemp("instaladas"))
    do_pacote = {versao.numero for versao in catalogo.versoes()}
    for numero in sorted({arquivo.parent.name for arquivo in CASOS} - do_pacote):
        if (AVULSAS / numero).is_dir():
            catalogo.instalar(AVULSAS / numero)
    yield
    catalogo.usar_pasta(anterior)


def _esperado(arquivo: Path) -> Any:
    return json.loads(arquivo.with_suffix(".json").read_text())


def test_there_is_one_of_every_guide_type_in_the_versions_of_the_package() -> None:
    tipos = {"consulta", "sadt", "internacao", "honorarios", "odonto"}
    for versao in ("4.02.00", "4.03.00"):
        assert {arquivo.stem for arquivo in CASOS if arquivo.parent.name == versao} == tipos


@caso
def test_the_reader_sees_what_is_written(arquivo: Path) -> None:
    esperado = _esperado(arquivo)
    lote = ler_lote(ler(arquivo.read_bytes()))
    assert lote is not None
    assert lote.cabecalho.origem is not None
    assert (
        lote.cabecalho.versao,
        lote.tipo_guia,
        lote.numero_lote,
        lote.cabecalho.registro_ans_destino,
        lote.cabecalho.origem.valor,
    ) == tuple(esperado[nome] for nome in ("versao", "tipo_guia", "numero_lote", "destino", "origem"))
    assert len(lote.guias) == len(esperado["guias"])
    for guia, escrita in zip(lote.guias, esperado["guias"], strict=True):
        assert guia.numero_prestador == escrita["numero_prestador"]
        assert guia.numero_carteira == escrita["numero_carteira"]
        assert guia.valor_total == Decimal(escrita["valor_total"])
        assert [
            (item.especie, item.tabela, item.codigo, item.total, item.quantidade, item.data) for item in guia.itens
        ] == [
            (
                item["especie"],
                item["tabela"],
                item["codigo"],
                Decimal(item["total"]),
                Decimal(item["quantidade"]),
                date.fromisoformat(item["data"]),
            )
            for item in escrita["itens"]
        ]


@caso
def test_the_hash_is_the_declared_one(arquivo: Path) -> None:
    conferencia = conferir(ler(arquivo.read_bytes()))
    assert conferencia.confere_com == "iso-8859-1"
    assert conferencia.iso == _esperado(arquivo)["hash"]


@caso
def test_it_is_valid_by_the_schema_of_its_own_version(arquivo: Path) -> None:
    if catalogo.obter(arquivo.parent.name) is not None:
        assert validar_estrutura(ler(arquivo.read_bytes())) == []


@caso
def test_it_is_invalid_by_its_schema_once_its_first_guide_loses_its_number(arquivo: Path) -> None:
    if catalogo.obter(arquivo.parent.name) is not None:
        numero = _esperado(arquivo)["guias"][0]["numero_prestador"].encode()
        sem_numero = arquivo.read_bytes().replace(
            b"<ans:numeroGuiaPrestador>" + numero + b"</ans:numeroGuiaPrestador>", b"", 1
        )
        assert [achado.tipo for achado in validar_estrutura(ler(sem_numero))] == ["faltando"]


@caso
def test_a_correction_that_changes_nothing_changes_nothing(arquivo: Path) -> None:
    dados = arquivo.read_bytes()
    resultado = edicao.aplicar(dados, [], recalcular=True)
    assert resultado.mudancas == []
    assert resultado.conteudo == dados
