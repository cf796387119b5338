"""Who looked at health data is recorded, in a table that only the owner of the database reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from tests.fabrica import Cenario, montar_cenario
from tests.lotes.construcao import protocolar


@pytest.fixture
def real(commitado: None) -> Cenario:
    return montar_cenario()


def acessos() -> list[tuple[str, int, str]]:
    with connections["dono"].cursor() as cursor:
        cursor.execute("select objeto, objeto_id, finalidade from auditoria.acesso order by quando, id")
        return cursor.fetchall()


def test_every_view_and_download_leaves_a_record(real: Cenario) -> None:
    protocolo = protocolar(real, guias=1)
    with real.dentro("aurelia"):
        guia = protocolo.lote.guias.get()

    def abrir(cliente: Client, nome: str, *argumentos: object) -> None:
        resposta = cliente.get(reverse(f"lotes:{nome}", args=argumentos))
        assert resposta.status_code == 200
        resposta.close()

    faturista, gestor = _cliente(real, "faturista", "aurelia"), _cliente(real, "gestor", "pasa")
    passeio: list[tuple[Callable[[], None], tuple[str, int, str]]] = [
        (lambda: abrir(faturista, "lote", "aurelia", protocolo.lote_id), ("lote", protocolo.lote_id, "ver")),
        (lambda: abrir(faturista, "guia", "aurelia", guia.pk), ("guia", guia.pk, "ver")),
        (lambda: abrir(faturista, "xml", "aurelia", protocolo.lote_id), ("lote", protocolo.lote_id, "baixar")),
        (lambda: abrir(faturista, "pesquisa_xlsx", "aurelia"), ("lote", 0, "exportar lista")),
        (lambda: abrir(gestor, "protocolo", "pasa", protocolo.pk), ("protocolo", protocolo.pk, "ver")),
        (lambda: abrir(gestor, "guia_recebida", "pasa", guia.pk), ("guia", guia.pk, "ver")),
        (lambda: abrir(gestor, "protocolo_xml", "pasa", protocolo.pk), ("protocolo", protocolo.pk, "baixar")),
        (lambda: abrir(gestor, "protocolos_xlsx", "pasa"), ("protocolo", 0, "exportar lista")),
    ]
    for passo, _ in passeio:
        passo()
    assert acessos() == [registro for _, registro in passeio]


def _cliente(cenario: Cenario, papel: str, slug: str) -> Client:
    cliente = Client()
    cliente.force_login(cenario.pessoa(papel, slug))
    return cliente
