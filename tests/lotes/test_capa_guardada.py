"""The cover is kept: the same values give the same bytes; who may download it, when, and what stands in its place."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from conecta.arquivos import cofre
from conecta.arquivos.models import Conteudo
from lotes import avanco, transicoes
from lotes.capa import capa_do_lote, dados_da_capa
from lotes.estados import SituacaoDoProtocolo
from lotes.models import DocumentoDoLote, Guia, Lote, Protocolo
from tests.fabrica import Cenario, montar_cenario

Entrar = Callable[[Any], Client]


def criar_lote(cenario: Cenario) -> Lote:
    """A lot of aurelia for PASA with three guides, not sent."""
    with cenario.dentro("aurelia", "faturista"):
        lote = Lote.objects.create(
            prestador=cenario.aurelia,
            operadora=cenario.pasa,
            numero=1002270,
            numero_do_prestador="77",
            canal="upload",
            tipo_de_guia="guiaSP-SADT",
            versao_tiss="4.03.00",
            conteudo=cofre.guardar(b"<xml/>", prestador_id=cenario.aurelia.pk),
            quantidade_de_guias=3,
            quantidade_de_itens=6,
            valor_informado=Decimal("300.00"),
            criado_por=cenario.pessoa("faturista", "aurelia"),
        )
        Guia.objects.bulk_create(
            Guia(
                prestador=cenario.aurelia,
                operadora=cenario.pasa,
                lote=lote,
                posicao=posicao,
                tipo=lote.tipo_de_guia,
                numero_do_prestador=f"2030096{posicao}",
                numero_carteira="000900250123000",
                quantidade_de_itens=2,
                valor_informado=Decimal(100),
                criado_em=timezone.now(),
            )
            for posicao in (3, 1, 2)
        )
    return lote


def enviar(cenario: Cenario, lote: Lote) -> Lote:
    """Close and send it."""
    por = cenario.pessoa("faturista", "aurelia")
    with cenario.dentro("aurelia", "faturista"):
        transicoes.enviar(lote=transicoes.fechar(lote=lote, por=por), por=por)
        return Lote.objects.select_related("operadora", "prestador", "protocolo").get(pk=lote.pk)


@pytest.fixture
def aberto(cenario: Cenario) -> Lote:
    return criar_lote(cenario)


@pytest.fixture
def enviado(cenario: Cenario, aberto: Lote) -> Lote:
    return enviar(cenario, aberto)


@pytest.fixture
def sem_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)


def url_da_capa(lote: Lote) -> str:
    return reverse("lotes:capa", args=["aurelia", lote.pk])


def test_os_dados_sao_os_do_lote_do_protocolo_e_do_contrato(cenario: Cenario, enviado: Lote) -> None:
    with cenario.dentro("aurelia"):
        capa = dados_da_capa(enviado, enviado.protocolo)
    assert (capa.operadora, capa.registro_ans) == ("PASA Ltda", "331988")
    assert (capa.protocolo, capa.lote) == (enviado.protocolo.numero, 1002270)
    assert (capa.tipo_da_guia, capa.origem, capa.versao) == ("Cobrança SP/SADT", "Upload XML", "TISS 4.03.00")
    assert (capa.valor_informado, capa.valor_glosado, capa.valor_liberado) == (Decimal(300), Decimal(0), Decimal(0))
    assert (capa.documento, capa.codigo) == ("41208337000176", "41208337000176")
    assert capa.guias == ("20300961", "20300962", "20300963")
    assert (capa.guias_apresentadas, capa.itens_apresentados) == (3, 6)


@pytest.mark.parametrize("nome", ["331988.svg", "331988.png"])
def test_o_logotipo_e_o_arquivo_com_o_registro_da_operadora(
    cenario: Cenario, enviado: Lote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nome: str
) -> None:
    monkeypatch.setattr("lotes.capa.LOGOTIPOS", tmp_path)
    (tmp_path / nome).write_bytes(b"imagem")
    (tmp_path / "354317.svg").write_bytes(b"de outra")
    with cenario.dentro("aurelia"):
        assert dados_da_capa(enviado, enviado.protocolo).logotipo == (nome, b"imagem")


def test_o_mesmo_pedido_outro_dia_da_os_mesmos_bytes(cenario: Cenario, enviado: Lote) -> None:
    with cenario.dentro("aurelia"):
        primeira = capa_do_lote(enviado)
        with time_machine.travel(timezone.now() + timedelta(days=9), tick=True):
            assert capa_do_lote(enviado) == primeira
        assert DocumentoDoLote.objects.count() == 1


def test_valores_novos_dao_outra_capa_e_a_antiga_fica(cenario: Cenario, enviado: Lote) -> None:
    with cenario.dentro("aurelia"):
        antiga = capa_do_lote(enviado)
    with cenario.dentro("pasa"):
        Protocolo.objects.filter(lote=enviado).update(
            valor_processado=Decimal(300), valor_glosado=Decimal(40), valor_liberado=Decimal(260), guias_com_glosa=1
        )
    with cenario.dentro("aurelia"):
        enviado.protocolo.refresh_from_db()
        nova = capa_do_lote(enviado)
        guardadas = [cofre.abrir(d.conteudo_id) for d in DocumentoDoLote.objects.order_by("pk")]
    assert guardadas == [antiga, nova]
    assert "R$ 260,00" in PdfReader(BytesIO(nova)).pages[0].extract_text().replace("\u00a0", " ")


def test_a_operadora_recebe_a_mesma_que_o_prestador_guardou(cenario: Cenario, enviado: Lote) -> None:
    with cenario.dentro("aurelia"):
        guardada = capa_do_lote(enviado)
    with cenario.dentro("pasa"):
        lote = Protocolo.objects.select_related("lote__prestador", "lote__operadora").get(lote=enviado).lote
        assert capa_do_lote(lote) == guardada


def test_antes_de_o_prestador_baixar_a_operadora_recebe_uma_que_nao_fica(cenario: Cenario, enviado: Lote) -> None:
    with cenario.dentro("pasa"):
        lote = Protocolo.objects.select_related("lote__prestador", "lote__operadora").get(lote=enviado).lote
        assert capa_do_lote(lote).startswith(b"%PDF-")
        assert not DocumentoDoLote.objects.exists()


def test_outras_organizacoes_nao_veem_documento_nem_bytes(cenario: Cenario, enviado: Lote) -> None:
    with cenario.dentro("aurelia"):
        capa_do_lote(enviado)
    for outra in ("boavista", "cedro", "sulina"):
        with cenario.dentro(outra):
            assert not DocumentoDoLote.objects.exists()
            assert not Conteudo.objects.exists()


@pytest.mark.parametrize("quem", ["aurelia", "pasa"])
def test_ninguem_muda_nem_apaga_uma_capa(cenario: Cenario, enviado: Lote, quem: str) -> None:
    with cenario.dentro("aurelia"):
        capa_do_lote(enviado)
    for tentar in (lambda d: d.update(tipo="x"), lambda d: d.delete()):
        with cenario.dentro(quem), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            tentar(DocumentoDoLote.objects.all())


def test_o_prestador_baixa_um_anexo(cenario: Cenario, enviado: Lote, entrar: Entrar) -> None:
    resposta = entrar(cenario.pessoa("leitura", "aurelia")).get(url_da_capa(enviado))
    assert resposta.status_code == 200
    assert resposta["Content-Type"] == "application/pdf"
    assert resposta["Content-Disposition"] == 'attachment; filename="capa-lote-1002270.pdf"'
    assert resposta.content.startswith(b"%PDF-")


@pytest.mark.usefixtures("commitado")
def test_quem_baixou_fica_registrado(entrar: Entrar) -> None:
    cenario = montar_cenario()
    lote, pessoa = enviar(cenario, criar_lote(cenario)), cenario.pessoa("leitura", "aurelia")
    entrar(pessoa).get(url_da_capa(lote))
    with connections["dono"].cursor() as cursor:
        cursor.execute("select objeto, objeto_id, finalidade, organizacao, usuario from auditoria.acesso")
        assert cursor.fetchall() == [("lote", lote.pk, "baixar capa", cenario.aurelia.pk, pessoa.pk)]


def test_a_operadora_baixa_pelo_protocolo(cenario: Cenario, enviado: Lote, entrar: Entrar) -> None:
    url = reverse("lotes:capa_do_protocolo", args=["pasa", enviado.protocolo.pk])
    resposta = entrar(cenario.pessoa("analista", "pasa")).get(url)
    assert resposta.status_code == 200
    assert resposta["Content-Disposition"] == 'attachment; filename="capa-lote-1002270.pdf"'


def test_lote_nao_enviado_nao_tem_capa_e_diz_o_que_fazer(cenario: Cenario, aberto: Lote, entrar: Entrar) -> None:
    resposta = entrar(cenario.pessoa("faturista", "aurelia")).get(url_da_capa(aberto))
    assert resposta.status_code == 409
    assert "A situação do lote é “Aberto”. Envie o lote à PASA e volte aqui." in resposta.content.decode()


def test_capa_de_outro_e_404(cenario: Cenario, enviado: Lote, entrar: Entrar) -> None:
    boavista = reverse("lotes:capa", args=["boavista", enviado.pk])
    sulina = reverse("lotes:capa_do_protocolo", args=["sulina", enviado.protocolo.pk])
    assert entrar(cenario.pessoa("faturista", "boavista")).get(boavista).status_code == 404
    assert entrar(cenario.pessoa("analista", "sulina")).get(sulina).status_code == 404


@pytest.mark.usefixtures("sem_weasyprint")
def test_sem_weasyprint_a_pagina_diz_o_que_falta_e_o_portal_segue(
    cenario: Cenario, enviado: Lote, entrar: Entrar
) -> None:
    cliente = entrar(cenario.pessoa("faturista", "aurelia"))
    resposta = cliente.get(url_da_capa(enviado))
    assert resposta.status_code == 503
    assert "falta o pacote Python weasyprint" in resposta.content.decode()
    assert cliente.get(reverse("lotes:lote", args=["aurelia", enviado.pk])).status_code == 200


@pytest.mark.usefixtures("sem_weasyprint")
def test_a_capa_ja_guardada_sai_mesmo_sem_weasyprint(
    cenario: Cenario, enviado: Lote, entrar: Entrar, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as com, cenario.dentro("aurelia"):
        com.delitem(sys.modules, "weasyprint")
        guardada = capa_do_lote(enviado)
    assert entrar(cenario.pessoa("faturista", "aurelia")).get(url_da_capa(enviado)).content == guardada


def test_o_protocolo_avancado_so_com_situacao_nao_muda_a_capa(cenario: Cenario, enviado: Lote) -> None:
    with cenario.dentro("aurelia"):
        antes = capa_do_lote(enviado)
    with cenario.dentro("pasa", "analista"):
        avanco.avancar(
            protocolo=Protocolo.objects.get(lote=enviado),
            para=SituacaoDoProtocolo.EM_ANALISE,
            por=cenario.pessoa("analista", "pasa"),
        )
    with cenario.dentro("aurelia"):
        enviado.protocolo.refresh_from_db()
        assert capa_do_lote(enviado) == antes
