"""From the bytes of a message that anybody may have sent to a tree of plain values, read only where it is valid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any, Final, TypeAlias

from lxml import etree

from tiss_schemas import catalogo
from tiss_schemas.achados import Achado
from tiss_schemas.campos import TipoDeCampo
from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.espacos import NS, TAG_ANS
from tiss_schemas.hash import conferir
from tiss_schemas.leitura import Documento, ler
from tiss_schemas.mensagens.cabecalho import Parte, TipoDeParte
from tiss_schemas.mensagens.molde import Molde, molde
from tiss_schemas.validacao import validar_estrutura
from tiss_schemas.valores import data_de, decimal_de, hora_de, inteiro_de

Lida: TypeAlias = dict[str, Any]
"""Names of elements to what they hold: text, int, Decimal, date, time, a tree, or a list where the element repeats.
What is absent or empty is not in it; a list is always there."""

_SEMPRE_TEXTO: Final = frozenset({"numeroLote"})
"""A lot is known by its number as it was written, zeros in front and all, also where the XSD says that it is one."""
_PARTES: Final = {TAG_ANS + tipo: tipo for tipo in TipoDeParte}


class MensagemInvalida(Exception):
    """A message that is not what it was read as; `frase` says why in Portuguese, `achados` lists what the XSD refuses.

    A file that is no message at all is an ArquivoRecusado instead.
    """

    def __init__(self, frase: str, achados: Sequence[Achado] = ()) -> None:
        super().__init__(frase)
        self.frase = frase
        self.achados = tuple(achados)


@dataclass(frozen=True, slots=True, kw_only=True)
class MensagemLida:
    """A valid message: its version, who wrote it to whom on which day, and what its body holds."""

    versao: str
    data: date
    origem: Parte | None
    destino: Parte | None
    corpo: Lida


@coletor_em_pausa()
def ler_mensagem(xml: bytes, *passos: str) -> MensagemLida:
    """The message whose body is the element at `passos` below mensagemTISS.

    Raises ArquivoRecusado for what is no message, and MensagemInvalida for one in a version that is not at hand, that
    its XSD refuses, whose hash is wrong, that has another body, or with a value that is no date, time or number.
    """
    documento = ler(xml)
    _conferir(documento)
    corpo = documento.raiz.find("/".join(f"{TAG_ANS}{passo}" for passo in passos))
    if corpo is None:
        raise MensagemInvalida(
            f"A mensagem é de outro tipo, {_transacao(documento)}: não tem “{passos[-1]}”. Confira o arquivo escolhido."
        )
    versao = documento.versao or ""
    return MensagemLida(
        versao=versao,
        data=_data(documento),
        origem=_parte(documento, "origem"),
        destino=_parte(documento, "destino"),
        corpo=_ler_grupo(corpo, molde(versao, *passos)),
    )


def _conferir(documento: Documento) -> None:
    if documento.versao is None or catalogo.obter(documento.versao) is None:
        raise MensagemInvalida(
            f"A mensagem diz ser da versão {documento.versao or '(nenhuma)'} do padrão TISS, que não está instalada. "
            "Gere-a em uma versão aceita."
        )
    achados = validar_estrutura(documento)
    if achados:
        raise MensagemInvalida(f"A mensagem não segue o padrão TISS: {achados[0].mensagem}", achados)
    if conferir(documento).confere_com is None:
        raise MensagemInvalida(
            "O hash do epílogo não confere com o conteúdo: a mensagem foi alterada depois de gerada. Gere-a novamente."
        )


def _transacao(documento: Documento) -> str:
    return documento.raiz.findtext(".//ans:tipoTransacao", "", namespaces=NS)


def _data(documento: Documento) -> date:
    texto = documento.raiz.findtext(".//ans:dataRegistroTransacao", "", namespaces=NS)
    data = data_de(texto)
    if data is None:
        raise MensagemInvalida(f"“{texto.strip()}” não é uma data possível para a mensagem. Corrija a mensagem.")
    return data


def _parte(documento: Documento, qual: str) -> Parte | None:
    lado = documento.raiz.find(f"ans:cabecalho/ans:{qual}", namespaces=NS)
    if lado is None:
        return None
    for elemento in lado.iter(*_PARTES):
        return Parte(tipo=_PARTES[str(elemento.tag)], valor=(elemento.text or "").strip())
    return None


def _ler_grupo(elemento: etree._Element, de: Molde) -> Lida:
    lida: Lida = {filho.nome: [] for filho in de.filhos if filho.repete}
    moldes = de.por_tag
    for no in elemento.iterchildren(etree.Element):
        filho = moldes.get(no.tag)
        if filho is None:
            continue
        valor = _ler_grupo(no, filho) if filho.grupo else _valor(filho, no.text or "")
        if filho.repete:
            lida[filho.nome].append(valor)
        elif valor != "":
            lida[filho.nome] = valor
    return lida


def _valor(de: Molde, texto: str) -> str | int | Decimal | date | time:
    ler_texto = _POR_TIPO.get(de.tipo)
    if ler_texto is None or de.nome in _SEMPRE_TEXTO:
        return texto.strip()
    valor = ler_texto(texto)
    if valor is None:
        raise MensagemInvalida(f"“{texto.strip()}” não é um valor possível para “{de.rotulo}”. Corrija a mensagem.")
    return valor


_POR_TIPO: Final = {
    TipoDeCampo.DECIMAL: decimal_de,
    TipoDeCampo.INTEIRO: inteiro_de,
    TipoDeCampo.DATA: data_de,
    TipoDeCampo.HORA: hora_de,
}


def numero_de(texto: object, o_que: str) -> int:
    """A number that the XSD keeps as text, as that of a protocol. MensagemInvalida where it is none."""
    numero = inteiro_de(str(texto))
    if numero is None:
        raise MensagemInvalida(f"{o_que} “{texto}” não é um número, e aqui só se aceitam números.")
    return numero
