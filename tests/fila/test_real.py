"""With real commits, threads and processes: claims do not collide, and a dead broker costs the caller nothing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from conecta.arquivos.models import Conteudo
from conecta.fila import fila
from conecta.fila.models import Trabalho
from conecta.tenancy.escopo import sistema
from tests.fabrica import Cenario, montar_cenario

from .apoio import por_na_fila
from .tipos import FILA

_ENFILEIRAR_NOUTRO_PROCESSO = """
import sys, time
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[2]
django.setup()
from conecta.fila import fila
from conecta.tenancy.escopo import inquilino
from tests.fila.tipos import GUARDA
inicio = time.monotonic()
with inquilino("prestador", int(sys.argv[1])):
    fila.enfileirar(GUARDA, 1)
print("o pedido terminou bem em", time.monotonic() - inicio)
"""


@pytest.fixture
def cenario_real(commitado: None) -> Cenario:
    return montar_cenario()


def test_quatro_trabalhadores_fazem_cada_trabalho_uma_vez(cenario_real: Cenario) -> None:
    for slug in ("aurelia", "boavista", "cedro"):
        por_na_fila(cenario_real, slug, range(12))
    with ThreadPoolExecutor(4) as trabalhadores:
        feitos = Counter(alvo for lote in trabalhadores.map(_trabalhar, "abcd") for alvo in lote)
    _trabalhar("fim")
    with sistema():
        assert Counter(Trabalho.objects.values_list("estado", flat=True)) == {"feito": 36}
        assert set(Trabalho.objects.values_list("tentativas", flat=True)) == {1}
    assert set(feitos.values()) == {1}
    for slug in ("aurelia", "boavista", "cedro"):
        with cenario_real.dentro(slug):
            assert Conteudo.objects.count() == 12


def _trabalhar(dono: str) -> list[int]:
    """Claim and do until nothing can be claimed; the ids done."""
    feitos = []
    try:
        while (trabalho := fila.reclamar(FILA, dono)) is not None:
            fila.executar(trabalho, dono)
            feitos.append(trabalho.id)
    finally:
        if dono != "fim":
            connection.close()
    return feitos


def test_sem_broker_o_pedido_termina_bem_e_o_trabalho_fica(cenario_real: Cenario) -> None:
    enfileirar_noutro_processo(cenario_real, "redis+socket:///nao/existe.sock")


def test_broker_que_aceita_e_nao_responde_tambem_nao_prende_o_pedido(cenario_real: Cenario, tmp_path: Path) -> None:
    mudo = tmp_path / "mudo.sock"
    with socket.socket(socket.AF_UNIX) as soquete:
        soquete.bind(str(mudo))
        soquete.listen()
        segundos = enfileirar_noutro_processo(cenario_real, f"redis+socket://{mudo}")
    # Two timeouts of two seconds, and no third.
    assert segundos < 8


def enfileirar_noutro_processo(cenario: Cenario, broker: str) -> float:
    """Enqueue and commit in a process with that broker; the seconds it took. The job must be there, and waiting."""
    feito = subprocess.run(
        [
            *(sys.executable, "-c", _ENFILEIRAR_NOUTRO_PROCESSO),
            *(str(cenario.aurelia.pk), connection.settings_dict["NAME"]),
        ],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "conecta.settings", "CELERY_BROKER_URL": broker},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "o pedido terminou bem" in feito.stdout, feito.stderr
    assert "despertar_falhou" in feito.stdout + feito.stderr
    with sistema():
        assert Trabalho.objects.get().estado == "pronto"
    return float(feito.stdout.rsplit("em ", 1)[1].split()[0])
