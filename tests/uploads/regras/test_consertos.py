"""Suggestions of rules that change more than a text: applied, they leave a message in order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tiss_schemas.edicao import aplicar
from tiss_schemas.exemplos import lote_exemplo
from uploads.regras.contexto import ContratoConhecido
from uploads.veredito import Veredito, julgar

from .apoio import CONTRATO, cadastro_de, editado, troca


def _julgar(conteudo: bytes, contrato: ContratoConhecido = CONTRATO) -> Veredito:
    return julgar(conteudo, contexto_de=lambda lote, _: cadastro_de(lote, credenciamento=contrato))


@pytest.mark.parametrize(("pedida", "codigo"), [("codigo", None), ("documento", "PREST01")])
def test_the_sender_is_identified_as_the_contract_asks(pedida: str, codigo: str | None) -> None:
    contrato = replace(CONTRATO, identificacao_exigida=pedida)
    conteudo = lote_exemplo(codigo_na_operadora=codigo)
    (achado,) = _julgar(conteudo, contrato).achados
    assert achado.regra == "H08"
    assert _julgar(aplicar(conteudo, achado.edicoes).conteudo, contrato).achados == ()


def test_a_cnes_gets_its_zeros_back() -> None:
    conteudo = editado(lote_exemplo(), [troca("CNES", "12345")])
    (achado,) = _julgar(conteudo).achados
    assert (achado.regra, achado.sugestao) == ("P05", "0012345")
    assert _julgar(aplicar(conteudo, achado.edicoes).conteudo).achados == ()


def test_a_cnes_of_one_digit_repeated_is_left_to_a_person() -> None:
    (achado,) = _julgar(editado(lote_exemplo(), [troca("CNES", "000")])).achados
    assert (achado.regra, achado.edicoes) == ("P05", ())
