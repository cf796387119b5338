"""What is wrong with the children of one group, each cause once: from their names and the places that the XSD has.

libxml2 says only "this element is not expected" at the first child that does not fit, which often is an innocent one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import NamedTuple

from tiss_schemas.espacos import TAG_ANS, nome_local
from tiss_schemas.lembranca import lembrar
from tiss_schemas.modelo import Modelo, Trilha, Vaga
from tiss_schemas.nomes_parecidos import mais_parecido


class Causa(Enum):
    """Why the children of a group do not fit."""

    VAZIO = auto()
    """The group has no children, and must have `tags`."""
    FALTA = auto()
    """One of `tags` is missing."""
    SEM_GRUPO = auto()
    """The children at `indices` stand here without the group `tags[0]` that belongs around them."""
    EMBRULHADOS = auto()
    """The child is no group of the standard, and what is in it belongs here."""
    NOME = auto()
    """The child is called wrongly; `tags[0]` is meant."""
    DESCONHECIDO = auto()
    """The child has no place here."""
    FORA_DE_ORDEM = auto()
    """The child stands in the wrong place among its siblings."""
    REPETIDO = auto()
    """The children stand here once too often."""
    ALTERNATIVA = auto()
    """The children exclude `tags[0]`, which is here too."""


class Filho(NamedTuple):
    """A child by its tag; `dentro` are the tags inside it, asked only where the group has no place for it."""

    tag: str
    dentro: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problema:
    """One cause. `indices` count the children from 0; none where something is missing."""

    causa: Causa
    indices: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    deslocado: bool = False
    """The child with the wrong name stands in the wrong place too."""


@lembrar(4_096)
def analisar(
    modelo: Modelo, trilha: Trilha, filhos: tuple[Filho, ...], chegam: tuple[str, ...] = ()
) -> tuple[Problema, ...]:
    """The causes for which `filhos` are not what the group at `trilha` must have.

    `chegam` are tags that stand elsewhere by mistake and belong here: they are not missing.
    """
    return tuple(_Analise(modelo, trilha, filhos, chegam).problemas())


class _Analise:
    def __init__(self, modelo: Modelo, trilha: Trilha, filhos: tuple[Filho, ...], chegam: tuple[str, ...]) -> None:
        self._modelo = modelo
        self._trilha = trilha
        self._filhos = filhos
        self._vagas = modelo.vagas(trilha)
        self._vaga_de = modelo.ordem(trilha)
        self._tags = {indice: filho.tag for indice, filho in enumerate(filhos) if filho.tag in self._vaga_de}
        self._chegam = list(chegam)
        self._renomeados: set[int] = set()

    def problemas(self) -> Iterator[Problema]:
        if not self._filhos:
            faltam = tuple(tag for problema in self._faltas() for tag in problema.tags)
            if faltam:
                yield Problema(Causa.VAZIO, (), faltam)
            return
        yield from self._dos_desconhecidos()
        yield from self._das_posicoes()
        yield from self._faltas()

    # What has no place here.

    def _dos_desconhecidos(self) -> Iterator[Problema]:
        for indice in self._desconhecidos():
            if certa := self._nome_certo(self._filhos[indice]):
                self._tags[indice] = certa
                self._renomeados.add(indice)
        yield from self._sem_grupo()
        for indice in self._desconhecidos():
            dentro = self._filhos[indice].dentro
            if dentro and all(tag in self._vaga_de and self._cabe(tag) for tag in dentro):
                self._chegam.extend(dentro)
                yield Problema(Causa.EMBRULHADOS, (indice,), dentro)
            elif indice not in self._tags:
                yield Problema(Causa.DESCONHECIDO, (indice,))

    def _desconhecidos(self) -> list[int]:
        return [indice for indice in range(len(self._filhos)) if indice not in self._tags]

    def _nome_certo(self, filho: Filho) -> str | None:
        """The tag that was meant by an unknown one, by its letters or by what is in it."""
        livres = {nome_local(tag): tag for tag in self._vaga_de if tag.startswith(TAG_ANS) and self._cabe(tag)}
        oficial = bool(self._modelo.lugares(filho.tag))
        if parecido := mais_parecido(nome_local(filho.tag), livres, oficial=oficial):
            return livres[parecido]
        if not filho.dentro or oficial:
            return None
        grupos = [
            tag for tag in livres.values() if set(filho.dentro) <= self._modelo.ordem((*self._trilha, tag)).keys()
        ]
        return grupos[0] if len(grupos) == 1 else None

    def _cabe(self, tag: str) -> bool:
        """Whether one more may stand here."""
        vaga = self._vagas[self._vaga_de[tag]]
        ja = [outra for outra in (*self._tags.values(), *self._chegam) if outra in vaga.tags]
        maximo = vaga.maximo(tag)
        return all(outra == tag for outra in ja) and (maximo is None or len(ja) < maximo)

    def _sem_grupo(self) -> Iterator[Problema]:
        """Children of one absent group, side by side, that have lost the tag around them."""
        for vaga in self._vagas:
            for grupo in vaga.tags:
                if not self._cabe(grupo):
                    continue
                soltos = self._corrida(grupo)
                if soltos and self._bastam(soltos, grupo, vaga):
                    self._chegam.append(grupo)
                    self._tags.update(dict.fromkeys(soltos, ""))
                    yield Problema(Causa.SEM_GRUPO, soltos, (grupo,))

    def _corrida(self, grupo: str) -> tuple[int, ...]:
        """The unknown children that `grupo` has places for, if they stand together and one group holds them all."""
        dentro = {tag: vaga.maximo(tag) for vaga in self._modelo.vagas((*self._trilha, grupo)) for tag in vaga.tags}
        soltos = [indice for indice in self._desconhecidos() if self._filhos[indice].tag in dentro]
        juntos = bool(soltos) and soltos[-1] - soltos[0] == len(soltos) - 1
        vezes = Counter(self._filhos[indice].tag for indice in soltos)
        cabem = all((maximo := dentro[tag]) is None or quantas <= maximo for tag, quantas in vezes.items())
        return tuple(soltos) if juntos and cabem else ()

    def _bastam(self, soltos: tuple[int, ...], grupo: str, vaga: Vaga) -> bool:
        """Whether the children make the group, or the group must be here anyway."""
        if vaga.obrigatoria and grupo not in self._tags.values():
            return True
        tags = {self._filhos[indice].tag for indice in soltos}
        return all(
            not dentro.obrigatoria or tags & set(dentro.tags) for dentro in self._modelo.vagas((*self._trilha, grupo))
        )

    # What stands in the wrong place, or too often.

    def _das_posicoes(self) -> Iterator[Problema]:
        conhecidos = [indice for indice, tag in sorted(self._tags.items()) if tag]
        deslocados = _deslocados([self._vaga_de[self._tags[indice]] for indice in conhecidos])
        fora = [conhecidos[posicao] for posicao in deslocados]
        no_lugar = [indice for indice in conhecidos if indice not in set(fora)]
        for posicao, vaga in enumerate(self._vagas):
            daqui = [indice for indice in (*no_lugar, *fora) if self._vaga_de[self._tags[indice]] == posicao]
            yield from self._do_excesso(vaga, daqui, fora)
        for indice in sorted(self._renomeados):
            yield Problema(Causa.NOME, (indice,), (self._tags[indice],), deslocado=indice in fora)
        for indice in fora:
            if indice not in self._renomeados:
                yield Problema(Causa.FORA_DE_ORDEM, (indice,))

    def _do_excesso(self, vaga: Vaga, daqui: list[int], fora: list[int]) -> Iterator[Problema]:
        """The children beyond what the place holds, those out of order first; they count as nothing else."""
        if len(daqui) < 2:
            return
        principal = self._tags[daqui[0]]
        for tag in dict.fromkeys(self._tags[indice] for indice in daqui):
            iguais = [indice for indice in daqui if self._tags[indice] == tag]
            maximo = vaga.maximo(tag)
            sobras = iguais if tag != principal else iguais[maximo:] if maximo is not None else []
            causa = Causa.REPETIDO if tag == principal else Causa.ALTERNATIVA
            for indice in sobras:
                if indice in fora:
                    fora.remove(indice)
            juntas = (
                [tuple(sobras)] if sobras and (maximo != 1 or causa is Causa.ALTERNATIVA) else [(i,) for i in sobras]
            )
            for indices in juntas:
                yield Problema(causa, tuple(sorted(indices)), (principal,))

    # What is not here.

    def _faltas(self) -> Iterator[Problema]:
        presentes = {*self._tags.values(), *self._chegam}
        for vaga in self._vagas:
            if vaga.obrigatoria and not presentes & set(vaga.tags):
                yield Problema(Causa.FALTA, (), vaga.tags)


def _deslocados(ordens: list[int]) -> list[int]:
    """The fewest positions to take out so that the rest never goes down; of two that are swapped, the first."""
    if all(um <= outro for um, outro in pairwise(ordens)):
        return []
    fins: list[int] = []
    ultimos: list[int] = []
    anterior: list[int | None] = []
    for posicao, ordem in enumerate(ordens):
        lugar = bisect_right(fins, ordem)
        anterior.append(ultimos[lugar - 1] if lugar else None)
        fins[lugar : lugar + 1] = [ordem]
        ultimos[lugar : lugar + 1] = [posicao]
    mantidas = set()
    atual: int | None = ultimos[-1]
    while atual is not None:
        mantidas.add(atual)
        atual = anterior[atual]
    return [posicao for posicao in range(len(ordens)) if posicao not in mantidas]
