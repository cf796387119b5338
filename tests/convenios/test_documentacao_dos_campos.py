"""The table of every field of a convênio: complete, true to the screen, and its tests are there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from convenios.models import Convenio

RAIZ = Path(__file__).resolve().parents[2]
DOCUMENTO = RAIZ / "docs" / "convenio-campos.md"
_CODIGO = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Linha:
    """A row of one of the tables."""

    item: str
    onde: tuple[str, ...]
    muda: str
    testes: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.item} {' '.join(self.onde)}"


def _linhas() -> list[Linha]:
    celulas = (
        [celula.strip() for celula in linha.strip("|").split("|")]
        for linha in DOCUMENTO.read_text().splitlines()
        if linha.startswith("|") and not linha.startswith(("| Item", "|---"))
    )
    return [Linha(item, tuple(_CODIGO.findall(o)), muda, tuple(_CODIGO.findall(t))) for item, o, muda, t in celulas]


LINHAS = _linhas()
TESTES = sorted({teste for linha in LINHAS for teste in linha.testes})


@pytest.mark.parametrize("campo", [campo.name for campo in Convenio._meta.concrete_fields if campo.name != "id"])
def test_every_field_has_one_line_that_says_what_the_screen_says(campo: str) -> None:
    suas = [linha for linha in LINHAS if linha.onde == (campo,)]
    assert len(suas) == 1
    ajuda = str(Convenio._meta.get_field(campo).help_text)
    assert suas[0].muda == ajuda or (not ajuda and suas[0].muda)


@pytest.mark.parametrize("linha", LINHAS, ids=str)
def test_no_line_is_without_a_test(linha: Linha) -> None:
    assert linha.testes


@pytest.mark.parametrize("teste", TESTES)
def test_every_test_that_is_named_exists(teste: str) -> None:
    """A test function by its name, or a case of the rules by the setting that it sets."""
    caminho, _, nome = teste.partition("::")
    fonte = (RAIZ / caminho).read_text()
    if Path(caminho).name.startswith("casos_"):
        assert re.search(rf"\b{nome}\b", fonte), f"{nome} is in no case of {caminho}"
    else:
        assert f"def {nome}(" in fonte, f"{nome} is no test of {caminho}"


@pytest.mark.parametrize(("aba", "ultimo"), [("Aba 1, Dados Cadastrais", 24), ("Aba 2, Regras TISS", 8)])
def test_every_item_of_the_manual_has_a_line(aba: str, ultimo: int) -> None:
    secao = DOCUMENTO.read_text().partition(f"## {aba}\n")[2].partition("\n## ")[0]
    numeros = {int(numero) for numero in re.findall(r"^\| (\d+) ", secao, re.M)}
    assert numeros == set(range(1, ultimo + 1))
