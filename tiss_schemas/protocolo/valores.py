"""What the receipt of a lot and the answer on its situation say, apart from how XML writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from tiss_schemas.demonstrativo.valores import Valores
from tiss_schemas.recurso.valores import IdentificacaoDoContratado

__all__ = ["GuiaDoProtocolo", "IdentificacaoDoContratado", "ProtocoloDeLote", "Recusa", "Resposta"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuiaDoProtocolo:
    """A guide of the lot. `data` is the day of attendance, which the dental XML has no place for.

    `valores` is None where amounts are not told; of them informado is never written. `glosas` are codes of Tabela 38.
    """

    numero_do_prestador: str
    numero_carteira: str
    numero_da_operadora: str = ""
    recem_nascido: bool = False
    data: date | None = None
    valores: Valores | None = None
    glosas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocoloDeLote:
    """A lot as the operadora has it, with all of its guides: one at least. `situacao` by table 47.

    The receipt (PROTOCOLO_RECEBIMENTO) says of `valores` what was informado and, with `glosas`, what is refused at
    once; the answer on the situation (SITUACAO_PROTOCOLO) the other three amounts. `odonto` where the guides are.
    """

    versao: str
    registro_ans: str
    contratado: IdentificacaoDoContratado
    lote: str
    enviado_em: date
    numero: int
    situacao: int
    valores: Valores
    guias: tuple[GuiaDoProtocolo, ...]
    glosas: tuple[str, ...] = ()
    odonto: bool = False


class Resposta(Enum):
    """The answers that an operadora may refuse to give: their transaction and the element of their body."""

    RECEBIMENTO = ("PROTOCOLO_RECEBIMENTO", "recebimentoLote")
    SITUACAO = ("SITUACAO_PROTOCOLO", "situacaoProtocolo")
    ANALISE = ("DEMONSTRATIVO_ANALISE_CONTA", "demonstrativosRetorno")
    PAGAMENTO = ("DEMONSTRATIVO_PAGAMENTO", "demonstrativosRetorno")
    ODONTO = ("DEMONSTRATIVO_ODONTOLOGIA", "demonstrativosRetorno")
    RECEBIMENTO_DE_RECURSO = ("RECEBIMENTO_RECURSO_GLOSA", "recebimentoRecursoGlosa")
    RESPOSTA_DE_RECURSO = ("RESPOSTA_RECURSO_GLOSA", "respostaRecursoGlosa")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recusa:
    """Why there is no such answer: a code of Tabela 38 and what it means here (at most 500 characters are written)."""

    versao: str
    registro_ans: str
    contratado: IdentificacaoDoContratado
    codigo: str
    descricao: str = ""
