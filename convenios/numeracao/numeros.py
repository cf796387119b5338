"""Handing out guide numbers: one after the other, each once, also when many ask at the same time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import F, QuerySet

from conecta.contas.models import Organizacao, Usuario
from convenios.camadas import do_prestador
from convenios.mascaras import formatar
from convenios.models import Convenio, Credenciamento
from convenios.numeracao.erros import FaixaEsgotada, FaixaForaDaMascara, NumeracaoManual, SemFaixa
from convenios.numeracao.models import FaixaDeNumeracao

Tipo = FaixaDeNumeracao.Tipo
MAIOR_GUIA: Final = 20
"""Characters of a guide's number in the standard."""
POUCOS: Final = 50
"""A range is near its end when so many numbers are left, or a tenth of it."""
_UM_DECIMO: Final = 10
_TIPOS: Final = {"guiaConsulta": Tipo.CONSULTA, "guiaResumoInternacao": Tipo.INTERNACAO}
_TIPOS_DO_ATENDIMENTO: Final = {"04": Tipo.CONSULTA, "13": Tipo.PEQUENO_ATENDIMENTO, "23": Tipo.EXAME}
"""SP/SADT, by the code of table 50."""


@dataclass(frozen=True, slots=True)
class FimProximo:
    """The numbers for one kind of guide of a convênio are running out: `restantes` of `total` are left."""

    convenio: Convenio
    tipo: FaixaDeNumeracao.Tipo
    restantes: int
    total: int


def tipo_da_guia(tipo_de_guia: str, tipo_de_atendimento: str = "") -> FaixaDeNumeracao.Tipo:
    """From which kind of range a guide is numbered, by its XML name and, in SP/SADT, its type of attendance."""
    return _TIPOS.get(tipo_de_guia) or _TIPOS_DO_ATENDIMENTO.get(tipo_de_atendimento, Tipo.GERAL)


def proximo_numero(
    *, credenciamento: Credenciamento, convenio: Convenio, tipo: FaixaDeNumeracao.Tipo, por: Usuario
) -> str:
    """The next number for such a guide, written by the convênio's mask. `por` is who the scope says is acting.

    Must be called inside the transaction that saves the guide: the range stays locked until it ends, and a guide that
    is not saved gives its number back. A type without ranges of its own takes from those of the general rule. Raises
    `SemFaixa`, `NumeracaoManual`, `FaixaEsgotada` and `FaixaForaDaMascara`.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number is handed out in the transaction that uses it")
    mascara = do_prestador(convenio, credenciamento).regras.mascara_da_guia
    faixa = _faixa_com_numeros(credenciamento, convenio, tipo)
    numero = escrever(faixa.atual, mascara)
    faixa.atual += 1
    faixa.save(update_fields=["atual"])
    return numero


def por_que_nao_ha_numero(
    *, credenciamento: Credenciamento, convenio: Convenio, tipo: FaixaDeNumeracao.Tipo
) -> SemFaixa | NumeracaoManual | FaixaEsgotada | None:
    """What `proximo_numero` would refuse with now; None where a number waits. Takes none and locks nothing."""
    tipo, do_tipo = _faixas(credenciamento, convenio, tipo)
    return None if _com_numeros(do_tipo).exists() else _recusa(list(do_tipo), convenio, tipo)


def escrever(numero: int, mascara: str) -> str:
    """The number by that mask, or as it is without one. Raises `FaixaForaDaMascara`."""
    if not mascara:
        return str(numero)
    try:
        return formatar(mascara, numero)
    except ValueError:
        raise FaixaForaDaMascara(
            f"O número {numero} tem mais algarismos do que a máscara {mascara} do convênio. Registre uma faixa de "
            "números menores, ou peça à operadora outra máscara.",
            numero,
        ) from None


def perto_do_fim(faixas: Iterable[FaixaDeNumeracao]) -> list[FimProximo]:
    """Of those ranges (with their convênio), the kinds of guides whose numbers end soon, or have ended.

    What counts is what all automatic ranges of a kind have together.
    """
    juntas: dict[tuple[int, str], list[FaixaDeNumeracao]] = {}
    for faixa in faixas:
        if faixa.automatica:
            juntas.setdefault((faixa.convenio_id, faixa.tipo), []).append(faixa)
    fins = (
        FimProximo(
            iguais[0].convenio,
            Tipo(tipo),
            sum(faixa.restantes for faixa in iguais),
            sum(faixa.total for faixa in iguais),
        )
        for (_, tipo), iguais in juntas.items()
    )
    return [fim for fim in fins if fim.restantes <= POUCOS or fim.restantes * _UM_DECIMO <= fim.total]


def avisos_de(prestador: Organizacao) -> list[FimProximo]:
    """Where the numbers of a prestador end soon, in every convênio. One query."""
    faixas = FaixaDeNumeracao.objects.filter(prestador=prestador, automatica=True)
    return perto_do_fim(faixas.select_related("convenio", "convenio__operadora").order_by("convenio__nome", "tipo"))


def _faixa_com_numeros(
    credenciamento: Credenciamento, convenio: Convenio, tipo: FaixaDeNumeracao.Tipo
) -> FaixaDeNumeracao:
    """The first range with a number left, locked. It is looked for again where another took the last one meanwhile."""
    tipo, do_tipo = _faixas(credenciamento, convenio, tipo)
    faixa = _com_numeros(do_tipo).order_by("de").select_for_update().first()
    if faixa is None:
        raise _recusa(list(do_tipo), convenio, tipo)
    return faixa


def _faixas(
    credenciamento: Credenciamento, convenio: Convenio, tipo: FaixaDeNumeracao.Tipo
) -> tuple[FaixaDeNumeracao.Tipo, QuerySet[FaixaDeNumeracao]]:
    """The ranges of that type, or of the general rule where it has none; and of which type they are."""
    do_convenio = FaixaDeNumeracao.objects.filter(prestador=credenciamento.prestador_id, convenio=convenio)
    do_tipo = do_convenio.filter(tipo=tipo)
    return (tipo, do_tipo) if do_tipo.exists() else (Tipo.GERAL, do_convenio.filter(tipo=Tipo.GERAL))


def _com_numeros(faixas: QuerySet[FaixaDeNumeracao]) -> QuerySet[FaixaDeNumeracao]:
    return faixas.filter(automatica=True, atual__lte=F("ate"))


def _recusa(
    faixas: list[FaixaDeNumeracao], convenio: Convenio, tipo: FaixaDeNumeracao.Tipo
) -> SemFaixa | NumeracaoManual | FaixaEsgotada:
    onde = f"de {tipo.label} do convênio {convenio.nome}"
    if not faixas:
        return SemFaixa(
            f"Não há faixa de numeração {onde}. Registre uma em Convênios, Numeração, ou digite o número da guia.",
            convenio,
        )
    if not any(faixa.automatica for faixa in faixas):
        return NumeracaoManual(f"A numeração {onde} não é automática: digite o número da guia.", convenio)
    return FaixaEsgotada(
        f"Os números {onde} acabaram em {max(faixa.ate for faixa in faixas)}. Registre a faixa seguinte em Convênios, "
        "Numeração.",
        convenio,
    )
