"""What was demanded and authorised, as it holds: pure values for the rules of the verdict and for typing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar

from conecta.periodo import dentro

Valor = TypeVar("Valor")
MAIOR_PREFIXO: Final = 10
"""Characters of a code in the standard."""
Chave = tuple[str, str]
"""Table and code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exigencia:
    """One row of `ExigenciaDoProcedimento`, with its names. `convenio` None: of all."""

    convenio: int | None = None
    tabela: str
    prefixo: str
    inicio: date
    fim: date | None = None
    exige_autorizacao: bool = False
    quantidade_maxima_por_guia: int | None = None
    quantidade_maxima_por_dia: int | None = None
    intervalo_minimo_dias: int | None = None
    exige_equipe: bool = False
    graus: tuple[str, ...] = ()
    cbos: tuple[str, ...] = ()
    exige_solicitante: bool = False
    sexo: str = ""
    idade_minima: int | None = None
    idade_maxima: int | None = None
    exige_dente_ou_regiao: bool = False
    denticao: str = ""

    def vigente_em(self, dia: date) -> bool:
        """Whether it holds for what was done on that day."""
        return dentro(dia, self.inicio, self.fim)


class Exigencias:
    """The rows that may matter for the codes of one file, and which of them decides about each."""

    def __init__(self, linhas: Iterable[Exigencia] = ()) -> None:
        self._por_prefixo: dict[Chave, list[Exigencia]] = {}
        self._lembrados: dict[Hashable, Any] = {}
        for linha in linhas:
            self._por_prefixo.setdefault((linha.tabela, linha.prefixo), []).append(linha)

    def __bool__(self) -> bool:
        return bool(self._por_prefixo)

    def do_item(self, tabela: str, codigo: str, dia: date, convenio: int | None) -> Exigencia | None:
        """What the code has to meet on that day in a guide of that convênio; None: nothing."""
        for prefixo in prefixos_de(codigo):
            vigentes = [
                linha
                for linha in self._por_prefixo.get((tabela, prefixo), ())
                if linha.vigente_em(dia) and linha.convenio in (None, convenio)
            ]
            if vigentes:
                return max(vigentes, key=lambda linha: (linha.convenio is not None, linha.inicio))
        return None

    def lembrar(self, de: Hashable, calcular: Callable[[], Valor]) -> Valor:
        """What `calcular` gave of that object the first time: many rules ask the same of each guide."""
        if de not in self._lembrados:
            self._lembrados[de] = calcular()
        lembrado: Valor = self._lembrados[de]
        return lembrado


def prefixos_de(codigo: str) -> Iterator[str]:
    """How the code begins, the longest first, down to nothing at all."""
    for tamanho in range(min(len(codigo), MAIOR_PREFIXO), -1, -1):
        yield codigo[:tamanho]


@dataclass(frozen=True, slots=True, kw_only=True)
class AutorizacaoConhecida:
    """An authorisation given to the prestador. `itens`: how much of each table and code; empty: not said."""

    id: int
    numero_guia_operadora: str = ""
    senha: str = ""
    numero_carteira: str = ""
    emitida_em: date
    valida_ate: date | None = None
    cancelada_em: date | None = None
    codigo_validacao: str = ""
    itens: Mapping[Chave, Decimal] = field(default_factory=dict)


class Autorizacoes:
    """The authorisations of the prestador that one file mentions.

    `desde` is the day from which the operadora has all of them registered; None: it never said so.
    """

    def __init__(self, conhecidas: Iterable[AutorizacaoConhecida] = (), *, desde: date | None = None) -> None:
        self.desde = desde
        self._por_senha: dict[str, AutorizacaoConhecida] = {}
        self._por_numero: dict[str, AutorizacaoConhecida] = {}
        for conhecida in conhecidas:
            if conhecida.senha:
                self._por_senha[conhecida.senha] = conhecida
            if conhecida.numero_guia_operadora:
                self._por_numero[conhecida.numero_guia_operadora] = conhecida

    def __bool__(self) -> bool:
        return self.desde is not None or bool(self._por_senha) or bool(self._por_numero)

    def da_senha(self, senha: str | None) -> AutorizacaoConhecida | None:
        """The one with that senha."""
        return self._por_senha.get(senha or "")

    def do_numero(self, numero: str | None) -> AutorizacaoConhecida | None:
        """The one with that guide number of the operadora."""
        return self._por_numero.get(numero or "")

    def completas_em(self, dia: date | None) -> bool:
        """Whether what is not registered was not given, for care that began on that day."""
        return self.desde is not None and dia is not None and self.desde <= dia
