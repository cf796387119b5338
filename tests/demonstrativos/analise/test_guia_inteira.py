"""*Ver guia inteira*: every field of the XML as it was sent, or why there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from lotes.models import Guia
from tests.demonstrativos.analise.tela import Tela
from tests.fabrica import Cenario
from tests.movimento import enviar, lote_aberto

Entrar = Callable[[Any], Client]


def test_a_guide_is_read_whole_as_the_prestador_sent_it(cenario: Cenario, entrar: Entrar) -> None:
    protocolo = enviar(cenario, lote_aberto(cenario))
    with cenario.dentro("pasa"):
        guia = Guia.objects.filter(lote=protocolo.lote_id).first()
    cliente = entrar(cenario.pessoa("analista", "pasa"))
    pagina = cliente.get(reverse("analise:guia", args=["pasa", guia.pk])).content.decode()
    assert f"Guia {guia.numero_do_prestador} inteira" in pagina
    assert guia.numero_carteira in pagina
    with cenario.dentro("pasa"):
        primeiro = guia.itens.order_by("posicao").first()
    assert primeiro.codigo in pagina


def test_a_lot_that_cannot_be_read_says_so(tela: Tela) -> None:
    with tela.cenario.dentro("pasa"):
        guia = Guia.objects.get(lote=tela.analise.lote_id, posicao=1)
    pagina = tela.cliente.get(reverse("analise:guia", args=["pasa", guia.pk])).content.decode()
    assert "não pôde ser lido até esta guia" in pagina
