"""From the POST of a file to its lot: the thinnest whole way."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from lotes.models import Guia, Item, Lote
from tests.fabrica import Cenario
from tests.uploads.apoio import enviar, processar_pendentes, xml_valido
from uploads.models import Arquivo, Critica


def test_a_valid_file_becomes_an_open_lot(cenario: Cenario, entrar: Callable[..., Client]) -> None:
    cliente = entrar(cenario.pessoa("faturista", "aurelia"))
    resposta = enviar(cliente, "aurelia", "lote.xml", xml_valido(cenario))
    assert resposta.status_code == 302
    processar_pendentes()
    with cenario.dentro("aurelia"):
        arquivo = Arquivo.objects.get()
        assert list(Critica.objects.values_list("regra", "mensagem")) == []
        assert arquivo.situacao == "importado"
        lote = Lote.objects.get()
        assert lote.numero == arquivo.numero_lote
        assert lote.situacao == "aberto"
        assert Guia.objects.count() == 1
        assert Item.objects.count() == 2
