"""Old and new value side by side, as people write them, with what differs marked."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from tiss_schemas import formulario
from tiss_schemas.campos import Campo

TOTAIS = frozenset(
    {
        "valorTotal",
        "valorTotalGeral",
        "valorTotalHonorarios",
        "valorTotalProc",
        "valorTotalFranquia",
        "qtdTotalUS",
        "valorProcedimentos",
        "valorDiarias",
        "valorTaxasAlugueis",
        "valorMateriais",
        "valorMedicamentos",
        "valorOPME",
        "valorGasesMedicinais",
    }
)
"""Fields that *Recalcular automaticamente totais* works out."""


@dataclass(frozen=True, slots=True)
class DePara:
    """Two texts in common beginning, what differs, and common end."""

    inicio: str
    de: str
    para: str
    fim: str


def comparar(de: str, para: str) -> DePara:
    """What `de` and `para` have in common at both ends, and what lies between; nothing where their lengths differ.

    One digit among fourteen is worth pointing at; two amounts that end alike are not.
    """
    if len(de) != len(para):
        return DePara("", de, para, "")
    inicio = _em_comum(de, para)
    fim = _em_comum(de[inicio:][::-1], para[inicio:][::-1])
    return DePara(de[:inicio], de[inicio : len(de) - fim], para[inicio : len(para) - fim], de[len(de) - fim :])


def para_pessoas(campo: Campo, texto: str | None) -> str:
    """A text of the XML as its control shows it: "472.30" is "472,30", "2026-11-05" is "05/11/2026"."""
    controle = formulario.campo_de_formulario(campo)
    valor = controle.prepare_value(formulario.de_xml(campo, texto))
    escrito = controle.widget.format_value(valor)
    return escrito if isinstance(escrito, str) else texto or ""


def _em_comum(um: str, outro: str) -> int:
    """How many characters two texts have in common at the beginning."""
    return sum(1 for _ in takewhile(lambda par: par[0] == par[1], zip(um, outro, strict=False)))
