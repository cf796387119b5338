"""What is refused at the door leaves nothing behind; what is let in is judged."""

from __future__ import annotations

import codecs
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, FakePayload, encode_multipart

from conecta.arquivos.models import Conteudo
from conecta.fila.models import Trabalho
from conecta.tenancy.escopo import sistema
from tests.fabrica import Cenario
from tests.uploads.apoio import enviar, processar_pendentes, xml_valido
from uploads.limites import ENVIOS_POR_HORA
from uploads.models import Arquivo, Critica

URL = "/aurelia/uploads/novo/"


def nada_guardado(cenario: Cenario) -> bool:
    with cenario.dentro("aurelia"):
        arquivos = Arquivo.objects.exists() or Conteudo.objects.exists()
    with sistema():
        return not (arquivos or Trabalho.objects.exists())


@pytest.mark.parametrize(
    ("nome", "dados", "frase", "codigo"),
    [
        ("lote.xml", b"", "está vazio", "5002"),
        ("lote.xml", b" \r\n", "está vazio", "5002"),
        ("faturas.zip", b"PK\x03\x04", "Descompacte", "5002"),
        ("lote.pdf", b"%PDF-1.7", "não é XML", "5002"),
        ("lote", b"<a/>", "não é XML", "5002"),
    ],
)
def test_a_refused_file_is_answered_with_a_sentence_and_its_code(
    cenario: Cenario, faturista: Client, nome: str, dados: bytes, frase: str, codigo: str
) -> None:
    resposta = enviar(faturista, "aurelia", nome, dados)
    assert resposta.status_code == 422
    pagina = resposta.content.decode()
    assert frase in pagina
    assert f"Código {codigo} da Tabela 38" in pagina
    assert nada_guardado(cenario)


def test_fifteen_megabytes_pass_and_one_byte_more_does_not(cenario: Cenario, faturista: Client, settings: Any) -> None:
    limite = settings.LIMITE_DO_ARQUIVO
    resposta = enviar(faturista, "aurelia", "grande.xml", b"<" + b" " * limite)
    assert resposta.status_code == 422
    assert "3166" in resposta.content.decode()
    assert nada_guardado(cenario)
    assert enviar(faturista, "aurelia", "grande.xml", b"<" + b" " * (limite - 1)).status_code == 302


def test_the_handler_holds_no_more_than_the_limit(faturista: Client, settings: Any, monkeypatch: Any) -> None:
    settings.LIMITE_DO_ARQUIVO = 100_000
    guardados: list[int] = []
    original = __import__("uploads.recepcao", fromlist=["NaMemoria"]).NaMemoria.receive_data_chunk

    def espiao(manipulador: Any, dados: bytes, inicio: int) -> None:
        try:
            original(manipulador, dados, inicio)
        finally:
            guardados.append(sum(map(len, manipulador._partes)))

    monkeypatch.setattr("uploads.recepcao.NaMemoria.receive_data_chunk", espiao)
    assert enviar(faturista, "aurelia", "grande.xml", b"<" + b" " * 1_000_000).status_code == 422
    assert max(guardados) <= 100_000
    assert guardados[-1] == 0


def test_no_file_and_two_files_are_refused(cenario: Cenario, faturista: Client) -> None:
    assert "Nenhum arquivo foi escolhido" in faturista.post(URL, {}).content.decode()
    dois = {"arquivo": [SimpleUploadedFile("a.xml", b"<a/>"), SimpleUploadedFile("b.xml", b"<b/>")]}
    resposta = faturista.post(URL, dois)
    assert resposta.status_code == 422
    assert "mais de um arquivo" in resposta.content.decode()
    assert nada_guardado(cenario)


def test_an_upload_that_ends_early_stores_nothing(cenario: Cenario, faturista: Client) -> None:
    corpo = encode_multipart(BOUNDARY, {"arquivo": SimpleUploadedFile("lote.xml", xml_valido(cenario))})
    metade = corpo[: len(corpo) // 2]
    resposta = faturista.generic(
        "POST",
        URL,
        metade,
        MULTIPART_CONTENT,
        **{"CONTENT_LENGTH": str(len(corpo)), "wsgi.input": Curto(metade)},
    )
    assert resposta.status_code == 422
    assert "interrompido" in resposta.content.decode()
    assert nada_guardado(cenario)


class Curto(FakePayload):
    """A connection that closes: it gives what came and then nothing, as a WSGI server does."""

    def __init__(self, dados: bytes) -> None:
        super().__init__(dados)
        self._resta = len(dados)

    def read(self, size: int | None = None, /) -> bytes:
        dados = super().read(min(size or self._resta, self._resta)) if self._resta else b""
        self._resta -= len(dados)
        return dados


@pytest.mark.parametrize(
    ("dados", "regra"),
    [
        (b"PK\x03\x04 um zip com outro nome", "F01"),
        (b"<a></b>", "F03"),
        (b"<a><b>", "F07"),
        (codecs.BOM_UTF16_LE + "<a/>".encode("utf-16-le"), "F04"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "F04"),
        (b"<a/>", "F05"),
    ],
)
def test_what_came_in_and_cannot_be_read_is_invalid_with_one_critica(
    cenario: Cenario, faturista: Client, dados: bytes, regra: str
) -> None:
    assert enviar(faturista, "aurelia", "lote.xml", dados).status_code == 302
    processar_pendentes()
    with cenario.dentro("aurelia"):
        assert Arquivo.objects.get().situacao == "invalido"
        assert [critica.regra for critica in Critica.objects.all()] == [regra]
        pk = Arquivo.objects.get().pk
    assert faturista.get(f"/aurelia/uploads/arquivos/{pk}/").status_code == 200
    assert faturista.get(f"/aurelia/uploads/arquivos/{pk}/corrigir/").status_code == 200


def test_only_who_may_include_files_gets_there(cenario: Cenario, entrar: Any) -> None:
    cliente = entrar(cenario.pessoa("leitura", "aurelia"))
    assert cliente.get(URL).status_code == 403
    assert enviar(cliente, "aurelia", "lote.xml", b"<a/>").status_code == 403
    assert nada_guardado(cenario)


def test_a_post_without_token_is_refused(cenario: Cenario) -> None:
    cliente = Client(enforce_csrf_checks=True)
    cliente.force_login(cenario.pessoa("faturista", "aurelia"))
    assert enviar(cliente, "aurelia", "lote.xml", b"<a/>").status_code == 403
    assert nada_guardado(cenario)


def test_an_organisation_may_send_thousands_an_hour_and_not_more(
    cenario: Cenario, faturista: Client, monkeypatch: Any
) -> None:
    assert ENVIOS_POR_HORA == 2_000
    monkeypatch.setattr("uploads.limites.ENVIOS_POR_HORA", 1)
    assert enviar(faturista, "aurelia", "a.xml", b"<a/>").status_code == 302
    resposta = enviar(faturista, "aurelia", "b.xml", b"<b/>")
    assert resposta.status_code == 429
    assert "nesta hora" in resposta.content.decode()
