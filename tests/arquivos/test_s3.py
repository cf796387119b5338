"""S3-compatible storage by setting: a real S3 protocol over HTTP, from a server on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import boto3
import pytest
from moto.server import ThreadedMotoServer

from conecta.arquivos import armazenamento, cofre
from conecta.arquivos.models import Conteudo
from tests.fabrica import Cenario

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1"]), pytest.mark.enable_socket]
DADOS = b"<ans:mensagemTISS>" + b"guia" * 5000


@pytest.fixture
def porta() -> Iterator[int]:
    servidor = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    servidor.start()
    _, porta = servidor.get_host_and_port()
    yield porta
    servidor.stop()


@pytest.fixture
def balde(porta: int) -> Any:
    """A new bucket, as its owner sees it."""
    recurso = boto3.resource(
        "s3",
        endpoint_url=f"http://127.0.0.1:{porta}",
        aws_access_key_id="chave",
        aws_secret_access_key="segredo/com+sinais",
        region_name="us-east-1",
    )
    return recurso.create_bucket(Bucket=f"conecta-{uuid4().hex}")


@pytest.fixture
def no_s3(balde: Any, porta: int, settings: Any) -> str:
    """The portal set to keep its files in the bucket."""
    settings.ARMAZENAMENTO_URL = f"s3+http://chave:segredo%2Fcom%2Bsinais@127.0.0.1:{porta}/{balde.name}"
    return settings.ARMAZENAMENTO_URL


def chaves(balde: Any) -> list[str]:
    return sorted(objeto.key for objeto in balde.objects.all())


@pytest.mark.usefixtures("no_s3")
def test_guarda_no_balde_e_abre_igual_ao_byte(cenario: Cenario, balde: Any) -> None:
    with cenario.dentro("aurelia"):
        conteudo = cofre.guardar(DADOS, prestador_id=cenario.aurelia.pk)
        linha = Conteudo.objects.get(pk=conteudo.pk)
        assert linha.comprimido is None
        assert cofre.abrir(conteudo.pk) == DADOS
    assert chaves(balde) == [linha.chave] == [f"{cenario.aurelia.pk}/{linha.sha256}"]


@pytest.mark.usefixtures("no_s3")
def test_os_mesmos_bytes_sao_um_objeto_por_prestador(cenario: Cenario, balde: Any) -> None:
    for prestador in ("aurelia", "aurelia", "boavista"):
        with cenario.dentro(prestador):
            cofre.guardar(DADOS, prestador_id=cenario.organizacoes[prestador].pk)
    assert len(chaves(balde)) == 2


@pytest.mark.usefixtures("no_s3")
def test_objeto_trocado_no_balde_e_descoberto(cenario: Cenario, balde: Any) -> None:
    with cenario.dentro("aurelia"):
        conteudo = cofre.guardar(DADOS, prestador_id=cenario.aurelia.pk)
        balde.Object(conteudo.chave).put(Body=armazenamento.comprimir(b"outra coisa"))
        with pytest.raises(cofre.ConteudoAlterado):
            cofre.abrir(conteudo.pk)


@pytest.mark.usefixtures("no_s3")
def test_apagar_esquece_o_objeto(cenario: Cenario, balde: Any) -> None:
    with cenario.dentro("aurelia"):
        conteudo = cofre.guardar(DADOS, prestador_id=cenario.aurelia.pk)
        armazenamento.de(conteudo).apagar(conteudo)
    assert chaves(balde) == []


def test_ligar_o_s3_deixa_abrir_o_que_esta_no_banco(
    cenario: Cenario, balde: Any, request: pytest.FixtureRequest
) -> None:
    with cenario.dentro("aurelia"):
        antigo = cofre.guardar(DADOS, prestador_id=cenario.aurelia.pk)
    request.getfixturevalue("no_s3")
    with cenario.dentro("aurelia"):
        assert cofre.abrir(antigo.pk) == DADOS
        assert cofre.guardar(DADOS, prestador_id=cenario.aurelia.pk).pk == antigo.pk
        novo = cofre.guardar(b"depois", prestador_id=cenario.aurelia.pk)
        assert cofre.abrir(novo.pk) == b"depois"
    assert chaves(balde) == [novo.chave]


def test_desligar_o_s3_diz_o_que_falta_para_abrir_o_que_esta_nele(cenario: Cenario, no_s3: str, settings: Any) -> None:
    with cenario.dentro("aurelia"):
        conteudo = cofre.guardar(DADOS, prestador_id=cenario.aurelia.pk)
        settings.ARMAZENAMENTO_URL = ""
        with pytest.raises(armazenamento.SemArmazenamento, match="ARMAZENAMENTO_URL"):
            cofre.abrir(conteudo.pk)
        settings.ARMAZENAMENTO_URL = no_s3
        assert cofre.abrir(conteudo.pk) == DADOS
