"""From a tree of plain values to XML that its XSD takes: order, presence, lengths, digits and codes come from the XSD.

A tree maps names of elements to what they hold: a value, a tree, or a sequence of either where the element repeats.
None, an empty text and an empty sequence leave the element out, and so does a version that does not have it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, TypeAlias

from lxml import etree

from tiss_schemas.espacos import ANS
from tiss_schemas.mensagens.cabecalho import Cabecalho, arvore_do_cabecalho, escrever_mensagem
from tiss_schemas.mensagens.folhas import Motivo, NaoCabeNaVersao, texto_de
from tiss_schemas.mensagens.molde import Molde, molde

Arvore: TypeAlias = Mapping[str, Any]

_LUGARES: Final = {
    "sequencialItem": "item",
    "numeroGuiaOrigem": "guia",
    "numeroGuiaPrestador": "guia",
    "numeroProtocolo": "protocolo",
    "dataPagamento": "pagamento de",
}
"""Leaves by which people know a group, and what the group is to them; what is inside of others first."""


def mensagem(cabecalho: Cabecalho, sentido: str, nome: str, corpo: Arvore) -> bytes:
    """The bytes of the message whose body is the element `nome`, with what is in `corpo`; valid by its XSD.

    Raises NaoCabeNaVersao for what the version does not take, in the header too, and VersaoIndisponivel.
    """
    escrever(cabecalho.versao, ("cabecalho",), arvore_do_cabecalho(cabecalho))
    return escrever_mensagem(cabecalho, sentido, [escrever(cabecalho.versao, (sentido, nome), corpo)])


def escrever(versao: str, passos: tuple[str, ...], arvore: Arvore) -> etree._Element:
    """The element at `passos` below mensagemTISS with what is in `arvore`, valid by the XSD of `versao`.

    Raises NaoCabeNaVersao for what the version does not take, and VersaoIndisponivel.
    """
    de = molde(versao, *passos)
    elemento = etree.Element(de.tag, nsmap={"ans": ANS})
    _escrever_filhos(elemento, de, arvore)
    return elemento


def _escrever_filhos(elemento: etree._Element, de: Molde, arvore: Arvore) -> None:
    try:
        for filho in de.filhos:
            quantos = _escrever_todos(elemento, filho, arvore.get(filho.nome))
            if quantos < filho.minimo:
                raise NaoCabeNaVersao(Motivo.FALTA, filho, "não foi informado e é obrigatório")
        if de.escolhas:
            _conferir_escolhas(elemento, de)
    except NaoCabeNaVersao as erro:
        for nome in _LUGARES:
            if nome in arvore:
                erro.dentro_de(_lugar(nome, arvore[nome]))
        raise


def _lugar(nome: str, valor: object) -> str:
    return f"{_LUGARES[nome]} {valor:%d/%m/%Y}" if isinstance(valor, date) else f"{_LUGARES[nome]} {valor}"


def _escrever_todos(pai: etree._Element, de: Molde, conteudo: Any) -> int:
    """Write what stands at one name, once or many times; how often that was."""
    if conteudo is None:
        return 0
    if not isinstance(conteudo, list | tuple):
        return _escrever_um(pai, de, conteudo)
    if de.maximo is not None and len(conteudo) > de.maximo:
        raise NaoCabeNaVersao(Motivo.REPETIDO, de, f"aparece {len(conteudo)} vezes e o máximo é {de.maximo}")
    return sum([_escrever_um(pai, de, parte) for parte in conteudo])


def _escrever_um(pai: etree._Element, de: Molde, conteudo: Any) -> int:
    if de.grupo:
        _escrever_filhos(etree.SubElement(pai, de.tag), de, conteudo)
        return 1
    texto = texto_de(de, conteudo)
    if not texto:
        return 0
    etree.SubElement(pai, de.tag).text = texto
    return 1


def _conferir_escolhas(elemento: etree._Element, de: Molde) -> None:
    """Exactly one of each choice: none of those in messages of statements and appeals may be left out."""
    presentes = {filho.tag for filho in elemento}
    for escolha in de.escolhas:
        if sum(filho.tag in presentes for filho in de.filhos if filho.nome in escolha) != 1:
            nomes = " ou ".join(f"“{filho.rotulo}”" for filho in de.filhos if filho.nome in escolha)
            raise NaoCabeNaVersao(Motivo.ALTERNATIVAS, de, f"precisa de um, e só um, destes: {nomes}")
