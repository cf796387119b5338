"""Every rule fires where it should, with the right code, weight and place, and is silent where it should be."""

from __future__ import annotations

import pytest
from lxml import etree

from tiss_schemas.espacos import NS
from tiss_schemas.exemplos import TIPOS_DE_GUIA, VARIANTES, lote_exemplo
from uploads.regras import REGRAS, descricao
from uploads.veredito import julgar

from . import (
    casos_assinatura,
    casos_autorizacoes,
    casos_calendario,
    casos_codigos,
    casos_conta,
    casos_contrato,
    casos_convenio,
    casos_convenio_beneficiario,
    casos_convenio_guia,
    casos_convenio_numeros,
    casos_datas,
    casos_exigencias,
    casos_itens,
    casos_lote,
    casos_mensagem,
    casos_precos,
    casos_prestador,
    casos_validos,
)
from .apoio import Caso, cadastro_de, curto

VERSOES = ("4.02.00", "4.03.00")
ARQUIVOS = (
    casos_mensagem,
    casos_assinatura,
    casos_lote,
    casos_prestador,
    casos_contrato,
    casos_convenio,
    casos_convenio_beneficiario,
    casos_convenio_guia,
    casos_convenio_numeros,
    casos_datas,
    casos_conta,
    casos_codigos,
    casos_itens,
    casos_exigencias,
    casos_autorizacoes,
    casos_calendario,
    casos_precos,
    casos_validos,
)
DISPARAM: tuple[Caso, ...] = tuple(caso for arquivo in ARQUIVOS for caso in arquivo.DISPARAM)
CALAM: tuple[Caso, ...] = tuple(caso for arquivo in ARQUIVOS for caso in arquivo.CALAM)

EM_OUTRO_TESTE = {"B15"}
"""About a field that only versions have whose schema is not in the package: `test_nome_do_beneficiario`."""


@pytest.mark.parametrize("versao", VERSOES)
@pytest.mark.parametrize("caso", DISPARAM, ids=str)
def test_a_rule_fires(caso: Caso, versao: str) -> None:
    achados = caso.julgar(versao).achados
    (achado,) = [achado for achado in achados if achado.regra == caso.regra]
    assert achado.codigo == caso.codigos[VERSOES.index(versao)]
    assert achado.severidade is caso.severidade
    assert achado.mensagem.endswith(".")
    assert {achado.regra for achado in achados} <= caso.outras | {caso.regra}
    if caso.onde is None:
        assert achado.caminho == "/"
    else:
        raiz = etree.fromstring(caso.bytes_na(versao))
        (no,) = raiz.xpath(achado.caminho, namespaces=NS)
        assert no is raiz.xpath(curto(caso.onde), namespaces=NS)[0]
        assert achado.linha == no.sourceline


@pytest.mark.parametrize("versao", VERSOES)
@pytest.mark.parametrize("caso", CALAM, ids=str)
def test_a_rule_is_silent(caso: Caso, versao: str) -> None:
    assert caso.regra not in {achado.regra for achado in caso.julgar(versao).achados}


def test_every_rule_of_the_catalogue_is_seen_firing_and_silent() -> None:
    assert {caso.regra for caso in DISPARAM} == set(REGRAS) - EM_OUTRO_TESTE
    assert {caso.regra for caso in CALAM} == set(REGRAS) - EM_OUTRO_TESTE


def test_every_code_has_its_official_description() -> None:
    codigos = {codigo for caso in DISPARAM for codigo in caso.codigos}
    assert not [codigo for codigo in codigos if not descricao(codigo)]


@pytest.mark.parametrize("variante", range(VARIANTES))
@pytest.mark.parametrize("maximo", [False, True], ids=["minimo", "maximo"])
@pytest.mark.parametrize("versao", VERSOES)
@pytest.mark.parametrize("tipo", TIPOS_DE_GUIA)
def test_nothing_is_said_of_a_message_in_order(tipo: str, versao: str, maximo: bool, variante: int) -> None:
    conteudo = lote_exemplo(tipo, versao, guias=3, itens=5, maximo=maximo, variante=variante)
    assert julgar(conteudo, "lote.xml", contexto_de=lambda lote, _: cadastro_de(lote)).achados == ()
