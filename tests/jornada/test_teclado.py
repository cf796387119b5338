"""The same job without a mouse: everything that is pressed here is a key."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.jornada.arquivos import CNPJ_CERTO, com_cnpj_errado
from tests.jornada.clinica import Faturista
from tests.jornada.pessoa import Pessoa

pytestmark = [pytest.mark.navegador, pytest.mark.processos, pytest.mark.enable_socket]
PASSOS = 80
"""Tabs after which a person would give up."""


def test_do_upload_ao_protocolo_so_com_o_teclado(marina: Faturista, tmp_path: Path) -> None:
    xml = com_cnpj_errado(tmp_path, "teclado", guias=2, itens=2)
    pagina = marina.pagina
    incluir(marina, xml, aba="Inválidos")

    ir(marina, pagina.get_by_role("link", name=xml.name, exact=True))
    marina.espera_titulo(xml.name)
    ir(marina, pagina.get_by_role("main").get_by_role("link", name="Corrigir Críticas"))
    ir(marina, pagina.get_by_label("CNPJ do prestador"), tecla="Control+A")
    pagina.keyboard.type(CNPJ_CERTO)
    ir(marina, pagina.get_by_role("button", name="Salvar Reprocessar"))
    marina.espera_historico("Importados", xml.name)

    ir(marina, pagina.get_by_role("link", name=xml.name, exact=True))
    marina.espera_titulo(xml.name)
    ir(marina, pagina.get_by_role("link", name="Detalhes do Lote"))
    confirmar(marina, "Fechar Lote")
    marina.espera_recado("fechado. Falta enviá-lo à PASA")
    confirmar(marina, "Enviar Lote")
    marina.espera_recado("enviado à PASA. Protocolo (PEG)")
    assert marina.dado("Protocolo (PEG)").isdigit()


def incluir(marina: Faturista, xml: Path, aba: str) -> None:
    """*Uploads › Novo*, until the history shows the file on that tab."""
    ir(marina, marina.pagina.get_by_role("link", name="Novo", exact=True))
    marina.espera_titulo("Incluir arquivo XML")
    with marina.pagina.expect_file_chooser() as escolha:
        ir(marina, marina.pagina.get_by_label("Escolher arquivo XML"))
    escolha.value.set_files(xml)
    ir(marina, marina.pagina.get_by_role("button", name="Incluir"))
    marina.espera_historico(aba, xml.name)


def ir(marina: Pessoa, alvo: Locator, tecla: str = "Enter", passo: str = "Tab") -> None:
    """Press Tab, or Shift+Tab, until the target has the focus and shows it, then a key."""
    expect(alvo).to_be_visible()
    for _ in range(PASSOS):
        if alvo.evaluate("(e) => e === document.activeElement"):
            break
        marina.pagina.keyboard.press(passo)
    expect(alvo).to_be_focused()
    assert alvo.evaluate("(e) => e.matches(':focus-visible')")
    marina.pagina.keyboard.press(tecla)


def confirmar(marina: Faturista, acao: str) -> None:
    """Open the question with the keyboard and say yes; the focus stays inside it."""
    ir(marina, marina.pagina.get_by_role("button", name=acao, exact=True))
    dialogo = marina.pagina.get_by_role("dialog", name=acao)
    expect(dialogo).to_be_visible()
    assert dialogo.evaluate("(d) => d.contains(document.activeElement)")
    ir(marina, dialogo.get_by_role("button", name=acao, exact=True))
