"""The edits of one list, found in the tree and carried out in an order in which they do not disturb one another.

Names come first, since places go by them. What is moved leaves its place before anything is removed, and what is
removed makes room before anything is put in. Of two texts, two names or two moves of one element the last counts, of
two equal edits one. What lies in an element that is removed goes with it, unless it is moved elsewhere.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Final, TypeAlias

from lxml import etree

from tiss_schemas import operacoes
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
from tiss_schemas.espacos import NS
from tiss_schemas.leitura import LIMITE_BYTES
from tiss_schemas.mudancas import ErroDeEdicao, Mudanca
from tiss_schemas.operacoes import Feita
from tiss_schemas.posicoes import Posicoes

_SUMIU: Final = "Este campo não está mais no arquivo. Recarregue a página e corrija novamente."
_COPIAS_DEMAIS: Final = (
    "Com esta cópia o arquivo ficaria maior do que um arquivo pode ser. Desfaça este passo, ou divida o lote em dois "
    "arquivos no sistema que o gerou."
)
_SEM_DESTINO: Final = "O elemento não pode ir para dentro do que está sendo movido para dentro dele."


class Copiadora:
    """Makes copies, of no more bytes in all than a file may have: each edit is short, and may name a block of 15 MB."""

    def __init__(self) -> None:
        self._resta = LIMITE_BYTES

    def copiar(self, elemento: etree._Element, caminho: str) -> etree._Element:
        """A copy that stands nowhere. ErroDeEdicao, at `caminho`, where it is one too many."""
        self._resta -= len(etree.tostring(elemento, with_tail=False))
        if self._resta < 0:
            raise ErroDeEdicao(caminho, _COPIAS_DEMAIS)
        return deepcopy(elemento)


def editar(raiz: etree._Element, edicoes: Sequence[Edicao], copiadora: Copiadora | None = None) -> list[Mudanca]:
    """Make all of them, in place; what changed, in the order of the list. Lists for one file share a `copiadora`.

    Raises ErroDeEdicao, and then the tree is half changed and of no more use.
    """
    feitas = _Obra(raiz, edicoes, copiadora or Copiadora()).executar()
    depois = Posicoes(raiz, b"")
    return [mudanca for feita in feitas for mudanca in feita.mudancas(depois)]


@dataclass(frozen=True, slots=True)
class _Pedida:
    """An edit and its element. `outro` is the group that it moves into, or a copy of the block to be copied."""

    ordem: int
    edicao: Edicao
    alvo: etree._Element
    outro: etree._Element | None = None

    @property
    def chave(self) -> Hashable:
        """Of two with the same key only the last is made."""
        match self.edicao:
            case Incluir(nome=nome, valor=valor):
                return (Incluir, self.alvo, nome, valor)
            case Copiar(de=de):
                return (Copiar, self.alvo, de)
            case RetirarAtributo(nome=nome):
                return (RetirarAtributo, self.alvo, nome)
            case _:
                return (type(self.edicao), self.alvo)


_Partida: TypeAlias = tuple[_Pedida, etree._Element]
"""A move whose element has left its place, and the group that it comes to."""


class _Obra:
    def __init__(self, raiz: etree._Element, edicoes: Sequence[Edicao], copiadora: Copiadora) -> None:
        self._copiadora = copiadora
        self._posicoes = Posicoes(raiz, b"")
        self._raiz = raiz
        self._hash = raiz.find("ans:epilogo/ans:hash", NS)
        pedidas = {pedida.chave: pedida for pedida in self._pedidas(edicoes)}
        self._removidos = {p.alvo for p in pedidas.values() if isinstance(p.edicao, Remover)}
        self._destinos = {p.alvo: p.outro for p in pedidas.values() if isinstance(p.edicao, Mover) and p.edicao.para}
        self._vivas = [pedida for pedida in pedidas.values() if self._vale(pedida)]
        self._feitas: dict[int, Feita] = {}

    def executar(self) -> list[Feita]:
        self._fase(Renomear, RetirarAtributo)
        self._soltar()
        self._fase(Remover)
        self._fase(Valor, LimparTexto)
        self._recolocar()
        self._fase(Copiar)
        self._fase(Incluir)
        return [self._feitas[ordem] for ordem in sorted(self._feitas)]

    def _pedidas(self, edicoes: Sequence[Edicao]) -> Iterator[_Pedida]:
        """Every edit at its element. None for the hash, which is renewed in any case, and none for reading anew."""
        for ordem, edicao in enumerate(edicoes):
            if isinstance(edicao, Reler):
                continue
            caminho = edicao.caminho_pai if isinstance(edicao, Incluir | Copiar) else edicao.caminho
            alvo = self._no(caminho)
            if alvo is not self._hash:
                yield _Pedida(ordem, edicao, alvo, self._outro(edicao))

    def _outro(self, edicao: Edicao) -> etree._Element | None:
        match edicao:
            case Mover(para=str(para)):
                return self._no(para)
            case Copiar(caminho_pai=pai, de=de):
                return self._copiadora.copiar(self._no(de), pai)
            case _:
                return None

    def _no(self, caminho: str) -> etree._Element:
        elemento = self._posicoes.no(caminho)
        if elemento is None:
            raise ErroDeEdicao(caminho, _SUMIU)
        return elemento

    def _vale(self, pedida: _Pedida) -> bool:
        """Whether its element outlives the removals, where it is or where it is moved."""
        vistos = set()
        no: etree._Element | None = pedida.alvo
        if isinstance(pedida.edicao, Remover):
            no = pedida.alvo.getparent()
        while no is not None and no not in vistos:
            if no in self._removidos:
                return False
            vistos.add(no)
            destino = self._destinos.get(no)
            no = no.getparent() if destino is None else destino
        return True

    def _fase(self, *tipos: type[Edicao]) -> None:
        for pedida in self._vivas:
            if isinstance(pedida.edicao, tipos):
                self._feitas[pedida.ordem] = _fazer(pedida)

    def _soltar(self) -> None:
        self._partidas: list[_Partida] = []
        for pedida in self._vivas:
            if isinstance(pedida.edicao, Mover):
                origem = operacoes.soltar(pedida.edicao, pedida.alvo)
                self._partidas.append((pedida, origem if pedida.outro is None else pedida.outro))

    def _recolocar(self) -> None:
        """Put back what was taken out, outer before inner: a place can only be found below the root."""
        faltam = self._partidas
        while faltam:
            agora: list[_Partida] = []
            depois: list[_Partida] = []
            for partida in faltam:
                (agora if self._na_mensagem(partida[1]) else depois).append(partida)
            if not agora:
                raise ErroDeEdicao(str(getattr(faltam[0][0].edicao, "caminho", "/")), _SEM_DESTINO)
            for pedida, destino in agora:
                assert isinstance(pedida.edicao, Mover)
                self._feitas[pedida.ordem] = operacoes.recolocar(pedida.edicao, pedida.alvo, destino)
            faltam = depois

    def _na_mensagem(self, no: etree._Element) -> bool:
        return no is self._raiz or any(acima is self._raiz for acima in no.iterancestors())


def _fazer(pedida: _Pedida) -> Feita:
    alvo = pedida.alvo
    match pedida.edicao:
        case Renomear() as edicao:
            return operacoes.renomear(edicao, alvo)
        case RetirarAtributo() as edicao:
            return operacoes.retirar_atributo(edicao, alvo)
        case Remover() as edicao:
            return operacoes.remover(edicao, alvo)
        case Valor() as edicao:
            return operacoes.por_valor(edicao, alvo)
        case LimparTexto() as edicao:
            return operacoes.limpar_texto(edicao, alvo)
        case Incluir() as edicao:
            return operacoes.incluir(edicao, alvo)
        case Copiar() as edicao:
            assert pedida.outro is not None
            return operacoes.copiar(edicao, alvo, pedida.outro)
        case _:
            raise AssertionError(pedida.edicao)
