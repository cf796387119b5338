"""Suggestions of rules that change more than a text: applied, they leave a message in order."""

from __future__ import annotations

from typing import Any

import pytest

from tiss_schemas import catalogo
from tiss_schemas.edicao import aplicar
from tiss_schemas.exemplos import lote_exemplo
from uploads.veredito import Veredito, julgar

from .apoio import cadastro_de, com_regras, editado, troca


def _julgar(conteudo: bytes, **cadastro: Any) -> Veredito:
    return julgar(conteudo, contexto_de=lambda lote, _: cadastro_de(lote, **cadastro))


@pytest.mark.parametrize(("pedida", "codigo"), [("codigo", None), ("cnpj", "PREST01")])
def test_the_sender_is_identified_as_the_contract_asks(pedida: str, codigo: str | None) -> None:
    convenio = com_regras(origem=pedida)
    conteudo = lote_exemplo(codigo_na_operadora=codigo)
    (achado,) = _julgar(conteudo, **convenio).achados
    assert achado.regra == "H08"
    assert _julgar(aplicar(conteudo, achado.edicoes).conteudo, **convenio).achados == ()


def test_a_cnes_gets_its_zeros_back() -> None:
    conteudo = editado(lote_exemplo(), [troca("CNES", "12345")])
    (achado,) = _julgar(conteudo).achados
    assert (achado.regra, achado.sugestao) == ("P05", "0012345")
    assert _julgar(aplicar(conteudo, achado.edicoes).conteudo).achados == ()


def test_a_cnes_of_one_digit_repeated_is_left_to_a_person() -> None:
    (achado,) = _julgar(editado(lote_exemplo(), [troca("CNES", "000")])).achados
    assert (achado.regra, achado.edicoes) == ("P05", ())


@pytest.mark.parametrize(("versao", "frase"), [("9.99.00", "não é conhecida"), ("3.05.00", "ainda não é recebida")])
def test_a_version_that_is_not_installed_is_told_from_one_that_does_not_exist(versao: str, frase: str) -> None:
    if catalogo.obter(versao) is not None:
        return
    (achado,) = _julgar(editado(lote_exemplo(), [troca("Padrao", versao)])).achados
    assert achado.regra == "M04"
    assert frase in achado.mensagem
