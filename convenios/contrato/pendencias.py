"""Guides that wait for a laboratory: marking them, and removing the mark."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from convenios.camadas import do_prestador
from convenios.contrato.erros import PendenciaDoLaboratorio, PendenciaRetirada
from convenios.contrato.models import PendenciaDeExame
from convenios.models import Convenio, Credenciamento

Motivo = PendenciaDeExame.Motivo
Origem = PendenciaDeExame.Origem


@transaction.atomic
def marcar(*, prestador: Organizacao, convenio: Convenio, numeros: Collection[str], motivo: str, por: Usuario) -> int:
    """Mark guides of the convênio by hand, and say how many were not marked already."""
    return _marcar(prestador, convenio, numeros, motivo, Origem.MANUAL, por)


@transaction.atomic
def receber_lista_do_laboratorio(
    *, prestador: Organizacao, convenio: Convenio, numeros: Collection[str], motivo: str, por: Usuario
) -> tuple[int, int]:
    """Let the laboratory's list hold: mark what is new on it, remove what the laboratory marked and is no longer on it.

    Gives how many were marked and removed. What was marked by hand stays.
    """
    resolvidas = (
        PendenciaDeExame.objects.select_for_update()
        .filter(prestador=prestador, convenio=convenio, motivo=motivo, origem=Origem.LABORATORIO, retirada_em=None)
        .exclude(numero_da_guia__in=list(numeros))
    )
    retiradas = [pendencia.pk for pendencia in resolvidas]
    _retirar(retiradas, por)
    return _marcar(prestador, convenio, numeros, motivo, Origem.LABORATORIO, por), len(retiradas)


@transaction.atomic
def retirar(*, pendencia: PendenciaDeExame, por: Usuario) -> None:
    """Let the guide be billed. Raises `PendenciaRetirada`, and `PendenciaDoLaboratorio` where only that may."""
    atual = PendenciaDeExame.objects.select_for_update(of=("self",)).select_related("convenio").get(pk=pendencia.pk)
    if atual.retirada_em is not None:
        raise PendenciaRetirada(f"A pendência da guia {atual.numero_da_guia} já foi retirada.", atual)
    if atual.origem == Origem.LABORATORIO and _so_o_laboratorio(atual):
        raise PendenciaDoLaboratorio(
            f"A pendência da guia {atual.numero_da_guia} veio do laboratório, e o convênio {atual.convenio.nome} não "
            "deixa retirá-la à mão. Ela sai quando você registrar a lista nova do laboratório, sem esta guia.",
            atual,
        )
    _retirar([atual.pk], por)


def _so_o_laboratorio(pendencia: PendenciaDeExame) -> bool:
    contrato = Credenciamento.objects.get(prestador=pendencia.prestador_id, operadora=pendencia.operadora_id)
    return do_prestador(pendencia.convenio, contrato).regras.nao_retirar_pendencia


def _marcar(
    prestador: Organizacao,
    convenio: Convenio,
    numeros: Collection[str],
    motivo: str,
    origem: str,
    por: Usuario,
) -> int:
    abertas = PendenciaDeExame.objects.filter(
        prestador=prestador, operadora=convenio.operadora_id, motivo=motivo, retirada_em=None
    )
    ja = set(abertas.filter(numero_da_guia__in=list(numeros)).values_list("numero_da_guia", flat=True))
    novas = [numero for numero in dict.fromkeys(numeros) if numero not in ja]
    PendenciaDeExame.objects.bulk_create(
        [
            PendenciaDeExame(
                prestador=prestador,
                operadora_id=convenio.operadora_id,
                convenio=convenio,
                numero_da_guia=numero,
                motivo=motivo,
                origem=origem,
                marcada_por=por,
                marcada_por_nome=por.nome,
            )
            for numero in novas
        ],
        ignore_conflicts=True,  # somebody else marked it in this moment: it is marked
    )
    return len(novas)


def _retirar(pks: Collection[int], por: Usuario) -> None:
    PendenciaDeExame.objects.filter(pk__in=pks).update(
        retirada_em=timezone.now(), retirada_por=por, retirada_por_nome=por.nome
    )
