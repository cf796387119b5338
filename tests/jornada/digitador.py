"""What a digitador does with a pile of guides on paper: keys, and nothing but keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from playwright.sync_api import expect

from tests.jornada.pessoa import Pessoa
from tests.jornada.test_teclado import ir

TIPOS = ("Consulta", "SP/SADT", "Resumo de Internação", "Honorários", "Tratamento Odontológico")
"""In the order of the digits that choose them."""
_FOCO = """() => {
  const e = document.activeElement, r = e.getBoundingClientRect();
  const barra = document.querySelector(".barra-fixa")?.getBoundingClientRect();
  return {
    campo: e.name ?? "",
    id: e.id,
    procura: e.dataset.procura !== undefined,
    visivel: r.top >= 0 && r.bottom <= (barra && !e.closest(".barra-fixa") ? barra.top : innerHeight) + 1,
    marcado: e.matches(":focus-visible"),
  };
}"""
_MUDOU = "(antes) => document.activeElement.name !== antes"
VOLTAS = 120
"""Fields after which a person would ask where the form ends."""


class Foco(TypedDict):
    """Where the focus is, and whether something is looked up there."""

    campo: str
    id: str
    procura: bool


class Digitador(Pessoa):
    """Types guides. `teclas` counts the keys that are not what stands on the paper."""

    teclas = 0

    def apertar(self, *teclas: str) -> None:
        """Press keys that are no data."""
        for tecla in teclas:
            self.pagina.keyboard.press(tecla)
        self.teclas += len(teclas)

    def abrir_a_primeira(self) -> None:
        """By Tab to *Digitar Guia* in the menu."""
        ir(self, self.pagina.get_by_role("link", name="Digitar Guia", exact=True))

    def comecar(self, convenio: str, tipo: str) -> None:
        """Choose convênio and type."""
        self.espera_titulo("Digitar guia")
        campo = self.pagina.get_by_label("Convênio")
        if convenio not in (campo.locator("option:checked").text_content() or ""):
            ir(self, campo, tecla="End")
            while convenio not in (campo.locator("option:checked").text_content() or ""):
                self.pagina.keyboard.press("ArrowUp")
        self.ver("escolhe")
        self.apertar(str(TIPOS.index(tipo) + 1), "Enter")
        expect(self.pagina.get_by_role("heading", level=1, name=f"Guia de {tipo}")).to_be_visible()
        self.pagina.wait_for_load_state()
        self.teclas = 0

    def preencher(self, papel: Mapping[str, str], teclas: Mapping[str, str] | None = None) -> None:
        """Go through the form by Enter and type what the paper says of each field, to its end.

        `papel`: the end of a control's name → what is typed. What is looked up is chosen from the list that opens.
        `teclas`: the end of a control's name → the key that leaves it, where that is not Enter.
        """
        falta = dict(papel)
        for _ in range(VOLTAS):
            self.pagina.wait_for_function(f"() => {{ const foco = ({_FOCO})(); return foco.visivel && foco.marcado; }}")
            foco = self.foco()
            if foco["id"] == "b-nova":
                break
            if chave := next((fim for fim in falta if foco["campo"].endswith(fim)), None):
                self.digitar(falta.pop(chave), procurando=foco["procura"])
            self.apertar(next((tecla for fim, tecla in (teclas or {}).items() if foco["campo"].endswith(fim)), "Enter"))
            self.pagina.wait_for_function(_MUDOU, arg=foco["campo"])
        assert not falta, f"nobody asked for {falta}"

    def digitar(self, texto: str, *, procurando: bool = False) -> None:
        """Type into the field that has the focus; where it looks up, wait for the list."""
        self.pagina.keyboard.type(texto)
        if procurando:
            expect(self.pagina.locator("#procura:popover-open:not([aria-busy])")).to_be_visible()
            self.ver("procura")

    def foco(self) -> Foco:
        """Where the focus is."""
        foco: Foco = self.pagina.evaluate(_FOCO)
        return foco

    def salvar_e_comecar_outra(self) -> int:
        """F8; give how many keys the guide took beyond its data."""
        self.apertar("F8")
        self.espera_recado("Guia salva, pronta para um lote.")
        return self.teclas
