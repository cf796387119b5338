"""Five kinds of damage in a hundred guides become a lot, by suggestions and by one decision for all places."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.acessibilidade import achados
from tests.jornada.arquivos import CLINICA
from tests.jornada.clinica import Faturista
from tests.portal import arquivo_valido, novo_numero

pytestmark = [pytest.mark.navegador, pytest.mark.processos, pytest.mark.enable_socket]
GUIAS = 100
ESTREITO, LARGO = {"width": 320, "height": 800}, {"width": 1366, "height": 768}


def test_cinco_danos_em_cem_guias_so_com_sugestoes(marina: Faturista, tmp_path: Path) -> None:
    xml = tmp_path / f"danos_{novo_numero()}.xml"
    xml.write_bytes(danificado(arquivo_valido(CLINICA, "pasa", "sadt", guias=GUIAS, itens=2)))
    pagina = marina.pagina
    marina.escolher(xml)
    marina.incluir()
    marina.espera_historico("Inválidos", xml.name)
    marina.abrir(xml.name)
    marina.abrir("Corrigir Críticas")
    marina.espera_titulo("Corrigir Críticas")

    causa = pagina.locator(".critica").filter(has_text="Indicação de acidente").first
    causa.get_by_role("combobox").select_option("9")
    ver_os_lugares(marina, causa.get_attribute("id") or "")

    pagina.get_by_role("button", name="Aplicar todas as sugestões").click()
    expect(pagina.get_by_role("heading", name="sugestões marcadas")).to_be_focused()
    sem_objecao(marina, "marcadas")
    pagina.get_by_role("button", name="Desfazer as sugestões").click()
    expect(pagina.get_by_role("heading", name="O Conecta sabe corrigir")).to_be_focused()
    pagina.get_by_role("button", name="Aplicar todas as sugestões").click()
    expect(pagina.get_by_role("heading", name="sugestões marcadas")).to_be_visible()

    pagina.get_by_role("button", name="Conferir antes de salvar").click()
    expect(pagina.get_by_role("heading", name="Nada mais impede")).to_be_focused()
    sem_objecao(marina, "conferido")
    pagina.get_by_role("button", name="Salvar Reprocessar").click()
    marina.espera_historico("Importados", xml.name)
    expect(marina.linha(xml.name)).to_contain_text("Importado")


def ver_os_lugares(marina: Faturista, causa: str) -> None:
    """Every place of the cause, in two pages, with before → after; what is ticked is kept on the way."""
    pagina = marina.pagina
    pagina.locator(f"#{causa}").get_by_role("button", name="Ver os 100 lugares").click()
    expect(pagina.get_by_role("heading", level=1, name="Onde aparece")).to_be_visible()
    expect(pagina.get_by_text("vale em 100 de 100 lugares")).to_be_visible()
    expect(pagina.get_by_role("row").filter(has_text="passa a ser")).to_have_count(50)
    sem_objecao(marina, "lugares")
    outro = pagina.get_by_role("combobox", name="Outro valor na crítica").first
    outro.fill("77")
    outro.press("Tab")
    expect(pagina.get_by_text("O código “77” não está na lista")).to_be_visible()
    outro.fill("")
    caixa = pagina.get_by_role("checkbox").first
    caixa.uncheck()
    pagina.get_by_role("button", name="Próxima").click()
    expect(pagina.get_by_text("vale em 99 de 100 lugares")).to_be_visible()
    pagina.get_by_role("button", name="Anterior").click()
    expect(caixa).not_to_be_checked()
    caixa.check()
    pagina.get_by_role("button", name="Guardar e voltar às causas").click()
    marina.espera_titulo("Corrigir Críticas")
    expect(pagina.locator(f"#{causa}").get_by_role("combobox")).to_have_value("9")


def test_um_campo_e_conferido_ao_sair_dele_e_as_teclas_andam_pelas_causas(marina: Faturista, tmp_path: Path) -> None:
    xml = tmp_path / f"teclas_{novo_numero()}.xml"
    certo = arquivo_valido(CLINICA, "pasa", "sadt", guias=2, itens=2)
    xml.write_bytes(trocar("dataSolicitacao", "2026/13-45", trocar("valorTotalGeral", "1.00", certo)))
    pagina = marina.pagina
    marina.escolher(xml)
    marina.incluir()
    marina.espera_historico("Inválidos", xml.name)
    marina.abrir(xml.name)
    marina.abrir("Corrigir Críticas")
    marina.espera_titulo("Corrigir Críticas")

    causas = pagina.locator("[data-causa]")
    pagina.keyboard.press("j")
    expect(causas.nth(0).locator("summary").first).to_be_focused()
    pagina.keyboard.press("j")
    expect(causas.nth(1).locator("summary").first).to_be_focused()
    for escolha in ("Deixar como está", "Usar a sugestão"):
        pagina.keyboard.press("s")
        expect(causas.nth(1).get_by_role("radio", name=escolha)).to_be_checked()
    pagina.keyboard.press("k")
    expect(causas.nth(0).locator("summary").first).to_be_focused()
    pagina.keyboard.press("?")
    expect(pagina.get_by_role("dialog", name="Teclas desta tela")).to_be_visible()
    sem_objecao(marina, "teclas")
    pagina.keyboard.press("Escape")

    campo = pagina.get_by_role("textbox", name="Data da solicitação")
    campo.fill("31/02/2026")
    campo.press("Tab")
    expect(pagina.get_by_text("Esta data não existe")).to_be_visible()
    expect(campo).to_have_attribute("aria-invalid", "true")
    expect(campo).to_have_accessible_description(re.compile("Esta data não existe"))
    sem_objecao(marina, "campo")
    campo.fill("31/01/2026")
    campo.press("Tab")
    expect(pagina.get_by_text("Esta data não existe")).to_have_count(0)
    expect(campo).not_to_have_attribute("aria-invalid", "true")


def danificado(xml: bytes) -> bytes:
    """Brazilian dates, decimal commas, a misspelt name, elements out of order, wrong line totals; a code of no list."""
    xml = re.sub(rb"(<ans:dataExecucao>)(\d{4})-(\d\d)-(\d\d)", rb"\1\4/\3/\2", xml)
    xml = re.sub(rb"(<ans:valorUnitario>\d+)\.(\d+)", rb"\1,\2", xml)
    xml = xml.replace(b"ans:tipoAtendimento>", b"ans:tipoatendimento>")
    xml = re.sub(
        rb"(<ans:codigoTabela>[^<]*</ans:codigoTabela>)(\s*)(<ans:codigoProcedimento>[^<]*</ans:codigoProcedimento>)",
        rb"\3\2\1",
        xml,
    )
    xml = so_na_primeira_linha_de_cada_guia(xml)
    return trocar("indicacaoAcidente", "X", xml)


def so_na_primeira_linha_de_cada_guia(xml: bytes) -> bytes:
    """One line of each guide with another total."""
    vez = count()
    return re.sub(
        rb"(<ans:valorTotal>)\d[^<]*", lambda achado: achado[1] + b"0.01" if next(vez) % 2 else achado[0], xml
    )


def trocar(elemento: str, valor: str, xml: bytes) -> bytes:
    """The message with another text in every element of that name."""
    return re.sub(rb"(<ans:%s>)[^<]*" % elemento.encode(), rb"\g<1>" + valor.encode(), xml)


def sem_objecao(marina: Faturista, passo: str) -> None:
    """Axe finds nothing, wide and light, narrow and dark; nothing is wider than the window."""
    pagina = marina.pagina
    marina.ver(passo)
    assert achados(pagina) == []
    pagina.set_viewport_size(ESTREITO)
    pagina.emulate_media(color_scheme="dark")
    assert pagina.evaluate("document.documentElement.scrollWidth") <= ESTREITO["width"]
    assert achados(pagina) == []
    marina.ver(f"{passo}-estreita")
    pagina.set_viewport_size(LARGO)
    pagina.emulate_media(color_scheme="light")
