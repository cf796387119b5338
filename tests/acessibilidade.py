"""What axe objects to on a page that a browser shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

IGUAIS = 3
"""Of neighbours built alike, as the rows of a table, how many are looked at: the others repeat their faults."""
DA_LARGURA = ("aria-hidden-focus", "link-in-text-block", "region", "scrollable-region-focusable")
"""Rules that another width may break on a page that keeps all the others: by what is shown, and where."""
_OLHAR = Path(__file__).with_suffix(".js").read_text()


class _Visto(TypedDict):
    achados: list[str]
    julgados: list[str]


def achados(pagina: Page, julgados: set[str] | None = None, regras: Sequence[str] | None = None) -> list[str]:
    """The rule, the place, and why; of contrast and these rules, or of all. The page stays as it was.

    Contrast, by far the dearest rule, hangs on how something is written and on what lies behind it; so of what is
    written alike, down to the root of the page, in this theme and at this width, one is judged. `julgados` takes what
    was found good, so that a next page is spared what it shares with this one, as the menu; without it a page is
    judged for itself.
    """
    if not pagina.evaluate("typeof axe === 'object'"):
        pagina.evaluate(AXE_SCRIPT)
    antes = julgados if julgados is not None else set()
    visto: _Visto = pagina.evaluate(_OLHAR, {"iguais": IGUAIS, "julgados": sorted(antes), "regras": regras})
    if not visto["achados"]:
        antes.update(visto["julgados"])
    return visto["achados"]
