"""The portal as its operator sees it: one process to start and stop, that starts anew what dies."""

from __future__ import annotations

import os
import signal

import pytest

from conecta.embutido.processos import esperar
from tests.portal import INICIO, Portal
from tests.servidores import Supervisor, vivo

pytestmark = [pytest.mark.processos, pytest.mark.enable_socket]

PARTES = {"postgres", "redis", "web", "trabalhador-validacao", "trabalhador-documentos", "relogio"}
MORTOS = {"web", "trabalhador-validacao", "postgres"}


def refeito(portal: Portal, antes: dict[str, int]) -> bool:
    """Say whether what died runs again, as new processes."""
    agora = portal.pids()
    return all(vivo(agora.get(nome)) and agora[nome] != antes[nome] for nome in MORTOS)


def test_o_portal_se_refaz_do_que_morre_e_encerra_tudo_a_pedido(portal: Portal) -> None:
    antes = portal.pids()
    assert set(antes) == PARTES
    for nome in MORTOS:
        os.kill(antes[nome], signal.SIGKILL)
    assert esperar(lambda: refeito(portal, antes) and portal.pronto(), INICIO)
    sobras = portal.pids()
    assert {nome for nome in antes if antes[nome] != sobras[nome]} == MORTOS

    portal.matar()
    for pid in sobras.values():
        os.kill(pid, signal.SIGKILL)
    # The web's own children outlive it for a while, and hold the port.
    porta = portal.endereco.rstrip("/").rpartition(":")[2]
    with Supervisor(portal.var, "servir", "--porta", porta, DEMONSTRACAO="false") as supervisor:
        supervisor.aguardar_texto(f"Conecta em {portal.endereco}", prazo=INICIO)
        assert portal.pronto()
        assert not any(map(vivo, sobras.values()))

        pids = supervisor.pids()
        assert supervisor.terminar(signal.SIGINT) == 0
    assert not any(map(vivo, pids.values()))
    assert "Encerrando" in supervisor.saida
