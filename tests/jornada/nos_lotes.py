"""What the faturista does with lots of typed guides, by keyboard alone."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.jornada.clinica import Faturista
from tests.jornada.test_teclado import confirmar, incluir, ir
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import LoteLido, ler_lote
from tiss_schemas.validacao import validar_estrutura

ABERTO = re.compile("^XML como está agora$")
ENVIADO = re.compile("^XML, ")
"""The link to a lot's message while it is open, and after that."""


def gerar(marina: Faturista, convenio: str, lotes: int) -> list[str]:
    """*Geração Automática* of all ready guides of a convênio, each in a lot of its own; what it would make is shown,
    then made. Give the numbers of the lots."""
    pagina = marina.pagina
    ir(marina, pagina.get_by_role("link", name="Geração Automática", exact=True))
    marina.espera_titulo("Geração automática de lotes")
    campo = pagina.get_by_label("Operadora e convênio")
    ir(marina, campo, tecla="End")
    while convenio not in (campo.locator("option:checked").text_content() or ""):
        pagina.keyboard.press("ArrowUp")
    ir(marina, pagina.get_by_role("button", name="Ver o que seria gerado"))
    s = "" if lotes == 1 else "s"
    expect(pagina.get_by_role("heading", name=f"{lotes} lote{s} de {lotes} guia{s}")).to_be_visible()
    marina.ver("previa")
    ir(marina, pagina.get_by_role("button", name=f"Gerar {lotes} lote{s}"))
    marina.espera_recado(f"{lotes} lote{s} aberto{s}: ")
    abertos = re.search(r"abertos?: ([\d, ]+)\.", pagina.locator("#recados").inner_text())
    assert abertos is not None
    return abertos[1].split(", ")


def abrir(marina: Faturista, numero: str) -> None:
    """The page of a lot, from *Pesquisar Lotes*."""
    ir(marina, marina.pagina.get_by_role("link", name="Pesquisar Lotes", exact=True))
    marina.espera_titulo("Pesquisa de Lotes")
    ir(marina, marina.pagina.get_by_role("main").get_by_role("link", name=numero, exact=True))
    marina.espera_titulo(f"Lote {numero}")


def baixar(marina: Faturista, link: re.Pattern[str], pasta: Path) -> Path:
    """The XML of the lot that is open, as the browser downloads it."""
    with marina.pagina.expect_download() as descarga:
        ir(marina, marina.pagina.get_by_role("link", name=link))
    arquivo = pasta / descarga.value.suggested_filename
    descarga.value.save_as(arquivo)
    return arquivo


def lido(arquivo: Path) -> LoteLido:
    """The lot in a file, valid by the schema of its version."""
    documento = ler(arquivo.read_bytes())
    assert validar_estrutura(documento) == []
    lote = ler_lote(documento)
    assert lote is not None
    return lote


def conferir(marina: Faturista, total: str) -> None:
    """*Conferência* of the lot that is open, of one guide: it is ticked off, the sums of the paper are typed."""
    pagina = marina.pagina
    ir(marina, pagina.get_by_role("link", name=re.compile("^Conferência")))
    expect(pagina.get_by_role("heading", level=1, name="Conferência do lote")).to_be_visible()
    marca = pagina.get_by_role("button", name=re.compile("^Guia .* conferida$"))
    expect(marca).to_have_attribute("aria-pressed", "false")
    ir(marina, marca)
    expect(marca).to_have_attribute("aria-pressed", "true")
    expect(pagina.locator("tr", has=marca)).to_contain_text(re.compile(r"Marina \w+, \d\d/\d\d/\d{4}"))
    expect(pagina.get_by_text("1 de 1 conferidas")).to_be_visible()
    ir(marina, pagina.get_by_label("Guias no papel"), tecla="1")
    ir(marina, pagina.get_by_label("Total no papel"), tecla="Control+A")
    pagina.keyboard.type(total)
    ir(marina, pagina.get_by_role("button", name="Comparar"))
    expect(pagina.get_by_text("O lote e o papel dizem o mesmo.")).to_be_visible()
    assert marina.dado("Lote menos papel") == "0 guias, R$ 0,00".replace("R$ ", "R$\xa0")
    marina.ver("conferencia")


def excluir(marina: Faturista, numero: str) -> None:
    """*Excluir Lote*, of the lot that is open."""
    confirmar(marina, "Excluir Lote")
    marina.espera_recado(f"Lote {numero} excluído")


def enviar(marina: Faturista) -> str:
    """*Fechar Lote* and *Enviar Lote*, of the lot that is open; give the protocol number."""
    confirmar(marina, "Fechar Lote")
    marina.espera_recado("fechado. Falta enviá-lo à PASA")
    confirmar(marina, "Enviar Lote")
    marina.espera_recado("enviado à PASA. Protocolo (PEG)")
    protocolo = marina.dado("Protocolo (PEG)")
    assert protocolo.isdigit()
    return protocolo


def trazer(marina: Faturista, arquivo: Path) -> str:
    """Take a file in by *Uploads*, without a finding, and open the lot that it becomes; give its number."""
    incluir(marina, arquivo, aba="Importados")
    ir(marina, marina.pagina.get_by_role("link", name=arquivo.name, exact=True))
    marina.espera_titulo(arquivo.name)
    ir(marina, marina.pagina.get_by_role("link", name="Detalhes do Lote"))
    expect(marina.pagina.get_by_role("heading", name="Detalhes")).to_be_visible()
    return marina.dado("Nº Lote")
