"""From an empty form to a sent lot: what is typed is judged, gathered, written, closed and sent."""

from __future__ import annotations

import pytest

from conecta.arquivos import cofre
from lotes import transicoes as dos_lotes
from lotes.estados import SituacaoDoLote, TipoDeGuia
from tests.digitacao.apoio import comecar, digitar, no_xml
from tests.fabrica import Cenario
from tiss_schemas.fragmento import ler_guia
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import ler_lote
from uploads.digitacao import montagem, transicoes
from uploads.digitacao.estados import SituacaoDaGuia


@pytest.mark.parametrize("versao", ["4.02.00", "4.03.00"])
@pytest.mark.parametrize("tipo", TipoDeGuia.values)
def test_typed_guides_become_a_lot_whose_xml_says_what_was_typed(cenario: Cenario, tipo: str, versao: str) -> None:
    with cenario.dentro("aurelia", "faturista"):
        guias = [digitar(cenario, tipo, versao, numero) for numero in (1, 2, 3)]
        assert [(guia.situacao, guia.criticas) for guia in guias] == [(SituacaoDaGuia.PRONTA, [])] * 3
        lote = montagem.criar_lote(guias=guias, por=cenario.pessoa("faturista", "aurelia"))
        lote = dos_lotes.fechar(lote=lote, por=cenario.pessoa("faturista", "aurelia"))
        assert lote.situacao == SituacaoDoLote.FECHADO
        assert lote.conteudo_id is not None
        lido = ler_lote(ler(cofre.abrir(lote.conteudo_id)))
        assert lido is not None
        assert [ler_guia(versao, guia.elemento) for guia in lido.guias] == [no_xml(guia.valores) for guia in guias]
        assert lote.guias.count() == 3
        protocolo = dos_lotes.enviar(lote=lote, por=cenario.pessoa("faturista", "aurelia"))
        assert protocolo.valor_informado == sum(guia.valor_informado for guia in guias) > 0


def test_an_empty_guide_has_findings_and_stays_out_of_lots(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
        salva, juizo = transicoes.salvar(
            guia=guia, valores={}, vista=guia.revisao, por=cenario.pessoa("digitador", "aurelia")
        )
        assert juizo.impede
        assert salva.situacao == SituacaoDaGuia.COM_CRITICAS
        with pytest.raises(montagem.LoteRecusado):
            montagem.criar_lote(guias=[salva], por=cenario.pessoa("faturista", "aurelia"))
