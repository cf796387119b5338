"""A lot of typed guides is closed as a whole: judged, frozen, opened again, sent, and never changed after that."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from conecta.arquivos import cofre
from lotes import transicoes as dos_lotes
from lotes.estados import SituacaoDoLote
from lotes.models import Lote
from lotes.recusas import MudancaNaoPermitida
from tests.digitacao.apoio import digitar, valores_exemplo
from tests.fabrica import Cenario
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import LoteLido, ler_lote
from uploads.digitacao import montagem, transicoes
from uploads.digitacao.conferencia import conferir
from uploads.digitacao.erros import GuiaFechada, LoteRecusado
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.montagem_fechamento import LoteComCriticas
from uploads.digitacao.montagem_ignoradas import ignorar_no_lote
from uploads.models import Critica

VINCULO = "outrasDespesas/despesa[1]/itemVinculado"


@pytest.fixture
def faturista(cenario: Cenario) -> Any:
    """Inside aurelia's scope, acted in by its faturista."""
    with cenario.dentro("aurelia", "faturista"):
        yield cenario.pessoa("faturista", "aurelia")


def lido(lote: Lote) -> LoteLido:
    """The lot's frozen message."""
    assert lote.conteudo_id is not None
    mensagem = ler_lote(ler(cofre.abrir(lote.conteudo_id)))
    assert mensagem is not None
    return mensagem


def mudar(guia: GuiaDigitada, por: Any, **novos: str) -> GuiaDigitada:
    """Save the guide with other values, by their keys."""
    atual = GuiaDigitada.objects.get(pk=guia.pk)
    valores = atual.valores | novos
    return transicoes.salvar(guia=atual, valores=valores, vista=atual.revisao, por=por)[0]


def test_header_is_of_the_closing_and_opening_again_keeps_the_numbers(cenario: Cenario, faturista: Any) -> None:
    lote = montagem.criar_lote(guias=[digitar(cenario)], por=faturista)
    numeros = (lote.numero, lote.numero_do_prestador, lote.sequencial_transacao)
    fechado = dos_lotes.fechar(lote=lote, por=faturista)
    assert fechado.fechado_em is not None
    cabecalho, quando = lido(fechado).cabecalho, timezone.localtime(fechado.fechado_em)
    assert (cabecalho.data_registro, cabecalho.hora_registro) == (quando.date(), quando.time().replace(microsecond=0))
    aberto = dos_lotes.reabrir(lote=fechado, por=faturista)
    assert aberto.conteudo_id is None
    mudar(GuiaDigitada.objects.get(), faturista, **{"cabecalhoGuia/numeroGuiaPrestador": "77"})
    outra_vez = lido(dos_lotes.fechar(lote=aberto, por=faturista))
    assert (lote.numero, outra_vez.numero_lote, outra_vez.sequencial) == numeros
    assert [guia.numero_prestador for guia in outra_vez.guias] == ["77"]


def test_an_empty_lot_is_not_closed(cenario: Cenario, faturista: Any) -> None:
    guia = digitar(cenario)
    lote = montagem.criar_lote(guias=[guia], por=faturista)
    montagem.tirar(lote=lote, guias=[guia], por=faturista)
    with pytest.raises(LoteRecusado, match="não tem guias"):
        dos_lotes.fechar(lote=lote, por=faturista)


def test_what_stands_against_the_lot_is_told_guide_by_guide_with_its_field(cenario: Cenario, client: Client) -> None:
    faturista = cenario.pessoa("faturista", "aurelia")
    with cenario.dentro("aurelia", "faturista"):
        guias = [digitar(cenario, numero=numero) for numero in (1, 2, 3)]
        lote = montagem.criar_lote(guias=guias, por=faturista)
        mudar(guias[1], faturista, **{"dadosBeneficiario/numeroCarteira": "1"})
        with pytest.raises(LoteComCriticas, match="a guia 2 tem o que corrigir"):
            dos_lotes.fechar(lote=lote, por=faturista)
    client.force_login(faturista)
    resposta = client.post(f"/aurelia/lotes/{lote.pk}/fechar/")
    pagina = resposta.content.decode()
    assert resposta.status_code == 409
    assert "O que impede o fechamento" in pagina
    assert f"/aurelia/guias/digitadas/{guias[1].pk}/#dadosBeneficiario%2FnumeroCarteira" in pagina
    assert "Guia 1</a>" not in pagina
    with cenario.dentro("aurelia"):
        lote.refresh_from_db()
    assert (lote.situacao, lote.conteudo_id) == (SituacaoDoLote.ABERTO, None)


def test_what_changed_in_the_register_since_a_guide_was_ready_is_found_at_the_closing(
    cenario: Cenario, faturista: Any
) -> None:
    lote = montagem.criar_lote(guias=[digitar(cenario)], por=faturista)
    GuiaDigitada.objects.update(valores=valores_exemplo(numero=1) | {"dadosBeneficiario/numeroCarteira": "9" * 17})
    with pytest.raises(LoteComCriticas):
        dos_lotes.fechar(lote=lote, por=faturista)


def test_what_was_ignored_goes_to_the_operadora_with_its_reason(cenario: Cenario, client: Client) -> None:
    faturista = cenario.pessoa("faturista", "aurelia")
    with cenario.dentro("aurelia", "faturista"):
        guia = digitar(cenario)
        lote = montagem.criar_lote(guias=[guia], por=faturista)
        mudar(guia, faturista, **{VINCULO: "9"})
    client.force_login(faturista)
    recusada = client.post(f"/aurelia/lotes/{lote.pk}/fechar/")
    (uma,) = recusada.context["guias_com_criticas"]
    caixas = [caixa for _, caixa in uma.linhas]
    assert [json.loads(caixa)[2] for caixa in caixas] == [VINCULO]
    curta = {"critica": caixas, "justificativa": "sim"}
    assert client.post(f"/aurelia/lotes/{lote.pk}/ignorar/", curta).status_code == 302
    assert client.post(f"/aurelia/lotes/{lote.pk}/fechar/").status_code == 409
    dita = {"critica": caixas, "justificativa": "O item 9 está na guia principal."}
    client.post(f"/aurelia/lotes/{lote.pk}/ignorar/", dita)
    assert client.post(f"/aurelia/lotes/{lote.pk}/fechar/").status_code == 302
    with cenario.dentro("pasa"):
        assert not Critica.objects.exists()
    assert client.post(f"/aurelia/lotes/{lote.pk}/enviar/").status_code == 302
    with cenario.dentro("pasa"):
        assert Critica.objects.get().justificativa == "O item 9 está na guia principal."


def test_opening_again_takes_back_what_would_go_with_the_lot(cenario: Cenario, faturista: Any) -> None:
    guia = digitar(cenario)
    lote = montagem.criar_lote(guias=[guia], por=faturista)
    mudar(guia, faturista, **{VINCULO: "9"})
    with pytest.raises(LoteComCriticas) as recusa:
        dos_lotes.fechar(lote=lote, por=faturista)
    ((critica, _),) = recusa.value.trecho.contexto["guias_com_criticas"][0].linhas
    achado = (critica.regra, critica.campo, critica.valor)
    ignorar_no_lote(guia=guia, achados={achado}, justificativa="Está na guia principal.", por=faturista)
    fechado = dos_lotes.fechar(lote=lote, por=faturista)
    assert Critica.objects.filter(lote=lote).count() == 1
    dos_lotes.reabrir(lote=fechado, por=faturista)
    assert Critica.objects.filter(lote=lote).count() == 0


def test_nothing_of_a_sent_lot_changes_any_more(cenario: Cenario, faturista: Any) -> None:
    guias = [digitar(cenario, numero=numero) for numero in (1, 2)]
    lote = montagem.criar_lote(guias=guias, por=faturista)
    fechado = dos_lotes.fechar(lote=lote, por=faturista)
    julgados = cofre.abrir(fechado.conteudo_id or 0)
    protocolo = dos_lotes.enviar(lote=fechado, por=faturista)
    for mudanca in (
        lambda: montagem.tirar(lote=lote, guias=guias[:1], por=faturista),
        lambda: montagem.deslocar(lote=lote, guia=guias[1], passo=-1, por=faturista),
        lambda: montagem.adicionar(lote=lote, guias=[digitar(cenario, numero=3)], por=faturista),
        lambda: conferir(lote=lote, guia=guias[0], conferida=True, por=faturista),
        lambda: mudar(guias[0], faturista),
        lambda: dos_lotes.reabrir(lote=lote, por=faturista),
        lambda: dos_lotes.excluir(lote=lote, por=faturista),
    ):
        with pytest.raises((LoteRecusado, GuiaFechada, MudancaNaoPermitida)):
            mudanca()
    assert cofre.abrir(protocolo.conteudo_id) == julgados
    assert list(GuiaDigitada.objects.filter(lote=lote).values_list("pk", flat=True).order_by("posicao")) == [
        guia.pk for guia in guias
    ]
