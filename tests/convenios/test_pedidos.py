"""Requests of access: asked, offered, accepted and refused, by either side, and seen by nobody else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from conecta.contas.models import Organizacao
from convenios import pedidos
from convenios.models import Credenciamento, PedidoDeAcesso
from convenios.pedidos import PedidoRecusado, Termos
from convenios.registros_consultas import operadoras_do_portal
from tests.fabrica import Cenario

TERMOS = Termos(codigo="4711", inicio=date(2026, 1, 1), tipos_de_guia=("guiaConsulta",))


def _rota(quem: str, nome: str, **partes: Any) -> str:
    return reverse(f"registros:{nome}", kwargs={"slug": quem, **partes})


def _pedir(cenario: Cenario) -> PedidoDeAcesso:
    with cenario.dentro("cedro", "administrador"):
        return pedidos.pedir(
            prestador=cenario.cedro,
            operadora=cenario.pasa,
            mensagem="Somos de odontologia",
            por=cenario.pessoa("administrador", "cedro"),
        )


def _convidar(cenario: Cenario) -> PedidoDeAcesso:
    with cenario.dentro("pasa", "gestor"):
        return pedidos.convidar(
            operadora=cenario.pasa,
            documento=cenario.cedro.documento,
            termos=TERMOS,
            mensagem="",
            por=cenario.pessoa("gestor", "pasa"),
        )


def test_what_a_prestador_asks_for_and_the_gestor_accepts_is_a_contract(cenario: Cenario) -> None:
    pedido = _pedir(cenario)
    with cenario.dentro("pasa", "gestor"):
        contrato = pedidos.aceitar_pedido(pedido_id=pedido.pk, termos=TERMOS, por=cenario.pessoa("gestor", "pasa"))
        assert contrato.vigente_em(date(2026, 6, 1))
        with pytest.raises(PedidoRecusado, match="já foi respondido"):
            pedidos.aceitar_pedido(pedido_id=pedido.pk, termos=TERMOS, por=cenario.pessoa("gestor", "pasa"))
    with cenario.dentro("cedro"):
        assert Credenciamento.objects.filter(operadora=cenario.pasa, codigo_na_operadora="4711").exists()


def test_an_invitation_that_is_accepted_is_a_contract_on_its_terms(cenario: Cenario) -> None:
    convite = _convidar(cenario)
    with cenario.dentro("cedro", "administrador"):
        pedidos.aceitar_convite(pedido_id=convite.pk, por=cenario.pessoa("administrador", "cedro"))
    with cenario.dentro("pasa"):
        contrato = Credenciamento.objects.get(prestador=cenario.cedro)
    assert (contrato.codigo_na_operadora, contrato.tipos_de_guia, contrato.ativo) == ("4711", ["guiaConsulta"], True)


def test_a_contract_that_ended_is_put_in_force_again_and_not_doubled(cenario: Cenario) -> None:
    with cenario.dentro("pasa"):
        Credenciamento.objects.filter(prestador=cenario.boavista).update(ativo=False, fim=date(2025, 1, 1))
    with cenario.dentro("pasa", "gestor"):
        convite = pedidos.convidar(
            operadora=cenario.pasa,
            documento=cenario.boavista.documento,
            termos=TERMOS,
            mensagem="",
            por=cenario.pessoa("gestor", "pasa"),
        )
    with cenario.dentro("boavista", "administrador"):
        pedidos.aceitar_convite(pedido_id=convite.pk, por=cenario.pessoa("administrador", "boavista"))
        contrato = Credenciamento.objects.get(operadora=cenario.pasa)
    assert (contrato.ativo, contrato.fim, contrato.inicio) == (True, None, date(2026, 1, 1))


@pytest.mark.parametrize(
    "termos",
    [
        {"codigo_na_operadora": "outro"},
        {"inicio": date(2020, 1, 1)},
        {"tipos_de_guia": []},
        {"grupo": "A"},
        {"fim": date(2030, 1, 1)},
    ],
)
def test_the_database_lets_a_prestador_write_no_other_contract_than_the_one_offered(
    cenario: Cenario, termos: dict[str, Any]
) -> None:
    _convidar(cenario)
    oferecido = {"codigo_na_operadora": "4711", "inicio": date(2026, 1, 1), "tipos_de_guia": ["guiaConsulta"]}
    with (
        cenario.dentro("cedro", "administrador"),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        Credenciamento.objects.create(prestador=cenario.cedro, operadora=cenario.pasa, **{**oferecido, **termos})


def test_a_prestador_cannot_turn_its_own_request_into_an_invitation(cenario: Cenario) -> None:
    pedido = _pedir(cenario)
    with (
        cenario.dentro("cedro", "administrador"),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        PedidoDeAcesso.objects.filter(pk=pedido.pk).update(
            pedido_por="operadora", codigo_na_operadora="1", inicio=date(2026, 1, 1)
        )


def test_who_asks_in_the_same_moment_is_told_that_there_is_a_request(cenario: Cenario) -> None:
    """What both saw before either wrote: that nobody had asked."""
    _pedir(cenario)
    pessoa = cenario.pessoa("administrador", "cedro")
    with cenario.dentro("cedro", "administrador"):
        with pytest.raises(PedidoRecusado, match="aguardando resposta"):
            pedidos._guardado(
                operadora=cenario.pasa, prestador=cenario.cedro, pedido_por="prestador", quem_pediu=pessoa
            )
        assert PedidoDeAcesso.objects.count() == 1


def test_nobody_answers_what_it_asked_itself(cenario: Cenario) -> None:
    pedido = _pedir(cenario)
    with cenario.dentro("cedro", "administrador"), pytest.raises(PedidoRecusado, match="não o responde"):
        pedidos.aceitar_convite(pedido_id=pedido.pk, por=cenario.pessoa("administrador", "cedro"))


def test_a_refusal_needs_its_reason_and_a_new_request_may_follow(cenario: Cenario) -> None:
    pedido = _pedir(cenario)
    pessoa = cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        with pytest.raises(PedidoRecusado, match="motivo"):
            pedidos.recusar(pedido_id=pedido.pk, lado=PedidoDeAcesso.Lado.OPERADORA, motivo=" ", por=pessoa)
        pedidos.recusar(pedido_id=pedido.pk, lado=PedidoDeAcesso.Lado.OPERADORA, motivo="Sem vaga", por=pessoa)
    with pytest.raises(PedidoRecusado, match="já é de outro prestador"):
        _aceitar_com(cenario, _pedir(cenario), cenario.aurelia.documento)


def _aceitar_com(cenario: Cenario, pedido: PedidoDeAcesso, codigo: str) -> None:
    with cenario.dentro("pasa", "gestor"):
        termos = Termos(codigo=codigo, inicio=date(2026, 1, 1))
        pedidos.aceitar_pedido(pedido_id=pedido.pk, termos=termos, por=cenario.pessoa("gestor", "pasa"))


def test_one_request_at_a_time_and_none_beside_a_contract(cenario: Cenario) -> None:
    _pedir(cenario)
    with pytest.raises(PedidoRecusado, match="aguardando resposta"):
        _convidar(cenario)
    with cenario.dentro("aurelia", "administrador"), pytest.raises(PedidoRecusado, match="em vigor"):
        pedidos.pedir(
            prestador=cenario.aurelia,
            operadora=cenario.pasa,
            mensagem="",
            por=cenario.pessoa("administrador", "aurelia"),
        )


def test_each_side_sees_its_own_requests_and_the_other_organisations_none(cenario: Cenario) -> None:
    _pedir(cenario)
    vistos = {}
    for quem in ("pasa", "sulina", "cedro", "aurelia"):
        with cenario.dentro(quem):
            vistos[quem] = PedidoDeAcesso.objects.count()
    assert vistos == {"pasa": 1, "sulina": 0, "cedro": 1, "aurelia": 0}


def test_an_operadora_reads_who_asks_it_and_no_other_prestador(cenario: Cenario) -> None:
    with cenario.dentro("pasa"):
        assert not Organizacao.objects.filter(pk=cenario.cedro.pk).exists()
    _pedir(cenario)
    with cenario.dentro("pasa"):
        assert Organizacao.objects.filter(pk=cenario.cedro.pk).exists()


def test_the_directory_tells_name_and_registro_and_leaves_out_those_it_has(cenario: Cenario) -> None:
    with cenario.dentro("cedro"):
        assert operadoras_do_portal(cenario.cedro, "pasa") == [
            {"pk": cenario.pasa.pk, "sigla": "PASA", "nome": "PASA Ltda", "registro_ans": "331988"}
        ]
        assert operadoras_do_portal(cenario.cedro, "Sulina") == []


def test_from_the_request_to_the_contract_on_the_screens(cenario: Cenario) -> None:
    clinica, operadora = Client(), Client()
    clinica.force_login(cenario.pessoa("administrador", "cedro"))
    operadora.force_login(cenario.pessoa("gestor", "pasa"))
    assert "PASA Ltda" in clinica.get(_rota("cedro", "acessos"), {"q": "331988"}).content.decode()
    clinica.post(_rota("cedro", "acessos"), {"operadora": cenario.pasa.pk, "mensagem": "Olá"})
    with cenario.dentro("pasa"):
        pedido = PedidoDeAcesso.objects.get()
    inicio = operadora.get(_rota("pasa", "pedidos")).content.decode()
    assert "1 a responder" in inicio.replace("\n", " ") or "a responder" in inicio
    aceite = {"codigo": "99", "inicio": "01/01/2026"}
    assert operadora.post(_rota("pasa", "aceitar", pk=pedido.pk), aceite).status_code == 302
    assert "PASA | 331988" in clinica.get(_rota("cedro", "acessos")).content.decode()


def test_a_faturista_asks_for_nothing(cenario: Cenario, entrar: Any) -> None:
    cliente = entrar(cenario.pessoa("faturista", "cedro"))
    resposta = cliente.post(_rota("cedro", "acessos"), {"operadora": cenario.pasa.pk})
    assert resposta.status_code == 409
    with cenario.dentro("cedro"):
        assert not PedidoDeAcesso.objects.exists()
