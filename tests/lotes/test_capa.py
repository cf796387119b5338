"""The cover of a lot: every label and value of the manual's figure, in order, on tagged A4 pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from lotes.capa import Capa, desenhar_capa

CAPA = Capa(
    operadora="PASA Ltda",
    sigla="PASA",
    registro_ans="331988",
    logotipo=None,
    protocolo=48759,
    lote=1002270,
    # Half past nine in the evening in São Paulo: the next day in UTC.
    enviado_em=datetime(2023, 4, 18, 0, 30, tzinfo=UTC),
    tipo_da_guia="Cobrança SP/SADT",
    origem="Upload XML",
    versao="TISS 4.03.00",
    valor_informado=Decimal("1317.62"),
    valor_glosado=Decimal("17.00"),
    valor_liberado=Decimal("1300.62"),
    prestador="ODONTO CEDRO LTDA",
    documento="07906129000102",
    codigo="0004471",
    guias_com_glosas=3,
    itens_apresentados=2184,
    itens_com_glosas=7,
    guias=("20300965", "20300966", "20300967", "20300968"),
    emitida_em=datetime(2023, 4, 18, 0, 45, tzinfo=UTC),
)
DA_FIGURA = [
    "ANS nº 331988",
    "Envio de Lote Para Faturamento",
    "Protocolo (PEG) 48759",
    "Lote 1002270",
    "Envio 17/04/2023",
    "Tipo da Guia Cobrança SP/SADT",
    "Origem Upload XML",
    "Versão TISS 4.03.00",
    "Valor Informado R$ 1.317,62",
    "Valor Glosado R$ 17,00",
    "Valor Liberado R$ 1.300,62",
    "Prestador ODONTO CEDRO LTDA - CNPJ 07.906.129/0001-02",
    "Código 0004471",
    "Nota Fiscal",
    "Emissão",
    "Valor",
    "Resumo Totais",
    "Guias apresentadas 4",
    "Guias com glosas 3",
    "Itens apresentados 2.184",
    "Itens com glosas 7",
    "17/04/2023 21:45",
    "Relação das Guias",
    "20300965",
    "20300966",
    "20300967",
    "20300968",
]


def ler(capa: Capa) -> PdfReader:
    """Draw, and read what was drawn."""
    return PdfReader(BytesIO(desenhar_capa(capa)))


def texto(lido: PdfReader) -> str:
    """All pages' text with single spaces."""
    return " ".join(" ".join(pagina.extract_text() for pagina in lido.pages).split())


def figuras(lido: PdfReader) -> list[str]:
    """Text alternatives of the figures, from the tree of tags."""
    achadas, a_ver = [], [lido.trailer["/Root"]["/StructTreeRoot"]]
    while a_ver:
        no = a_ver.pop().get_object()
        if isinstance(no, list):
            a_ver.extend(no)
        elif isinstance(no, dict):
            if no.get("/S") == "/Figure":
                achadas.append(str(no["/Alt"]))
            if "/K" in no:
                a_ver.append(no["/K"])
    return achadas


def test_mostra_cada_rotulo_e_valor_da_figura_na_ordem() -> None:
    escrito = texto(ler(CAPA))
    depois_de = 0
    for trecho in DA_FIGURA:
        achado = escrito.find(trecho, depois_de)
        assert achado >= 0, f"{trecho!r} not after {escrito[max(0, depois_de - 60) : depois_de]!r} in {escrito!r}"
        depois_de = achado + len(trecho)


def test_e_pdf_marcado_em_portugues_com_titulo() -> None:
    lido = ler(CAPA)
    raiz = lido.trailer["/Root"]
    assert lido.metadata is not None
    assert lido.metadata.title == "Capa do Lote 1002270 – Protocolo 48759"
    assert raiz["/Lang"] == "pt-BR"
    assert raiz["/MarkInfo"]["/Marked"]
    assert raiz["/ViewerPreferences"]["/DisplayDocTitle"]


def test_e_a4() -> None:
    caixa = ler(CAPA).pages[0].mediabox
    assert (round(caixa.width), round(caixa.height)) == (595, 842)


def test_o_codigo_de_barras_tem_o_protocolo_como_alternativa() -> None:
    assert figuras(ler(CAPA)) == ["Código de barras do protocolo 48759"]


@pytest.mark.parametrize("quantas", [1, 100])
def test_guias_de_numero_comum_cabem_numa_pagina(quantas: int) -> None:
    lido = ler(replace(CAPA, guias=tuple(f"{20300000 + n}" for n in range(quantas))))
    assert len(lido.pages) == 1
    assert "página 1 de 1" in texto(lido)


def test_numeros_longos_correm_por_duas_paginas_sem_faltar_nem_quebrar_nenhum() -> None:
    guias = tuple(f"GUIA-WM-2026-{n:07d}" for n in range(100))
    lido = ler(replace(CAPA, guias=guias))
    assert len(lido.pages) == 2
    escrito = texto(lido)
    assert "página 1 de 2" in escrito
    assert "página 2 de 2" in escrito
    assert escrito.count("Protocolo 48759 · Lote 1002270") == 2
    posicoes = [escrito.find(f"{ordem} {guia}") for ordem, guia in enumerate(guias, 1)]
    assert -1 not in posicoes
    assert posicoes == sorted(posicoes)


def test_nomes_do_maior_tamanho_saem_inteiros() -> None:
    nome = ("SOCIEDADE BENEFICENTE & FILANTRÓPICA <SÃO JOSÉ> " * 4)[:150].strip()
    capa = replace(CAPA, operadora=nome, prestador=nome, sigla=nome[:60].strip())
    lido = ler(capa)
    assert texto(lido).count(" ".join(nome.split())) == 2
    assert len(lido.pages) == 1


def test_prestador_pessoa_fisica_tem_cpf() -> None:
    assert "Prestador ODONTO CEDRO LTDA - CPF 123.456.789-09" in texto(ler(replace(CAPA, documento="12345678909")))


def test_o_logotipo_toma_o_lugar_da_sigla() -> None:
    logotipo = b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><rect width="60" height="20"/></svg>'
    lido = ler(replace(CAPA, sigla="Sigla", logotipo=("331988.svg", logotipo)))
    assert "Sigla" in figuras(lido)
    assert "Sigla" not in texto(lido)


def test_a_chave_muda_com_qualquer_valor_e_nao_com_a_hora_da_emissao() -> None:
    assert replace(CAPA, emitida_em=datetime(2024, 1, 1, tzinfo=UTC)).chave() == CAPA.chave()
    outras = {
        replace(CAPA, valor_glosado=Decimal("17.01")).chave(),
        replace(CAPA, guias=CAPA.guias[:-1]).chave(),
        replace(CAPA, prestador="ODONTO CEDRO S.A.").chave(),
        replace(CAPA, logotipo=("331988.svg", b"a")).chave(),
        replace(CAPA, logotipo=("331988.svg", b"b")).chave(),
        CAPA.chave(),
    }
    assert len(outras) == 6
