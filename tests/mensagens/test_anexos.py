"""Documents of a lot: what is taken, who reads the bytes, and until when one can be taken back."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from conecta.arquivos import cofre
from conecta.arquivos.models import Conteudo
from lotes import transicoes as transicoes_do_lote
from lotes.estados import SituacaoDoLote
from lotes.mensagens import anexos, consultas
from lotes.mensagens.documentos import EXTENSOES, Formato, NaturezaDaGuia, TipoDeDocumento, formato_de
from lotes.mensagens.erros import AnexoJaEntregue, AnexoRecusado
from lotes.mensagens.models import Anexo, LimiteDeAnexo
from tests.fabrica import Cenario
from tests.lotes.construcao import criar_lote, protocolar
from tests.mensagens.apoio import PDF, PNG, anexar, documento, escrever

T = TipoDeDocumento
MEGA = 1024 * 1024


def imagem(formato: str) -> bytes:
    """A picture as Pillow writes it."""
    saida = BytesIO()
    Image.new("RGB", (8, 8), "white").save(saida, format=formato)
    return saida.getvalue()


def limitar(cenario: Cenario, **limites: object) -> None:
    valores = {"por_documento": 10, "por_lote": 100, "por_tipo": {}, **limites}
    with cenario.dentro("pasa", "gestor"):
        anexos.gravar_limites(operadora=cenario.pasa, por=cenario.pessoa("gestor", "pasa"), **valores)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("dados", "formato"),
    [
        (imagem("JPEG"), Formato.JPG),
        (imagem("PNG"), Formato.PNG),
        (imagem("TIFF"), Formato.TIFF),
        (PDF, Formato.PDF),
        (b"\xef\xbb\xbf\n" + PDF, Formato.PDF),
    ],
)
def test_a_format_is_known_by_its_bytes(dados: bytes, formato: Formato) -> None:
    assert formato_de(dados) == formato


@pytest.mark.parametrize(
    "dados", [b"MZ\x90\0", b"<html>", b"PK\x03\x04", b"<?xml version='1.0'?><nota/>", b"GIF89a", b"#!/bin/sh %PDF-1.4"]
)
def test_anything_else_is_refused_whatever_its_name_says(dados: bytes) -> None:
    with pytest.raises(AnexoRecusado, match="não é JPG, PDF, PNG ou TIFF"):
        anexos.conferir(documento(dados), LimiteDeAnexo())


@given(st.binary(max_size=200))
def test_no_bytes_break_the_look_at_a_format(dados: bytes) -> None:
    formato = formato_de(dados)
    assert formato is None or formato in EXTENSOES


def test_a_name_that_says_another_format_is_refused() -> None:
    with pytest.raises(AnexoRecusado, match=r"contém PNG.*terminar em \.png"):
        anexos.conferir(documento(PNG, nome="laudo.pdf"), LimiteDeAnexo())


@pytest.mark.parametrize(
    ("bruto", "limpo"),
    [
        ("C:\\laudos\\a.pdf", "a.pdf"),
        ("../../etc/laudo.pdf", "laudo.pdf"),
        ("lau\u202edo\x00\n .pdf", "laudo .pdf"),
        ("\x07", "documento"),
        ("a" * 300 + ".pdf", "a" * 251 + ".pdf"),
    ],
)
def test_a_name_is_text_to_show_and_never_a_path(bruto: str, limpo: str) -> None:
    assert anexos.nome_limpo(bruto) == limpo


def test_a_limit_of_the_type_goes_before_the_one_of_all(cenario: Cenario) -> None:
    limitar(cenario, por_documento=1, por_tipo={"12": 2})
    grande = PDF + b"\0" * (MEGA + MEGA // 2)
    lote = criar_lote(cenario)
    with pytest.raises(AnexoRecusado, match=r"tem 1,5.MB, e a operadora aceita até 1 MB de “Laudo"):
        anexar(cenario, lote, documento(grande))
    assert anexar(cenario, lote, documento(grande, tipo=T.EXAME_DE_IMAGEM))


def test_all_documents_of_a_lot_have_a_limit_together(cenario: Cenario) -> None:
    limitar(cenario, por_documento=1, por_lote=1)
    lote = criar_lote(cenario)
    anexar(cenario, lote, documento(PDF + b"\0" * (MEGA - 1000)))
    with pytest.raises(AnexoRecusado, match="até 1 MB por lote"):
        anexar(cenario, lote, documento(PDF + b"\0" * 1000))


def test_a_document_belongs_to_a_guide_of_the_lot_or_to_all_of_it(cenario: Cenario) -> None:
    lote = criar_lote(cenario)
    with cenario.dentro("aurelia"):
        numero = lote.guias.first().numero_do_prestador
    (anexo,) = anexar(cenario, lote, documento(numero_guia=numero))
    assert (anexo.numero_guia_prestador, anexo.natureza_guia) == (numero, NaturezaDaGuia.FATURAMENTO)
    with pytest.raises(AnexoRecusado, match=r"Não há guia 999 no lote"):
        anexar(cenario, lote, documento(numero_guia="999"))


def test_one_bad_document_keeps_all_out(cenario: Cenario) -> None:
    lote = criar_lote(cenario)
    with pytest.raises(AnexoRecusado):
        anexar(cenario, lote, documento(), documento(b"MZ"))
    with cenario.dentro("aurelia"):
        assert not Anexo.objects.exists()


def test_the_operadora_sees_documents_when_the_lot_is_sent_and_not_before(cenario: Cenario) -> None:
    lote = criar_lote(cenario, situacao=SituacaoDoLote.FECHADO)
    (anexo,) = anexar(cenario, lote)
    with cenario.dentro("pasa"):
        assert not Anexo.objects.exists()
        assert not Conteudo.objects.filter(pk=anexo.conteudo_id).exists()
    with cenario.dentro("aurelia", "faturista"):
        transicoes_do_lote.enviar(lote=lote, por=cenario.pessoa("faturista", "aurelia"))
    with cenario.dentro("pasa"):
        recebido = Anexo.objects.get()
        assert cofre.abrir(recebido.conteudo_id) == PDF
    with cenario.dentro("sulina"):
        assert not Anexo.objects.exists()


def test_the_same_bytes_go_to_two_operadoras_and_each_opens_its_own(cenario: Cenario) -> None:
    for operadora in ("pasa", "sulina"):
        escrever(cenario, protocolar(cenario, operadora=operadora), documentos=[documento()])
    for operadora in ("pasa", "sulina"):
        with cenario.dentro(operadora):
            assert cofre.abrir(Anexo.objects.get().conteudo_id) == PDF
    with cenario.dentro("aurelia"):
        assert Anexo.objects.values("conteudo").distinct().count() == 1


def test_what_the_operadora_attaches_the_prestador_opens(cenario: Cenario) -> None:
    escrever(cenario, protocolar(cenario), "pasa", documentos=[documento(tipo=T.AUDITORIA)])
    with cenario.dentro("aurelia"):
        assert cofre.abrir(Anexo.objects.get().conteudo_id) == PDF
    with cenario.dentro("boavista"):
        assert not Anexo.objects.exists()


def test_a_document_can_be_taken_back_until_the_lot_is_sent(cenario: Cenario) -> None:
    lote = criar_lote(cenario, situacao=SituacaoDoLote.FECHADO)
    fica, sai = anexar(cenario, lote, documento(), documento(PNG, nome="rotulo.png", tipo=T.EMBALAGEM))
    faturista = cenario.pessoa("faturista", "aurelia")
    with cenario.dentro("aurelia", "faturista"):
        anexos.remover(anexo=sai, por=faturista)
        transicoes_do_lote.enviar(lote=lote, por=faturista)
        with pytest.raises(AnexoJaEntregue, match="já o recebeu"):
            anexos.remover(anexo=fica, por=faturista)
        assert consultas.anexos_do(lote) == [fica]


def test_a_document_that_was_given_cannot_be_hidden_again(cenario: Cenario) -> None:
    escrever(cenario, protocolar(cenario), documentos=[documento()])
    with cenario.dentro("aurelia"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update mensagens_anexo set enviado_em = null")
        cursor.execute("delete from mensagens_anexo")
        assert cursor.rowcount == 0
    with cenario.dentro("pasa"):
        assert Anexo.objects.count() == 1


def test_a_sent_lot_takes_documents_with_a_message_only(cenario: Cenario) -> None:
    protocolo = protocolar(cenario)
    with pytest.raises(AnexoRecusado, match="já não está por enviar"):
        anexar(cenario, protocolo.lote)
    with cenario.dentro("aurelia"), pytest.raises(DatabaseError, match="anexo_por_enviar_e_do_prestador"):
        Anexo.objects.create(
            prestador=cenario.aurelia,
            operadora=cenario.pasa,
            lote=protocolo.lote,
            mensagem_id=1,
            de="prestador",
            nome="x",
            conteudo_id=1,
            tamanho=1,
            tipo_documento="01",
            formato_documento="02",
            anexado_por=cenario.pessoa("faturista", "aurelia"),
            anexado_por_nome="x",
        )


def test_limits_are_the_operadoras_and_its_credenciados_read_them(cenario: Cenario) -> None:
    limitar(cenario, por_documento=3)
    with cenario.dentro("aurelia"):
        assert anexos.limites_de(cenario.pasa.pk).por_documento == 3
        assert anexos.limites_de(cenario.sulina.pk).por_documento == 10
    with cenario.dentro("cedro"):
        assert not LimiteDeAnexo.objects.exists()
