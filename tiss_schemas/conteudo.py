"""What is really wrong where libxml2 says only "this element is not expected".

For a field left out, libxml2 points at the innocent field after it. The schema's order of children tells the cases
apart: something missing before it, something in the wrong place, something once too often, something unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from tiss_schemas.achados import Tipo
from tiss_schemas.espacos import ANS, nome_local
from tiss_schemas.modelo import Filho, Modelo

_FALTAM: Final = "Missing child element(s)"
_ESPERADOS: Final = re.compile(r"Expected is (?:one of )?\( (.*) \)")


@dataclass(frozen=True, slots=True)
class Diagnostico:
    """The kind of error, the element that a person must look at, and the sentence.

    `tags` are what is missing, or what an unknown element should have been called.
    """

    tipo: Tipo
    elemento: etree._Element
    mensagem: str
    valor: str | None = None
    esperado: str | None = None
    tags: tuple[str, ...] = ()


def diagnosticar(elemento: etree._Element, mensagem: str, modelo: Modelo) -> Diagnostico:
    """Read an error of element content: `elemento` and `mensagem` as libxml2 gave them."""
    esperados = _esperados(mensagem)
    if _FALTAM in mensagem:
        return _falta(elemento, esperados, modelo.filhos(elemento))
    pai = elemento.getparent()
    if pai is None:
        return _desconhecido(elemento, ())
    return _fora_do_lugar(elemento, pai, esperados, modelo.filhos(pai))


def _esperados(mensagem: str) -> tuple[str, ...]:
    achado = _ESPERADOS.search(mensagem)
    return tuple(parte for parte in achado[1].split(", ") if parte.startswith("{")) if achado else ()


def _fora_do_lugar(
    elemento: etree._Element, pai: etree._Element, esperados: tuple[str, ...], filhos: tuple[Filho, ...]
) -> Diagnostico:
    ordem = {filho.tag: posicao for posicao, filho in enumerate(filhos)}
    if elemento.tag not in ordem:
        return _desconhecido(elemento, filhos)
    depois = {irmao.tag for irmao in elemento.itersiblings(etree.Element)}
    if antes_dele := [tag for tag in esperados if tag in depois and ordem.get(tag, -1) < ordem[elemento.tag]]:
        return _fora_de_ordem(elemento, f"deve vir depois de “{nome_local(antes_dele[-1])}”")
    faltam = tuple(tag for tag in esperados if ordem.get(tag, len(ordem)) < ordem[elemento.tag])
    if any(filho.obrigatorio for filho in filhos if filho.tag in faltam):
        return _falta(pai, faltam, filhos)
    return _sobra(elemento, filhos)


def _falta(pai: etree._Element, esperados: tuple[str, ...], filhos: tuple[Filho, ...]) -> Diagnostico:
    obrigatorios = tuple(filho.tag for filho in filhos if filho.tag in esperados and filho.obrigatorio) or esperados
    nomes = [nome_local(tag) for tag in obrigatorios]
    onde = nome_local(pai.tag)
    if len(nomes) == 1:
        mensagem = f"Falta “{nomes[0]}” dentro de “{onde}”. Informe-o."
    elif nomes:
        mensagem = f"Dentro de “{onde}” falta um destes: {_entre_aspas(nomes)}. Informe um deles."
    else:
        mensagem = f"Falta conteúdo dentro de “{onde}”. Complete-o."
    return Diagnostico(Tipo.FALTANDO, pai, mensagem, esperado=", ".join(nomes) or None, tags=obrigatorios)


def _sobra(elemento: etree._Element, filhos: tuple[Filho, ...]) -> Diagnostico:
    nome = nome_local(elemento.tag)
    declarado = next(filho for filho in filhos if filho.tag == elemento.tag)
    antes = {irmao.tag for irmao in elemento.itersiblings(etree.Element, preceding=True)}
    if elemento.tag in antes:
        vezes = "uma vez" if declarado.maximo == 1 else f"{declarado.maximo} vezes"
        mensagem = f"“{nome}” aparece mais vezes do que pode: o máximo ali é {vezes}. Retire o que sobra."
        return Diagnostico(Tipo.INESPERADO, elemento, mensagem, esperado=f"no máximo {vezes}")
    outras = [filho.tag for filho in filhos if filho.alternativa and filho.tag in antes]
    if declarado.alternativa and outras:
        mensagem = f"“{nome}” não pode estar junto de “{nome_local(outras[0])}”: informe só um dos dois."
        return Diagnostico(Tipo.INESPERADO, elemento, mensagem)
    posicao = [filho.tag for filho in filhos].index(elemento.tag)
    seguintes = [filho.tag for filho in filhos[posicao + 1 :] if filho.tag in antes]
    onde = f"deve vir antes de “{nome_local(seguintes[0])}”" if seguintes else "deve vir em outra posição"
    return _fora_de_ordem(elemento, onde)


def _fora_de_ordem(elemento: etree._Element, onde: str) -> Diagnostico:
    mensagem = f"“{nome_local(elemento.tag)}” está fora de ordem: {onde}. Mova-o."
    return Diagnostico(Tipo.FORA_DE_ORDEM, elemento, mensagem, esperado=onde)


def _desconhecido(elemento: etree._Element, filhos: tuple[Filho, ...]) -> Diagnostico:
    nome = nome_local(elemento.tag)
    pai = elemento.getparent()
    onde = f" dentro de “{nome_local(pai.tag)}”" if pai is not None else ""
    certas = tuple(filho.tag for filho in filhos if nome_local(filho.tag).lower() == nome.lower())[:1]
    parecido = nome_local(certas[0]) if certas else None
    if parecido == nome:
        mensagem = f"“{nome}” não está no espaço de nomes da ANS ({ANS}). Corrija-o no sistema que gerou o arquivo."
    elif parecido is not None:
        mensagem = f"“{nome}” não existe{onde}; o nome certo é “{parecido}”. Corrija as maiúsculas e minúsculas."
    else:
        mensagem = f"“{nome}” não existe{onde} nesta versão do padrão TISS. Retire-o."
    return Diagnostico(Tipo.INESPERADO, elemento, mensagem, esperado=parecido, tags=certas)


def _entre_aspas(nomes: list[str]) -> str:
    return ", ".join(f"“{nome}”" for nome in nomes)
