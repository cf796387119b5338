"""A file that is broken in its structure, mended with the keyboard alone until it is imported."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.jornada.arquivos import CLINICA
from tests.jornada.clinica import Faturista
from tests.jornada.test_teclado import ir
from tests.paginas.test_paginas import conferir_a_vista
from tests.portal import arquivo_valido, novo_numero
from tiss_schemas.edicao import aplicar
from tiss_schemas.edicoes import Remover

pytestmark = [pytest.mark.navegador, pytest.mark.processos, pytest.mark.enable_socket]
GUIA = "/ans:mensagemTISS/ans:prestadorParaOperadora/ans:loteGuias/ans:guiasTISS/ans:guiaSP-SADT"
SETAS = 120
"""Rows after which a person would look for another way."""


def quebrado(pasta: Path) -> Path:
    """Three guides: one without a required field, one with a stranger and out of order, one whose block is in ruins."""
    dados = aplicar(
        arquivo_valido(CLINICA, "pasa", "sadt", guias=3, itens=2),
        [
            Remover(f"{GUIA}[1]/ans:dadosAtendimento/ans:indicacaoAcidente"),
            Remover(f"{GUIA}[3]/ans:dadosExecutante/ans:CNES"),
            Remover(f"{GUIA}[3]/ans:dadosExecutante/ans:contratadoExecutante"),
        ],
    ).conteudo
    antes, segunda, depois = re.split(rb"(?=<ans:guiaSP-SADT>)", dados, maxsplit=3)[1:]
    inicio = dados[: dados.index(b"<ans:guiaSP-SADT>")]
    segunda = re.sub(
        rb"(<ans:dataAutorizacao>.*?</ans:dataAutorizacao>)\s*(<ans:senha>.*?</ans:senha>)", rb"\2\1", segunda
    )
    segunda = segunda.replace(
        b"<ans:dadosSolicitante>", b"<ans:convenio>particular</ans:convenio><ans:dadosSolicitante>"
    )
    arquivo = pasta / f"estrutura_{novo_numero()}.xml"
    arquivo.write_bytes(inicio + antes + segunda + depois)
    return arquivo


def test_a_estrutura_se_corrige_so_com_o_teclado(marina: Faturista, tmp_path: Path) -> None:
    xml = quebrado(tmp_path)
    pagina = marina.pagina
    ir(marina, pagina.get_by_role("link", name="Novo", exact=True))
    marina.espera_titulo("Incluir arquivo XML")
    with pagina.expect_file_chooser() as escolha:
        ir(marina, pagina.get_by_label("Escolher arquivo XML"))
    escolha.value.set_files(xml)
    ir(marina, pagina.get_by_role("button", name="Incluir", exact=True))
    marina.espera_historico("Inválidos", xml.name)
    ir(marina, pagina.get_by_role("link", name=xml.name, exact=True))
    ir(marina, pagina.get_by_role("link", name="Corrigir estrutura", exact=True))
    marina.espera_titulo("Corrigir estrutura")
    olhar(marina, "estrutura")

    incluir_o_que_falta(marina)
    remover_e_mover(marina)
    copiar_o_bloco(marina)
    expect(pagina.get_by_role("group", name="Salvar correções")).to_contain_text("Nada mais impede a importação.")
    marina.ver("pronto")
    ir(marina, pagina.get_by_role("button", name="Salvar Reprocessar"))
    marina.espera_historico("Importados", xml.name)


def incluir_o_que_falta(marina: Faturista) -> None:
    """The page opens at the first guide; N goes to what is wrong in it."""
    pagina = marina.pagina
    expect(pagina.get_by_role("heading", name="Guia 1 ·")).to_be_visible()
    falta = pagina.locator("[data-falta]")
    ir(marina, primeira_linha(pagina), tecla="n")
    andar(pagina, falta)
    pagina.keyboard.press("Enter")
    campo = pagina.get_by_label("Indicação de acidente", exact=True)
    expect(campo).to_be_focused()
    olhar(marina, "falta")
    campo.focus()
    pagina.keyboard.type("9")
    pagina.keyboard.press("Enter")
    expect(dito(pagina, "incluir “33 Indicação de acidente”: “9”")).to_be_visible()
    expect(falta).to_have_count(0)


def remover_e_mover(marina: Faturista) -> None:
    """The stranger goes with Del, comes back with U, and goes again; M puts the field in its place."""
    pagina = marina.pagina
    parte(marina, "Guia 2")
    intruso = linha(pagina, "ans:convenio")
    ir(marina, primeira_linha(pagina), tecla="End")
    andar(pagina, intruso, tecla="ArrowUp")
    pagina.keyboard.press("Delete")
    expect(intruso).to_have_count(0)
    espera_o_foco_numa_linha(pagina)
    pagina.keyboard.press("u")
    expect(intruso).to_be_visible()
    espera_o_foco_numa_linha(pagina)
    pagina.keyboard.press("r")
    expect(intruso).to_have_count(0)
    espera_o_foco_numa_linha(pagina)
    data = linha(pagina, "ans:dataAutorizacao")
    andar(pagina, data, tecla="ArrowUp")
    pagina.keyboard.press("m")
    expect(dito(pagina, "pôr “4 Data da autorização” no seu lugar")).to_be_visible()
    olhar(marina, "movido")


def copiar_o_bloco(marina: Faturista) -> None:
    """The block of the third guide is copied from the first."""
    pagina = marina.pagina
    parte(marina, "Guia 3")
    bloco = linha(pagina, "ans:dadosExecutante")
    ir(marina, primeira_linha(pagina), tecla="ArrowDown")
    andar(pagina, bloco)
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_label("Copiar da guia")).to_be_visible()
    olhar(marina, "copiar")
    ir(marina, pagina.get_by_role("button", name="Copiar", exact=True))
    expect(dito(pagina, "copiar “Dados do executante” da guia")).to_be_visible()


def olhar(marina: Faturista, passo: str) -> None:
    """What is on view holds wide and narrow, light and dark, and axe finds nothing in it."""
    conferir_a_vista(marina.pagina, passo)
    marina.ver(f"{passo}-estreita")
    marina.pagina.set_viewport_size({"width": 1366, "height": 768})
    marina.pagina.emulate_media(color_scheme="light")
    marina.ver(passo)


def parte(marina: Faturista, nome: str) -> None:
    ir(marina, marina.pagina.get_by_role("region", name="Partes do arquivo").get_by_role("button", name=nome))
    expect(marina.pagina.get_by_role("heading", name=f"{nome} ·")).to_be_visible()


def linha(pagina: Page, nome: str) -> Locator:
    """The row of an element by its name in the XML."""
    return pagina.locator(f"[data-no$='/{nome}']")


def dito(pagina: Page, passo: str) -> Locator:
    """A step in the list of those that were made."""
    return pagina.get_by_role("region", name="Correções desta tela").get_by_role("listitem").filter(has_text=passo)


def primeira_linha(pagina: Page) -> Locator:
    """The row that Tab reaches: one of the tree, the others by the arrows."""
    return pagina.locator("[data-no][tabindex='0']")


def espera_o_foco_numa_linha(pagina: Page) -> None:
    """After each answer one can go on with the arrows."""
    expect(pagina.locator("[data-no]:focus")).to_have_count(1)


def andar(pagina: Page, alvo: Locator, tecla: str = "ArrowDown") -> None:
    """Press an arrow until the row has the focus."""
    expect(alvo).to_be_visible()
    for _ in range(SETAS):
        if alvo.evaluate("(e) => e === document.activeElement"):
            break
        pagina.keyboard.press(tecla)
    expect(alvo).to_be_focused()
