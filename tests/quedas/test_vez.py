"""Who sends much does not make others wait: the queue serves organisations in turn, not files in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from conecta.embutido.pastas import RAIZ
from conecta.embutido.processos import esperar
from tests.portal import Portal, Sessao, arquivo_valido
from tests.quedas.remessa import VOLTA

pytestmark = [pytest.mark.processos, pytest.mark.enable_socket]

MUITOS = 1_000
ATRASO = 2
"""Jobs of the crowd that may be begun before the newcomer's."""
DO_HOSPITAL = "from fila_trabalho t join contas_organizacao o on o.id = t.organizacao_id where o.slug = 'boa-vista'"


@pytest.fixture
def lotado(portal: Portal) -> Iterator[Portal]:
    """A portal in which one hospital has sent a thousand files, of which the workers have done a few."""
    portal.consultar("create temporary table ja as select t.id " + DO_HOSPITAL)
    with parados(portal):
        encher(portal, "otavio@boavista.example", "pasa", MUITOS)
    feitos = f"select count(*) {DO_HOSPITAL} and t.estado = 'feito' and t.id not in (select id from ja)"
    assert esperar(lambda: portal.consultar(feitos)[0][0] >= 20, VOLTA)
    yield portal
    portal.consultar("drop table ja")
    portal.consultar("delete from fila_trabalho where estado = 'pronto'")


@contextmanager
def parados(portal: Portal) -> Iterator[None]:
    """The workers stand still inside."""
    portal.sinalizar("trabalhador-validacao", signal.SIGSTOP)
    try:
        yield
    finally:
        portal.sinalizar("trabalhador-validacao", signal.SIGCONT)


def encher(portal: Portal, email: str, operadora: str, quantos: int) -> None:
    """Put so many files in the queue, by the function that the screen calls."""
    subprocess.run(
        [sys.executable, "-m", "tests.quedas.encher", email, operadora, str(quantos)],
        cwd=RAIZ,
        env={**os.environ, **portal.ambiente, "CONECTA_EMBUTIDO": "1", "DJANGO_SETTINGS_MODULE": "conecta.settings"},
        check=True,
    )


def test_mil_arquivos_de_um_atrasam_o_de_outro_em_dois_trabalhos_no_maximo(lotado: Portal) -> None:
    clinica = Sessao(lotado, "marina@aurelia.example")
    with parados(lotado):
        ((parada, esperando),) = lotado.consultar(
            f"select clock_timestamp(), (select count(*) {DO_HOSPITAL} and t.estado = 'pronto')"
        )
        assert esperando > MUITOS / 2, "the crowd was served before the newcomer came: the test proves nothing"
        arquivo = clinica.incluir("da-clinica.xml", arquivo_valido(clinica.slug, "pasa"))
        assert arquivo is not None
    do_arquivo = "select t.iniciado_em from fila_trabalho t where t.tipo = 'uploads.processar' and t.alvo = %s"
    assert esperar(lambda: lotado.consultar(do_arquivo, arquivo)[0][0], VOLTA)
    ((iniciado,),) = lotado.consultar(do_arquivo, arquivo)
    passaram = lotado.consultar(f"select t.id {DO_HOSPITAL} and t.iniciado_em between %s and %s", parada, iniciado)
    assert len(passaram) <= ATRASO
