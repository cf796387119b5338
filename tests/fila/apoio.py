"""Putting jobs in, running them by hand, and looking at their rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from conecta.fila import fila
from conecta.fila.models import Trabalho
from conecta.fila.registro import TipoDeTrabalho
from conecta.tenancy.escopo import sistema
from tests.fabrica import Cenario

from .tipos import FILA, GUARDA


def por_na_fila(cenario: Cenario, slug: str, alvos: Iterable[int], tipo: TipoDeTrabalho = GUARDA) -> list[int]:
    """Enqueue jobs of an organisation; give their ids."""
    with cenario.dentro(slug):
        return [fila.enfileirar(tipo, alvo) for alvo in alvos]


def reclamar(dono: str = "eu") -> fila.Reclamado:
    """Claim, where there must be something to claim."""
    trabalho = fila.reclamar(FILA, dono)
    assert trabalho is not None
    return trabalho


def servir(cenario: Cenario, vezes: int) -> list[str]:
    """Run so many jobs, one after the other; whose they were, in the order served."""
    nomes = {organizacao.pk: slug for slug, organizacao in cenario.organizacoes.items()}
    servidas = []
    for _ in range(vezes):
        trabalho = reclamar()
        fila.executar(trabalho, "eu")
        servidas.append(nomes[trabalho.organizacao])
    return servidas


def linha(id_do_trabalho: int) -> Trabalho:
    """A job's row as it is now."""
    with sistema():
        return Trabalho.objects.get(pk=id_do_trabalho)


def mudar(id_do_trabalho: int, **campos: Any) -> None:
    """Set columns of a job's row: how tests let time pass."""
    with sistema():
        Trabalho.objects.filter(pk=id_do_trabalho).update(**campos)


def vencer_arrendamento(id_do_trabalho: int) -> None:
    """As if the worker had died and its lease run out."""
    mudar(id_do_trabalho, arrendado_ate=timezone.now() - timedelta(seconds=1))


def esperar_a_nova_tentativa(id_do_trabalho: int) -> None:
    """As if the back-off had passed."""
    mudar(id_do_trabalho, disponivel_em=timezone.now() - timedelta(seconds=1))
