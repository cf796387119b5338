"""HTML into PDF/UA. A leaf: the portal runs without WeasyPrint's system libraries, and says what is missing."""

from __future__ import annotations

import atexit
import importlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote

FOLHA = "documentos.css"
"""Name of the usual print stylesheet in the folder of a document."""
ANEXO = "anexo:"
"""Scheme of an address in the HTML that names bytes given by the caller: `<img src="anexo:barras.svg">`."""

_FORMATO = "pdf/ua-1"
_TIPOS = {".svg": "image/svg+xml", ".png": "image/png", ".css": "text/css", ".ttf": "font/ttf"}
_PACOTES = {
    "gobject": "libglib2.0-0",
    "pangoft2": "libpangoft2-1.0-0",
    "pango": "libpango-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
    "harfbuzz": "libharfbuzz0b",
    "fontconfig": "libfontconfig1",
}
_SEM_ANEXOS: Mapping[str, bytes] = MappingProxyType({})

# Pango and the fonts' configuration are shared by all threads of a process and stand no two at a time.
_um_por_vez = Lock()


class PdfIndisponivel(RuntimeError):
    """This installation cannot draw PDFs. `motivo` says what is missing, for whoever runs it."""

    def __init__(self, motivo: str) -> None:
        super().__init__(motivo)
        self.motivo = motivo


class EnderecoProibido(ValueError):
    """A document asked for something outside its folder, or that is not there."""


def motivo_da_falta() -> str:
    """What this installation lacks for drawing PDFs, in Portuguese; empty when it lacks nothing."""
    try:
        _weasyprint()
    except PdfIndisponivel as falta:
        return falta.motivo
    return ""


def disponivel() -> bool:
    """Whether PDFs can be drawn here."""
    return not motivo_da_falta()


def desenhar(html: str, base: Path, anexos: Mapping[str, bytes] = _SEM_ANEXOS, folha: str = FOLHA) -> bytes:
    """Draw a whole HTML document as tagged PDF/UA; its `<title>` and `lang` become the PDF's.

    `base` is the folder of the stylesheet `folha`; the HTML reads nothing but files of that folder and
    `anexos`, by name. Raises `PdfIndisponivel`, and `EnderecoProibido` for an address of anywhere else.
    """
    weasyprint = _weasyprint()
    busca = _busca_em(base, anexos)
    with _um_por_vez:
        fontes, estilo = _folha_de(base, folha)
        documento = weasyprint.HTML(string=html, base_url=_endereco(base), url_fetcher=busca)
        try:
            return bytes(documento.write_pdf(stylesheets=[estilo], font_config=fontes, pdf_variant=_FORMATO))
        # No child of Exception there, so that WeasyPrint itself does not pass it over.
        except importlib.import_module("weasyprint.urls").FatalURLFetchingError as erro:
            raise EnderecoProibido(str(erro)) from erro


def juntar(partes: Iterable[bytes], titulo: str) -> bytes:
    """Several PDFs as one with that title; one alone stays as it is. Many together are no PDF/UA: they lose their tags.

    A document is laid out whole in memory, 5 MB a page, so that long ones are drawn in parts.
    """
    pypdf = importlib.import_module("pypdf")
    primeira, *outras = partes
    if not outras:
        return primeira
    junto = pypdf.PdfWriter()
    for parte in (primeira, *outras):
        junto.append(BytesIO(parte), import_outline=False)
    junto.add_metadata({"/Title": titulo, "/Producer": "Conecta"})
    saida = BytesIO()
    junto.write(saida)
    return saida.getvalue()


def _weasyprint() -> Any:
    try:
        return importlib.import_module("weasyprint")
    except ImportError:
        raise PdfIndisponivel("falta o pacote Python weasyprint") from None
    except OSError as erro:
        raise PdfIndisponivel(_biblioteca_que_falta(str(erro))) from erro


def _biblioteca_que_falta(mensagem: str) -> str:
    achada = re.search(r"library '([^']+)'", mensagem)
    biblioteca = achada[1] if achada else ""
    pacote = next((pacote for parte, pacote in _PACOTES.items() if parte in biblioteca), "")
    if pacote:
        return f"falta o pacote {pacote} do sistema"
    return f"falta a biblioteca {biblioteca} do sistema" if biblioteca else "faltam bibliotecas do sistema (Pango)"


@cache
def _folha_de(base: Path, nome: str) -> tuple[Any, Any]:
    """Fonts and stylesheet of a folder, read once a process: half the time of a small document."""
    weasyprint = _weasyprint()
    fontes = importlib.import_module("weasyprint.text.fonts").FontConfiguration()
    folha = weasyprint.CSS(filename=base / nome, font_config=fontes, url_fetcher=_busca_em(base, _SEM_ANEXOS))
    return fontes, folha


# WeasyPrint's fonts remove their temporary files when they go, for which they need an interpreter that still stands.
atexit.register(_folha_de.cache_clear)


def _endereco(base: Path) -> str:
    return f"{base.resolve().as_uri()}/"


def _busca_em(base: Path, anexos: Mapping[str, bytes]) -> Any:
    """What WeasyPrint asks for every address: no network, and no file but those under `base`."""
    urls = importlib.import_module("weasyprint.urls")

    class Busca(urls.URLFetcher):  # type: ignore[name-defined, misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            nome, dados = _ler(url, base.resolve(), anexos)
            return urls.URLFetcherResponse(url, dados, {"Content-Type": _TIPOS[Path(nome).suffix]})

    return Busca(fail_on_errors=True)


def _ler(url: str, pasta: Path, anexos: Mapping[str, bytes]) -> tuple[str, bytes]:
    if url.startswith(ANEXO):
        nome = url.removeprefix(ANEXO)
        return nome, anexos[nome]
    arquivo = Path(unquote(url.removeprefix("file://"))).resolve()
    if not (url.startswith("file://") and arquivo.is_relative_to(pasta)):
        raise EnderecoProibido(url)
    return arquivo.name, arquivo.read_bytes()
