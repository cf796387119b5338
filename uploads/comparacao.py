"""Before and after: two values side by side with what differs marked, or what an edit does, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from tiss_schemas import campos, formulario
from tiss_schemas.achados import Achado
from tiss_schemas.campos import Campo, TipoDeCampo
from tiss_schemas.edicoes import (
    Copiar,
    Edicao,
    Incluir,
    LimparTexto,
    Mover,
    Reler,
    Remover,
    Renomear,
    RetirarAtributo,
    Valor,
)
from tiss_schemas.palavras import citado
from uploads.caminhos import nome_em, pai_de
from uploads.models import Critica

MAIS_FRASES = 3
"""Edits of one suggestion that are told one by one."""

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
    """What `de` and `para` have in common at both ends, and what lies between.

    Nothing where their lengths differ, or less than half is common: one digit among fourteen is worth pointing at; two
    amounts that end alike, or two ways of writing a date that begin with the same digit, are not.
    """
    inicio = _em_comum(de, para)
    fim = _em_comum(de[inicio:][::-1], para[inicio:][::-1])
    if len(de) != len(para) or 2 * (inicio + fim) < len(de):
        return DePara("", de, para, "")
    return DePara(de[:inicio], de[inicio : len(de) - fim], para[inicio : len(para) - fim], de[len(de) - fim :])


def para_pessoas(campo: Campo, texto: str | None) -> str:
    """A text of the XML as its control shows it: "472.30" is "472,30", "2026-11-05" is "05/11/2026"."""
    controle = formulario.campo_de_formulario(campo)
    valor = controle.prepare_value(formulario.de_xml(campo, texto))
    escrito = controle.widget.format_value(valor)
    return escrito if isinstance(escrito, str) else texto or ""


def valores_em(versao: str, critica: Critica | Achado, para: str) -> DePara:
    """The value in the file beside the one that would be there, as their field shows them."""
    campo = campos.descrever(versao, critica.caminho)
    if campo is None or campo.tipo is TipoDeCampo.GRUPO:
        return comparar(critica.valor or "", para)
    de, depois = para_pessoas(campo, critica.valor), para_pessoas(campo, para)
    # What a field would show alike, as " 10,00" and "10.00", differs in the file: then the file's own texts are shown.
    return comparar(critica.valor or "", para) if de == depois else comparar(de, depois)


def em_palavras(edicoes: Sequence[Edicao], critica: Critica | Achado) -> list[str]:
    """What the edits that mend a finding do, each as a sentence; the last one counts those that are too many."""
    frases = [_frase(edicao, critica) for edicao in edicoes[:MAIS_FRASES]]
    resto = len(edicoes) - len(frases)
    if resto:
        frases.append(f"E mais {resto} {'mudança como esta' if resto == 1 else 'mudanças como estas'}.")
    return frases


def _frase(edicao: Edicao, critica: Critica | Achado) -> str:
    match edicao:
        case Valor():
            return f"{_trocar(edicao, critica)} em “{nome_em(edicao.caminho)}”."
        case Remover():
            return f"Remover “{nome_em(edicao.caminho)}”{_o_que_tem(edicao, critica)}."
        case LimparTexto():
            solto = f", {citado(critica.valor)}," if critica.valor else ""
            return f"Tirar o texto solto{solto} de dentro de “{nome_em(edicao.caminho)}”."
        case RetirarAtributo():
            return f"Tirar o atributo “{edicao.nome}” de “{nome_em(edicao.caminho)}”."
        case Reler():
            return "Escrever o arquivo de novo, como foi lido."
        case _:
            return _frase_do_lugar(edicao)


def _frase_do_lugar(edicao: Incluir | Mover | Renomear | Copiar) -> str:
    match edicao:
        case Incluir():
            com = f", com o valor {citado(edicao.valor)}" if edicao.valor else ""
            return f"Incluir “{edicao.nome.rpartition('/')[2]}” em “{nome_em(edicao.caminho_pai)}”{com}."
        case Mover(para=None):
            pai = nome_em(pai_de(edicao.caminho))
            return f"Mover “{nome_em(edicao.caminho)}” para o seu lugar na ordem de “{pai}”."
        case Mover():
            return f"Mover “{nome_em(edicao.caminho)}” para dentro de “{nome_em(edicao.para or '')}”."
        case Renomear():
            return f"Trocar o nome “{nome_em(edicao.caminho)}” por “{edicao.nome}”."
        case Copiar():
            return f"Copiar “{nome_em(edicao.de)}” para dentro de “{nome_em(edicao.caminho_pai)}”."


def _trocar(edicao: Valor, critica: Critica | Achado) -> str:
    if edicao.caminho == critica.caminho and critica.valor:
        return f"Trocar {citado(critica.valor)} por {citado(edicao.valor)}"
    return f"Pôr {citado(edicao.valor)}"


def _o_que_tem(edicao: Remover, critica: Critica | Achado) -> str:
    if edicao.caminho != critica.caminho or critica.valor is None:
        return ""
    return f", que tem {citado(critica.valor)}" if critica.valor.strip() else ", que está vazio"


def _em_comum(um: str, outro: str) -> int:
    """How many characters two texts have in common at the beginning."""
    return sum(1 for _ in takewhile(lambda par: par[0] == par[1], zip(um, outro, strict=False)))
