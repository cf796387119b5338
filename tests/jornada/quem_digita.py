"""Somebody who types a guide while things go wrong around her."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.jornada.pessoa import Pessoa

CLINICA = "santa-aurelia"
INDICACAO = "dadosSolicitacao/indicacaoClinica"
SALVO = """() => document.querySelector("[data-guardado]").textContent.includes("Rascunho salvo")
    && !Object.keys(localStorage).some((chave) => chave.startsWith("conecta:guia:"))"""
"""The server has all that was typed, and this browser keeps no copy."""
_GUARDADAS = "Object.keys(localStorage).filter((chave) => chave.startsWith('conecta:guia:'))"


class QuemDigita(Pessoa):
    """Types guides at the keyboard."""

    def comecar(self, tecla: str) -> str:
        """A new guide of the type under that digit, for the first convênio of the list; give its address."""
        self.pagina.goto(f"/{CLINICA}/guias/nova/")
        self.espera_titulo("Digitar guia")
        convenio = self.pagina.get_by_label("Convênio", exact=True)
        convenio.focus()
        convenio.select_option(index=1)
        self.pagina.keyboard.press("Tab")
        self.pagina.keyboard.press(tecla)
        self.pagina.keyboard.press("Enter")
        self.espera_ficha()
        return self.pagina.url

    def continuar(self, endereco: str) -> None:
        """Open a guide that was begun."""
        self.pagina.goto(endereco)
        self.espera_ficha()

    def espera_ficha(self) -> None:
        """Wait until the form is there and listens."""
        expect(self.pagina.locator("[data-ficha]")).to_be_visible()
        self.pagina.wait_for_load_state()

    def campo(self, nome: str) -> Locator:
        """The control of that name."""
        return self.pagina.locator(f'[name="{nome}"]')

    def em_foco(self) -> str:
        """The name of the control that the keys go to."""
        return str(self.pagina.evaluate("document.activeElement.name"))

    def espera_salvo(self) -> None:
        """Wait until the server has all that was typed."""
        self.pagina.wait_for_function(SALVO)

    @property
    def guardadas(self) -> list[str]:
        """The guides of which this browser keeps a copy, as no server has acknowledged it."""
        return list(self.pagina.evaluate(_GUARDADAS))
