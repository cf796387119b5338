"""What a person does in the portal, in the words of its screens."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from conecta.demonstracao.pessoas import SENHA

PACIENCIA = 60_000
"""Milliseconds to wait for what a page is to show. Much, for a machine that does other things too."""
TELAS = os.environ.get("CONECTA_TELAS")
"""Folder that takes a picture of each step, when it is named."""

ENTRADAS: dict[str, list[Any]] = {}
"""E-mail → the cookies of who logged in once in this run: they outlive a start of the portal anew."""

expect.set_options(timeout=PACIENCIA)


class Pessoa:
    """Somebody who is logged in and looks at a page."""

    def __init__(self, pagina: Page, email: str) -> None:
        self.pagina = pagina
        self.nome = email.partition("@")[0]
        self._passos = 0
        pagina.set_default_timeout(PACIENCIA)
        pagina.context.add_cookies(ENTRADAS.get(email, []))
        pagina.goto("/")
        if urlsplit(pagina.url).path.startswith("/conta/"):
            self._entrar(email)
            ENTRADAS[email] = pagina.context.storage_state()["cookies"]
        self.espera_titulo("Início")

    def _entrar(self, email: str) -> None:
        """Log in, where nobody did so before, or where that person logged out since."""
        self.ver("entrar")
        self.pagina.get_by_label("E-mail").fill(email)
        self.pagina.get_by_label("Senha", exact=True).fill(SENHA)
        self.pagina.get_by_role("button", name="Entrar", exact=True).click()
        self.espera_titulo("Início")

    def ver(self, passo: str) -> None:
        """Take a picture of the page for whoever wants to look at it."""
        self._passos += 1
        if TELAS:
            self.pagina.screenshot(path=Path(TELAS) / f"{self.nome}-{self._passos:02}-{passo}.png", full_page=True)

    def menu(self, nome: str) -> None:
        """Follow a line of the main menu, opening the group that it is folded in."""
        menu = self.pagina.get_by_role("navigation", name="Menu principal")
        link = self.pagina.get_by_role("link", name=re.compile(rf"^{nome}\s*(\d.*)?$"), include_hidden=True)
        linha = menu.locator(link)
        if not linha.is_visible():
            menu.locator("details").filter(has=link).locator("summary").click()
        linha.click()

    def espera_titulo(self, titulo: str) -> None:
        """Wait for the page with that heading, and until its scripts listen to the keys."""
        expect(self.pagina.get_by_role("heading", level=1, name=titulo)).to_be_visible()
        self.pagina.wait_for_load_state()

    def espera_recado(self, texto: str) -> None:
        """Wait until the portal says what happened."""
        expect(self.pagina.locator("#recados").get_by_text(texto)).to_be_visible()

    def linha(self, texto: str) -> Locator:
        """The row of a table that has this text."""
        return self.pagina.get_by_role("row").filter(has_text=texto)

    def linha_de(self, link: str) -> Locator:
        """The row of a table that has exactly this link."""
        return self.pagina.get_by_role("row").filter(has=self.pagina.get_by_role("link", name=link, exact=True))

    def abrir(self, link: str) -> None:
        """Follow a link of the page itself."""
        self.pagina.get_by_role("main").get_by_role("link", name=link, exact=True).click()

    def confirmar(self, acao: str) -> None:
        """Press a button that asks first, and confirm."""
        self.pagina.get_by_role("button", name=acao, exact=True).click()
        dialogo = self.pagina.get_by_role("dialog", name=acao)
        expect(dialogo).to_be_visible()
        self.ver(f"confirma-{acao.split()[0].lower()}")
        dialogo.get_by_role("button", name=acao, exact=True).click()

    def dado(self, nome: str) -> str:
        """What a page of details says under that label."""
        termo = self.pagina.locator("dl > div").filter(has=self.pagina.get_by_text(nome, exact=True))
        return termo.locator("dd").first.inner_text().strip()
