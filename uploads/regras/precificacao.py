"""The lines of a lot beside what they were agreed to cost: what the rules of prices say is worked out here, once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from convenios.coparticipacao import DO_PRESTADOR, dividir_valor, especie_de, percentual_de, tem_coparticipacao
from convenios.precos.conhecidos import Fonte, Item, Precos, Resposta
from convenios.precos.contas import SO_HONORARIOS
from convenios.precos.motor import quanto_custa
from convenios.precos.naturezas import Natureza, natureza_de
from convenios.regras import Regras
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import Codigo, GuiaLida
from tiss_schemas.valores import CENTAVO, decimal_de
from uploads.regras.linhas import graus_da_equipe

_ZERO: Final = Decimal(0)


@dataclass(frozen=True, slots=True, eq=False)
class Divergencia:
    """A line that does not cost what was agreed.

    `praticado` is what the line charges and `certo` what the agreement gives, of the same field: the unit price, or the
    total of a line that has no unit price (GTO). Both None: the code has no price.
    """

    linha: ItemLido
    item: Item
    resposta: Resposta
    praticado: Decimal | None = None
    certo: Decimal | None = None
    cobrado_no_balcao: Decimal = _ZERO
    """Percentage of the price that the prestador collects from the beneficiário, and which the line leaves out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerancia:
    """Up to which difference a price passes: a part of the agreed one, in percent, or so many cents."""

    percentual: Decimal = _ZERO
    centavos: int = 0

    def aceita(self, praticado: Decimal, certo: Decimal) -> bool:
        """Whether the difference between the two passes."""
        diferenca = abs(praticado - certo) * 100
        return diferenca <= self.centavos or diferenca <= certo * self.percentual


def preco_e_fixo(natureza: str, regras: Regras) -> bool:
    """Whether the convênio lets nobody change the price of that kind of item on the bill."""
    if natureza == Natureza.OPME:
        return not regras.editar_valor_de_opme
    if natureza in (Natureza.PROCEDIMENTOS, Natureza.CONSULTAS):
        return not regras.editar_valor_de_procedimento
    return False


@dataclass(frozen=True, slots=True, eq=False)
class PrecosDoLote:
    """What prices the lines of one lot. Four rules ask, so what each guide gives is kept."""

    precos: Precos = field(default_factory=Precos)
    _das_guias: dict[GuiaLida, tuple[Divergencia, ...]] = field(default_factory=dict)
    _itens: dict[GuiaLida, dict[Codigo, Item]] = field(default_factory=dict)

    def itens_da(self, guia: GuiaLida, convenio: int) -> dict[Codigo, Item]:
        """What is asked of the prices for the lines of the guide, which that convênio pays; kept, as it is asked twice:
        when prices are loaded, and when lines are compared with them."""
        itens = self._itens.get(guia)
        if itens is None:
            itens = self._itens[guia] = _itens(guia, convenio)
        return itens

    def divergencias(
        self, guia: GuiaLida, convenio: int, regras: Regras, tolerancia: Tolerancia
    ) -> tuple[Divergencia, ...]:
        """The lines of the guide, billed by that convênio with those settings, that do not cost what was agreed."""
        acordo = self.precos.acordos.get(convenio)
        if acordo is None or not acordo.precifica:
            return ()
        achadas = self._das_guias.get(guia)
        if achadas is None:
            itens = self.itens_da(guia, convenio)
            achadas = self._das_guias[guia] = tuple(_divergentes(guia, itens, self.precos, regras, tolerancia))
        return achadas


def _itens(guia: GuiaLida, convenio: int) -> dict[Codigo, Item]:
    """By what the lines have in common; nothing of lines without a code or a day."""
    itens = {}
    for lido in guia.codigos:
        tabela, codigo, despesa, data = lido
        dia = data or guia.data_atendimento
        if tabela and codigo and dia is not None:
            itens[lido] = Item(convenio, natureza_de(tabela, codigo, despesa, guia.tipo), tabela, codigo, dia)
    return itens


def _divergentes(
    guia: GuiaLida, itens: dict[Codigo, Item], precos: Precos, regras: Regras, tolerancia: Tolerancia
) -> Iterator[Divergencia]:
    """The hot path: a line that costs what was agreed costs a look-up and a comparison."""
    respostas = {lido: quanto_custa(item, precos) for lido, item in itens.items()}
    no_balcao = _cobrados_no_balcao(guia, respostas, regras)
    for linha in guia.itens:
        lido = (linha.tabela, linha.codigo, linha.codigo_despesa, linha.data)
        resposta = respostas.get(lido)
        if resposta is None or (not no_balcao and resposta.valor == linha.unitario is not None):
            continue
        divergencia = _divergencia(linha, itens[lido], resposta, no_balcao.get(lido, _ZERO))
        if divergencia is not None and not _passa(divergencia, precos, tolerancia):
            yield divergencia


def _cobrados_no_balcao(guia: GuiaLida, lidos: Iterable[Codigo], regras: Regras) -> dict[Codigo, Decimal]:
    """The percentage that the prestador collected itself of what each line charges; empty where it collects nothing."""
    if regras.coparticipacao_modelo != DO_PRESTADOR or not tem_coparticipacao(regras):
        return {}
    return {
        lido: percentual_de(especie_de(despesa or "", tabela or ""), dia, regras, guia.data_atendimento)
        for lido in lidos
        for tabela, _, despesa, dia in [lido]
    }


def _sem(percentual: Decimal, valor: Decimal | None) -> Decimal | None:
    """A price without the beneficiário's part, which is rounded to cents."""
    return valor if valor is None or not percentual else dividir_valor(valor, percentual).convenio


def _divergencia(linha: ItemLido, item: Item, resposta: Resposta, no_balcao: Decimal) -> Divergencia | None:
    """How the line differs, if at all; nothing of a line whose price is zero, negative or unreadable: others speak."""
    valor = _sem(no_balcao, resposta.valor)
    if valor is None:
        return Divergencia(linha, item, resposta) if resposta.fonte is Fonte.NAO_CONTRATADO else None
    praticado, certo = linha.unitario, valor
    if praticado is None and linha.quantidade is not None and resposta.valor is not None:
        inteiro = (resposta.valor * linha.quantidade).quantize(CENTAVO, ROUND_HALF_UP)
        # Of a GTO the part is of the total, and a line that tells it apart, as franquia, may carry the whole.
        com_a_parte = linha.total == inteiro and decimal_de(linha.franquia)
        praticado, certo = linha.total, inteiro if com_a_parte else _sem(no_balcao, inteiro) or _ZERO
    if praticado is None or praticado <= _ZERO:
        return None
    return Divergencia(linha, item, resposta, praticado, certo, no_balcao)


def _passa(divergencia: Divergencia, precos: Precos, tolerancia: Tolerancia) -> bool:
    """Whether the difference is within the tolerance, or what the line charges is the part of one of the team.

    Of an auxiliary both ways are in order: the whole price with a fator, and its part of it with none. Of a line for
    several at once nobody can tell whose part it is.
    """
    praticado, certo = divergencia.praticado, divergencia.certo
    if praticado is None or certo is None:
        return False
    if tolerancia.aceita(praticado, certo):
        return True
    graus = set(graus_da_equipe(divergencia.linha))
    if graus.isdisjoint(SO_HONORARIOS):
        return False
    if len(graus) > 1:
        return True
    da_parte = quanto_custa(divergencia.item._replace(grau=graus.pop()), precos).valor
    esperado = _sem(divergencia.cobrado_no_balcao, da_parte)
    return esperado is None or tolerancia.aceita(praticado, esperado)
