"""What a digitador does in the lines of a guide: data is typed, and every other key is counted."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.jornada.pessoa import Pessoa

CLINICA = "santa-aurelia"
COLAR = """(campo, texto) => {
  const carga = new DataTransfer();
  carga.setData("text/plain", texto);
  campo.dispatchEvent(new ClipboardEvent("paste", { clipboardData: carga, bubbles: true, cancelable: true }));
}"""
MEDIR_COLAGEM = f"""(campo, texto) => {{
  const antes = performance.now();
  ({COLAR})(campo, texto);
  campo.closest("table").getBoundingClientRect();
  return performance.now() - antes;
}}"""
MEDIR_MOSTRAR = """(grade) => {
  const linhas = [...grade.querySelectorAll("tbody")], html = linhas.map((linha) => linha.outerHTML).join("");
  const antes = performance.now(), onde = grade.querySelector("thead");
  linhas.forEach((linha) => linha.remove());
  onde.insertAdjacentHTML("afterend", html);
  onde.getBoundingClientRect();
  return performance.now() - antes;
}"""
LINHAS = """(grade, campos) => [...grade.querySelectorAll("[data-linha]:not([data-nova])")].map((linha) =>
  campos.map((campo) => linha.querySelector(`[name$="/${campo}"]`)?.value ?? ""))"""
GUARDADO = """() => new Promise((pronto) => {
  const livre = () => Object.keys(localStorage).every((chave) => !chave.startsWith("conecta:guia:"));
  const olhar = () => { if (livre()) pronto(); };
  document.querySelector("[data-ficha]").addEventListener("ficha:passo", () => setTimeout(olhar));
  setTimeout(olhar, 500);
})"""
"""Settles when the browser keeps no copy any more; it makes one 150 ms after a key, so that it is looked for later."""
MAIS_LONGE = 60
"""Enters after which a person would have given up."""


class DigitadorDeLinhas(Pessoa):
    """Types guides without a mouse. `teclas` counts what was pressed beyond the data itself."""

    teclas = 0

    def comecar(self, convenio: str, tipo: str) -> str:
        """Open an empty guide of that type for the first convênio with that name; give its address."""
        self.pagina.goto(f"/{CLINICA}/guias/nova/")
        escolha = self.pagina.get_by_label("Convênio", exact=True)
        primeira = escolha.locator("option").filter(has_text=convenio).first
        escolha.select_option(value=primeira.get_attribute("value"))
        self.pagina.locator(f"input[name=tipo][value='{tipo}']").check()
        self.pagina.get_by_role("button", name="Digitar").click()
        self.pagina.wait_for_url("**/guias/digitadas/*/")
        self.pagina.wait_for_load_state()
        self.teclas = 0
        return self.pagina.url

    def digita(self, texto: str) -> None:
        """Type data."""
        self.pagina.keyboard.type(texto)

    def tecla(self, nome: str, vezes: int = 1) -> None:
        """Press a key that is no data."""
        for _ in range(vezes):
            self.pagina.keyboard.press(nome)
        self.teclas += vezes

    def ate(self, campo: str) -> None:
        """Press Enter until the focus is on the control whose name ends so."""
        for _ in range(MAIS_LONGE):
            if self.foco().endswith(campo):
                return
            self.tecla("Enter")
        raise AssertionError(f"Enter does not lead to {campo}: it came to {self.foco()}")

    def foco(self) -> str:
        """The name of the control that has the focus; of what is no control, its accessible name."""
        nome: str = self.pagina.evaluate(
            "document.activeElement.name || document.activeElement.getAttribute('aria-label') || ''"
        )
        return nome

    def campo(self, nome: str) -> Locator:
        """The control with that name."""
        return self.pagina.locator(f'[name="{nome}"]')

    def linhas(self, grade: str, *campos: str) -> list[list[str]]:
        """What stands in these fields of the lines of a grid, without the empty one at its end."""
        lidas: list[list[str]] = self.pagina.locator(f'[data-grade="{grade}"]').evaluate(LINHAS, list(campos))
        return lidas

    def nova(self, grade: str, campo: str) -> Locator:
        """A field of the empty line at the end of a grid."""
        return self.pagina.locator(f'[data-grade="{grade}"] [data-nova] [name$="/{campo}"]').first

    def colar(self, campo: Locator, texto: str) -> None:
        """Paste into a field, as from a spreadsheet."""
        campo.focus()
        campo.evaluate(COLAR, texto)

    def medir_colagem(self, campo: Locator, texto: str) -> float:
        """Milliseconds until what was pasted into a field stands on the page."""
        campo.focus()
        return float(campo.evaluate(MEDIR_COLAGEM, texto))

    def medir_mostrar(self, grade: str) -> float:
        """Milliseconds that the browser itself takes to take away the lines of a grid and to show them again."""
        return float(self.pagina.locator(f'[data-grade="{grade}"]').evaluate(MEDIR_MOSTRAR))

    def espera_lista(self, primeira: str) -> None:
        """Wait until the look-up shows that option, and it is the one that Enter chooses."""
        ativa = self.pagina.get_by_role("listbox").get_by_role("option", selected=True)
        expect(ativa).to_contain_text(primeira)

    def espera_salvo(self) -> None:
        """Wait until the server has all that stands in the form."""
        self.pagina.evaluate(GUARDADO)
