"""What rules may know besides the file: the register as it was when the verdict began."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from conecta.periodo import dentro
from convenios.calendario.janelas import Prazo
from convenios.contrato.codigos import CodigoAcordado
from convenios.exigencias.regras import Autorizacoes, Exigencias
from convenios.regras import Regras
from tiss_schemas.achados import Severidade
from tiss_schemas.icp_brasil import Confianca
from tiss_schemas.lote_lido import GuiaLida, LoteLido
from uploads.regras.planos import PlanoConhecido
from uploads.regras.precificacao import PrecosDoLote


class Modo(StrEnum):
    """What an operadora does with a rule."""

    LIGADA = "ligada"
    OBSERVADA = "observada"
    """Found and counted, not shown to the prestador, never in the way of a file."""
    DESLIGADA = "desligada"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ajuste:
    """What the operadora decided about one rule, in force on the day of the verdict. `severidade` None: the rule's."""

    modo: Modo = Modo.LIGADA
    severidade: Severidade | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parametros:
    """What the operadora decides about the files it receives. The defaults hold where no register is asked.

    `janela_da_transacao_dias` None: no limit. `versoes_aceitas`, `tabelas_aceitas` and `tamanhos_da_carteira` empty:
    any.
    """

    versoes_aceitas: tuple[str, ...] = ()
    maximo_de_guias: int = 100
    tolerancia_centavos: int = 1
    janela_da_transacao_dias: int | None = None
    tolerancia_hora_minutos: int = 15
    valor_unitario_zero: bool = False
    tamanhos_da_carteira: tuple[int, ...] = ()
    assinatura_exigida: bool = False
    tabelas_aceitas: tuple[str, ...] = ()
    tabela_38_atual: bool = False
    """Whether findings carry the codes of the current Tabela 38 in messages of every version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrestadorConhecido:
    """The prestador who sends the file. `documento` is the CNPJ or CPF, digits and letters only."""

    id: int
    documento: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperadoraConhecida:
    """The operadora of the platform to which the file is addressed."""

    id: int
    registro_ans: str
    rotulo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContratoConhecido:
    """The credenciamento between the two; `fim` None: no end agreed; `tipos_de_guia` empty: any."""

    codigo: str
    inicio: date
    fim: date | None
    ativo: bool
    tipos_de_guia: tuple[str, ...] = ()

    codigos: tuple[CodigoAcordado, ...] = ()
    """Codes that hold for some guides in place of `codigo`."""

    @property
    def todos_os_codigos(self) -> frozenset[str]:
        """Every code of the prestador at the operadora."""
        return frozenset({self.codigo, *(acordado.codigo for acordado in self.codigos)})

    def vigente_em(self, dia: date) -> bool:
        """Whether it is in force on that day."""
        return self.ativo and dentro(dia, self.inicio, self.fim)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvenioConhecido:
    """A convênio of the operadora with what holds between it and the prestador; `vencimento` None: no end agreed."""

    id: int
    nome: str
    modo: str
    inicio: date
    vencimento: date | None
    ativo: bool
    destino: str = ""
    regras: Regras = field(default_factory=Regras)

    def vigente_em(self, dia: date) -> bool:
        """Whether it is active and in force on that day."""
        return self.ativo and dentro(dia, self.inicio, self.vencimento)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersaoConhecida:
    """A version of the standard that the operadora takes from `desde` to `ate` (None: no end set).

    `convenio` is its id, None: in all of them.
    """

    versao: str
    convenio: int | None
    desde: date
    ate: date | None = None

    def vigente_em(self, dia: date) -> bool:
        """Whether it is taken on that day."""
        return dentro(dia, self.desde, self.ate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cobertura:
    """From when until when a beneficiário is insured, and by what; None: not said, or not until now.

    `nome` and `sexo` "": not registered. `convenio` and `plano` are ids.
    """

    inclusao: date
    desligamento: date | None = None
    nascimento: date | None = None
    nome: str = ""
    sexo: str = ""
    convenio: int | None = None
    plano: int | None = None
    validade_carteira: date | None = None
    suspenso_desde: date | None = None
    inadimplente_desde: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermoConhecido:
    """A code of TUSS: what it stands for, and from when until when it is valid (None: still), each time it was."""

    termo: str
    vigencias: tuple[tuple[date, date | None], ...]

    def vigente_em(self, dia: date) -> bool:
        """Whether the code may be used for what was done on that day."""
        return any(dentro(dia, inicio, fim) for inicio, fim in self.vigencias)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArquivoIgual:
    """An earlier upload of the same bytes."""

    numero_lote: int
    criado_em: datetime


Repeticao = tuple[str, str, str]
"""What of whom was done: number of the card, table and code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contexto:
    """The register as the rules see it. `agora` is aware and local to America/Sao_Paulo.

    Without `cadastro`, everything but `agora` and `operadora_escolhida` is empty, and rules that need it are left out.
    The sets hold only what the file itself mentions.
    """

    agora: datetime
    cadastro: bool = False
    lote_id: int | None = None
    """The typed lot that is judged; None for a file."""
    operadora_escolhida: str | None = None
    prestador: PrestadorConhecido | None = None
    operadora: OperadoraConhecida | None = None
    operadoras_da_plataforma: Mapping[str, str] = field(default_factory=dict)
    parametros: Parametros = field(default_factory=Parametros)
    credenciamento: ContratoConhecido | None = None
    convenios: Mapping[int, ConvenioConhecido] = field(default_factory=dict)
    """By id, every convênio of the operadora."""
    principal: ConvenioConhecido | None = None
    """The one that holds for guides whose beneficiário has no plano of another."""
    versoes: tuple[VersaoConhecida, ...] = ()
    """Those with dates; of the others `parametros.versoes_aceitas` decides."""
    planos: Mapping[int, PlanoConhecido] = field(default_factory=dict)
    """By id, those of the beneficiários that the file mentions."""
    planos_da_operadora: tuple[PlanoConhecido, ...] = ()
    """All of them, without what they cover, where guides of the file name the plan."""
    beneficiarios: Mapping[str, Cobertura] = field(default_factory=dict)
    confere_beneficiarios: bool = True
    """Whether the operadora has registered its beneficiários: before that there is nothing to compare a card with."""
    numeros_de_guia_apresentados: frozenset[str] = frozenset()
    numeros_da_operadora_apresentados: frozenset[str] = frozenset()
    """The numbers that the operadora gave, as far as the file mentions them."""
    consultas_apresentadas: Mapping[tuple[str, str], tuple[date, ...]] = field(default_factory=dict)
    """By carteira and code, when the prestador billed a consultation before, where return periods are agreed."""
    pendencias: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By number of guide, why the prestador's laboratory does not let it be billed yet (`PendenciaDeExame.Motivo`)."""
    numeros_de_lote_usados: frozenset[str] = frozenset()
    sequenciais_usados: frozenset[str] = frozenset()
    arquivo_igual: ArquivoIgual | None = None
    confianca: Confianca = field(default_factory=Confianca)
    """Whose certificates are accepted in a digital signature."""
    termos: Mapping[tuple[str, str], TermoConhecido] = field(default_factory=dict)
    """By table and code, those of TUSS that the file mentions, and those that it may have meant."""
    tabelas_carregadas: frozenset[str] = frozenset()
    """The tables of TUSS that the platform has: of the others nobody knows which codes there are."""
    exigencias: Exigencias = field(default_factory=Exigencias)
    """What the operadora demands of the codes that the file mentions."""
    feitos: Mapping[Repeticao, tuple[date, ...]] = field(default_factory=dict)
    """By carteira, table and code, when the prestador's earlier guides billed what has a minimum interval."""
    autorizacoes: Autorizacoes = field(default_factory=Autorizacoes)
    """Those given to the prestador that the file mentions."""
    precos: PrecosDoLote = field(default_factory=PrecosDoLote)
    """What prices the lines of the file."""
    ajustes: Mapping[str, Ajuste] = field(default_factory=dict)
    """By rule, only those that the operadora changed."""
    prazo: Prazo | None = None
    """What the operadora's calendar of delivery says now; None: it has none for this prestador."""

    def convenio_da(self, guia: GuiaLida) -> ConvenioConhecido | None:
        """By which convênio a guide is billed: that of the beneficiário's plano, else the principal one."""
        beneficiario = self.beneficiarios.get(guia.numero_carteira or "")
        if beneficiario is None or beneficiario.convenio is None:
            return self.principal
        return self.convenios.get(beneficiario.convenio, self.principal)

    def regras_da(self, guia: GuiaLida) -> Regras:
        """The settings by which a guide is judged; without a convênio, those of Conecta."""
        convenio = self.convenio_da(guia)
        return _REGRAS_DO_CONECTA if convenio is None else convenio.regras

    def plano_da(self, guia: GuiaLida) -> PlanoConhecido | None:
        """The plan of the guide's beneficiário; None where it is not registered."""
        beneficiario = self.beneficiarios.get(guia.numero_carteira or "")
        return None if beneficiario is None else self.planos.get(beneficiario.plano or 0)

    def maximo_de_guias(self, lote: LoteLido) -> int:
        """Guides that the lot may have: the smaller of what operadora and convênio say."""
        convenio = self.convenio_do(lote)
        regras = _REGRAS_DO_CONECTA if convenio is None else convenio.regras
        return min(self.parametros.maximo_de_guias, regras.maximo_de_guias)

    def pendencias_da(self, guia: GuiaLida) -> frozenset[str]:
        """Why the guide cannot be billed yet; empty where nothing is in the way."""
        return self.pendencias.get(guia.numero_prestador or "", frozenset())

    def convenio_do(self, lote: LoteLido | None) -> ConvenioConhecido | None:
        """The convênio of a whole message: the one that all its guides share, else the principal one."""
        convenios = {
            convenio.id: convenio for guia in (lote.guias if lote else ()) if (convenio := self.convenio_da(guia))
        }
        return next(iter(convenios.values())) if len(convenios) == 1 else self.principal


_REGRAS_DO_CONECTA: Final = Regras()
