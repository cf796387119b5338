"""From when until when an operadora takes each version of the standard: set, removed, and written down as history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from conecta.contas.models import Usuario
from conecta.erros import ErroDeNegocio
from conecta.interface.formatos import data as em_data
from convenios.cadastro_do_convenio import travado
from convenios.historia_do_convenio import VERSOES, Mudanca, registrar
from convenios.models import Convenio, VersaoAceita

_SEM_FIM: Final = date.max


class PeriodoRepetido(ErroDeNegocio):
    """The version has these days already, in the same place. `assunto`: the period that has them."""


def versoes_de(convenio: Convenio) -> list[VersaoAceita]:
    """The periods that hold for the convênio: its own, and those that the operadora set for all."""
    dele_ou_de_todos = Q(convenio=convenio) | Q(convenio=None)
    return list(VersaoAceita.objects.da_operadora(convenio.operadora_id).filter(dele_ou_de_todos))


@transaction.atomic
def marcar_versao(*, convenio: Convenio, valores: Mapping[str, Any], de_todos: bool, por: Usuario) -> VersaoAceita:
    """Take a version on some days, in this convênio or, with `de_todos`, in all of the operadora's.

    `valores`: `versao`, `desde` and `ate`, validated. Raises `PeriodoRepetido` where days of it are set already.
    """
    atual = travado(convenio)
    nova = VersaoAceita(operadora_id=atual.operadora_id, convenio=None if de_todos else atual, **valores)
    for outra in versoes_de(atual):
        if _no_mesmo_lugar(nova, outra) and _se_cruzam(nova, outra):
            raise PeriodoRepetido(
                f"A versão {outra.versao} já está marcada {periodo_de(outra)}. Escolha outros dias, ou remova aquele "
                "período antes.",
                outra,
            )
    nova.save()
    registrar(atual, [Mudanca(VERSOES, "", em_palavras(nova))], por=por)
    return nova


@transaction.atomic
def remover_versao(*, convenio: Convenio, versao: VersaoAceita, por: Usuario) -> None:
    """Take the period out: of a version without periods, the operadora's parameters decide."""
    atual = travado(convenio)
    registrar(atual, [Mudanca(VERSOES, em_palavras(versao), "")], por=por)
    versao.delete()


def em_palavras(versao: VersaoAceita) -> str:
    """The period as people read it: "4.02.00 até 31/01/2026, em todos os convênios"."""
    onde = "em todos os convênios" if versao.convenio_id is None else "neste convênio"
    return f"{versao.versao} {periodo_de(versao)}, {onde}"


def periodo_de(versao: VersaoAceita) -> str:
    """Its days, in words."""
    desde = f"desde {em_data(versao.desde)}"
    return desde if versao.ate is None else f"{desde} até {em_data(versao.ate)}"


def _no_mesmo_lugar(uma: VersaoAceita, outra: VersaoAceita) -> bool:
    return (uma.versao, uma.convenio_id) == (outra.versao, outra.convenio_id)


def _se_cruzam(uma: VersaoAceita, outra: VersaoAceita) -> bool:
    return uma.desde <= (outra.ate or _SEM_FIM) and outra.desde <= (uma.ate or _SEM_FIM)
