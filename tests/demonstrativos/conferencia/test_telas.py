"""The catalogue of criteria as the gestor sees and tunes it, and asking for another pass."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from demonstrativos.analise.conferencia_ajustes import AjusteRecusado, ajustar, linhas_de
from demonstrativos.analise.criterios import CRITERIOS
from demonstrativos.analise.estados import AcaoDoCriterio, Conferencia
from demonstrativos.analise.models import AjusteDoCriterio, Analise, Glosa
from demonstrativos.analise.recusas import CodigoRecusado
from lotes import avanco
from lotes.estados import SituacaoDoProtocolo as P
from tests.demonstrativos.conferencia.apoio import em_analise, ligar, precificar
from tests.fabrica import Cenario
from tests.movimento import trabalhar

pytestmark = pytest.mark.django_db


def _cliente(cenario: Cenario, papel: str = "gestor", organizacao: str = "pasa") -> Client:
    cliente = Client()
    cliente.force_login(cenario.pessoa(papel, organizacao))
    return cliente


def _endereco(criterio: str) -> str:
    return reverse("analise:criterio", kwargs={"slug": "pasa", "criterio": criterio})


def test_the_catalogue_says_of_every_criterion_what_it_looks_for(cenario: Cenario) -> None:
    pagina = _cliente(cenario).get(reverse("analise:criterios", kwargs={"slug": "pasa"})).content.decode()
    for criterio in CRITERIOS.values():
        assert criterio.titulo in pagina
        assert criterio.frase in pagina


def test_a_criterion_is_tuned(cenario: Cenario) -> None:
    dados = {"acao": "observar", "codigo": "", "tolerancia_centavos": "50"}
    assert _cliente(cenario).post(_endereco("preco_acima"), dados).status_code == 302
    with cenario.dentro("pasa"):
        ajuste = AjusteDoCriterio.objects.get()
    assert (ajuste.criterio, ajuste.acao, ajuste.tolerancia_centavos) == ("preco_acima", "observar", 50)


@pytest.mark.parametrize(("criterio", "dados", "frase"), [
    ("preco_acima", {"acao": "glosar", "codigo": "0000", "tolerancia_centavos": "0"}, "não existe na Tabela 38"),
    ("acima_do_maximo", {"acao": "glosar", "codigo": ""}, "que um auditor confirma"),
    ("critica_ignorada", {"acao": "glosar"}, "glosar"),
])  # fmt: skip
def test_what_cannot_be_is_said_and_not_saved(
    cenario: Cenario, criterio: str, dados: dict[str, str], frase: str
) -> None:
    resposta = _cliente(cenario).post(_endereco(criterio), dados)
    assert resposta.status_code == 422
    assert frase in resposta.content.decode()
    with cenario.dentro("pasa"):
        assert not AjusteDoCriterio.objects.exists()


def test_only_the_gestor_of_an_operadora_tunes_and_no_stranger_finds_a_criterion(cenario: Cenario) -> None:
    assert _cliente(cenario, "analista").get(_endereco("preco_acima")).status_code == 403
    assert _cliente(cenario).get(_endereco("nenhum")).status_code == 404


def test_the_transition_refuses_what_the_screen_would_not_offer(cenario: Cenario) -> None:
    with cenario.dentro("pasa", "gestor"):
        with pytest.raises(AjusteRecusado, match="não pode fazer isso"):
            ajustar(operadora=cenario.pasa, criterio="critica_ignorada", acao=AcaoDoCriterio.GLOSAR)
        with pytest.raises(CodigoRecusado):
            ajustar(operadora=cenario.pasa, criterio="preco_acima", acao=AcaoDoCriterio.PROPOR, codigo="9999")


def test_the_results_count_what_was_found_what_waits_and_what_people_took_away(cenario: Cenario) -> None:
    ligar(cenario)
    em_analise(cenario, guias=2, itens=1)
    precificar(cenario, {"40302040": "20.00"})
    trabalhar()
    with cenario.dentro("pasa"):
        aceita, retirada = Glosa.objects.order_by("pk")
        Glosa.objects.filter(pk=aceita.pk).update(confirmada=True)
        retirada.delete()
        (resultado,) = [um.resultado for um in linhas_de(cenario.pasa) if um.ajustado.criterio.nome == "preco_acima"]
    assert (resultado.glosas, resultado.retiradas, resultado.esperam, resultado.parte_retirada) == (1, 1, 0, 50)


def test_an_analista_asks_for_another_pass(cenario: Cenario) -> None:
    ligar(cenario)
    analise = em_analise(cenario)
    trabalhar()
    endereco = reverse("analise:conferir", kwargs={"slug": "pasa", "pk": analise.protocolo_id})
    resposta = _cliente(cenario, "analista").post(endereco, {"guia": "2"})
    assert resposta["Location"] == f"/pasa/analise/protocolos/{analise.protocolo_id}/?guia=2"
    with cenario.dentro("pasa"):
        assert Analise.objects.get().conferencia == Conferencia.PENDENTE
    assert trabalhar() == 1


def test_another_pass_is_offered_with_what_it_replaces_to_whoever_analyses_while_none_is_due(cenario: Cenario) -> None:
    ligar(cenario)
    analise = em_analise(cenario, guias=2, itens=1)
    precificar(cenario, {"40302040": "20.00"})
    mesa = reverse("analise:mesa", kwargs={"slug": "pasa", "pk": analise.protocolo_id})

    def oferecida(papel: str = "analista") -> bool:
        return 'id="d-conferir"' in _cliente(cenario, papel).get(mesa).content.decode()

    assert not oferecida()
    trabalhar()
    assert (oferecida(), oferecida("leitura"), oferecida("financeiro_operadora")) == (True, False, False)
    pagina = _cliente(cenario, "analista").get(mesa).content.decode()
    assert "Conferir de novo</button>" in pagina
    assert "só as glosas que a conferência propôs e ninguém confirmou (agora, 2)" in pagina
    with cenario.dentro("pasa", "gestor"):
        por = cenario.pessoa("gestor", "pasa")
        avanco.avancar(protocolo=analise.protocolo, para=P.AGUARDANDO_INFORMACAO, por=por)
    assert not oferecida()


def test_a_desk_that_was_opened_during_the_pass_learns_of_its_end(cenario: Cenario) -> None:
    ligar(cenario)
    analise = em_analise(cenario)
    cliente = _cliente(cenario, "analista")
    mesa = reverse("analise:mesa", kwargs={"slug": "pasa", "pk": analise.protocolo_id})
    pergunta = {"HX-Request": "true", "HX-Target": "conferencia"}

    assert "A conferência automática está em andamento" in cliente.get(mesa).content.decode()
    assert cliente.get(mesa, headers=pergunta).status_code == 204
    trabalhar()
    resposta = cliente.get(mesa, headers=pergunta).content.decode()
    assert "A conferência automática terminou" in resposta
    assert "hx-trigger" not in resposta
    assert 'id="conferencia"' not in cliente.get(mesa).content.decode()
