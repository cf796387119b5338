"""A health plan as rules know it: which care it is for, and what it says of codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from conecta.periodo import dentro
from conecta.texto import para_busca


@dataclass(frozen=True, slots=True)
class CoberturaDoCodigo:
    """What a plan says of a code: whether it pays for it, and how many days after the inclusion."""

    coberto: bool = True
    carencia_dias: int = 0


COBERTO: Final = CoberturaDoCodigo()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanoConhecido:
    """A plan of the operadora; `fim` None: no end set. `segmentacoes` empty: any care.

    `coberturas` is by table and how the code begins; codes that none fits are covered at once.
    """

    id: int
    codigo: str
    nome: str
    inicio: date
    fim: date | None = None
    ativo: bool = True
    segmentacoes: frozenset[str] = frozenset()
    coberturas: Mapping[tuple[str, str], CoberturaDoCodigo] = field(default_factory=dict)

    def cobertura_de(self, tabela: str, codigo: str) -> CoberturaDoCodigo:
        """What it says of a code: the longest beginning that fits decides."""
        for tamanho in range(len(codigo), -1, -1):
            if (achada := self.coberturas.get((tabela, codigo[:tamanho]))) is not None:
                return achada
        return COBERTO

    def vigente_em(self, dia: date) -> bool:
        """Whether it is active and in force on that day."""
        return self.ativo and dentro(dia, self.inicio, self.fim)

    def chamado(self, texto: str) -> bool:
        """Whether a text names it: its code, or words of its name, which a field of 40 characters may not hold all,
        and of which it may cut the last one."""
        escrito, nome = para_busca(texto), para_busca(self.nome)
        if not escrito or escrito == para_busca(self.codigo):
            return bool(escrito)
        palavras, do_nome = escrito.split(), set(nome.split())
        cortado = len(palavras) > 1 and nome.startswith(escrito)
        return cortado or do_nome.issubset(palavras) or do_nome.issuperset(palavras)
