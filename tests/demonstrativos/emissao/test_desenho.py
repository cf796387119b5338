"""Statements on paper: every field in place, nothing lost or repeated by a page's end, the same bytes every time."""

from __future__ import annotations

import base64
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from io import BytesIO

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as esforco
from hypothesis import strategies as st
from pypdf import PdfReader

from conecta.interface.formatos import data, dinheiro, quantidade
from demonstrativos.emissao.desenho import desenhar_demonstrativo
from demonstrativos.emissao.desenho.medidas import dividir, escrito
from tests.demonstrativos.emissao.lidos import linhas, paginas, valor
from tiss_schemas.demonstrativo.valores import DemonstrativoDeAnalise, GuiaAnalisada, ItemAnalisado
from tiss_schemas.exemplos_demonstrativo import (
    Glosas,
    exemplo_de_analise,
    exemplo_de_odonto,
    exemplo_de_pagamento,
)

PONTO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def _desenhado(demonstrativo: DemonstrativoDeAnalise) -> bytes:
    return desenhar_demonstrativo(demonstrativo, sigla="Fictícia")


def _com_a_primeira_guia(demonstrativo: DemonstrativoDeAnalise, **mudancas: object) -> DemonstrativoDeAnalise:
    protocolo = demonstrativo.protocolos[0]
    guias = (replace(protocolo.guias[0], **mudancas), *protocolo.guias[1:])  # type: ignore[arg-type]
    return replace(demonstrativo, protocolos=(replace(protocolo, guias=guias), *demonstrativo.protocolos[1:]))


def test_every_field_of_the_analysis_stands_under_its_number_and_label() -> None:
    demonstrativo = _com_a_primeira_guia(
        exemplo_de_analise(numero=203438),
        hora_do_inicio=time(8, 30),
        fim=exemplo_de_analise().protocolos[0].guias[0].inicio,
        hora_do_fim=time(17, 5, 9),
        glosas=("1705", "1801"),
        nome_social="Nome Social de Exemplo",
    )
    demonstrativo = replace(demonstrativo, protocolos=(replace(demonstrativo.protocolos[0], glosa="1323"),))
    pdf = _desenhado(demonstrativo)
    cabecalho, protocolo = demonstrativo.cabecalho, demonstrativo.protocolos[0]
    guia = protocolo.guias[0]

    esperados = {
        "1 - Registro ANS": cabecalho.operadora.registro_ans,
        "3 - Nome da Operadora": cabecalho.operadora.nome,
        "4 - CNPJ da Operadora": cabecalho.operadora.cnpj,
        "5 - Data de emissão": data(cabecalho.emitido_em),
        "6 - Código na Operadora": cabecalho.contratado.codigo,
        "7 - Nome do Contratado": cabecalho.contratado.nome,
        "8 - Código CNES": cabecalho.contratado.cnes,
        "9 - Número do Lote": protocolo.lote,
        "10 - Número do Protocolo": str(protocolo.numero),
        "11 - Data do Protocolo": data(protocolo.data),
        "12 - Código da Glosa do Protocolo": "1323",
        "13 - Código da Situação do Protocolo": str(protocolo.situacao),
        "14 - Número da Guia no Prestador": guia.numero_do_prestador,
        "15 - Número da Guia Atribuído pela Operadora": guia.numero_da_operadora,
        "16 - Senha": guia.senha,
        "17 - Nome do beneficiário": guia.beneficiario,
        "48 - Nome social do beneficiário": "Nome Social de Exemplo",
        "18 - Número da Carteira": guia.numero_carteira,
        "19 - Data do Início do Faturamento": data(guia.inicio),
        "20 - Hora do Início do Faturamento": "08:30",
        "21 - Data do Fim do Faturamento": data(guia.fim),
        "22 - Hora do Fim do Faturamento": "17:05:09",
        "23 - Código da Glosa da Guia": "1705 1801",
        "24 - Código da Situação da Guia": str(guia.situacao),
        "36 - Valor Informado da Guia (R$)": dinheiro(guia.valores.informado),
        "37 - Valor Processado da Guia (R$)": dinheiro(guia.valores.processado),
        "38 - Valor Liberado da Guia (R$)": dinheiro(guia.valores.liberado),
        "39 - Valor Glosa da Guia (R$)": dinheiro(guia.valores.glosa),
        "40 - Valor Informado do Protocolo (R$)": dinheiro(protocolo.valores.informado),
        "41 - Valor Processado do Protocolo (R$)": dinheiro(protocolo.valores.processado),
        "42 - Valor Liberado do Protocolo (R$)": dinheiro(protocolo.valores.liberado),
        "43 - Valor Glosa do Protocolo (R$)": dinheiro(protocolo.valores.glosa),
        "44 - Valor Informado Geral (R$)": dinheiro(demonstrativo.valores.informado),
        "45 - Valor Processado Geral (R$)": dinheiro(demonstrativo.valores.processado),
        "46 - Valor Liberado Geral (R$)": dinheiro(demonstrativo.valores.liberado),
        "47 - Valor Glosa Geral (R$)": dinheiro(demonstrativo.valores.glosa),
    }
    assert {rotulo: valor(pdf, rotulo) for rotulo in esperados} == esperados
    assert "2 - Nº: 203438" in linhas(pdf)[0]
    assert [linha for item in guia.itens for linha in _linhas_do_item(item)] == _dos_itens(pdf)


def _linhas_do_item(item: ItemAnalisado) -> list[str]:
    """Fields 25 to 35 as one line; each further glosa on a line of its own."""
    glosas = [f"{dinheiro(glosa.valor)} {glosa.codigo}" for glosa in item.glosas]
    partes = (
        data(item.data),
        item.tabela,
        item.codigo,
        item.descricao,
        item.grau_de_participacao,
        dinheiro(item.valores.informado),
        quantidade(item.quantidade),
        dinheiro(item.valores.processado),
        dinheiro(item.valores.liberado),
        *glosas[:1],
    )
    return [" ".join(filter(None, partes)), *glosas[1:]]


def _dos_itens(pdf: bytes) -> list[str]:
    """Lines between the heads of the tables and the totals of the guides."""
    return [linha for pagina in paginas(pdf) for linha in _da_pagina(pagina)]


def _da_pagina(pagina: str) -> Iterator[str]:
    dentro = False
    for linha in (" ".join(linha.split()) for linha in pagina.splitlines()):
        if linha.startswith(("Total d", "conecta")):
            dentro = False
        if dentro and linha:
            yield linha
        if linha == "assistencial":
            dentro = True


def test_a_long_description_is_written_to_its_end() -> None:
    longa = (
        "Ressonância magnética " + "de coluna cervical ou dorsal ou lombar com contraste " * 2 + "e reconstrução final"
    )
    item = replace(exemplo_de_analise().protocolos[0].guias[0].itens[0], descricao=longa[:150], glosas=())
    pdf = _desenhado(_com_a_primeira_guia(exemplo_de_analise(), itens=(item,)))

    primeira, segunda = _dos_itens(pdf)
    assert "…" not in primeira
    descrita = primeira.split(item.codigo)[1].split(dinheiro(item.valores.informado))[0]
    assert f"{descrita.strip()} {segunda}" == longa[:150].strip()


@pytest.mark.parametrize("glosas", list(Glosas))
@pytest.mark.parametrize("tipo", ["consulta", "sadt", "internacao", "honorarios", "odonto"])
def test_guides_of_every_type_with_every_kind_of_glosa_are_drawn_whole(tipo: str, glosas: Glosas) -> None:
    demonstrativo = exemplo_de_analise(tipo=tipo, glosas=glosas, guias=2, itens=4)
    pdf = _desenhado(demonstrativo)

    numeros = [guia.numero_do_prestador for guia in demonstrativo.protocolos[0].guias]
    todas = linhas(pdf)
    rotulo = "14 - Número da Guia no Prestador"
    assert [todas[onde + 1].split()[0] for onde, linha in enumerate(todas) if rotulo in linha] == numeros
    assert valor(pdf, "47 - Valor Glosa Geral (R$)") == dinheiro(demonstrativo.valores.glosa)


@esforco(max_examples=8, deadline=None)
@given(protocolos=st.integers(1, 3), guias=st.integers(0, 4), itens=st.integers(0, 45), semente=st.integers(0, 10_000))
def test_no_item_is_lost_or_repeated_where_a_page_ends(protocolos: int, guias: int, itens: int, semente: int) -> None:
    demonstrativo = exemplo_de_analise(protocolos=protocolos, guias=guias, itens=itens, semente=semente)
    pdf = _desenhado(demonstrativo)

    todos = [item for protocolo in demonstrativo.protocolos for guia in protocolo.guias for item in guia.itens]
    assert _dos_itens(pdf) == [linha for item in todos for linha in _linhas_do_item(item)]
    textos = paginas(pdf)
    assert [f"folha {numero} de {len(textos)}" in texto for numero, texto in enumerate(textos, 1)] == [True] * len(
        textos
    )
    assert all("1 - Registro ANS" in texto for texto in textos)


def test_more_glosas_on_one_item_than_a_page_holds_go_on_on_the_next() -> None:
    guia = exemplo_de_analise().protocolos[0].guias[0]
    glosa = exemplo_de_analise(glosas=Glosas.TOTAL).protocolos[0].guias[0].itens[0].glosas[0]
    item = replace(guia.itens[0], glosas=(glosa,) * 130)
    pdf = _desenhado(_com_a_primeira_guia(exemplo_de_analise(), itens=(item,)))

    assert _dos_itens(pdf) == _linhas_do_item(item)
    assert len(paginas(pdf)) > 2


def test_the_statement_of_payment_shows_what_is_paid_by_date_protocol_and_guide() -> None:
    demonstrativo = exemplo_de_pagamento(datas=2)
    pdf = desenhar_demonstrativo(demonstrativo, sigla="Fictícia")
    dia = demonstrativo.datas[0]
    protocolo = dia.protocolos[0]

    assert valor(pdf, "9 - Data do Pagamento") == data(dia.data)
    assert valor(pdf, "10 - Forma de Pagamento").startswith(dia.conta.forma)
    assert valor(pdf, "13 - Número da Conta/Cheque") == dia.conta.conta
    valores = protocolo.valores
    quantias = map(dinheiro, (valores.informado, valores.processado, valores.liberado, valores.glosa))
    assert " ".join((data(protocolo.data), str(protocolo.numero), protocolo.lote, *quantias)) in linhas(pdf)
    assert valor(pdf, "Valor a Receber por Data (R$)") == dinheiro(dia.liquido.a_receber)
    assert valor(pdf, "Valor a Receber do Demonstrativo (R$)") == dinheiro(demonstrativo.liquido.a_receber)
    texto = "\n".join(linhas(pdf))
    for outra in demonstrativo.datas:
        for lancamento in outra.debitos_e_creditos:
            assert f"{lancamento.tipo} {lancamento.descricao} {dinheiro(lancamento.valor)}" in texto
        assert all(guia.numero_do_prestador in texto for pago in outra.protocolos for guia in pago.guias)


def test_the_dental_statement_shows_teeth_franquia_and_what_is_received() -> None:
    demonstrativo = exemplo_de_odonto(itens=4)
    pdf = desenhar_demonstrativo(demonstrativo, sigla="Fictícia")
    guia = demonstrativo.datas[0].protocolos[0].guias[0]

    assert valor(pdf, "5 - Início do Período") == data(demonstrativo.de)
    assert valor(pdf, "19 - Nome do Executante") == guia.executante
    assert valor(pdf, "21 - Nome do Beneficiário") == guia.beneficiario
    assert valor(pdf, "39 - Valor Franquia da Guia (R$)") == dinheiro(guia.valores.franquia)
    assert valor(pdf, "40 - Valor Liberado da Guia (R$)") == dinheiro(guia.valores.liberado)
    assert valor(pdf, "69 - Valor a Receber do Demonstrativo (R$)") == dinheiro(demonstrativo.liquido.a_receber)
    item = next(item for item in guia.itens if item.dente_ou_regiao)
    partes = filter(None, (item.tabela, item.codigo, item.descricao, item.dente_ou_regiao, item.face, data(item.data)))
    assert " ".join(partes) in "\n".join(linhas(pdf))


_OUTRO_PROCESSO = """
import django, hashlib; django.setup()
from demonstrativos.emissao.desenho import desenhar_demonstrativo
from tiss_schemas.exemplos_demonstrativo import exemplo_de_analise
print(hashlib.sha256(desenhar_demonstrativo(exemplo_de_analise(guias=5, itens=30), sigla="X")).hexdigest())
"""


def test_the_same_values_are_the_same_bytes_in_another_process() -> None:
    aqui = hashlib.sha256(desenhar_demonstrativo(exemplo_de_analise(guias=5, itens=30), sigla="X")).hexdigest()
    ambiente = {**os.environ, "DJANGO_SETTINGS_MODULE": "conecta.settings", "PYTHONHASHSEED": "7"}
    comando = [sys.executable, "-c", _OUTRO_PROCESSO]
    la = subprocess.run(comando, cwd=settings.BASE_DIR, env=ambiente, capture_output=True, text=True, check=True)
    assert la.stdout.strip() == aqui


def test_the_document_is_tagged_titled_and_says_its_language() -> None:
    leitor = PdfReader(BytesIO(_desenhado(exemplo_de_analise(guias=3, itens=40, numero=12))))
    raiz = leitor.trailer["/Root"]

    assert raiz["/MarkInfo"]["/Marked"]
    assert raiz["/Lang"] == "pt-BR"
    assert (leitor.metadata or {}).get("/Title") == "Demonstrativo de análise de conta nº 12"
    assert "/StructTreeRoot" in raiz


def test_the_logo_takes_the_place_of_the_short_name() -> None:
    com = desenhar_demonstrativo(exemplo_de_analise(), sigla="Fictícia", logotipo=("logo.png", PONTO))
    leitor = PdfReader(BytesIO(com))
    assert "Fictícia" not in linhas(com)[0]
    assert len(leitor.pages[0].images) == 1
    assert com == desenhar_demonstrativo(exemplo_de_analise(), sigla="Fictícia", logotipo=("logo.png", PONTO))


@esforco(max_examples=20, deadline=None)
@given(st.text(max_size=80))
def test_any_name_can_be_written(texto: str) -> None:
    """Letters that our fonts lack lose their accent or become a question mark; no text ends the drawing."""
    guia: GuiaAnalisada = exemplo_de_analise().protocolos[0].guias[0]
    pdf = _desenhado(_com_a_primeira_guia(exemplo_de_analise(), itens=guia.itens[:1], beneficiario=texto))
    assert valor(pdf, "18 - Número da Carteira") == guia.numero_carteira


def test_letters_without_a_glyph_are_written_without_their_accent() -> None:
    assert escrito("Łukasz Ő\tNovák\u200b 京") == "?ukasz O Novák ?"


@given(st.text(alphabet="abc ÇÃÕ.,()\\", max_size=120), st.integers(3, 80))
def test_breaking_a_text_keeps_its_letters_and_fits(texto: str, celulas: int) -> None:
    texto = escrito(texto)
    partes = dividir(texto, celulas)
    assert "".join(partes).replace(" ", "") == texto.replace(" ", "")
    assert all(len(parte) <= celulas for parte in partes)
