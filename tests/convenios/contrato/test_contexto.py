"""What was agreed with a prestador reaches the verdicts on its own files, and nobody else's."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction

from convenios.contrato.models import CodigoCredenciado, PendenciaDeExame
from convenios.models import Convenio, Credenciamento
from tests.fabrica import Cenario
from tests.movimento import xml_de
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import ler_lote
from uploads.contexto import carregar_contexto
from uploads.regras.contexto import Contexto

AGORA = datetime(2026, 2, 1, 12, 0, tzinfo=ZoneInfo("America/Sao_Paulo"))
GUIA = "1000"


def _contexto(cenario: Cenario, prestador: str) -> Contexto:
    quem = cenario.organizacoes[prestador]
    documento = ler(xml_de(quem, cenario.pasa, numero="1"))
    with cenario.dentro(prestador):
        return carregar_contexto(ler_lote(documento), documento, prestador=quem, arquivo_id=None, agora=AGORA)


@pytest.fixture
def com_codigo(cenario: Cenario) -> Cenario:
    """PASA gives the clinic another code for its SP/SADT guides."""
    with cenario.dentro("pasa", "gestor"):
        CodigoCredenciado.objects.create(
            operadora=cenario.pasa,
            prestador=cenario.aurelia,
            credenciamento=Credenciamento.objects.get(prestador=cenario.aurelia),
            convenio=Convenio.objects.get(principal=True),
            por=CodigoCredenciado.Por.ENTRADA,
            chave="guiaSP-SADT",
            codigo="SADT01",
        )
    return cenario


def test_o_veredito_conhece_os_codigos_do_proprio_contrato(com_codigo: Cenario) -> None:
    contrato = _contexto(com_codigo, "aurelia").credenciamento
    assert contrato is not None
    assert contrato.todos_os_codigos == {com_codigo.aurelia.documento, "SADT01"}


def test_os_codigos_de_outro_prestador_nao_se_veem(com_codigo: Cenario) -> None:
    contrato = _contexto(com_codigo, "boavista").credenciamento
    assert contrato is not None
    assert contrato.codigos == ()
    with com_codigo.dentro("boavista"):
        assert not CodigoCredenciado.objects.exists()


def test_um_prestador_nao_da_codigos_a_si_mesmo(com_codigo: Cenario) -> None:
    with (
        com_codigo.dentro("aurelia", "administrador"),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        CodigoCredenciado.objects.update(codigo="MEU")


def _pendencia(cenario: Cenario, prestador: str, numero: str) -> PendenciaDeExame:
    return PendenciaDeExame.objects.create(
        prestador=cenario.organizacoes[prestador],
        operadora=cenario.pasa,
        convenio=Convenio.objects.get(operadora=cenario.pasa, principal=True),
        numero_da_guia=numero,
        motivo="sem_laudo",
        origem="manual",
        marcada_por=cenario.pessoa("faturista", prestador),
        marcada_por_nome="Faturista",
    )


def test_o_veredito_conhece_so_as_pendencias_abertas_das_guias_do_arquivo(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "faturista"):
        _pendencia(cenario, "aurelia", GUIA)
        _pendencia(cenario, "aurelia", "999999")
    assert _contexto(cenario, "aurelia").pendencias == {GUIA: {"sem_laudo"}}
    with cenario.dentro("aurelia", "faturista"):
        PendenciaDeExame.objects.filter(numero_da_guia=GUIA).update(retirada_em=AGORA.replace(year=2090))
    assert _contexto(cenario, "aurelia").pendencias == {}


def test_so_o_prestador_ve_as_suas_pendencias(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "faturista"):
        _pendencia(cenario, "aurelia", GUIA)
    with cenario.dentro("boavista", "faturista"):
        assert not PendenciaDeExame.objects.exists()
    with cenario.dentro("pasa", "gestor"), pytest.raises(DatabaseError, match="denied"), transaction.atomic():
        PendenciaDeExame.objects.exists()
