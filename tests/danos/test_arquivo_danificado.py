"""Damage to the file as a whole: said once, and mended where its bytes can be understood; and what is no damage."""

from __future__ import annotations

import random

import pytest

from tests.danos.base import Conserto, Original
from tests.danos.de_arquivo import DANOS_DE_ARQUIVO, INOFENSIVOS, DanoDeArquivo, Inofensivo
from tests.danos.exame import cadastro_do, canonico, consertado, lida
from tiss_schemas.espacos import NS
from tiss_schemas.exemplos import TIPOS_DE_GUIA
from uploads.veredito import julgar

VERSOES = ("4.02.00", "4.03.00")


@pytest.mark.parametrize("versao", VERSOES)
@pytest.mark.parametrize("tipo", TIPOS_DE_GUIA)
@pytest.mark.parametrize("dano", DANOS_DE_ARQUIVO, ids=str)
def test_a_damaged_file_is_said_to_be_once_and_mended_where_it_can_be(
    dano: DanoDeArquivo, tipo: str, versao: str
) -> None:
    original = Original.novo(tipo, versao).dados
    dados = dano.fazer(original, random.Random(f"{dano} {tipo} {versao}"))
    veredito = julgar(dados, "lote.xml", contexto_de=cadastro_do(original))
    (achado,) = veredito.achados
    assert achado.regra == dano.regra
    assert achado.mensagem.endswith(".")
    if dano.na_raiz:
        raiz = lida(dados, veredito)
        assert raiz.xpath(achado.caminho, namespaces=NS) == [raiz]
    else:
        assert achado.caminho == "/"
    assert bool(achado.edicoes) == (dano.conserto is not Conserto.NENHUM)
    if dano.conserto is Conserto.IGUAL:
        depois = consertado(dados, [achado])
        assert julgar(depois, "lote.xml", contexto_de=cadastro_do(original)).achados == ()
        assert canonico(depois) == canonico(original)


@pytest.mark.parametrize("versao", VERSOES)
@pytest.mark.parametrize("tipo", TIPOS_DE_GUIA)
@pytest.mark.parametrize("inofensivo", INOFENSIVOS, ids=str)
def test_nothing_is_said_of_another_way_to_write_the_same(inofensivo: Inofensivo, tipo: str, versao: str) -> None:
    original = Original.novo(tipo, versao).dados
    dados = inofensivo.fazer(original, random.Random(f"{inofensivo} {tipo} {versao}"))
    assert dados != original
    if inofensivo.mesma:
        assert canonico(dados) == canonico(original)
    assert julgar(dados, "lote.xml", contexto_de=cadastro_do(original)).achados == ()
