"""Files are kept once per prestador, to the byte, and what storage gives back is checked."""

from __future__ import annotations

import gzip
import hashlib

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conecta.arquivos import armazenamento, cofre
from conecta.arquivos.models import Conteudo
from tests.fabrica import Cenario

VALOR = b"<valor>100.00</valor>"


def guardado_com_outros_bytes(cenario: Cenario, dados: bytes, comprimido: bytes) -> Conteudo:
    """A row that says it holds `dados` and holds something else: what a failing disk or an intruder leaves."""
    return Conteudo.objects.create(
        prestador=cenario.aurelia,
        sha256=hashlib.sha256(dados).hexdigest(),
        tamanho=len(dados),
        comprimido=comprimido,
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(dados=st.binary(max_size=4096) | st.text(max_size=2000).map(str.encode))
def test_o_que_se_guarda_se_abre_igual_ao_byte(cenario: Cenario, dados: bytes) -> None:
    with cenario.dentro("aurelia"):
        conteudo = cofre.guardar(dados, prestador_id=cenario.aurelia.pk)
        assert conteudo.tamanho == len(dados)
        assert cofre.abrir(conteudo.pk) == dados


@given(dados=st.binary(max_size=4096))
def test_comprimir_e_sempre_igual_e_tem_volta(dados: bytes) -> None:
    assert armazenamento.comprimir(dados) == armazenamento.comprimir(dados)
    assert armazenamento.descomprimir(armazenamento.comprimir(dados)) == dados


def test_os_mesmos_bytes_do_mesmo_prestador_sao_uma_linha(cenario: Cenario) -> None:
    with cenario.dentro("aurelia"):
        primeiro = cofre.guardar(b"<a/>", prestador_id=cenario.aurelia.pk)
        segundo = cofre.guardar(b"<a/>", prestador_id=cenario.aurelia.pk)
        outro = cofre.guardar(b"<a />", prestador_id=cenario.aurelia.pk)
    assert primeiro.pk == segundo.pk != outro.pk


def test_os_mesmos_bytes_de_outro_prestador_sao_outra_linha(cenario: Cenario) -> None:
    with cenario.dentro("aurelia"):
        dela = cofre.guardar(b"<a/>", prestador_id=cenario.aurelia.pk)
    with cenario.dentro("boavista"):
        dele = cofre.guardar(b"<a/>", prestador_id=cenario.boavista.pk)
        assert dele.pk != dela.pk
        with pytest.raises(Conteudo.DoesNotExist):
            cofre.abrir(dela.pk)


def test_guardar_em_nome_de_outro_e_recusado_pelo_banco(cenario: Cenario) -> None:
    with (
        cenario.dentro("aurelia"),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        cofre.guardar(b"<a/>", prestador_id=cenario.boavista.pk)


def test_o_banco_guarda_comprimido(cenario: Cenario) -> None:
    dados = b"<ans:procedimento>10101012</ans:procedimento>" * 1000
    with cenario.dentro("aurelia"):
        conteudo = Conteudo.objects.get(pk=cofre.guardar(dados, prestador_id=cenario.aurelia.pk).pk)
        assert len(conteudo.comprimido) < len(dados) // 50
        assert gzip.decompress(conteudo.comprimido) == dados


@pytest.mark.parametrize(
    "comprimido",
    [
        armazenamento.comprimir(b"<valor>900.00</valor>"),
        armazenamento.comprimir(VALOR)[:-9],
        armazenamento.comprimir(VALOR)[:12] + b"\xff" * 9,
        b"nunca foi gzip",
        b"",
    ],
    ids=["outros", "cortados", "rasurados", "lixo", "vazio"],
)
def test_bytes_estragados_no_armazenamento_sao_descobertos(cenario: Cenario, comprimido: bytes) -> None:
    with cenario.dentro("aurelia"):
        conteudo = guardado_com_outros_bytes(cenario, VALOR, comprimido)
        with pytest.raises(cofre.ConteudoAlterado):
            cofre.abrir(conteudo.pk)
