"""The invented messages are what they claim: valid, right in every sum, and nobody's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from lxml import etree
from tiss.tuss import lookup

from tiss_schemas import campos_xsd, catalogo, exemplos_dados
from tiss_schemas.espacos import NS, nome_local
from tiss_schemas.exemplos import (
    DATA_PADRAO,
    TIPOS_DE_GUIA,
    VARIANTES,
    VERSOES,
    cnpj_valido,
    cpf_valido,
    lote_exemplo,
)

ELEMENTO_DA_GUIA = {
    "consulta": "guiaConsulta",
    "sadt": "guiaSP-SADT",
    "internacao": "guiaResumoInternacao",
    "honorarios": "guiaHonorarios",
    "odonto": "guiaOdonto",
}
NAO_SE_APLICA = {("cabecalho", "origem", "registroANS"), ("cabecalho", "destino", "identificacaoPrestador")}
VERSOES_A_MAO = [versao.numero for versao in catalogo.versoes() if versao.numero in VERSOES]
"""Those of the package, and what the machine has installed besides."""


def textos(raiz: etree._Element, caminho: str) -> list[str]:
    return [no.text for no in raiz.findall(caminho, NS)]


def soma(raiz: etree._Element, caminho: str) -> Decimal:
    return sum((Decimal(texto) for texto in textos(raiz, caminho)), Decimal(0))


@pytest.mark.parametrize("maximo", [False, True])
@pytest.mark.parametrize("itens", [1, 2, 15])
@pytest.mark.parametrize("versao", VERSOES_A_MAO)
@pytest.mark.parametrize("tipo", TIPOS_DE_GUIA)
def test_every_example_is_valid_by_the_schema_of_its_version(tipo, versao, itens, maximo):
    for variante in range(VARIANTES):
        dados = lote_exemplo(tipo, versao, guias=3, itens=itens, maximo=maximo, variante=variante)
        catalogo.esquema(versao).assertValid(etree.fromstring(dados))


def _nomes_no_exemplo(raiz: etree._Element) -> set[tuple[str, ...]]:
    """The names from the root down to each element."""
    return {tuple(nome_local(no.tag) for no in reversed([folha, *folha.iterancestors()])) for folha in raiz.iter()}


def _nomes_no_esquema(versao: str, acima: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The names down to each element that the XSD allows below `acima`."""
    for vaga in campos_xsd.vagas(campos_xsd.vaga(versao, acima).elemento):
        passos = (*acima, vaga.nome)
        if passos[1:] not in NAO_SE_APLICA and vaga.nome != "assinaturaDigitalGuia":
            yield passos
            yield from _nomes_no_esquema(versao, passos)


@pytest.mark.parametrize("versao", VERSOES_A_MAO)
@pytest.mark.parametrize("tipo", TIPOS_DE_GUIA)
def test_the_full_examples_have_every_element_that_the_schema_allows(tipo, versao):
    """But signatures, and what makes of the message an operadora's."""
    vistos: set[tuple[str, ...]] = set()
    for variante in range(VARIANTES):
        quem = ({}, {"cnpj": cpf_valido(1)}, {"codigo_na_operadora": "P1"})[variante]
        dados = lote_exemplo(tipo, versao, guias=2, itens=14, maximo=True, variante=variante, **quem)
        raiz = etree.fromstring(dados)
        catalogo.esquema(versao).assertValid(raiz)
        vistos |= _nomes_no_exemplo(raiz)
    guia = ("mensagemTISS", "prestadorParaOperadora", "loteGuias", "guiasTISS", ELEMENTO_DA_GUIA[tipo])
    permitidos = [
        passos
        for acima in (("mensagemTISS", "cabecalho"), guia, ("mensagemTISS", "epilogo"))
        for passos in _nomes_no_esquema(versao, acima)
    ]
    assert len(permitidos) > 40
    assert [passos for passos in permitidos if passos not in vistos] == []


@pytest.mark.parametrize("versao", VERSOES)
@pytest.mark.parametrize("tipo", TIPOS_DE_GUIA)
def test_every_example_says_its_own_version(tipo, versao):
    documento = etree.fromstring(lote_exemplo(tipo, versao))
    assert textos(documento, "ans:cabecalho/ans:Padrao") == [versao]


def test_names_of_people_left_the_guides_with_version_4():
    antes, depois = (etree.fromstring(lote_exemplo("sadt", v)) for v in ("3.05.00", "4.00.00"))
    assert antes.findall(".//ans:nomeBeneficiario", NS)
    assert not antes.findall(".//ans:regimeAtendimento", NS)
    assert depois.findall(".//ans:regimeAtendimento", NS)
    assert not depois.findall(".//ans:nomeBeneficiario", NS)


@pytest.mark.parametrize("maximo", [False, True])
@pytest.mark.parametrize("tipo", TIPOS_DE_GUIA)
def test_the_hash_is_that_of_the_leaf_texts_in_iso_8859_1(tipo, maximo):
    documento = etree.fromstring(lote_exemplo(tipo, guias=2, maximo=maximo))
    folhas = [no.text or "" for no in documento.iter() if len(no) == 0]
    declarado = folhas.pop()
    assert declarado == hashlib.md5("".join(folhas).encode("iso-8859-1")).hexdigest()


@pytest.mark.parametrize("tipo", ["sadt", "internacao"])
def test_items_categories_and_guide_add_up(tipo):
    campo = {
        "01": "GasesMedicinais",
        "02": "Medicamentos",
        "03": "Materiais",
        "05": "Diarias",
    }
    campo |= {"07": "TaxasAlugueis", "08": "OPME"}
    documento = etree.fromstring(lote_exemplo(tipo, guias=3, itens=30, maximo=True, semente=7))
    for item in documento.xpath("//ans:procedimentoExecutado | //ans:servicosExecutados", namespaces=NS):
        fatores = [Decimal(item.findtext(f"ans:{n}", namespaces=NS)) for n in ("quantidadeExecutada", "valorUnitario")]
        esperado = fatores[0] * fatores[1] * Decimal(item.findtext("ans:reducaoAcrescimo", namespaces=NS))
        assert item.findtext("ans:valorTotal", namespaces=NS) == str(esperado.quantize(Decimal("0.01"), ROUND_HALF_UP))
    for guia in documento.find(".//ans:guiasTISS", NS):
        assert soma(guia, "ans:valorTotal/ans:valorProcedimentos") == soma(
            guia, ".//ans:procedimentoExecutado/ans:valorTotal"
        )
        for codigo, nome in campo.items():
            do_tipo = guia.xpath(
                f".//ans:despesa[ans:codigoDespesa='{codigo}']//ans:valorTotal",
                namespaces=NS,
            )
            assert soma(guia, f"ans:valorTotal/ans:valor{nome}") == sum(Decimal(no.text) for no in do_tipo)
        bloco = guia.find("ans:valorTotal", NS)
        assert Decimal(bloco[-1].text) == sum(Decimal(no.text) for no in bloco[:-1])


@pytest.mark.parametrize(
    ("tipo", "item", "total"),
    [
        (
            "honorarios",
            ".//ans:procedimentoRealizado/ans:valorTotal",
            "ans:valorTotalHonorarios",
        ),
        ("odonto", "ans:procedimentosExecutados/ans:valorProc", "ans:valorTotalProc"),
        (
            "odonto",
            "ans:procedimentosExecutados/ans:valorFranquia",
            "ans:valorTotalFranquia",
        ),
        ("odonto", "ans:procedimentosExecutados/ans:qtdUS", "ans:qtdTotalUS"),
    ],
)
def test_guides_with_one_total_add_up(tipo, item, total):
    documento = etree.fromstring(lote_exemplo(tipo, itens=9, maximo=True))
    guia = documento.find(".//ans:guiasTISS", NS)[0]
    assert soma(guia, item) == soma(guia, total) > 0


@pytest.mark.parametrize("tipo", [t for t in TIPOS_DE_GUIA if t != "consulta"])
def test_a_guide_numbers_its_items_once(tipo):
    documento = etree.fromstring(lote_exemplo(tipo, itens=12))
    numeros = [int(texto) for texto in textos(documento, ".//ans:sequencialItem")]
    assert sorted(numeros) == list(range(1, 13))


def test_guides_take_their_numbers_and_cards_in_turn():
    documento = etree.fromstring(lote_exemplo(guias=3, primeiro_numero_guia=40, carteiras=["11", "22"]))
    assert textos(documento, ".//ans:numeroGuiaPrestador") == ["40", "41", "42"]
    assert textos(documento, ".//ans:numeroCarteira") == ["11", "22", "11"]


@pytest.mark.parametrize("tipo", TIPOS_DE_GUIA)
def test_care_happens_before_the_message_is_sent(tipo):
    documento = etree.fromstring(lote_exemplo(tipo, guias=20, data=date(2026, 3, 2)))
    atendimentos = documento.xpath(
        "//ans:dataExecucao | //ans:dataAtendimento | //ans:dataRealizacao | //ans:dataEmissaoGuia",
        namespaces=NS,
    )
    assert atendimentos
    assert all(no.text <= "2026-03-02" for no in atendimentos)


def test_the_same_arguments_give_the_same_bytes_and_another_seed_other_ones():
    assert lote_exemplo(semente=3) == lote_exemplo(semente=3) != lote_exemplo(semente=4)


def test_the_encoding_asked_for_is_declared_and_used():
    utf8 = lote_exemplo(codificacao="UTF-8")
    assert utf8.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    assert "Clínica".encode() in utf8
    assert etree.fromstring(utf8).findtext(".//ans:hash", namespaces=NS) in lote_exemplo().decode("iso-8859-1")


def test_what_the_caller_gives_is_escaped():
    documento = etree.fromstring(lote_exemplo(numero_lote="<&>"))
    assert textos(documento, ".//ans:numeroLote") == ["<&>"]


def test_an_unknown_type_or_version_is_refused():
    with pytest.raises(ValueError, match=r"4\.99\.00"):
        lote_exemplo("sadt", "4.99.00")
    with pytest.raises(ValueError, match="opme"):
        lote_exemplo("opme")


@pytest.mark.parametrize(
    ("tabela", "codigo", "termo"),
    [("22", p.codigo, p.descricao) for p in (exemplos_dados.CONSULTA, *exemplos_dados.EXAMES)]
    + [("22", p.codigo, p.descricao) for p in (*exemplos_dados.CIRURGIAS, *exemplos_dados.ODONTOLOGICOS)]
    + [(i.tabela, i.codigo, i.descricao) for i in exemplos_dados.INSUMOS_HOSPITALARES],
)
def test_every_tuss_code_exists_and_is_in_force(tabela, codigo, termo):
    (registro,) = lookup(codigo, tabela=tabela)
    assert registro["termo"] == termo
    assert registro["vigencia_inicio"] < DATA_PADRAO.replace(year=2020).isoformat()
    assert not registro["vigencia_fim"]


def test_cnpj_and_cpf_have_right_check_digits():
    assert cnpj_valido("11222333") == "11222333000181"
    assert cnpj_valido("12ABC34501DE") == "12ABC34501DE35"
    assert cpf_valido(1) != cpf_valido(2)
    assert len(cpf_valido(1)) == 11
    with pytest.raises(ValueError, match="8 ou 12"):
        cnpj_valido("123")


@pytest.mark.parametrize("semente", range(20))
def test_the_cpf_satisfies_the_official_sum(semente):
    digitos = [int(d) for d in cpf_valido(semente)]
    for tamanho in (9, 10):
        resto = sum(d * p for d, p in zip(digitos, range(tamanho + 1, 1, -1), strict=False)) * 10 % 11 % 10
        assert digitos[tamanho] == resto
