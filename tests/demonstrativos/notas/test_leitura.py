"""What the XML of a nota says, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from demonstrativos.notas.erros import NotaRecusada
from demonstrativos.notas.estados import Modelo
from demonstrativos.notas.leitura import MAIOR_XML, LayoutDesconhecido, NotaLida, ler_nota
from tests.demonstrativos.notas.apoio import OURO


def _esperada(modelo: Modelo, numero: str, serie: str, emissao: date) -> NotaLida:
    return NotaLida(
        modelo=modelo,
        numero=numero,
        serie=serie,
        data_de_emissao=emissao,
        valor=Decimal("317.62"),
        emitente="41208337000176",
        tomador="39419809000198",
    )


@pytest.mark.parametrize(
    ("arquivo", "esperada"),
    [
        ("nfe.xml", _esperada(Modelo.NFE, "4567", "1", date(2026, 11, 20))),
        ("nfse_nacional.xml", _esperada(Modelo.NFSE_NACIONAL, "123", "900", date(2026, 11, 19))),
        ("nfse_abrasf_1.xml", _esperada(Modelo.NFSE_ABRASF, "202600000000088", "A1", date(2026, 11, 18))),
        ("nfse_abrasf_2.xml", _esperada(Modelo.NFSE_ABRASF, "89", "B", date(2026, 11, 17))),
    ],
)
def test_each_layout_is_read(arquivo: str, esperada: NotaLida) -> None:
    assert ler_nota((OURO / arquivo).read_bytes()) == esperada


NFE = (OURO / "nfe.xml").read_bytes()


@pytest.mark.parametrize(
    "dados",
    [
        b"",
        b"isto nao e XML",
        NFE[:200],
        b'<!DOCTYPE a [<!ENTITY b "c">]>' + NFE.split(b"?>", 1)[1],
        b"<a>" * 100_000,
        b"<a>" + b" " * MAIOR_XML + b"</a>",
        NFE.replace(b"<nNF>4567</nNF>", b""),
        NFE.replace(b"<nNF>4567</nNF>", "<nNF>٤٥</nNF>".encode()),
        NFE.replace(b"2026-11-20T10", b"2026-13-40T10"),
        NFE.replace(b"<vNF>317.62</vNF>", b"<vNF>NaN</vNF>"),
        NFE.replace(b"<vNF>317.62</vNF>", b"<vNF>-1</vNF>"),
        NFE.replace(b"<vNF>317.62</vNF>", b"<vNF>1e30</vNF>"),
        b"<notas>" + NFE.split(b"?>", 1)[1] * 2 + b"</notas>",
    ],
    ids=range(13),
)
def test_what_cannot_be_read_is_refused_in_words(dados: bytes) -> None:
    with pytest.raises(NotaRecusada) as recusa:
        ler_nota(dados)
    assert recusa.value.frase.endswith(".")


@pytest.mark.parametrize("dados", [b"<pedido><numero>1</numero></pedido>", NFE.replace(b"<mod>55", b"<mod>65")])
def test_another_layout_is_said_to_be_unknown(dados: bytes) -> None:
    with pytest.raises(LayoutDesconhecido, match="não conhece o layout"):
        ler_nota(dados)
