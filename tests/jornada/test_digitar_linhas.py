"""Lines, look-ups, pasting, prices and teeth of a typed guide, by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from conecta.demonstracao.cadastro import carteiras_de
from tests.jornada.nas_linhas import DigitadorDeLinhas
from tests.portal import novo_numero

pytestmark = [pytest.mark.navegador, pytest.mark.processos, pytest.mark.enable_socket]
CONVENIO, COM_PRECOS = "PASA", "PASA Executivo"
ITENS = "procedimentosExecutados/procedimentoExecutado"
DESPESAS = "outrasDespesas/despesa"
DA_GTO = "procedimentosExecutados"
HONORARIOS = "procedimentosRealizados/procedimentoRealizado"
LINHAS_COLADAS = 200
CUSTO_DE_COLAR = 3.0
"""How many times what it takes a browser to lay out lines may be spent on making and filling them."""
MAIS_TECLAS = 60
"""Keys beyond the data that an SP/SADT with three items may cost."""


@pytest.fixture
def digitadora(_abrir: Callable[..., Any]) -> DigitadorDeLinhas:
    """Faturista of Santa Aurélia, at the keyboard."""
    return DigitadorDeLinhas(_abrir(), "marina@aurelia.example")


def test_um_sadt_com_tres_itens_custa_no_maximo_sessenta_teclas(digitadora: DigitadorDeLinhas) -> None:
    d = digitadora
    endereco = d.comecar(COM_PRECOS, "guiaSP-SADT")
    for campo, dado in (
        ("numeroGuiaPrestador", str(novo_numero())),
        ("dataAutorizacao", "18112026"),
        ("senha", "A88201734"),
        ("numeroCarteira", carteiras_de("pasa")[0]),
        ("contratadoSolicitante/*", "770112"),
        ("nomeContratadoSolicitante", "CLINICA BOM JARDIM LTDA"),
        ("nomeProfissional", "HELENA VAZ CORREIA"),
        ("conselhoProfissional", "06"),
        ("numeroConselhoProfissional", "48812"),
        ("UF", "MG"),
        ("CBOS", "225125"),
        ("dataSolicitacao", "18112026"),
        ("tipoAtendimento", "23"),
        ("dataExecucao", "20112026"),
    ):
        d.ate(campo)
        d.digita(dado)
    d.tecla("Enter")
    for codigo, quantidade in (("40304361", "1"), ("40302040", "2"), ("40301630", "1")):
        assert d.foco().endswith("codigoProcedimento")
        d.digita(codigo)
        d.tecla("Enter")
        assert d.foco().endswith("quantidadeExecutada")
        d.digita(quantidade)
        d.tecla("Enter")
    d.tecla("F8")
    assert d.teclas <= MAIS_TECLAS
    d.pagina.wait_for_url(lambda url: url != endereco)
    d.pagina.goto(endereco)
    assert d.linhas(ITENS, "codigoProcedimento", "quantidadeExecutada", "dataExecucao") == [
        ["40304361", "1", "20/11/2026"],
        ["40302040", "2", "20/11/2026"],
        ["40301630", "1", "20/11/2026"],
    ]


def test_enter_passa_pela_equipe_que_a_linha_tem_de_ter(digitadora: DigitadorDeLinhas) -> None:
    d = digitadora
    d.comecar(COM_PRECOS, "guiaHonorarios")
    d.nova(HONORARIOS, "dataExecucao").focus()
    for dado in ("20112026", "31003079", "1"):
        d.digita(dado)
        d.tecla("Enter")
    pessoa = f"{HONORARIOS}[1]/profissionais[1]"
    assert d.foco() == f"{pessoa}/grauParticipacao"
    d.digita("00")
    d.tecla("Enter")
    assert d.foco() == f"{pessoa}/codProfissional/*"
    d.ate("/CBO")
    d.tecla("Enter")
    assert d.foco() == f"{HONORARIOS}[2]/procedimento/codigoProcedimento", "the next line"


def test_enter_entra_na_linha_pelo_que_o_papel_diz(digitadora: DigitadorDeLinhas) -> None:
    d = digitadora
    d.comecar(CONVENIO, "guiaOdonto")
    d.campo("dadosProfissionaisResponsaveis/cbosExec2").focus()
    d.tecla("Enter")
    assert d.foco() == f"{DA_GTO}[1]/procSolic/codigoProcedimento", "the table comes by the code"


def test_as_linhas_vem_vao_e_voltam(digitadora: DigitadorDeLinhas) -> None:
    d = digitadora
    d.comecar(CONVENIO, "guiaSP-SADT")
    _itens(d, "40304361", "40302040")
    assert d.linhas(ITENS, "sequencialItem", "codigoProcedimento") == [["1", "40304361"], ["2", "40302040"]]

    d.campo(f"{ITENS}[1]/quantidadeExecutada").focus()
    d.tecla("Control+d")
    assert d.foco() == f"{ITENS}[2]/quantidadeExecutada"
    assert _codigos(d) == ["40304361", "40304361", "40302040"]
    d.digita("3")
    d.tecla("Alt+ArrowUp")
    assert d.linhas(ITENS, "sequencialItem", "quantidadeExecutada") == [["1", "3"], ["2", "1"], ["3", "1"]]
    assert d.foco() == f"{ITENS}[1]/quantidadeExecutada"

    d.tecla("Alt+Delete")
    d.espera_recado("Linha 1 retirada.")
    assert d.linhas(ITENS, "sequencialItem", "codigoProcedimento") == [["1", "40304361"], ["2", "40302040"]]
    d.tecla("Control+z")
    assert d.linhas(ITENS, "sequencialItem", "quantidadeExecutada") == [["1", "3"], ["2", "1"], ["3", "1"]]
    d.espera_salvo()
    d.pagina.reload()
    assert d.linhas(ITENS, "sequencialItem", "quantidadeExecutada") == [["1", "3"], ["2", "1"], ["3", "1"]]


def test_uma_linha_comecada_e_deixada_vazia_nao_fica(digitadora: DigitadorDeLinhas) -> None:
    d = digitadora
    d.comecar(CONVENIO, "guiaSP-SADT")
    _itens(d, "40304361")
    d.nova(ITENS, "codigoProcedimento").focus()
    d.digita("4")
    assert len(_codigos(d)) == 2
    d.tecla("Backspace")
    d.tecla("Enter")
    assert _codigos(d) == ["40304361"]
    assert d.foco().startswith(DESPESAS)


def test_o_total_de_cada_linha_arredonda_no_centavo(digitadora: DigitadorDeLinhas) -> None:
    d = digitadora
    d.comecar(CONVENIO, "guiaSP-SADT")
    _itens(d, "40304361")
    expect(d.campo(f"{ITENS}[1]/procedimento/descricaoProcedimento")).not_to_have_value("")
    for campo, dado in (("quantidadeExecutada", "3"), ("valorUnitario", "1234,57"), ("reducaoAcrescimo", "0,35")):
        d.campo(f"{ITENS}[1]/{campo}").focus()
        d.tecla("Control+a")
        d.digita(dado)
    # 3 × 1.234,57 × 0,35 = 1.296,2985
    expect(d.campo(f"{ITENS}[1]/valorTotal")).to_have_value("1.296,30")
    expect(d.pagina.locator("tfoot").first).to_contain_text("Total de procedimentos, 1 item")
    expect(d.pagina.locator("tfoot").first).to_contain_text("1.296,30")
    expect(d.campo("valorTotal/valorTotalGeral")).to_have_value("1.296,30")
    expect(d.pagina.locator("[data-conferencia]"), "the server's own sum").to_contain_text("1.296,30")


def test_colar_uma_coluna_faz_as_linhas(digitadora: DigitadorDeLinhas) -> None:
    d = digitadora
    d.comecar(CONVENIO, "guiaSP-SADT")
    tabela = "Código\tQtd\tData\n40.30.436-1\t2\t01/11/2026\n99999999\t1\t02/11/2026\n40302040\t\t03/11/2026\n"
    d.colar(d.nova(ITENS, "codigoProcedimento"), tabela)
    d.espera_recado("3 linhas coladas.")
    assert d.linhas(ITENS, "codigoProcedimento", "quantidadeExecutada", "dataExecucao") == [
        ["40304361", "2", "01/11/2026"],
        ["99999999", "1", "02/11/2026"],
        ["40302040", "1", "03/11/2026"],
    ]
    assert d.foco() == f"{ITENS}[4]/procedimento/codigoProcedimento"
    expect(d.campo(f"{ITENS}[1]/procedimento/descricaoProcedimento")).to_have_value(re.compile("Hemograma"))
    d.pagina.get_by_role("button", name="Desfazer").click()
    assert _codigos(d) == []


def test_colar_codigos_por_um_dialogo(digitadora: DigitadorDeLinhas) -> None:
    d = digitadora
    d.comecar(CONVENIO, "guiaSP-SADT")
    d.pagina.get_by_role("button", name="Colar códigos").first.focus()
    d.tecla("Enter")
    dialogo = d.pagina.get_by_role("dialog", name="Colar códigos")
    expect(dialogo.get_by_role("textbox")).to_be_focused()
    d.digita("40304361\n40302040;2")
    expect(dialogo.get_by_role("status")).to_have_text("2 linhas: de 40304361 a 40302040.")
    d.tecla("Tab", 2)
    d.tecla("Enter")
    expect(dialogo).to_be_hidden()
    assert d.linhas(ITENS, "codigoProcedimento", "quantidadeExecutada") == [["40304361", "1"], ["40302040", "2"]]


def test_muitas_linhas_coladas_custam_pouco_mais_que_mostra_las(digitadora: DigitadorDeLinhas) -> None:
    d = digitadora
    d.comecar(CONVENIO, "guiaSP-SADT")
    campo = d.nova(ITENS, "codigoProcedimento")
    colar = d.medir_colagem(campo, "\n".join(str(40_300_000 + n) for n in range(LINHAS_COLADAS)))
    assert len(_codigos(d)) == LINHAS_COLADAS
    assert colar <= CUSTO_DE_COLAR * d.medir_mostrar(ITENS)


def test_procurar_por_palavras_e_por_codigo(digitadora: DigitadorDeLinhas) -> None:
    d = digitadora
    d.comecar(CONVENIO, "guiaSP-SADT")
    d.nova(ITENS, "codigoProcedimento").focus()
    d.digita("hemograma")
    d.espera_lista("40304361")
    assert d.pagina.locator("#procura mark").first.inner_text() == "Hemograma"
    campo = d.campo(f"{ITENS}[1]/procedimento/codigoProcedimento")
    expect(campo).to_have_attribute("aria-expanded", "true")
    d.tecla("Enter")
    assert d.foco() == f"{ITENS}[1]/quantidadeExecutada"
    expect(campo).to_have_value("40304361")
    expect(campo).to_have_attribute("aria-expanded", "false")

    d.nova(ITENS, "codigoProcedimento").focus()
    d.digita("40302040")
    d.espera_lista("Glicose")
    d.tecla("Tab")
    expect(d.campo(f"{ITENS}[2]/procedimento/descricaoProcedimento")).to_have_value("Glicose - pesquisa e/ou dosagem")

    d.nova(ITENS, "codigoProcedimento").focus()
    d.digita("xyzw")
    expect(d.pagina.get_by_text("Nada encontrado para “xyzw”.").first).to_be_visible()
    d.tecla("Escape")
    expect(d.pagina.locator("#procura")).to_be_hidden()
    expect(d.campo(f"{ITENS}[3]/procedimento/codigoProcedimento")).to_have_value("xyzw")


def test_de_onde_vem_o_preco(digitadora: DigitadorDeLinhas) -> None:
    d = digitadora
    d.comecar(COM_PRECOS, "guiaSP-SADT")
    _itens(d, "40304361")
    expect(d.campo(f"{ITENS}[1]/valorUnitario")).not_to_have_value("")
    d.campo(f"{ITENS}[1]/quantidadeExecutada").focus()
    d.tecla("F4")
    explicacao = d.pagina.get_by_role("dialog", name="De onde vem o preço")
    expect(explicacao.get_by_role("listitem").first).to_be_visible()
    expect(explicacao).to_contain_text(d.campo(f"{ITENS}[1]/valorUnitario").input_value())
    d.tecla("Escape")
    expect(explicacao).to_be_hidden()
    assert d.foco() == f"{ITENS}[1]/valorUnitario"


def test_os_dentes_pelo_teclado(digitadora: DigitadorDeLinhas) -> None:
    d = digitadora
    d.comecar(CONVENIO, "guiaOdonto")
    d.nova(DA_GTO, "codigoProcedimento").focus()
    d.digita("85100196")
    d.tecla("Enter")
    assert d.foco() == f"{DA_GTO}[1]/denteRegiao/*"
    d.tecla("F9")
    d.digita("16")
    assert d.foco() == "Dente 16, inteiro"
    d.tecla("ArrowDown")
    assert d.foco() == "Dente 16, face vestibular"
    d.digita("do")
    expect(d.pagina.get_by_role("checkbox", name="Dente 16, face oclusal")).to_be_checked()
    d.tecla("Enter")
    d.digita("26")
    d.tecla("Space")
    d.tecla("Enter")
    campos = ("codigoProcedimento", "denteRegiao/*", "denteFace")
    assert d.linhas(DA_GTO, *campos) == [["85100196", "16", "OD"], ["85100196", "26", ""]]
    expect(d.pagina.get_by_role("checkbox", name="Dente 16, face distal, na linha 1")).to_be_visible()

    d.campo(f"{DA_GTO}[2]/denteRegiao/*").focus()
    d.tecla("F9")
    assert d.foco().startswith("Dente 26, inteiro")
    d.digita("m")
    d.tecla("Enter")
    d.tecla("Escape")
    assert d.foco() == f"{DA_GTO}[2]/denteRegiao/*"
    assert d.linhas(DA_GTO, *campos)[1] == ["85100196", "26", "M"]

    d.campo(f"{DA_GTO}[1]/denteFace").focus()
    d.tecla("Control+a")
    d.digita("v")
    d.tecla("Tab")
    expect(d.campo(f"{DA_GTO}[1]/denteFace")).to_have_value("V")
    expect(d.pagina.get_by_role("checkbox", name="Dente 16, face vestibular, na linha 1")).to_be_visible()
    d.pagina.get_by_role("button", name="S2 Sextante superior anterior").focus()
    d.tecla("Enter")
    assert d.linhas(DA_GTO, *campos)[2] == ["85100196", "S2", ""]


def _itens(d: DigitadorDeLinhas, *codigos: str) -> None:
    """Type lines of one unit each."""
    if not d.linhas(ITENS, "codigoProcedimento"):
        d.nova(ITENS, "dataExecucao").focus()
        d.digita("20112026")
        d.tecla("Enter")
    for codigo in codigos:
        d.digita(codigo)
        d.tecla("Enter", 2)


def _codigos(d: DigitadorDeLinhas) -> list[str]:
    return [codigo for (codigo,) in d.linhas(ITENS, "codigoProcedimento")]
