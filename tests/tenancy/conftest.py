"""The world that the addresses are asked in."""

from __future__ import annotations

import pytest

from conecta.contas.models import Usuario
from conecta.tenancy.escopo import sistema
from tests.convenios.apoio_terminologia import termo_proprio
from tests.fabrica import Cenario
from tests.importacao import apoio as importacao
from tests.movimento import enviar, incluir, lote_aberto
from tests.tenancy.mundo import TERMO_PROPRIO, Mundo


@pytest.fixture(scope="module")
def mundo_gravado(cenario_gravado: Cenario) -> Mundo:
    cenario = cenario_gravado
    for operadora in ("pasa", "sulina"):
        termo_proprio(cenario, operadora, TERMO_PROPRIO)
    invalido = incluir(cenario, b"isto nao e um XML")
    aberto = lote_aberto(cenario, numero="1")
    lote = lote_aberto(cenario, numero="2")
    protocolo = enviar(cenario, lote)
    with cenario.dentro("aurelia"):
        guias = {"antes": aberto.guias.get().pk, "enviado": lote.guias.get().pk}
    importacoes = {quem: importacao.conferida(cenario, importacao.RUINS, quem=quem).pk for quem in ("pasa", "sulina")}
    with sistema():
        estranho = Usuario.objects.create_user("estranho@example.com", None, nome="Estranho")
    return Mundo(
        cenario,
        {
            "arquivos": invalido.pk,
            "lotes": aberto.pk,
            "guias": guias["antes"],
            "protocolos": protocolo.pk,
            "importacoes": importacoes["sulina"],
        },
        {
            "arquivos": invalido.pk,
            "lotes": lote.pk,
            "guias": guias["enviado"],
            "protocolos": protocolo.pk,
            "importacoes": importacoes["pasa"],
        },
        estranho,
    )


@pytest.fixture
def mundo(mundo_gravado: Mundo, db: None) -> Mundo:
    """The world, in a transaction that is rolled back."""
    return mundo_gravado
