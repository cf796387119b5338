"""Lots of typed guides: opened empty, filled, put in order, emptied."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from convenios.models import Convenio, ParametrosDaOperadora
from lotes import transicoes as dos_lotes
from lotes.estados import SituacaoDoLote
from lotes.models import Lote
from lotes.numeracao import proximo_lote
from tests.digitacao.apoio import digitar
from tests.fabrica import Cenario
from tests.lotes.construcao import criar_lote
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import ler_lote
from uploads.digitacao import montagem, transicoes
from uploads.digitacao.estados import SituacaoDaGuia
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.montagem_mensagem import xml_do_lote


@pytest.fixture
def faturista(cenario: Cenario) -> Any:
    """Inside aurelia's scope, acted in by its faturista."""
    with cenario.dentro("aurelia", "faturista"):
        yield cenario.pessoa("faturista", "aurelia")


def abrir(cenario: Cenario, **campos: Any) -> Lote:
    """An open, empty lot of aurelia for PASA."""
    dados = {
        "prestador": cenario.aurelia,
        "convenio": Convenio.objects.get(operadora=cenario.pasa, principal=True),
        "tipo": "guiaSP-SADT",
        "versao": "4.03.00",
        "por": cenario.pessoa("faturista", "aurelia"),
    }
    return montagem.abrir_lote(**dados | campos)


def ordem(lote: Lote) -> list[str]:
    """The numbers of the lot's guides as its rows have them, which are those of its XML."""
    return list(lote.guias.order_by("posicao").values_list("numero_do_prestador", flat=True))


def test_a_new_lot_is_open_empty_and_numbered(cenario: Cenario, faturista: Any) -> None:
    lote = abrir(cenario)
    assert (lote.situacao, lote.quantidade_de_guias, lote.conteudo_id) == (SituacaoDoLote.ABERTO, 0, None)
    assert lote.numero_do_prestador == lote.sequencial_transacao == str(lote.numero)


def test_a_number_that_the_clinic_used_for_an_upload_is_passed_over(cenario: Cenario, faturista: Any) -> None:
    seguinte = proximo_lote() + 1
    criar_lote(cenario, numero_do_prestador=str(seguinte))
    criar_lote(cenario, sequencial_transacao=str(seguinte + 1))
    assert abrir(cenario).numero == seguinte + 2


def test_guides_go_in_and_out_and_the_sums_follow(cenario: Cenario, faturista: Any) -> None:
    guias = [digitar(cenario, numero=numero) for numero in (1, 2, 3)]
    lote = montagem.adicionar(lote=abrir(cenario), guias=guias, por=faturista)
    assert ordem(lote) == ["1", "2", "3"]
    assert lote.valor_informado == sum(guia.valor_informado for guia in guias) > 0
    montagem.tirar(lote=lote, guias=[guias[1]], por=faturista)
    lote.refresh_from_db()
    assert ordem(lote) == ["1", "3"]
    assert lote.valor_informado == guias[0].valor_informado + guias[2].valor_informado
    assert [guia.pk for guia in GuiaDigitada.objects.soltas()] == [guias[1].pk]
    assert [linha.titulo for linha in lote.acontecimentos.all()][:2] == [
        "1 guia retirada do lote",
        "3 guias adicionadas ao lote",
    ]


def test_guides_change_places_and_lots(cenario: Cenario, faturista: Any) -> None:
    guias = [digitar(cenario, numero=numero) for numero in (1, 2, 3)]
    lote = montagem.criar_lote(guias=guias, por=faturista)
    montagem.deslocar(lote=lote, guia=guias[2], passo=-1, por=faturista)
    assert ordem(lote) == ["1", "3", "2"]
    montagem.deslocar(lote=lote, guia=guias[0], passo=-1, por=faturista)
    assert ordem(lote) == ["1", "3", "2"]
    outro = abrir(cenario)
    montagem.mover(lote=lote, para=outro, guias=[guias[0], guias[1]], por=faturista)
    assert (ordem(lote), ordem(outro)) == (["3"], ["1", "2"])


@pytest.mark.parametrize(
    "outro", [{"tipo": "guiaConsulta"}, {"versao": "4.02.00"}], ids=["another type", "another version"]
)
def test_a_guide_of_something_else_does_not_enter(cenario: Cenario, faturista: Any, outro: dict[str, str]) -> None:
    guia = digitar(cenario)
    with pytest.raises(montagem.LoteRecusado, match="A guia 1 não cabe"):
        montagem.adicionar(lote=abrir(cenario, **outro), guias=[guia], por=faturista)


def test_a_guide_that_is_not_ready_or_is_in_a_lot_does_not_enter(cenario: Cenario, faturista: Any) -> None:
    inacabada = digitar(cenario, numero=1)
    GuiaDigitada.objects.filter(pk=inacabada.pk).update(situacao=SituacaoDaGuia.COM_CRITICAS)
    de_outro = digitar(cenario, numero=2)
    montagem.criar_lote(guias=[de_outro], por=faturista)
    lote = abrir(cenario)
    for guia in (inacabada, de_outro):
        with pytest.raises(montagem.LoteRecusado, match="não está pronta e sem lote"):
            montagem.adicionar(lote=lote, guias=[guia], por=faturista)
    assert ordem(lote) == []


@pytest.fixture
def dois_por_lote(cenario: Cenario) -> None:
    """PASA takes two guides in a lot."""
    with cenario.dentro("pasa", "gestor"):
        ParametrosDaOperadora.objects.filter(operadora=cenario.pasa).update(maximo_de_guias=2)


def test_a_lot_takes_no_more_guides_than_agreed(cenario: Cenario, dois_por_lote: None, faturista: Any) -> None:
    guias = [digitar(cenario, numero=numero) for numero in (1, 2, 3)]
    lote = abrir(cenario)
    with pytest.raises(montagem.LoteRecusado, match="só cabem mais 2 guias, e você escolheu 3"):
        montagem.adicionar(lote=lote, guias=guias, por=faturista)
    montagem.adicionar(lote=lote, guias=guias[:2], por=faturista)
    with pytest.raises(montagem.LoteRecusado, match="não cabe mais nenhuma guia"):
        montagem.adicionar(lote=lote, guias=guias[2:], por=faturista)
    assert ordem(lote) == ["1", "2"]


def test_excluding_gives_the_guides_back_and_an_empty_lot_may_be_excluded(cenario: Cenario, faturista: Any) -> None:
    guia = digitar(cenario)
    lote = montagem.criar_lote(guias=[guia], por=faturista)
    dos_lotes.excluir(lote=lote, por=faturista)
    dos_lotes.excluir(lote=abrir(cenario), por=faturista)
    outro = montagem.criar_lote(guias=[guia], por=faturista)
    assert dos_lotes.fechar(lote=outro, por=faturista).situacao == SituacaoDoLote.FECHADO


def test_the_open_lot_follows_a_guide_that_is_typed_on(cenario: Cenario, faturista: Any) -> None:
    guias = [digitar(cenario, numero=numero) for numero in (1, 2)]
    lote = montagem.criar_lote(guias=guias, por=faturista)
    antes = lote.valor_informado
    guia = GuiaDigitada.objects.get(pk=guias[0].pk)
    sem_data = {caminho: texto for caminho, texto in guia.valores.items() if "dataExecucao" not in caminho}
    salva, _ = transicoes.salvar(guia=guia, valores=sem_data, vista=guia.revisao, por=faturista)
    assert salva.situacao == SituacaoDaGuia.COM_CRITICAS
    assert ordem(lote) == ["1", "2"]
    lote.refresh_from_db()
    assert (lote.quantidade_de_guias, lote.valor_informado) == (2, antes)
    transicoes.salvar(guia=salva, valores=guia.valores, vista=salva.revisao, por=faturista)
    assert lote.guias.get(posicao=1).itens.count() == len(_lido(lote).guias[0].itens)


def test_the_xml_of_an_open_lot_can_be_had_and_an_empty_one_has_none(cenario: Cenario, faturista: Any) -> None:
    lote = montagem.criar_lote(guias=[digitar(cenario)], por=faturista)
    assert _lido(lote).numero_lote == str(lote.numero)
    with pytest.raises(montagem.LoteRecusado, match="não tem guias"):
        xml_do_lote(abrir(cenario))
    assert lote.valor_informado > Decimal(0)


def _lido(lote: Lote) -> Any:
    lido = ler_lote(ler(xml_do_lote(lote)))
    assert lido is not None
    return lido
