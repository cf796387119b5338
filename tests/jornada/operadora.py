"""What the people of an operadora do with a protocol."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import expect

from tests.jornada.pessoa import Pessoa


class Analista(Pessoa):
    """Finds protocols and moves them on."""

    def procurar(self, lote: str) -> None:
        """Look for a lot in the work list of received protocols."""
        self.menu("Recebidos")
        self.espera_titulo("Protocolos recebidos")
        self.pagina.get_by_role("main").get_by_label("Nº Lote").fill(lote)
        self.pagina.get_by_role("button", name="Pesquisar").click()

    def nao_acha(self, lote: str) -> None:
        """The work list knows nothing of that lot."""
        self.procurar(lote)
        expect(self.pagina.get_by_role("heading", name="Nenhum protocolo com esses filtros")).to_be_visible()

    def avancar(self, para: str, pagamento: date | None = None) -> None:
        """Move the protocol that is open to another status."""
        self.abrir("Avançar situação")
        self.pagina.get_by_role("combobox", name="Nova situação").select_option(label=para)
        if pagamento is not None:
            self.pagina.get_by_role("textbox", name="Data de pagamento").fill(f"{pagamento:%d%m%Y}")
        self.ver(f"avanca-{para.split()[0].lower()}")
        self.pagina.get_by_role("button", name="Avançar situação").click()
        self.espera_recado(f"passado a “{para}”")
