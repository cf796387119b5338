"""What a digitador does with a pile of guides on paper: keys, and nothing but keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from playwright.sync_api import Locator, expect

from tests.jornada.pessoa import Pessoa
from tests.jornada.quem_digita import SALVO
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

    def ir_a_escolha(self) -> None:
        """To *Digitar Guia* in the menu. A form has it folded away and keeps what was typed there."""
        if self.pagina.locator("[data-ficha]").is_visible():
            self.pagina.wait_for_function(SALVO)
            ir(self, self.pagina.get_by_role("button", name="Abrir o menu"), passo="Shift+Tab")
        ir(self, self.pagina.get_by_role("link", name="Digitar Guia", exact=True))
        self.espera_titulo("Digitar guia")

    def comecar(self, convenio: str, tipo: str) -> None:
        """Choose convênio and type."""
        self.ir_a_escolha()
        campo = self.pagina.get_by_label("Convênio")
        if convenio not in (campo.locator("option:checked").text_content() or ""):
            ir(self, campo, tecla="End")
            while convenio not in (campo.locator("option:checked").text_content() or ""):
                self.pagina.keyboard.press("ArrowUp")
        self.ver("escolhe")
        self.apertar(str(TIPOS.index(tipo) + 1), "Enter")
        self.espera_ficha(tipo)

    def continuar(self, tipo: str, de_quem: str) -> None:
        """What was left in the middle, from the page where guides are begun."""
        self.ir_a_escolha()
        oferta = self.pagina.get_by_role("region", name="Continuar guia não concluída")
        self.ver("continua")
        ir(self, oferta.get_by_role("link", name=de_quem).first)
        self.espera_ficha(tipo)

    def espera_ficha(self, tipo: str) -> None:
        """Wait until the form of that type is there and listens."""
        expect(self.pagina.get_by_role("heading", level=1, name=f"Guia de {tipo}")).to_be_visible()
        self.pagina.wait_for_load_state()
        self.teclas = 0

    def errar(self, fim: str, texto: str) -> Locator:
        """Type something wrong into a field and leave it; give what is shown beside it."""
        foco = self.ir_ate(fim)
        self.reescrever(texto)
        self.avancar(foco)
        dita = self.pagina.locator(f'[id="{foco["campo"]}!"]')
        expect(dita).to_be_visible()
        expect(self.pagina.locator(f'[name="{foco["campo"]}"]')).to_have_attribute("aria-invalid", "true")
        self.ver("critica")
        return dita

    def curar(self, texto: str) -> None:
        """Go one field back and type what is right."""
        antes = self.foco()
        self.apertar("Shift+Enter")
        self.pagina.wait_for_function(_MUDOU, arg=antes["campo"])
        self.reescrever(texto)
        self.avancar(self.foco())

    def reescrever(self, texto: str) -> None:
        """Type in the place of what stands in the field."""
        self.apertar("Control+A")
        self.digitar(texto)

    def ir_ate(self, *fins: str) -> Foco:
        """By Enter to the next field whose name ends so."""
        for _ in range(VOLTAS):
            foco = self.foco()
            if foco["campo"].endswith(fins):
                return foco
            self.avancar(foco)
        raise AssertionError(f"nobody asked for {fins}")

    def avancar(self, de: Foco) -> None:
        """Leave a field by Enter."""
        self.apertar("Enter")
        self.pagina.wait_for_function(_MUDOU, arg=de["campo"])

    def preencher(self, papel: Mapping[str, str], *, ate_o_fim: bool = True) -> None:
        """Go through the form by Enter and type what the paper says of each field, to its end or no further than that.

        `papel`: the end of a control's name → what is typed. What is looked up is chosen from the list that opens.
        """
        falta = dict(papel)
        for _ in range(VOLTAS):
            self.pagina.wait_for_function(f"() => {{ const foco = ({_FOCO})(); return foco.visivel && foco.marcado; }}")
            foco = self.foco()
            if foco["id"] == "b-nova" or not (falta or ate_o_fim):
                break
            if chave := next((fim for fim in falta if foco["campo"].endswith(fim)), None):
                self.digitar(falta.pop(chave), procurando=foco["procura"])
            self.avancar(foco)
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
