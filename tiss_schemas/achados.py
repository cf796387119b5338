"""What the engine and the rules say about a file: one `Achado` per thing found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tiss_schemas.edicoes import Edicao, Valor


class Severidade(StrEnum):
    """How much a finding weighs on the verdict."""

    IMPEDITIVA = "impeditiva"
    """The file is not imported until it is corrected."""

    IGNORAVEL = "ignoravel"
    """The prestador may ignore it, with a justification that the operadora reads."""

    INFORMATIVA = "informativa"
    """Shown, never stops the file."""


class Tipo(StrEnum):
    """What kind of thing is wrong, for the control and the suggestion that fit it."""

    ARQUIVO = "arquivo"
    FALTANDO = "faltando"
    INESPERADO = "inesperado"
    FORA_DE_ORDEM = "fora_de_ordem"
    FORA_DA_LISTA = "fora_da_lista"
    LONGO = "longo"
    CURTO = "curto"
    PADRAO = "padrao"
    FORMATO = "formato"
    REGRA = "regra"


@dataclass(frozen=True, slots=True, kw_only=True)
class Achado:
    """One finding.

    `caminho` is an absolute XPath with the prefix `ans` that selects exactly the node in error, or the parent where
    something is missing; "/" for a finding about the file as a whole. `linha` counts from 1.

    `sugestao` is the text that would be put there. Where more than a text must change, `conserto` has the edits that
    mend it, and `sugestao` is None. Neither where only a person can know.
    """

    regra: str
    codigo: str
    severidade: Severidade
    mensagem: str
    caminho: str = "/"
    linha: int | None = None
    valor: str | None = None
    esperado: str | None = None
    sugestao: str | None = None
    conserto: tuple[Edicao, ...] = ()
    tipo: Tipo = Tipo.REGRA

    @property
    def impede(self) -> bool:
        """Whether the file stays out while this stands."""
        return self.severidade is Severidade.IMPEDITIVA

    @property
    def edicoes(self) -> tuple[Edicao, ...]:
        """The edits that the suggestion is made of; empty without one."""
        if self.sugestao is not None:
            return (Valor(self.caminho, self.sugestao),)
        return self.conserto
