"""The catalogue of rules: what each one is called, which code of Tabela 38 it gives, and how much it weighs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from lxml import etree

from tiss_schemas.achados import Severidade, Tipo
from tiss_schemas.edicoes import Edicao
from uploads.regras.bases import Base
from uploads.regras.contexto import Contexto, Modo

NOVA_GERACAO: Final = (4, 3)
"""From 4.03.00 on, findings carry the codes of the current Tabela 38."""


class Alvo(StrEnum):
    """What a rule looks at, in the order in which rules are asked."""

    ARQUIVO = "arquivo"
    VERSAO = "versao"
    MENSAGEM = "mensagem"
    CABECALHO = "cabecalho"
    LOTE = "lote"
    GUIA = "guia"


INICIO: Final = date(2026, 11, 21)
"""When the first rules came into force."""


Caminho = Callable[[etree._Element], str]
"""Writes the path of an element of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Apontamento:
    """What a rule says of one node. The verdict adds code, severity, path and line.

    `no` None means the file as a whole. `conserto` has the edits, or makes them where paths must be written first.
    `tipo` FALTANDO: the group `no` lacks the fields that `esperado` names, below it and separated by ", ".
    """

    no: etree._Element | None
    mensagem: str
    valor: str | None = None
    esperado: str | None = None
    sugestao: str | None = None
    conserto: tuple[Edicao, ...] | Callable[[Caminho], tuple[Edicao, ...]] = ()
    tipo: Tipo = Tipo.REGRA


Funcao = Callable[[Any, Contexto], Iterator[Apontamento]]


@dataclass(frozen=True, kw_only=True)
class Regra:
    """One rule of the catalogue.

    `ignoravel`: weighs as ignorável, `informativa` as informativa, else as impeditiva, unless the operadora decides
    otherwise, which it may where the rule is `ajustavel`. Where it is `dispensavel` the operadora may also switch it
    off or only observe it.
    `depende`: where the schema has spoken of one of these, what the rule says goes without saying.
    `exemplo` shows what the rule finds, `desde` is the first day on which it was asked.
    `funcao` is None where the engine itself finds it, before there is anything that a rule could look at.
    """

    numero: str
    codigo: str
    codigo_antigo: str | None = None
    codigos_ate: Mapping[str, str] = field(default_factory=dict)
    ignoravel: bool = False
    informativa: bool = False
    ajustavel: bool = False
    dispensavel: bool = False
    cadastro: bool = False
    encerra: bool = False
    depende: tuple[Base, ...] = ()
    alvo: Alvo
    frase: str
    exemplo: str = ""
    desde: date = INICIO
    funcao: Funcao | None = None

    @property
    def severidade(self) -> Severidade:
        """How much it weighs where the operadora decided nothing."""
        if self.informativa:
            return Severidade.INFORMATIVA
        return Severidade.IGNORAVEL if self.ignoravel else Severidade.IMPEDITIVA

    def codigo_na(self, versao: str | None) -> str:
        """The code of Tabela 38 for a message of that version; the current one where the version is not known.

        `codigos_ate` has the exceptions: the code up to and including a version.
        """
        numeros = _numeros(versao)
        if numeros is None:
            return self.codigo
        for ultima in sorted(self.codigos_ate):
            if numeros <= (_numeros(ultima) or ()):
                return self.codigos_ate[ultima]
        if self.codigo_antigo is not None and numeros < NOVA_GERACAO:
            return self.codigo_antigo
        return self.codigo

    def codigo_em(self, contexto: Contexto, versao: str | None) -> str:
        """The code for a message of that version, as the operadora of the context wants it."""
        return self.codigo if contexto.parametros.tabela_38_atual else self.codigo_na(versao)

    def severidade_em(self, contexto: Contexto) -> Severidade:
        """How much it weighs for the operadora of the context."""
        ajuste = contexto.ajustes.get(self.numero)
        if self.ajustavel and ajuste is not None and ajuste.severidade is not None:
            return ajuste.severidade
        return self.severidade

    def modo_em(self, contexto: Contexto) -> Modo:
        """Whether it is asked for the operadora of the context, and whether what it says counts."""
        ajuste = contexto.ajustes.get(self.numero)
        return ajuste.modo if self.dispensavel and ajuste is not None else Modo.LIGADA

    def conta_em(self, contexto: Contexto) -> bool:
        """Whether it is asked in that context, and what it says counts."""
        return (contexto.cadastro or not self.cadastro) and self.modo_em(contexto) is Modo.LIGADA


REGRAS: Final[dict[str, Regra]] = {}
"""Every rule by its number, in the order in which they are asked."""
_POR_FUNCAO: Final[dict[Funcao, Regra]] = {}


def regra(
    numero: str,
    *,
    codigo: str,
    alvo: str,
    codigo_antigo: str | None = None,
    codigos_ate: Mapping[str, str] | None = None,
    exemplo: str = "",
    desde: date = INICIO,
    ignoravel: bool = False,
    informativa: bool = False,
    ajustavel: bool = False,
    dispensavel: bool = True,
    cadastro: bool = False,
    encerra: bool = False,
    depende: tuple[Base, ...] = (),
) -> Callable[[Funcao], Funcao]:
    """Register a rule: a pure generator `(what it looks at, Contexto) -> Apontamento…`, its docstring the sentence.

    `alvo` chooses what it is given: the `Mensagem` for versao, mensagem and cabecalho, else a LoteLido or GuiaLida. A
    rule about items walks `guia.itens` itself, cheap comparisons first. `cadastro` leaves it out where there is no
    register to ask; `encerra` stops the groups after its own; `depende` names what the schema must have found in order.
    """

    def registrar(funcao: Funcao) -> Funcao:
        frase = " ".join((funcao.__doc__ or "").split())
        if not frase:
            raise ValueError(f"a regra {numero} não diz o que confere")
        _guardar(
            Regra(
                numero=numero,
                codigo=codigo,
                codigo_antigo=codigo_antigo,
                codigos_ate=codigos_ate or {},
                ignoravel=ignoravel,
                informativa=informativa,
                ajustavel=ajustavel,
                dispensavel=dispensavel,
                cadastro=cadastro,
                encerra=encerra,
                depende=depende,
                alvo=Alvo(alvo),
                frase=frase,
                exemplo=exemplo,
                desde=desde,
                funcao=funcao,
            )
        )
        return funcao

    return registrar


def conta(funcao: Funcao, contexto: Contexto) -> bool:
    """Whether the rule registered with that function is asked in the context and counts: for rules that leave to it
    what it speaks of."""
    return _POR_FUNCAO[funcao].conta_em(contexto)


def do_motor(
    numero: str, *, codigo: str, frase: str, exemplo: str = "", codigos_ate: Mapping[str, str] | None = None
) -> None:
    """Register a check that the engine makes while it reads the file, so that the catalogue is whole."""
    _guardar(
        Regra(
            numero=numero,
            codigo=codigo,
            codigos_ate=codigos_ate or {},
            encerra=True,
            alvo=Alvo.ARQUIVO,
            frase=frase,
            exemplo=exemplo,
        )
    )


def _guardar(nova: Regra) -> None:
    if nova.numero in REGRAS:
        raise ValueError(f"a regra {nova.numero} já está registrada")
    REGRAS[nova.numero] = nova
    if nova.funcao is not None:
        _POR_FUNCAO[nova.funcao] = nova


def _numeros(versao: str | None) -> tuple[int, ...] | None:
    partes = (versao or "").split(".")
    return tuple(map(int, partes)) if all(parte.isdecimal() for parte in partes) else None
