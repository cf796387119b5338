"""Correcting online: cause by cause, a new version each time, nobody over anybody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from conecta.arquivos import cofre
from lotes.models import Lote
from tests.fabrica import Cenario
from tests.uploads.apoio import enviar, processar_pendentes, xml_valido
from uploads.causas import causas
from uploads.models import Alteracao, Arquivo, Critica, Versao


@pytest.fixture
def faturista(cenario: Cenario, entrar: Callable[..., Client]) -> Client:
    return entrar(cenario.pessoa("faturista", "aurelia"))


def incluir(cliente: Client, cenario: Cenario, dados: bytes) -> Arquivo:
    enviar(cliente, "aurelia", "lote.xml", dados)
    processar_pendentes()
    with cenario.dentro("aurelia"):
        return Arquivo.objects.latest("id")


def causas_de(cenario: Cenario, arquivo: Arquivo) -> dict[str, str]:
    """Rule → id of its cause."""
    with cenario.dentro("aurelia"):
        return {linha["regra"]: str(linha["causa"]) for linha in causas(arquivo).values("regra", "causa", "severidade")}


def salvar(cliente: Client, arquivo: Arquivo, causa: str, **campos: Any) -> Any:
    dados = {"versao": arquivo.versao_atual, "causas": [causa]}
    dados |= {f"c-{causa}-{nome}": valor for nome, valor in campos.items()}
    return cliente.post(f"/aurelia/uploads/arquivos/{arquivo.pk}/corrigir/", dados)


def test_a_wrong_cnpj_is_corrected_and_the_file_is_imported(cenario: Cenario, faturista: Client) -> None:
    errado = xml_valido(cenario).replace(b"<ans:CNPJ>41208337000176", b"<ans:CNPJ>41208337000167")
    arquivo = incluir(faturista, cenario, errado)
    assert arquivo.situacao == "invalido"
    pagina = faturista.get(f"/aurelia/uploads/arquivos/{arquivo.pk}/corrigir/")
    assert pagina.status_code == 200
    assert "41208337000167" in pagina.content.decode()
    resposta = salvar(faturista, arquivo, causas_de(cenario, arquivo)["H04"], v0="41.208.337/0001-76")
    assert resposta.status_code == 302, resposta.content.decode()
    processar_pendentes()
    with cenario.dentro("aurelia"):
        arquivo.refresh_from_db()
        assert list(Critica.objects.filter(arquivo=arquivo, versao=2).values_list("regra", "mensagem")) == []
        assert arquivo.situacao == "importado"
        assert arquivo.corrigido_online
        assert Lote.objects.get().numero == arquivo.numero_lote
        assert set(Alteracao.objects.values_list("motivo", "de", "para")) >= {
            ("edicao", "41208337000167", "41208337000176")
        }
        assert cofre.abrir(Versao.objects.get(numero=1).conteudo_id) == errado
