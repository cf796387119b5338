"""Putting elements into a message and taking them out: at the place that the XSD demands, keeping the indentation."""

from __future__ import annotations

import math

from lxml import etree

from tiss_schemas.campos import Campo, descrever
from tiss_schemas.espacos import NS, TAG_ANS, TAG_DS, nome_local


class SemLugar(Exception):
    """There is no place for that element there; the text says why, in Portuguese."""


def criar(pai: etree._Element, nome: str) -> etree._Element:
    """A new, empty element of ANS's namespace inside `pai`, at its place. Raises SemLugar."""
    indice = _lugar(pai, nome)
    novo = pai.makeelement(f"{TAG_ANS}{nome}")
    _inserir(pai, indice, novo)
    return novo


def por(pai: etree._Element, elemento: etree._Element) -> None:
    """Put an element that stands nowhere at its place inside `pai`. Raises SemLugar."""
    if elemento in (pai, *pai.iterancestors()):
        raise SemLugar(f"“{nome_local(str(elemento.tag))}” não pode ir para dentro de si mesmo.")
    _inserir(pai, _lugar(pai, nome_local(str(elemento.tag))), elemento)


def substituir(pai: etree._Element, elemento: etree._Element) -> None:
    """Put an element that stands nowhere inside `pai` in place of the one of its name, or beside those that are there
    where the XSD allows several. Raises SemLugar.
    """
    nome = nome_local(str(elemento.tag))
    if not _cabem_varios(pai, nome):
        for existente in pai.findall(f"{TAG_ANS}{nome}"):
            retirar(existente)
    por(pai, elemento)


def retirar(elemento: etree._Element) -> None:
    """Take an element that has a parent out of it, and the indentation that was its own."""
    pai = elemento.getparent()
    assert pai is not None
    anterior, depois = elemento.getprevious(), elemento.tail
    if elemento.getnext() is None:
        if anterior is not None:
            anterior.tail = depois
        else:
            pai.text = None
    pai.remove(elemento)
    elemento.tail = None


def _lugar(pai: etree._Element, nome: str) -> int:
    """The index among all the nodes inside `pai` where the XSD wants a child of that name."""
    campo = _campo_do_grupo(pai)
    if nome not in campo.nomes_dos_filhos:
        raise SemLugar(f"“{nome}” não existe dentro de “{campo.nome_xml}” na versão {campo.versao} do padrão TISS.")
    _conferir_vaga(pai, campo, nome)
    ordem = {filho: posicao for posicao, filho in enumerate(campo.nomes_dos_filhos)}
    for indice, no in enumerate(pai):
        if _ordem(no, ordem) > ordem[nome]:
            return indice
    return len(pai)


def _ordem(no: etree._Element, ordem: dict[str, int]) -> float:
    """The rank of a node inside its group: the message's signature is last, comments and strangers do not count."""
    nome = str(no.tag)
    return math.inf if nome.startswith(TAG_DS) else ordem.get(nome_local(nome), -math.inf)


def _campo_do_grupo(pai: etree._Element) -> Campo:
    nomes = [nome_local(str(no.tag)) for no in (pai, *pai.iterancestors())]
    versao = _versao(pai.getroottree().getroot())
    campo = descrever(versao, "".join(f"/ans:{nome}" for nome in reversed(nomes)))
    if campo is None:
        raise SemLugar(
            f"Não se sabe o que pode haver dentro de “{nomes[0]}” na versão “{versao}” do padrão TISS. "
            "Corrija primeiro a versão, no cabeçalho."
        )
    return campo


def _versao(raiz: etree._Element) -> str:
    return (raiz.findtext("ans:cabecalho/ans:Padrao", namespaces=NS) or "").strip()


def _conferir_vaga(pai: etree._Element, campo: Campo, nome: str) -> None:
    filho = descrever(campo.versao, f"{campo.caminho}/ans:{nome}")
    if filho is None:
        return
    existentes = len(pai.findall(f"{TAG_ANS}{nome}"))
    if filho.ocorrencias_max is not None and existentes >= filho.ocorrencias_max:
        raise SemLugar(f"“{campo.nome_xml}” já tem “{nome}”. Corrija o que existe em vez de incluir outro.")
    for outro in filho.alternativas:
        if pai.find(f"{TAG_ANS}{outro}") is not None:
            raise SemLugar(f"“{campo.nome_xml}” já tem “{outro}”, e só pode ter um dos dois. Remova-o primeiro.")


def _cabem_varios(pai: etree._Element, nome: str) -> bool:
    campo = _campo_do_grupo(pai)
    filho = descrever(campo.versao, f"{campo.caminho}/ans:{nome}")
    return filho is not None and filho.ocorrencias_max != 1


def _inserir(pai: etree._Element, indice: int, novo: etree._Element) -> None:
    """Insert with the indentation of the siblings; into an empty element none is invented."""
    quantos = len(pai)
    antes = pai.text if indice == 0 else pai[indice - 1].tail
    if quantos and indice == quantos:
        pai[-1].tail = pai.text
    pai.insert(indice, novo)
    novo.tail = antes if quantos else None
