"""Between what a browser sends and the flat values of a guide.

Names of controls are paths of values, with two exceptions where the XSD offers a choice: "…/*" is the text and "…/?"
the name of the chosen element (`fichas.Celula`). A control with "[]" in no line is not sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from django.core.exceptions import ValidationError

from tiss_schemas.campos import Campo, descrever
from tiss_schemas.fichas import Celula
from tiss_schemas.fichas.ficha import PAPEL
from tiss_schemas.formulario import campo_de_formulario, de_xml, para_xml
from tiss_schemas.fragmento import GUIAS

MAIOR_FICHA = 5_000
"""Controls of one form that are read: the standard lets more lines stand on a guide than anybody types."""


def valores_do_envio(versao: str, tipo: str, enviado: Mapping[str, str]) -> dict[str, str]:
    """The values of the controls of a form, as the XML holds them; what is no date or number stays as it was typed.

    Names that are no field of that guide are dropped, and so are empty ones.
    """
    valores: dict[str, str] = {}
    for caminho, texto in _caminhos(enviado):
        if not texto.strip() or len(valores) >= MAIOR_FICHA:
            continue
        if caminho.startswith(PAPEL):
            valores[caminho] = texto.strip()[:150]
        elif (campo := _campo(versao, tipo, caminho)) is not None:
            valores[caminho] = para_o_xml(campo, texto)
    return valores


def para_o_xml(campo: Campo, texto: str) -> str:
    """The text as the XML writes it; as it was typed where the field does not take it."""
    try:
        return para_xml(campo, campo_de_formulario(campo).to_python(texto.strip()))
    except ValidationError:
        return texto.strip()


def mostrar(campo: Campo, texto: str) -> str:
    """A value of the XML as people read it: 27/11/2026, 1.234,56."""
    formulario = campo_de_formulario(campo)
    valor = formulario.prepare_value(de_xml(campo, texto))
    mostrado = formulario.widget.format_value(valor)
    return texto if mostrado is None else str(mostrado if isinstance(mostrado, str) else texto)


def valor_da_celula(celula: Celula, prefixo: str, valores: Mapping[str, str]) -> tuple[str, str]:
    """What a control shows, and, for a choice, the element that was chosen ("" where nothing was)."""
    for opcao in celula.opcoes or (celula,):
        texto = valores.get(prefixo + opcao.caminho)
        if texto and opcao.campo is not None:
            return mostrar(opcao.campo, texto), opcao.campo.nome_xml if celula.opcoes else ""
    return valores.get(prefixo + celula.caminho, ""), ""


def _caminhos(enviado: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for nome, texto in enviado.items():
        if nome.endswith("/*"):
            escolhido = enviado.get(f"{nome[:-1]}?", "")
            if escolhido:
                yield f"{nome[:-1]}{escolhido}", texto
        elif not nome.endswith("/?"):
            yield nome, texto


@lru_cache(maxsize=4096)
def _campo(versao: str, tipo: str, caminho: str) -> Campo | None:
    campo = descrever(versao, f"{GUIAS}/ans:{tipo}/" + "/".join(f"ans:{passo}" for passo in caminho.split("/")))
    return campo if campo is not None and not campo.nomes_dos_filhos else None
