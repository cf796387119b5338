"""Kinds of jobs for the tests. Their queue has no worker: tests claim and run the jobs themselves."""

from __future__ import annotations

from conecta.arquivos import cofre
from conecta.fila.registro import registrar
from conecta.tenancy.escopo import Inquilino, atual

FILA = "teste"
escopos: list[Inquilino | None] = []
"""The scopes in which jobs of the kind `ESCOPO` ran."""
desistencias: list[tuple[int, int, str]] = []
"""(organisation, target, error) of every job that was set aside."""


class FalhaDoTrabalho(RuntimeError):
    """What the failing kinds raise."""


def _guardar(alvo: int) -> None:
    """Work that leaves a trace in the database: one file of the running organisation."""
    quem = atual()
    assert quem is not None
    cofre.guardar(f"trabalho {alvo}".encode(), prestador_id=quem.id)


def _guardar_e_falhar(alvo: int) -> None:
    _guardar(alvo)
    raise FalhaDoTrabalho(alvo)


def _anotar_desistencia(alvo: int, erro: str) -> None:
    quem = atual()
    assert quem is not None
    desistencias.append((quem.id, alvo, erro))


def _desistencia_que_falha(alvo: int, erro: str) -> None:
    raise FalhaDoTrabalho(alvo)


def _anotar_escopo(alvo: int) -> None:
    escopos.append(atual())


GUARDA = registrar("teste.guarda", fila=FILA, fazer=_guardar, desistir=_anotar_desistencia)
FALHA = registrar("teste.falha", fila=FILA, fazer=_guardar_e_falhar, desistir=_anotar_desistencia)
FALHA_SEMPRE = registrar("teste.falha_sempre", fila=FILA, fazer=_guardar_e_falhar, desistir=_desistencia_que_falha)
OUTRA_FILA = registrar("teste.outra_fila", fila="teste-outra", fazer=_guardar, desistir=_anotar_desistencia)
ESCOPO = registrar("teste.escopo", fila=FILA, fazer=_anotar_escopo, desistir=_anotar_desistencia)
