"""PDFs: tagged, titled, closed to the network and to the disk; and what happens where they cannot be drawn."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from conecta import pdf

MINIMO = '<html lang="pt-BR"><head><title>Prova</title></head><body>{}</body></html>'
QUADRADO = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


@pytest.fixture
def base(tmp_path: Path) -> Path:
    pasta = tmp_path / "base com espaço"
    pasta.mkdir()
    (pasta / pdf.FOLHA).write_text("body { margin: 0 }")
    (pasta / "dentro.svg").write_bytes(QUADRADO)
    (tmp_path / "fora.svg").write_bytes(QUADRADO)
    return pasta


def test_titulo_e_lingua_do_html_sao_os_do_pdf_que_e_marcado(base: Path) -> None:
    lido = PdfReader(BytesIO(pdf.desenhar(MINIMO.format("<h1>Olá</h1>"), base)))
    raiz = lido.trailer["/Root"]
    assert lido.metadata is not None
    assert lido.metadata.title == "Prova"
    assert raiz["/Lang"] == "pt-BR"
    assert raiz["/MarkInfo"]["/Marked"]
    assert b'pdfuaid:part="1"' in raiz["/Metadata"].get_object().get_data()


def test_le_a_propria_pasta_e_o_que_lhe_deram(base: Path) -> None:
    html = MINIMO.format('<img src="dentro.svg" alt="a"><img src="anexo:dado.svg" alt="b">')
    assert pdf.desenhar(html, base, {"dado.svg": QUADRADO}).startswith(b"%PDF-")


@pytest.mark.parametrize(
    "endereco",
    [
        "../fora.svg",
        "file:///etc/hostname",
        "http://127.0.0.1:9/x.svg",
        "https://exemplo.invalid/x.png",
        "data:image/svg+xml,<svg/>",
        "anexo:nao-dado.svg",
        "nao-existe.svg",
    ],
)
def test_nao_le_mais_nada(base: Path, endereco: str) -> None:
    with pytest.raises(pdf.EnderecoProibido):
        pdf.desenhar(MINIMO.format(f'<img src="{endereco}" alt="x">'), base)


def test_atalho_para_fora_da_pasta_nao_e_seguido(base: Path, tmp_path: Path) -> None:
    (base / "atalho.svg").symlink_to(tmp_path / "fora.svg")
    with pytest.raises(pdf.EnderecoProibido):
        pdf.desenhar(MINIMO.format('<img src="atalho.svg" alt="x">'), base)


def test_sem_o_pacote_diz_qual_falta(monkeypatch: pytest.MonkeyPatch, base: Path) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert not pdf.disponivel()
    assert pdf.motivo_da_falta() == "falta o pacote Python weasyprint"
    with pytest.raises(pdf.PdfIndisponivel, match="weasyprint"):
        pdf.desenhar(MINIMO.format(""), base)


@pytest.mark.parametrize(
    ("biblioteca", "motivo"),
    [
        ("libpango-1.0-0", "falta o pacote libpango-1.0-0 do sistema"),
        ("libpangoft2-1.0-0", "falta o pacote libpangoft2-1.0-0 do sistema"),
        ("libgobject-2.0-0", "falta o pacote libglib2.0-0 do sistema"),
        ("libnova-9", "falta a biblioteca libnova-9 do sistema"),
    ],
)
def test_sem_biblioteca_do_sistema_diz_o_pacote_a_instalar(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, biblioteca: str, motivo: str
) -> None:
    # What importing WeasyPrint raises on a machine without the library.
    erro = f"cannot load library '{biblioteca}': {biblioteca}: cannot open shared object file"
    (tmp_path / "weasyprint.py").write_text(f"raise OSError({erro!r})")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    assert pdf.motivo_da_falta() == motivo


def test_com_tudo_instalado_nada_falta() -> None:
    assert pdf.disponivel()
    assert pdf.motivo_da_falta() == ""
