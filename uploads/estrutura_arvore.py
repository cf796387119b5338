"""One part of a message as a tree for people: every element with its words, its value, what is said of it, what is
missing in it."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

from lxml import etree

from conecta.interface.formatos import data as em_data
from tiss_schemas import campos, formulario
from tiss_schemas.campos import Campo, TipoDeCampo
from tiss_schemas.espacos import TAG_ANS, TAG_DS, nome_local
from uploads.estrutura import CABECALHO, Estado, Marcado

SEPARADOR: Final = "+"
"""Between the path of a group and the name of what is missing in it: no name of XML has it."""
_REPETIDOS: Final = 12
"""Elements of one name in one group from which each is folded."""
_MAIS_FILHOS: Final = 300
_MAIS_NOS: Final = 1_500
"""Elements that are shown unfolded at all: a message may be of a kind whose parts nobody knows."""
_RESUMO: Final = ("codigoProcedimento", "descricaoProcedimento", "valorTotal")
_PEDACOS_DO_RESUMO: Final = 3
_MAIOR_VALOR: Final = 200


@dataclass(frozen=True, slots=True)
class Falta:
    """An element that the XSD allows in a group and that is not there."""

    pai: str
    campo: Campo
    obrigatoria: bool

    @property
    def alvo(self) -> str:
        """How a form names it."""
        return f"{self.pai}{SEPARADOR}{self.campo.nome_xml}"

    @property
    def id(self) -> str:
        """Of its row in the page."""
        return id_de(self.alvo)


@dataclass(slots=True)
class No:
    """An element. `campo` is None where the XSD has none such; `valor` is None for a group.

    `itens` are its elements and what must not be missing, in order; `opcionais` what may be. `dobrado`: what is inside
    is not listed, and `resumo` tells it; `omitidos` counts the elements of a long list that are left out.
    """

    caminho: str
    nome: str
    campo: Campo | None
    ordem: int | None
    valor: str | None
    marcados: list[Marcado]
    quantas: int
    itens: list[No | Falta] = field(default_factory=list)
    opcionais: list[Falta] = field(default_factory=list)
    dobrado: bool = False
    resumo: str = ""
    omitidos: int = 0

    @property
    def alvo(self) -> str:
        """How a form names it."""
        return self.caminho

    @property
    def id(self) -> str:
        """Of its row in the page."""
        return id_de(self.caminho)

    @property
    def rotulo(self) -> str:
        """What the printed form calls it; the name in the XML where the standard has no such element there."""
        return self.nome if self.campo is None else self.campo.rotulo

    @property
    def numero(self) -> str:
        """Its number on the printed form."""
        return (self.campo.numero or "") if self.campo else ""

    @property
    def dentro(self) -> int:
        """Findings inside it, its own left out."""
        return self.quantas - sum(marcado.impede for marcado in self.marcados)


Item: TypeAlias = No | Falta


def id_de(alvo: str) -> str:
    """A short id for the row of an element or of one that is missing."""
    return "n" + hashlib.md5(alvo.encode(), usedforsecurity=False).hexdigest()[:12]


def campo_de(estado: Estado, elemento: etree._Element) -> Campo | None:
    """What the standard says of an element where it stands."""
    return campos.descrever(estado.versao, estado.documento.caminho(elemento))


def faltas_de(estado: Estado, grupo: etree._Element) -> list[Falta]:
    """What may be put into a group, in the order of the XSD."""
    campo = campo_de(estado, grupo)
    if campo is None or campo.tipo is not TipoDeCampo.GRUPO:
        return []
    caminho = estado.documento.caminho(grupo)
    presentes = Counter(filho.tag for filho in grupo.iterchildren(etree.Element))
    pedidas = {
        nome for marcado in estado.em(caminho) for nome in (marcado.achado.esperado or "").replace(" ", "").split(",")
    }
    return [
        Falta(caminho, filho, not presentes[TAG_ANS + filho.nome_xml] and _e_pedido(filho, pedidas))
        for filho in campo.filhos
        if cabe(filho, presentes)
    ]


def cabe(campo: Campo, presentes: Counter[str]) -> bool:
    """Whether one more of that element may stand beside those that are there."""
    if any(presentes[TAG_ANS + outro] for outro in campo.alternativas):
        return False
    return campo.ocorrencias_max is None or presentes[TAG_ANS + campo.nome_xml] < campo.ocorrencias_max


def arvore(estado: Estado, parte: str, aberto: str) -> No:
    """The tree of a part. What lies around `aberto` (a path, or what is missing in one) is unfolded."""
    raiz = estado.raiz_da(parte)
    assert raiz is not None
    return _Arvore(estado, parte, aberto.partition(SEPARADOR)[0]).no(raiz)


def para_mostrar(campo: Campo | None, texto: str) -> str:
    """A value as people write it, and the meaning of a code; what cannot be read as it stands in the file."""
    if campo is None:
        return texto
    if campo.tipo is TipoDeCampo.LISTA:
        significado = dict(campo.opcoes).get(texto.strip(), texto)
        return texto if significado == texto else f"{texto} – {significado}"
    lido = formulario.de_xml(campo, texto)
    if isinstance(lido, date):
        return em_data(lido)
    return f"{lido:f}".replace(".", ",") if isinstance(lido, Decimal) else texto


def _e_pedido(campo: Campo, pedidas: set[str]) -> bool:
    return campo.obrigatorio or campo.nome_xml in pedidas


class _Arvore:
    def __init__(self, estado: Estado, parte: str, aberto: str) -> None:
        self._estado = estado
        self._sem_guias = parte == CABECALHO
        self._aberto = aberto
        self._orcamento = _MAIS_NOS

    def no(self, elemento: etree._Element, ordem: int | None = None, *, dobrar: bool = False) -> No:
        self._orcamento -= 1
        caminho = self._estado.documento.caminho(elemento)
        campo = campos.descrever(self._estado.versao, caminho)
        marcados = self._estado.em(caminho)
        grupo = len(elemento) > 0 or (campo is not None and campo.tipo is TipoDeCampo.GRUPO)
        no = No(
            caminho=caminho,
            nome=nome_local(str(elemento.tag)),
            campo=campo,
            ordem=ordem,
            valor=None if grupo else _valor(campo, elemento, marcados),
            marcados=marcados,
            quantas=self._estado.quantas(caminho),
        )
        if grupo and not self._fechada(elemento):
            self._desdobrar(no, elemento, dobrar=dobrar)
        return no

    def _fechada(self, elemento: etree._Element) -> bool:
        """A signature is nobody's to edit, and the guides have parts of their own."""
        if self._sem_guias and self._estado.guias and elemento is self._estado.guias[0].getparent():
            return True
        return str(elemento.tag).startswith(TAG_DS)

    def _desdobrar(self, no: No, elemento: etree._Element, *, dobrar: bool) -> None:
        no_caminho = self._aberto == no.caminho or self._aberto.startswith(f"{no.caminho}/")
        if (dobrar or self._orcamento < 0) and not no_caminho:
            no.dobrado, no.resumo = True, _resumo(elemento)
            return
        faltas = faltas_de(self._estado, elemento)
        no.opcionais = [falta for falta in faltas if not falta.obrigatoria]
        no.itens = self._itens(no, elemento, [falta for falta in faltas if falta.obrigatoria])

    def _itens(self, no: No, elemento: etree._Element, faltas: list[Falta]) -> list[Item]:
        filhos = list(elemento.iterchildren(etree.Element))
        quantos = Counter(filho.tag for filho in filhos)
        vistos: Counter[str] = Counter()
        itens: list[Item] = []
        for posicao, filho in enumerate(filhos):
            vistos[filho.tag] += 1
            if posicao >= _MAIS_FILHOS and not self._interessa(filho):
                no.omitidos += 1
                continue
            ordem = vistos[filho.tag] if quantos[filho.tag] > 1 else None
            itens.append(self.no(filho, ordem, dobrar=quantos[filho.tag] > _REPETIDOS))
        return _no_seu_lugar(itens, faltas, no.campo)

    def _interessa(self, elemento: etree._Element) -> bool:
        """Whether one of a long list is shown all the same."""
        caminho = self._estado.documento.caminho(elemento)
        return f"{self._aberto}/".startswith(f"{caminho}/") or (
            self._orcamento > 0 and self._estado.quantas(caminho) > 0
        )


def _no_seu_lugar(itens: list[Item], faltas: list[Falta], campo: Campo | None) -> list[Item]:
    """The elements with what is missing among them where it belongs."""
    if not faltas or campo is None:
        return itens
    ordem = {nome: posicao for posicao, nome in enumerate(campo.nomes_dos_filhos)}
    juntos = list(itens)
    for falta in faltas:
        lugar = next(
            (i for i, item in enumerate(juntos) if _ordem(item, ordem) > ordem[falta.campo.nome_xml]), len(juntos)
        )
        juntos.insert(lugar, falta)
    return juntos


def _ordem(item: Item, ordem: dict[str, int]) -> float:
    nome = item.campo.nome_xml if isinstance(item, Falta) else item.nome
    return ordem.get(nome, -math.inf)


def _valor(campo: Campo | None, elemento: etree._Element, marcados: list[Marcado]) -> str:
    texto = elemento.text or ""
    mostrado = texto if marcados else para_mostrar(campo, texto)
    return mostrado if len(mostrado) <= _MAIOR_VALOR else f"{mostrado[:_MAIOR_VALOR]}…"


def _resumo(elemento: etree._Element) -> str:
    """What tells one item from the next."""
    escolhidos = [texto for nome in _RESUMO if (texto := elemento.findtext(f".//{TAG_ANS}{nome}"))]
    if not escolhidos:
        escolhidos = [texto.strip() for texto in elemento.itertext() if texto.strip()]
    return " · ".join(texto[:60] for texto in escolhidos[:_PEDACOS_DO_RESUMO])
