"""What an appeal against glosas, its receipt and its answer say, apart from how XML writes it.

One shape serves medical and dental appeals (`odonto`), whose XML differs. An appeal is of one protocol: against the
glosa of the whole protocol (`do_protocolo`), or guide by guide (`guias`), and in a guide against what refuses it whole
(`glosas`) or against glosas of its items (`itens`). Money is in reais with two places.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tiss_schemas.demonstrativo.valores import TipoDeCodigo

__all__ = [
    "GlosaRecursada",
    "GlosaRespondida",
    "GuiaRecursada",
    "GuiaRespondida",
    "IdentificacaoDoContratado",
    "ItemRecursado",
    "ItemRespondido",
    "ObjetoDoRecurso",
    "RecebimentoDeRecurso",
    "Recurso",
    "RespostaDeRecurso",
    "SituacaoDeRecurso",
    "TipoDeCodigo",
]


class ObjetoDoRecurso(StrEnum):
    """What is appealed against: a protocol refused as a whole, or guides of it."""

    PROTOCOLO = "1"
    GUIA = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentificacaoDoContratado:
    """The prestador as the operadora knows it: `codigo` is what `tipo_de_codigo` says."""

    codigo: str
    tipo_de_codigo: TipoDeCodigo


# O recurso, do prestador


@dataclass(frozen=True, slots=True, kw_only=True)
class GlosaRecursada:
    """A glosa of a whole protocol or guide: its code of Tabela 38, and why it is not right (at most 500 characters)."""

    codigo: str
    justificativa: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRecursado:
    """One glosa of one item. `sequencial` is the item's in the lot; an item with two glosas is two of these.

    `centro_de_consumo` is written from 4.03.00 on. `fim`, `grau_de_participacao` and `centro_de_consumo` are medical;
    `quantidade` is of dental appeals, and with `dente_ou_regiao` and `face` of dental guides. `justificativa` has at
    most 500 characters.
    """

    sequencial: int
    inicio: date
    tabela: str
    codigo: str
    descricao: str
    glosa: str
    valor: Decimal
    justificativa: str
    fim: date | None = None
    grau_de_participacao: str = ""
    centro_de_consumo: str = ""
    dente_ou_regiao: str = ""
    face: str = ""
    quantidade: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class GuiaRecursada:
    """A guide appealed for: whole (`glosas`, one per code) or by items (`itens`), one of the two.

    A dental guide appealed for by items has in XML a glosa of its own beside them, one and no more: where `glosas` is
    empty, that of its first item.
    """

    numero_do_prestador: str
    numero_da_operadora: str = ""
    senha: str = ""
    glosas: tuple[GlosaRecursada, ...] = ()
    itens: tuple[ItemRecursado, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurso:
    """The appeal (RECURSO_GLOSA): `do_protocolo` or 1 to 100 `guias`, never both.

    `numero_do_prestador` is the appeal's own number; `numero_da_operadora` what the operadora gave it, if it did.
    `valor` is the total appealed for, that the XML does not have by guide.
    """

    versao: str
    registro_ans: str
    nome_da_operadora: str
    contratado: IdentificacaoDoContratado
    numero_do_prestador: str
    lote: str
    protocolo: int
    data: date
    valor: Decimal
    numero_da_operadora: str = ""
    do_protocolo: GlosaRecursada | None = None
    guias: tuple[GuiaRecursada, ...] = ()
    odonto: bool = False

    @property
    def objeto(self) -> ObjetoDoRecurso:
        """What is appealed against."""
        return ObjetoDoRecurso.GUIA if self.do_protocolo is None else ObjetoDoRecurso.PROTOCOLO


# O recebimento, da operadora


@dataclass(frozen=True, slots=True, kw_only=True)
class RecebimentoDeRecurso:
    """The receipt (RECEBIMENTO_RECURSO_GLOSA). `numero` is the protocol of the appeal, `protocolo` the one appealed.

    `guias` are listed or not (at most 100); justifications of whole guides are cut to 150 characters in XML, which
    has no grau de participação, centro de consumo or quantidade here.
    """

    versao: str
    numero: int
    enviado_em: date
    recebido_em: date
    registro_ans: str
    contratado: IdentificacaoDoContratado
    lote: str
    protocolo: int
    valor: Decimal
    do_protocolo: GlosaRecursada | None = None
    guias: tuple[GuiaRecursada, ...] = ()
    observacao: str = ""


# A resposta, da operadora


@dataclass(frozen=True, slots=True, kw_only=True)
class GlosaRespondida:
    """The decision on a glosa of a whole protocol or guide; `resposta` says why it is kept.

    The dental XML has no place for `resposta` here.
    """

    codigo: str
    justificativa: str
    acatado: bool
    resposta: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRespondido:
    """The decision on one glosa of an item: `valor_acatado` of `valor`, nothing to all of it.

    `fim` is medical; `quantidade`, `dente_ou_regiao` and `face` are dental.
    """

    sequencial: int
    inicio: date
    tabela: str
    codigo: str
    descricao: str
    glosa: str
    valor: Decimal
    justificativa: str
    valor_acatado: Decimal
    resposta: str = ""
    fim: date | None = None
    dente_ou_regiao: str = ""
    face: str = ""
    quantidade: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class GuiaRespondida:
    """The decision on a guide: on each of its `glosas`, or on each of its `itens`."""

    numero_do_prestador: str
    numero_da_operadora: str = ""
    senha: str = ""
    glosas: tuple[GlosaRespondida, ...] = ()
    itens: tuple[ItemRespondido, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RespostaDeRecurso:
    """The answer (RESPOSTA_RECURSO_GLOSA). `lote` must be digits only here: the XML has it as a number.

    `data` is the appeal's.
    """

    versao: str
    registro_ans: str
    nome_da_operadora: str
    contratado: IdentificacaoDoContratado
    numero_do_prestador: str
    lote: str
    protocolo: int
    data: date
    valor: Decimal
    valor_acatado: Decimal
    numero_da_operadora: str = ""
    do_protocolo: GlosaRespondida | None = None
    guias: tuple[GuiaRespondida, ...] = ()
    odonto: bool = False

    @property
    def objeto(self) -> ObjetoDoRecurso:
        """What was appealed against."""
        return ObjetoDoRecurso.GUIA if self.do_protocolo is None else ObjetoDoRecurso.PROTOCOLO


@dataclass(frozen=True, slots=True, kw_only=True)
class SituacaoDeRecurso:
    """The answer while there is no decision: `situacao` by table 47, of the appeal that has the protocol `numero`.

    `consulta` is the protocol of the question.
    """

    versao: str
    numero: int
    enviado_em: date
    recebido_em: date
    registro_ans: str
    contratado: IdentificacaoDoContratado
    lote: str
    consulta: str
    data: date
    situacao: int
