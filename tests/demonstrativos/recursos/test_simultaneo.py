"""Two people at once, with real commits: a glosa gets into one appeal, and an appeal is sent once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from conecta.erros import ErroDeNegocio
from demonstrativos.analise.models import Glosa
from demonstrativos.recursos import preparo, respostas, transicoes
from demonstrativos.recursos.erros import ComRecursoEnviado
from demonstrativos.recursos.models import ItemDoRecurso
from demonstrativos.recursos.preparo import Pedido
from lotes import avanco
from lotes.estados import SituacaoDoProtocolo as P
from tests.demonstrativos.recursos.construcao import glosado, preparar, recursado
from tests.fabrica import Cenario, montar_cenario


@pytest.fixture
def real(commitado: None) -> Cenario:
    return montar_cenario()


def _juntos(um: Callable[[], Any], outro: Callable[[], Any]) -> list[Any]:
    """Both set off together; each gives its connection back."""
    largada = Barrier(2)

    def correr(tarefa: Callable[[], Any]) -> Any:
        largada.wait(30)
        try:
            return tarefa()
        except ErroDeNegocio as recusa:
            return recusa.frase
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as dois:
        return list(dois.map(correr, [um, outro]))


def test_a_glosa_gets_into_one_appeal(real: Cenario) -> None:
    glosado(real)

    def incluir(papel: str) -> int:
        with real.dentro("aurelia", papel):
            glosas = list(Glosa.objects.values_list("pk", flat=True))
            pedidos = dict.fromkeys(glosas, Pedido(justificativa="x"))
            return len(preparo.incluir(prestador=real.aurelia, pedidos=pedidos, por=real.pessoa(papel, "aurelia")))

    feitos = _juntos(lambda: incluir("faturista"), lambda: incluir("administrador"))
    assert feitos.count(1) == 1
    assert any("já está em outro recurso" in str(feito) for feito in feitos)


def test_two_presses_send_once(real: Cenario) -> None:
    recurso = preparar(real, glosado(real))

    def mandar(papel: str) -> int | None:
        with real.dentro("aurelia", papel):
            return transicoes.enviar(recurso=recurso, por=real.pessoa(papel, "aurelia")).numero

    assert _juntos(lambda: mandar("faturista"), lambda: mandar("administrador")) == [1, 1]


def test_who_opens_an_analysis_again_does_not_wait_for_who_appeals(real: Cenario) -> None:
    """It has the protocol locked, which the other one's draft would wait for in turn."""
    protocolo = glosado(real, ate=P.LIBERADO)
    gestor = real.pessoa("gestor", "pasa")

    def reabrir() -> str:
        try:
            with real.dentro("pasa", "gestor"):
                avanco.desfazer(protocolos=[protocolo], para=P.EM_ANALISE, por=gestor, motivo="engano")
        except ComRecursoEnviado as recusa:
            return recusa.frase
        finally:
            connection.close()
        return "reaberta"

    with ThreadPoolExecutor(1) as outra_pessoa:
        with real.dentro("aurelia", "faturista"):
            transicoes.trancar_protocolo(protocolo.pk)
            assert "Tente de novo" in outra_pessoa.submit(reabrir).result(timeout=10)
        assert outra_pessoa.submit(reabrir).result() == "reaberta"


def test_what_is_decided_while_it_is_answered_is_in_the_answer_or_refused(real: Cenario) -> None:
    recurso = recursado(real)
    analista, gestor = real.pessoa("analista", "pasa"), real.pessoa("gestor", "pasa")
    with real.dentro("pasa", "analista"):
        itens = list(ItemDoRecurso.objects.values_list("pk", flat=True))
        respostas.acatar(recurso=recurso, itens=itens, por=analista)

    def responder() -> str:
        with real.dentro("pasa", "analista"):
            return str(transicoes.responder(recurso=recurso, por=analista).valor_acatado)

    def recusar() -> str:
        with real.dentro("pasa", "gestor"):
            return str(respostas.recusar(recurso=recurso, itens=itens, por=gestor, justificativa="Mantida."))

    acatado, recusados = _juntos(responder, recusar)
    assert (acatado, recusados) == ("0.00", "2") or (acatado == "30.00" and "já é “Respondido”" in recusados)
