"""What axe objects to on a page that a browser shows."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

IGUAIS = 3
"""Of neighbours built alike, as the rows of a table, how many are looked at: the others repeat their faults."""
_OLHAR = """async (iguais) => {
  const ditos = ["class", "role", "type", "scope", "tabindex"];
  const atributo = ({ name, value }) => (ditos.includes(name) ? `${name}=${value}` : name);
  const feitio = (no) => {
    if (no.nodeType !== Node.ELEMENT_NODE) return no.textContent.trim() && "texto";
    return [no.nodeName, ...[...no.attributes].map(atributo), "<", ...[...no.childNodes].map(feitio), ">"].join(" ");
  };
  const apartados = [];
  for (const pai of document.body.querySelectorAll("*")) {
    if (pai.childElementCount <= iguais) continue;
    const quantos = new Map();
    for (const filho of [...pai.children]) {
      const seu = feitio(filho);
      quantos.set(seu, (quantos.get(seu) ?? 0) + 1);
      if (quantos.get(seu) <= iguais || filho.contains(document.activeElement)) continue;
      const lugar = document.createComment("");
      filho.replaceWith(lugar);
      apartados.push([lugar, filho]);
    }
  }
  try {
    const { violations } = await axe.run({ resultTypes: ["violations"], preload: false });
    return violations.flatMap(({ id, nodes }) => nodes.map((n) => `${id} ${n.target}: ${n.failureSummary}`));
  } finally {
    for (const [lugar, filho] of apartados.reverse()) lugar.replaceWith(filho);
  }
}"""


def achados(pagina: Page) -> list[str]:
    """The rule, the place, and why. The page stays as it was."""
    if not pagina.evaluate("typeof axe === 'object'"):
        pagina.evaluate(AXE_SCRIPT)
    ditos: list[str] = pagina.evaluate(_OLHAR, IGUAIS)
    return ditos
