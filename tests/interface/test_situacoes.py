"""Every state of the product has words, an icon that exists and a tone that the stylesheet knows."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings

from conecta.interface.situacoes import ARQUIVO, LOTE, PROTOCOLO, SEM_PROTOCOLO, situacao_de
from lotes.estados import SituacaoDoLote, SituacaoDoProtocolo
from uploads.estados import SituacaoDoArquivo

ESTATICOS = Path(settings.BASE_DIR) / "static"
TODAS = [*ARQUIVO.values(), *LOTE.values(), *PROTOCOLO.values(), SEM_PROTOCOLO]


@pytest.mark.parametrize("estado", [*SituacaoDoArquivo, *SituacaoDoLote, *SituacaoDoProtocolo])
def test_todo_estado_do_produto_tem_aparencia(estado: object) -> None:
    assert situacao_de(getattr(estado, "value", estado)).texto


def test_icones_existem_e_tons_tambem() -> None:
    desenhos, estilo = (ESTATICOS / "icones.svg").read_text(), (ESTATICOS / "pecas.css").read_text()
    for aparencia in TODAS:
        assert f'id="s-{aparencia.icone}"' in desenhos
        assert f".{aparencia.tom} {{ --tom:" in estilo


def test_verde_e_dinheiro() -> None:
    verdes = {aparencia.texto for aparencia in TODAS if aparencia.tom == "verde"}
    assert verdes == {"Liberado para faturamento", "Faturado", "Pago"}


def test_lote_sem_protocolo_nao_foi_enviado() -> None:
    assert situacao_de(None) is situacao_de("") is SEM_PROTOCOLO


def test_estado_de_um_objeto_e_codigo_em_numero() -> None:
    assert situacao_de(SimpleNamespace(situacao="aberto")) is LOTE["aberto"]
    assert situacao_de(10) is PROTOCOLO["10"]


def test_estado_desconhecido_nao_passa_calado() -> None:
    with pytest.raises(KeyError):
        situacao_de("quase")


def test_a_marca_tem_icone_palavras_e_tom(desenhar: Callable[..., str]) -> None:
    marca = desenhar("{% situacao 'fechado' 'placa' %}")
    assert 'class="situacao ambar placa"' in marca
    assert "#s-fechado" in marca
    assert "Fechado (envio pendente)" in marca


def test_a_operadora_pode_dar_outras_palavras(desenhar: Callable[..., str]) -> None:
    marca = desenhar("{% situacao 2 texto=nome %}", nome="Em auditoria <x>")
    assert "Em auditoria &lt;x&gt;" in marca
    assert "azul" in marca
