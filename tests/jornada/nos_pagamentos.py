"""What the financeiro of an operadora does with what was released or accepted."""

from __future__ import annotations

import re
from datetime import date

from playwright.sync_api import expect

from tests.jornada.operadora import Analista


def incluir(helena: Analista, marca: str, dia: date) -> str:
    """Put what that box stands for into a new payment of that day; give its number."""
    helena.menu("A incluir em pagamento")
    helena.espera_titulo("A incluir em pagamento")
    helena.pagina.get_by_label(marca, exact=True).check()
    helena.pagina.get_by_label("Incluir em", exact=True).select_option(label="Novo pagamento (um para cada prestador)")
    helena.pagina.get_by_label("Data de pagamento (dd/mm/aaaa)").fill(f"{dia:%d%m%Y}")
    helena.ver("a-incluir")
    helena.pagina.get_by_role("button", name="Incluir em pagamento", exact=True).click()
    helena.espera_recado("Falta fechar.")
    titulo = re.fullmatch(r"Pagamento (\d+)", helena.pagina.get_by_role("heading", level=1).inner_text().strip())
    assert titulo is not None
    return titulo[1]


def fechar(helena: Analista) -> None:
    """*Fechar Pagamento*, of the one that is open."""
    helena.ver("pagamento-aberto")
    helena.confirmar("Fechar Pagamento")
    expect(helena.pagina.get_by_role("button", name="Marcar como Pago")).to_be_visible()
    helena.ver("pagamento-fechado")


def marcar_pago(helena: Analista, numero: str, dia: date) -> None:
    """*Marcar como Pago*, on that day."""
    helena.menu("Pagamentos")
    helena.espera_titulo("Pagamentos")
    helena.abrir(numero)
    helena.espera_titulo(f"Pagamento {numero}")
    helena.pagina.get_by_role("button", name="Marcar como Pago").click()
    dialogo = helena.pagina.get_by_role("dialog", name="Marcar como Pago")
    dialogo.get_by_label("Pago em").fill(f"{dia:%d%m%Y}")
    helena.ver("confirma-pago")
    dialogo.get_by_role("button", name="Marcar como Pago").click()
    expect(helena.pagina.get_by_role("button", name="Marcar como Pago")).to_have_count(0)
    helena.ver("pagamento-pago")
