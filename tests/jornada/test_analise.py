"""An analista works a protocol from its beginning to its release with the keyboard alone; the clinic reads why."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.jornada.clinica import Faturista
from tests.jornada.operadora import Analista
from tests.portal import arquivo_valido

pytestmark = [pytest.mark.navegador, pytest.mark.processos, pytest.mark.enable_socket]
GUIAS = 60
"""More than any example has: a desk that never ends is a failure and no endless test."""


def test_o_protocolo_e_analisado_so_pelo_teclado(marina: Faturista, rui: Analista, tmp_path: Path) -> None:
    lote = enviar(marina, tmp_path)
    comecar(rui, lote)
    pagina, tecla = rui.pagina, rui.pagina.keyboard
    itens = pagina.locator("tr[data-item]")
    expect(itens.first).to_be_focused()
    aceitar_o_que_a_regra_propos(rui)

    tecla.press("Home")
    tecla.press("g")
    expect(pagina.locator("#codigo")).to_be_focused()
    tecla.type("laudo")
    expect(pagina.locator("#procura-opcoes li").first).to_be_visible()
    tecla.press("Enter")
    expect(pagina.locator("#quantidade")).to_be_focused()
    expect(pagina.locator("#codigo")).to_have_value(re.compile(r"^\d{4} .*LAUDO"))
    tecla.press("Tab")
    tecla.type("0,01")
    tecla.press("Tab")
    tecla.type("Laudo de Luzia: não anexado")  # letters that are keys elsewhere stay letters here
    rui.ver("glosa")
    tecla.press("Enter")
    expect(itens.first).to_contain_text("Laudo de Luzia: não anexado")
    expect(itens.first).to_be_focused()
    antes = liberado(pagina).inner_text()

    tecla.press("z")
    expect(itens.first).not_to_contain_text("Laudo de Luzia")
    expect(liberado(pagina)).not_to_have_text(antes)
    glosar_de_novo(pagina)
    expect(liberado(pagina)).to_have_text(antes)
    rui.ver("mesa")

    tecla.press("?")
    expect(pagina.get_by_role("dialog", name="Teclas da análise")).to_be_visible()
    tecla.press("Escape")
    conferir_tudo(rui)
    liberar = pagina.get_by_role("button", name="Liberar para faturamento")
    liberar.focus()
    tecla.press("Enter")
    rui.espera_recado("liberado para faturamento")
    expect(pagina.get_by_text("Só leitura")).to_be_visible()

    marina.pagina.reload()
    expect(marina.pagina.get_by_text("Liberado para faturamento").first).to_be_visible()
    marina.pagina.locator("#guias tbody a").first.click()
    expect(marina.pagina.get_by_text("Laudo de Luzia: não anexado")).to_be_visible()
    marina.ver("glosa-na-guia")


def enviar(marina: Faturista, tmp_path: Path) -> str:
    """A lot that was sent: its number, with its page open."""
    xml = tmp_path / "analise.xml"
    xml.write_bytes(arquivo_valido("santa-aurelia", "pasa", "sadt"))
    marina.escolher(xml)
    marina.incluir()
    marina.espera_historico("Importados", xml.name)
    marina.abrir(xml.name)
    marina.abrir("Detalhes do Lote")
    expect(marina.pagina.get_by_role("heading", name="Detalhes")).to_be_visible()
    lote = marina.dado("Nº Lote")
    marina.fechar_e_enviar()
    return lote


def comecar(rui: Analista, lote: str) -> None:
    """From the work list to a desk on which the automatic pass has ended."""
    rui.menu("Análise de contas")
    rui.espera_titulo("Análise de contas")
    rui.pagina.get_by_role("main").get_by_label("Nº Lote").fill(lote)
    rui.pagina.get_by_role("button", name="Pesquisar").click()
    expect(rui.pagina.get_by_text("1 protocolo, valores em R$")).to_be_visible()
    rui.pagina.locator("#lista tbody a").first.click()
    rui.pagina.get_by_role("button", name="Começar a análise").click()
    rui.espera_recado("em análise, com você")
    expect(rui.pagina.get_by_text("A conferência automática está em andamento")).to_have_count(0)
    rui.pagina.reload()
    rui.espera_titulo("Análise do protocolo")
    rui.ver("mesa-no-comeco")


def aceitar_o_que_a_regra_propos(rui: Analista) -> None:
    """Every proposal of the guide, each with one key."""
    propostas = rui.pagina.locator("[data-tecla=a]")
    while quantas := propostas.count():
        propostas.first.locator("xpath=ancestor::tr").focus()
        rui.pagina.keyboard.press("a")
        expect(propostas).to_have_count(quantas - 1)


def glosar_de_novo(pagina: Page) -> None:
    """The same by its code, as somebody does who knows it."""
    tecla = pagina.keyboard
    tecla.press("g")
    expect(pagina.locator("#codigo")).to_be_focused()
    tecla.type("1822")
    expect(pagina.locator("#procura-opcoes li").first).to_be_visible()
    tecla.press("Enter")
    tecla.press("Tab")
    tecla.type("0,01")
    tecla.press("Tab")
    tecla.type("Laudo de Luzia: não anexado")
    tecla.press("Enter")
    expect(pagina.locator("tr[data-item]").first).to_contain_text("Laudo de Luzia: não anexado")


def conferir_tudo(rui: Analista) -> None:
    """Guide after guide to the last, whatever the rules proposed."""
    pagina = rui.pagina
    for _ in range(GUIAS):
        aceitar_o_que_a_regra_propos(rui)
        feitas, todas = re.match(r"(\d+) de (\d+)", conferidas(pagina).inner_text()).groups()  # type: ignore[union-attr]
        if feitas == todas:
            return
        pagina.keyboard.press("PageDown")
        expect(conferidas(pagina)).to_have_text(re.compile(rf"^{int(feitas) + 1} de {todas}"))
    pytest.fail("the desk has no end")


def conferidas(pagina: Page) -> Locator:
    """How many guides were gone through."""
    return pagina.locator("#t-fila + span")


def liberado(pagina: Page) -> Locator:
    """What is left to be paid of the guide."""
    return pagina.get_by_role("row", name="Total da guia").locator("td[data-rotulo=Liberado]")
