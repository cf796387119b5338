"""What the faturista of a clinic does with what comes back: statements, appeals, money."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.jornada.clinica import Faturista


def abrir_lote(marina: Faturista, lote: str) -> None:
    """The page of a lot, from *Pesquisar Lotes*."""
    marina.menu("Pesquisar Lotes")
    marina.espera_titulo("Pesquisa de Lotes")
    marina.abrir(lote)
    marina.espera_titulo(f"Lote {lote}")


def demonstrativo_de_analise(marina: Faturista) -> tuple[str, bytes]:
    """*Gerar Demonstrativo* of the lot that is open; give the text of the PDF and the XML."""
    marina.abrir("Gerar Demonstrativo")
    marina.espera_titulo("Demonstrativo de Análise de Conta")
    marina.ver("escolhe-demonstrativo")
    marina.pagina.get_by_role("button", name="Gerar Demonstrativo").click()
    marina.espera_titulo("Demonstrativo de Análise de Conta: pronto")
    marina.ver("demonstrativo-de-analise")
    return _texto(_arquivo(marina, "PDF")), _arquivo(marina, "XML")


def demonstrativo_de_pagamento(marina: Faturista, dia: date) -> str:
    """*Demonstrativos › Pagamento* of PASA by date of payment; give the text of the PDF."""
    marina.menu("Pagamento")
    marina.espera_titulo("Demonstrativo de Pagamento")
    operadora = marina.pagina.get_by_role("main").get_by_label("Operadora")
    operadora.select_option(label=operadora.locator("option").filter(has_text="PASA").inner_text())
    marina.pagina.get_by_label("Data de Pagamento", exact=True).fill(f"{dia:%d%m%Y}")
    marina.ver("pede-demonstrativo")
    marina.pagina.get_by_role("button", name="Gerar Demonstrativo").click()
    marina.espera_titulo("Demonstrativo de Pagamento: pronto")
    marina.ver("demonstrativo-de-pagamento")
    return _texto(_arquivo(marina, "PDF"))


def recorrer(marina: Faturista, protocolo: str, justificativas: dict[str, str]) -> None:
    """Appeal against every glosa of the protocol, each code with its justification, and send the appeal."""
    marina.menu("Recursos de Glosa")
    marina.espera_titulo("Recursos de Glosa")
    marina.pagina.get_by_role("main").get_by_label("Protocolo", exact=True).fill(protocolo)
    marina.pagina.get_by_role("button", name="Pesquisar").click()
    expect(marina.pagina.locator("#lista").get_by_role("status")).to_contain_text(f"{len(justificativas)} glosas")
    for codigo in justificativas:
        marina.pagina.get_by_label(f"Selecionar a glosa {codigo}").check()
    marina.ver("glosas-a-recorrer")
    marina.pagina.get_by_role("button", name="Recorrer", exact=True).click()
    marina.espera_recado("Falta justificar e enviar.")
    marina.ver("recurso-em-preparo")
    for codigo, texto in justificativas.items():
        marina.pagina.get_by_label(f"Justificativa da glosa {codigo}").fill(texto)
    marina.pagina.get_by_role("button", name="Salvar").click()
    expect(marina.pagina.get_by_role("heading", name="Antes de enviar")).to_have_count(0)
    marina.ver("recurso-justificado")
    marina.confirmar("Enviar recurso")
    expect(marina.pagina.get_by_role("button", name="Enviar recurso")).to_have_count(0)
    marina.ver("recurso-enviado")


def abrir_pagamento(marina: Faturista, numero: str) -> None:
    """One payment, from the list of them."""
    marina.menu("Pagamentos")
    marina.espera_titulo("Pagamentos")
    marina.ver("pagamentos")
    marina.abrir(numero)
    marina.espera_titulo(f"Pagamento {numero}")
    marina.ver("pagamento")


def _arquivo(marina: Faturista, formato: str) -> bytes:
    with marina.pagina.expect_download() as descarga:
        marina.pagina.get_by_role("link", name=f"{formato} do demonstrativo").click()
    assert descarga.value.suggested_filename.endswith(f".{formato.lower()}")
    return Path(descarga.value.path()).read_bytes()


def _texto(pdf: bytes) -> str:
    return "\n".join(pagina.extract_text() for pagina in PdfReader(BytesIO(pdf)).pages)
