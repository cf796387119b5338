"""Every address of the portal × everybody who might ask for it."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from conecta.contas.models import Organizacao
from conecta.contas.papeis import PAPEIS_DA_OPERADORA, PAPEIS_DO_PRESTADOR
from tests.tenancy.mundo import CAMINHOS, Caminho, Mundo

TODOS = pytest.mark.parametrize("caminho", CAMINHOS, ids=str)


def _pedir(cliente: Client, endereco: str) -> HttpResponse:
    resposta = cliente.get(endereco)
    if resposta.status_code == 405:
        resposta = cliente.post(endereco)
    if resposta.streaming:
        resposta.getvalue()  # the client closes what was read to its end
    return resposta


def _organizacoes_de(caminho: Caminho) -> list[str]:
    """Whose screen it is: one organisation of each kind that has it, on the same business."""
    return {"prestador": ["aurelia"], "operadora": ["pasa"], None: ["aurelia", "pasa"]}[caminho.de]


def _papeis(quem: str) -> dict:
    return PAPEIS_DA_OPERADORA if quem == "pasa" else PAPEIS_DO_PRESTADOR


@TODOS
def test_every_view_inside_an_organisation_declares_its_permission(caminho: Caminho) -> None:
    assert caminho.permissao


@TODOS
def test_who_is_not_logged_in_is_asked_to(caminho: Caminho, mundo: Mundo) -> None:
    for quem in _organizacoes_de(caminho):
        resposta = _pedir(Client(), mundo.endereco(caminho, quem, mundo.enviado))
        assert resposta.status_code == 302
        assert reverse("account_login") in resposta.headers["Location"]


@TODOS
def test_a_stranger_gets_404(caminho: Caminho, mundo: Mundo) -> None:
    for quem in _organizacoes_de(caminho):
        assert _pedir(mundo.cliente(mundo.estranho), mundo.endereco(caminho, quem, mundo.enviado)).status_code == 404


@TODOS
def test_another_prestador_of_the_same_operadora_gets_404(caminho: Caminho, mundo: Mundo) -> None:
    cliente = mundo.cliente(mundo.cenario.pessoa("administrador", "boavista"))
    for quem in _organizacoes_de(caminho):
        assert _pedir(cliente, mundo.endereco(caminho, quem, mundo.enviado)).status_code == 404
    if "<int:pk>" in caminho.rota and caminho.de != Organizacao.Tipo.OPERADORA:
        assert _pedir(cliente, mundo.endereco(caminho, "boavista", mundo.enviado)).status_code == 404


@TODOS
def test_another_operadora_gets_404(caminho: Caminho, mundo: Mundo) -> None:
    cliente = mundo.cliente(mundo.cenario.pessoa("gestor", "sulina"))
    for quem in _organizacoes_de(caminho):
        assert _pedir(cliente, mundo.endereco(caminho, quem, mundo.enviado)).status_code == 404
    if "<int:pk>" in caminho.rota and caminho.de != Organizacao.Tipo.PRESTADOR:
        assert _pedir(cliente, mundo.endereco(caminho, "sulina", mundo.enviado)).status_code == 404


@TODOS
def test_the_same_operadora_before_the_sending_gets_404(caminho: Caminho, mundo: Mundo) -> None:
    if "<int:pk>" not in caminho.rota or "protocolos" in caminho.rota:
        return  # lists are asked below; a protocol exists only from the sending on
    cliente = mundo.cliente(mundo.cenario.pessoa("gestor", "pasa"))
    assert _pedir(cliente, mundo.endereco(caminho, "pasa", mundo.antes_do_envio)).status_code == 404


def test_lists_of_the_operadora_do_not_hold_what_was_not_sent(mundo: Mundo) -> None:
    with mundo.cenario.dentro("pasa"):
        from lotes.models import Guia, Item, Lote

        for modelo in (Lote, Guia, Item):
            assert modelo.objects.exists()
            assert not modelo.objects.filter(enviado_em__isnull=True).exists()


@TODOS
def test_a_member_without_the_permission_gets_403(caminho: Caminho, mundo: Mundo) -> None:
    for quem in _organizacoes_de(caminho):
        for papel, permissoes in _papeis(quem).items():
            if caminho.permissao not in permissoes:
                cliente = mundo.cliente(mundo.cenario.pessoa(papel, quem))
                assert _pedir(cliente, mundo.endereco(caminho, quem, mundo.enviado)).status_code == 403, papel


@TODOS
def test_a_member_with_the_permission_is_answered(caminho: Caminho, mundo: Mundo) -> None:
    for quem in _organizacoes_de(caminho):
        permitidos = {p: len(todas) for p, todas in _papeis(quem).items() if caminho.permissao in todas}
        # Whoever may do most: what is imported asks for a permission of its own beside that of importing.
        papel = max(permitidos, key=permitidos.__getitem__)
        cliente = mundo.cliente(mundo.cenario.pessoa(papel, quem))
        resposta = _pedir(cliente, mundo.endereco(caminho, quem, mundo.enviado))
        assert resposta.status_code in {200, 302, 409, 422}


@TODOS
def test_nothing_changes_by_get(caminho: Caminho, mundo: Mundo) -> None:
    """An address that changes something refuses a GET, or sends it back to the page that has the button."""
    verbos = ("fechar", "reabrir", "excluir", "enviar", "avancar", "ignorar", "tentar_de_novo", "ajustar")
    if caminho.nome.split(":")[-1] in verbos:
        quem = _organizacoes_de(caminho)[0]
        cliente = mundo.cliente(mundo.cenario.pessoa("gestor" if quem == "pasa" else "faturista", quem))
        assert cliente.get(mundo.endereco(caminho, quem, mundo.enviado)).status_code in {405, 302}


def test_a_view_that_declares_nothing_is_refused(mundo: Mundo, rf) -> None:
    from django.core.exceptions import PermissionDenied

    from conecta.contas.middleware import InquilinoDaRequisicao

    pedido = rf.get("/aurelia/")
    pedido.vinculo = mundo.cenario.pessoa("faturista", "aurelia").vinculos.select_related("organizacao").get()
    with pytest.raises(PermissionDenied):
        InquilinoDaRequisicao(lambda _: HttpResponse()).process_view(pedido, lambda _: HttpResponse())
