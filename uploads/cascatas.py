"""Which findings of rules would only repeat what the schema has said already: one cause, one finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from tiss_schemas.achados import Achado, Tipo
from tiss_schemas.edicoes import Incluir, Mover, Renomear
from uploads.caminhos import em_volta_de, na_guia, nome_em, pai_de

_VALORES: Final = frozenset(
    {
        *("quantidadeExecutada", "qtdProc", "qtdUS", "reducaoAcrescimo", "valorUnitario", "valorTotal", "valorProc"),
        *("valorFranquia", "codigoDespesa", "servicosExecutados", "despesa", "outrasDespesas"),
        *("procedimentosExecutados", "procedimentoExecutado", "procedimentosRealizados", "procedimentoRealizado"),
    }
)
"""The fields that sums are made of, and the groups that they stand in."""
_NUMERADOS: Final = frozenset({"sequencialItem", "procedimentosExecutados", "procedimentoExecutado"})
_SOMAS: Final = frozenset({"S01", "S02"})
_CONTA_DA_LINHA: Final = "I15"
_DO_GRUPO: Final = frozenset({"P09"})
"""Rules that compare the fields of one group."""
_DOS_SEQUENCIAIS: Final = frozenset({"I35"})
_DO_DESTINO: Final = frozenset({"H01", "G01"})
_DESTINO: Final = "/ans:mensagemTISS/ans:cabecalho/ans:destino"
_DO_CORPO: Final = "M08"
_CORPO: Final = "prestadorParaOperadora"
_NOME: Final = re.compile(r"[A-Za-z]\w+")


class Cascatas:
    """Knows what the schema found in one document, and what follows from it."""

    def __init__(self, achados: Iterable[Achado]) -> None:
        self._ditos: set[str] = set()
        self._sobras: set[str] = set()
        self._grupos: set[str] = set()
        self._linhas: set[str] = set()
        self._guias: set[str] = set()
        self._sem_sequencial: set[str] = set()
        self._destino = False
        self._corpo = False
        for achado in achados:
            self._guardar(achado)

    def cala(self, regra: str, caminho: str) -> bool:
        """Whether what the rule says of the node at `caminho` goes without saying."""
        if not self._ditos:
            return False
        if caminho in self._ditos or (self._destino and regra in _DO_DESTINO):
            return True
        if self._corpo and regra == _DO_CORPO:
            return True
        if regra in _SOMAS and na_guia(caminho) in self._guias:
            return True
        if regra in _DOS_SEQUENCIAIS and na_guia(caminho) in self._sem_sequencial:
            return True
        if regra == _CONTA_DA_LINHA and pai_de(caminho) in self._linhas:
            return True
        if regra in _DO_GRUPO and pai_de(caminho) in self._grupos:
            return True
        return bool(self._sobras) and any(acima in self._sobras for acima in em_volta_de(caminho))

    def _guardar(self, achado: Achado) -> None:
        caminho = achado.caminho
        self._ditos.add(caminho)
        self._grupos.add(pai_de(caminho))
        self._destino = self._destino or caminho.startswith(_DESTINO)
        if achado.tipo is Tipo.INESPERADO:
            self._sobras.add(caminho)
        self._ditos.update(edicao.para for edicao in achado.conserto if isinstance(edicao, Mover) and edicao.para)
        nomes = set(_nomes(achado))
        self._corpo = self._corpo or _CORPO in nomes
        if not _VALORES.isdisjoint(nomes):
            self._guias.add(na_guia(caminho))
            self._linhas.update((caminho, pai_de(caminho)))
        if not _NUMERADOS.isdisjoint(nomes):
            self._sem_sequencial.add(na_guia(caminho))


def _nomes(achado: Achado) -> Iterator[str]:
    """The names of the fields that the finding is about: where it points, and what is missing or misnamed there."""
    yield nome_em(achado.caminho)
    if achado.tipo is Tipo.FALTANDO:
        yield from _NOME.findall(achado.esperado or "")
    for edicao in achado.conserto:
        if isinstance(edicao, (Renomear, Incluir)):
            yield edicao.nome
