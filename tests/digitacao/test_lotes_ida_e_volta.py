"""What is typed and closed comes in again through *Uploads* without a finding, and is the same lot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from conecta.arquivos import cofre
from lotes import transicoes as dos_lotes
from lotes.estados import TipoDeGuia
from lotes.models import Guia, Item, Lote
from tests.digitacao.apoio import digitar
from tests.esquemas import AVULSAS
from tests.fabrica import Cenario
from tests.movimento import incluir
from tiss_schemas import catalogo
from uploads.digitacao import montagem
from uploads.estados import SituacaoDoArquivo
from uploads.models import Critica

ANTIGA = "4.01.00"
VERSOES = ["4.02.00", "4.03.00", *([ANTIGA] if (AVULSAS / ANTIGA).is_dir() else [])]
PROPRIAS = {"id", "lote_id", "guia_id", "criado_em", "enviado_em"}
"""Columns that say which row it is, not what it says."""


@pytest.fixture(scope="module", autouse=True)
def _versoes_a_mao(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The older version, installed for this module where its files are at hand."""
    anterior = catalogo.pasta_instaladas()
    catalogo.usar_pasta(tmp_path_factory.mktemp("instaladas"))
    if ANTIGA in VERSOES:
        catalogo.instalar(AVULSAS / ANTIGA)
    yield
    catalogo.usar_pasta(anterior)


def linhas(lote: Lote) -> list[list[dict[str, Any]]]:
    """Guides and items of a lot, by what they say."""
    guias = Guia.objects.filter(lote=lote).order_by("posicao")
    itens = Item.objects.filter(lote=lote).order_by("guia__posicao", "posicao")
    return [
        [{campo: valor for campo, valor in linha.items() if campo not in PROPRIAS} for linha in tabela.values()]
        for tabela in (guias, itens)
    ]


@pytest.mark.parametrize("versao", VERSOES)
@pytest.mark.parametrize("tipo", TipoDeGuia.values)
def test_a_typed_lot_comes_in_again_as_itself(cenario: Cenario, tipo: str, versao: str) -> None:
    with cenario.dentro("aurelia", "faturista"):
        por = cenario.pessoa("faturista", "aurelia")
        lote = montagem.criar_lote(guias=[digitar(cenario, tipo, versao, numero) for numero in (1, 2)], por=por)
        fechado = dos_lotes.fechar(lote=lote, por=por)
        assert fechado.conteudo_id is not None
        dados, escritas = cofre.abrir(fechado.conteudo_id), linhas(fechado)
        valores = (fechado.valor_informado, fechado.quantidade_de_guias, fechado.quantidade_de_itens)
        dos_lotes.excluir(lote=fechado, por=por)
    arquivo = incluir(cenario, dados)
    with cenario.dentro("aurelia"):
        assert [critica.mensagem for critica in Critica.objects.filter(arquivo=arquivo)] == []
        assert arquivo.situacao == SituacaoDoArquivo.IMPORTADO
        assert arquivo.lote is not None
        assert linhas(arquivo.lote) == escritas
        importado = arquivo.lote
        assert (importado.valor_informado, importado.quantidade_de_guias, importado.quantidade_de_itens) == valores
        assert importado.numero_do_prestador == fechado.numero_do_prestador
