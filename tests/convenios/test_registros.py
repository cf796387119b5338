"""The registers on the screen, and access that one side asks for and the other grants."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from convenios import registros_transicoes as transicoes
from convenios.models import Beneficiario, CoberturaDoPlano, Credenciamento, MudancaDeCadastro, Plano
from convenios.pedidos import Termos
from convenios.registros_consultas import beneficiarios_filtrados
from convenios.registros_forms import BeneficiarioForm
from tests.fabrica import Cenario
from tests.importacao.apoio import conferida, csv, gravada, planos

TERMOS = Termos(codigo="4711", inicio=date(2026, 1, 1), tipos_de_guia=("guiaConsulta",))


def _rota(quem: str, nome: str, **partes: Any) -> str:
    return reverse(f"registros:{nome}", kwargs={"slug": quem, **partes})


@pytest.fixture
def gestor(cenario: Cenario, entrar: Any) -> Client:
    return entrar(cenario.pessoa("gestor", "pasa"))


# --- beneficiários ----------------------------------------------------------------------------------------------------


def _achados(cenario: Cenario, texto: str, **filtros: Any) -> list[str]:
    with cenario.dentro("pasa"):
        achados = beneficiarios_filtrados(cenario.pasa, {"texto": texto, **filtros})
        return [beneficiario.numero_carteira for beneficiario in achados[:100]]


def test_a_beneficiario_is_found_by_card_name_and_words_without_accents(cenario: Cenario) -> None:
    with cenario.dentro("pasa"):
        Beneficiario.objects.create(
            operadora=cenario.pasa,
            numero_carteira="ABC123",
            nome="Conceição Araújo Lima",
            nome_busca="conceicao araujo lima",
            inclusao=date(2020, 1, 1),
        )
    for texto in ("ABC1", "abc123", "Conceição", "conceicao ARA", "araujo", "lima conceicao"):
        assert _achados(cenario, texto) == ["ABC123"], texto
    assert _achados(cenario, "ninguém") == []
    assert len(_achados(cenario, "00090025012300")) == 40


def test_situations_are_those_of_today(cenario: Cenario) -> None:
    ontem = timezone.localdate() - timedelta(days=1)
    with cenario.dentro("pasa"):
        um, outro, terceiro = Beneficiario.objects.order_by("pk")[:3]
        Beneficiario.objects.filter(pk=um.pk).update(desligamento=ontem)
        Beneficiario.objects.filter(pk=outro.pk).update(suspenso_desde=ontem)
        Beneficiario.objects.filter(pk=terceiro.pk).update(inadimplente_desde=ontem)
    assert _achados(cenario, "", situacao="desligados") == [um.numero_carteira]
    assert _achados(cenario, "", situacao="suspensos") == [outro.numero_carteira]
    assert _achados(cenario, "", situacao="inadimplentes") == [terceiro.numero_carteira]
    assert len(_achados(cenario, "", situacao="ativos")) == 39


def test_a_change_is_kept_with_who_did_it(cenario: Cenario, gestor: Client) -> None:
    with cenario.dentro("pasa"):
        pessoa = Beneficiario.objects.earliest("pk")
    rota = _rota("pasa", "salvar_beneficiario", pk=pessoa.pk)
    dados = {"numero_carteira": pessoa.numero_carteira, "nome": "Zélia Nova", "inclusao": "01/01/2015"}
    assert gestor.post(rota, dados | {"suspenso_desde": "10/02/2026"}).status_code == 302
    with cenario.dentro("pasa"):
        pessoa.refresh_from_db()
        mudancas = {(m.campo, m.antes, m.depois) for m in MudancaDeCadastro.objects.all()}
    assert pessoa.nome_busca == "zelia nova"
    assert ("suspenso desde", "", "10/02/2026") in mudancas
    assert "Zélia Nova" in gestor.get(_rota("pasa", "beneficiario", pk=pessoa.pk)).content.decode()


def test_a_card_of_another_and_dates_that_contradict_are_refused(cenario: Cenario, gestor: Client) -> None:
    with cenario.dentro("pasa"):
        primeira, segunda = Beneficiario.objects.order_by("pk")[:2]
    dados = {"numero_carteira": segunda.numero_carteira, "nome": "X", "inclusao": "01/02/2020"}
    resposta = gestor.post(_rota("pasa", "salvar_beneficiario", pk=primeira.pk), dados | {"desligamento": "01/01/2020"})
    assert resposta.status_code == 422
    pagina = resposta.content.decode()
    assert "Outro beneficiário já tem esta carteira" in pagina
    assert "vem antes da outra" in pagina


def _de_duas_abas(cenario: Cenario, gestor: Client, qual: str) -> tuple[str, dict[str, str], dict[str, str]]:
    """Where to save a row, what a page of it holds while it is as it was, and the change that another page makes."""
    with cenario.dentro("pasa"):
        if qual == "plano":
            registro: Any = Plano.objects.earliest("pk")
        elif qual == "prestador":
            registro = Credenciamento.objects.get(prestador=cenario.aurelia)
        else:
            registro = Beneficiario.objects.earliest("pk")
    formulario = gestor.get(_rota("pasa", qual, pk=registro.pk)).context["form"]
    dados = {
        nome: valor.strftime("%d/%m/%Y") if isinstance(valor, date) else valor
        for nome in formulario.fields
        if (valor := formulario.get_initial_for_field(formulario.fields[nome], nome)) not in (None, False)
    }
    mudanca = {"plano": {"nome": "Outro"}, "prestador": {"grupo": "Outro"}, "beneficiario": {"nome": "Outro"}}
    return _rota("pasa", f"salvar_{qual}", pk=registro.pk), dados, mudanca[qual]


@pytest.mark.parametrize(("qual", "outra"), [("plano", "fim"), ("prestador", "fim"), ("beneficiario", "desligamento")])
def test_a_page_that_is_old_does_not_undo_what_another_has_saved(
    qual: str, outra: str, cenario: Cenario, gestor: Client
) -> None:
    gravada(cenario, planos(1))
    rota, dados, mudanca = _de_duas_abas(cenario, gestor, qual)
    assert gestor.post(rota, dados | mudanca).status_code == 302
    velha = gestor.post(rota, dados | {outra: "31/12/2040"})
    assert velha.status_code == 422
    pagina = velha.content.decode()
    assert "Enquanto você preenchia" in pagina
    assert 'value="31/12/2040"' in pagina
    assert gestor.get(rota.removesuffix("salvar/")).context["form"].initial[outra] is None
    de_novo = velha.context["form"]
    assert gestor.post(rota, dados | {outra: "31/12/2040", "visto": de_novo["visto"].value()}).status_code == 302


def test_two_who_change_different_fields_of_what_each_has_seen_both_save(cenario: Cenario) -> None:
    por = cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        pessoa = Beneficiario.objects.earliest("pk")
        visto = transicoes.ultima(pessoa)
        pessoa.nome = "Ana Outra"
        transicoes.salvar(registro=pessoa, por=por, visto=visto)
        pessoa.sexo = "3"
        transicoes.salvar(registro=pessoa, por=por, visto=visto)
        pessoa.nome = "Ana De Novo"
        with pytest.raises(transicoes.MudouNoMeio, match="mudou nome"):
            transicoes.salvar(registro=pessoa, por=por, visto=visto)


def test_of_two_who_save_the_same_card_at_once_the_second_is_told(cenario: Cenario) -> None:
    """Both forms are valid before either is saved, as when two people press the button together."""
    dados = {"numero_carteira": "777", "nome": "Ana", "inclusao": "01/02/2020"}
    por = cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        primeiro, segundo = (BeneficiarioForm(dados, operadora=cenario.pasa) for _ in range(2))
        assert primeiro.is_valid()
        assert segundo.is_valid()
        assert primeiro.salvar(por=por)
        assert not segundo.salvar(por=por)
        assert segundo.errors["numero_carteira"] == ["Outro beneficiário já tem esta carteira."]
        assert Beneficiario.objects.filter(numero_carteira="777").count() == 1


def test_a_prestador_looks_up_cards_of_its_operadoras_only(cenario: Cenario, entrar: Any) -> None:
    cliente = entrar(cenario.pessoa("leitura", "boavista"))
    rota = _rota("boavista", "consulta")
    pasa, sulina = cenario.pasa.pk, cenario.sulina.pk
    # A part of a number finds nobody: cards are not to be guessed.
    assert (
        "Nenhum beneficiário" in cliente.get(rota, {"operadora": pasa, "carteira": "00090025012300"}).content.decode()
    )
    achado = cliente.get(rota, {"operadora": pasa, "carteira": "0009002501230007"}).content.decode()
    assert "PESSOA INVENTADA 7" in achado
    alheio = cliente.get(rota, {"operadora": sulina, "carteira": "7700112200330007"}).content.decode()
    assert "PESSOA" not in alheio


# --- planos -----------------------------------------------------------------------------------------------------------


def test_a_plano_is_registered_with_what_it_covers(cenario: Cenario, gestor: Client) -> None:
    with cenario.dentro("pasa"):
        convenio = cenario.pasa.convenios.get()
    dados = {"codigo": "P1", "nome": "Plano Um", "convenio": convenio.pk, "inicio": "01/01/2026", "ativo": "on"}
    assert gestor.post(_rota("pasa", "novo_plano"), dados).status_code == 302
    with cenario.dentro("pasa"):
        plano = Plano.objects.get()
    rota = _rota("pasa", "cobrir", pk=plano.pk)
    cobertura = {"tabela": "22", "prefixo": "4030", "coberto": "on", "carencia_dias": "180"}
    assert gestor.post(rota, cobertura).status_code == 302
    assert "já tem uma cobertura" in gestor.post(rota, cobertura).content.decode()
    pagina = gestor.get(_rota("pasa", "plano", pk=plano.pk)).content.decode()
    assert "22 4030…: coberto após 180 dias" in pagina
    with cenario.dentro("pasa"):
        (linha,) = CoberturaDoPlano.objects.all()
    gestor.post(rota, {"retirar": linha.pk})
    with cenario.dentro("pasa"):
        assert not CoberturaDoPlano.objects.exists()


# --- prestadores ------------------------------------------------------------------------------------------------------


def test_contracts_change_by_a_list_but_are_never_made_by_one(cenario: Cenario) -> None:
    titulos = ("CNPJ", "Código", "Início", "Tipos de guia")
    aurelia = (cenario.aurelia.documento, "A-1", "01/01/2024", "Consulta, SP/SADT")
    cedro = (cenario.cedro.documento, "C-1", "01/01/2024", "")
    repetido = (cenario.boavista.documento, "A-1", "01/01/2024", "")
    importacao = conferida(cenario, csv(titulos, aurelia, cedro, repetido), layout="credenciamentos")
    assert (importacao.boas, importacao.mudadas, importacao.ruins) == (1, 1, 2)
    gravada(cenario, csv(titulos, aurelia), layout="credenciamentos")
    with cenario.dentro("pasa"):
        contrato = Credenciamento.objects.get(prestador=cenario.aurelia)
    assert (contrato.codigo_na_operadora, contrato.tipos_de_guia) == ("A-1", ["guiaConsulta", "guiaSP-SADT"])


# --- access -----------------------------------------------------------------------------------------------------------


def test_planos_of_another_operadora_are_not_offered(cenario: Cenario, gestor: Client) -> None:
    gravada(cenario, planos(1, "Alheio"), quem="sulina")
    assert "Alheio" not in gestor.get(_rota("pasa", "novo_beneficiario")).content.decode()
