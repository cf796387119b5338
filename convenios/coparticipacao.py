"""Coparticipação: which part of each item the beneficiário pays, and which the convênio.

Two models. In one the operadora pays the prestador in full and charges the beneficiário itself: messages carry the
whole value. In the other the prestador collects the beneficiário's part and bills the rest: messages carry only that.
Values are in reais, with cents; percentages of 100.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from convenios.regras import CEM, ZERO, Regras
from tiss_schemas.valores import CENTAVO

_MILESIMO: Final = Decimal("0.001")
"""Percentages have three decimal places."""
_CEM_EM_MILESIMOS: Final = 100_000
DO_PRESTADOR: Final = "prestador"
"""`Regras.coparticipacao_modelo` where the prestador collects, and bills the rest."""


class Especie(StrEnum):
    """Kinds of items, each with a percentage of its own."""

    PROCEDIMENTO = "procedimento"
    TAXA = "taxa"
    MATERIAL = "material"
    MEDICAMENTO = "medicamento"


_DA_DESPESA: Final = {
    "01": Especie.TAXA,
    "02": Especie.MEDICAMENTO,
    "03": Especie.MATERIAL,
    "05": Especie.TAXA,
    "07": Especie.TAXA,
    "08": Especie.MATERIAL,
}
"""By `codigoDespesa`: gases, medicines, materials, diárias, taxas and rents, OPME."""
_DA_TABELA: Final = {"18": Especie.TAXA, "19": Especie.MATERIAL, "20": Especie.MEDICAMENTO}
"""By table of TUSS, for items that are not billed as an expense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDaConta:
    """What was done, for how much in all (never below zero), and when; `dia` None: not known, as on the first day."""

    especie: Especie
    valor: Decimal
    dia: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parte:
    """An item divided: `valor` = `paciente` + `convenio`, to the cent."""

    valor: Decimal
    percentual: Decimal
    paciente: Decimal
    convenio: Decimal


@dataclass(frozen=True, slots=True)
class Divisao:
    """The items of a guide divided, in their order, and the sums."""

    partes: tuple[Parte, ...]

    @property
    def valor(self) -> Decimal:
        """The whole."""
        return sum((parte.valor for parte in self.partes), ZERO)

    @property
    def paciente(self) -> Decimal:
        """What the beneficiário pays."""
        return sum((parte.paciente for parte in self.partes), ZERO)

    @property
    def convenio(self) -> Decimal:
        """What the convênio pays in the end."""
        return sum((parte.convenio for parte in self.partes), ZERO)


def especie_de(codigo_da_despesa: str, tabela: str) -> Especie:
    """The kind of an item, by its `codigoDespesa` ("" for a procedure) and its table."""
    return _DA_DESPESA.get(codigo_da_despesa) or _DA_TABELA.get(tabela, Especie.PROCEDIMENTO)


def tem_coparticipacao(regras: Regras) -> bool:
    """Whether anything is divided at all."""
    return any(_percentuais(regras).values())


def percentual_de(especie: Especie, dia: date | None, regras: Regras, inicio: date | None) -> Decimal:
    """The beneficiário's percentage in an item of that kind done on that day, of care that began at `inicio`.

    Before `coparticipacao_dias` have passed it is 0. Where a day is not known, the item counts as done on the first.
    """
    if regras.coparticipacao_dias and (
        inicio is None or dia is None or dia < inicio + timedelta(days=regras.coparticipacao_dias)
    ):
        return ZERO
    return _percentuais(regras)[especie]


def dividir(itens: Iterable[ItemDaConta], regras: Regras, *, inicio: date | None) -> Divisao:
    """Divide items of which the whole value is known. `inicio` is the first day of the care."""
    return Divisao(
        tuple(dividir_valor(item.valor, percentual_de(item.especie, item.dia, regras, inicio)) for item in itens)
    )


def dividir_cobrados(itens: Iterable[ItemDaConta], regras: Regras, *, inicio: date | None) -> Divisao:
    """Divide items as a message bills them: whole, or already without the beneficiário's part, by the model."""
    if regras.coparticipacao_modelo != DO_PRESTADOR:
        return dividir(itens, regras, inicio=inicio)
    inteiros = (
        (inteiro_de(item.valor, percentual), percentual)
        for item in itens
        for percentual in [percentual_de(item.especie, item.dia, regras, inicio)]
    )
    return Divisao(tuple(dividir_valor(inteiro, percentual) for inteiro, percentual in inteiros))


def dividir_valor(valor: Decimal, percentual: Decimal) -> Parte:
    """The beneficiário's part, rounded to the cent (half up), and the rest: they always add up."""
    paciente = (valor * percentual / CEM).quantize(CENTAVO, ROUND_HALF_UP)
    return Parte(valor=valor, percentual=percentual, paciente=paciente, convenio=valor - paciente)


def valor_no_xml(valor: Decimal, percentual: Decimal, regras: Regras) -> Decimal:
    """What a message carries of an item that costs `valor`."""
    return dividir_valor(valor, percentual).convenio if regras.coparticipacao_modelo == DO_PRESTADOR else valor


def inteiro_de(resto: Decimal, percentual: Decimal) -> Decimal:
    """The smallest whole value of which `resto` is the convênio's part; there is one below 100 %, of which nothing
    remains: then `resto` itself.
    """
    centavos, milesimos = int(resto / CENTAVO), int((CEM - percentual) / _MILESIMO)
    if centavos <= 0 or milesimos <= 0:
        return resto
    # In cents, the rest of w is ceil(w × (1 − p) − ½): it reaches r from the first w above (r − ½) ÷ (1 − p) on.
    return ((2 * centavos - 1) * _CEM_EM_MILESIMOS // (2 * milesimos) + 1) * CENTAVO


def _percentuais(regras: Regras) -> dict[Especie, Decimal]:
    return {
        Especie.PROCEDIMENTO: regras.coparticipacao_procedimentos,
        Especie.TAXA: regras.coparticipacao_taxas,
        Especie.MATERIAL: regras.coparticipacao_materiais,
        Especie.MEDICAMENTO: regras.coparticipacao_medicamentos,
    }
