"""A prestador decides what is left open to it, the operadora decides in the contract, and each sees what it may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from convenios.camadas import Camada, Efetivas, do_prestador
from convenios.contrato.erros import ConfiguracaoFechada
from convenios.contrato.escolhas import acordar, escolher
from convenios.models import Convenio, Credenciamento, MudancaDeConvenio, RegrasDoCredenciamento
from tests.fabrica import Cenario

Entrar = Callable[[Any], Client]


@pytest.fixture
def aberto(cenario: Cenario) -> Cenario:
    """PASA demands a senha, and lets prestadores decide that and the mask of guides."""
    with cenario.dentro("pasa", "gestor"):
        Convenio.objects.filter(principal=True).update(
            abertos=["exige_senha", "mascara_da_guia"],
            exige_senha=True,
            alerta="Apresentar a carteira física.",
            contato="Dona Carmen",
        )
    return cenario


def _contrato(cenario: Cenario, prestador: str = "aurelia") -> dict[str, Any]:
    quem = cenario.organizacoes[prestador]
    return {
        "credenciamento": Credenciamento.objects.select_related("prestador").get(
            prestador=quem, operadora=cenario.pasa
        ),
        "convenio": Convenio.objects.get(operadora=cenario.pasa, principal=True),
    }


def _efetivas(cenario: Cenario, prestador: str = "aurelia") -> Efetivas:
    with cenario.dentro(prestador):
        contrato = _contrato(cenario, prestador)
        return do_prestador(contrato["convenio"], contrato["credenciamento"])


def _escolher(cenario: Cenario, novos: dict[str, Any]) -> None:
    with cenario.dentro("aurelia", "administrador"):
        escolher(**_contrato(cenario), novos=novos, por=cenario.pessoa("administrador", "aurelia"))


def test_o_que_o_prestador_escolhe_vale_so_para_ele(aberto: Cenario) -> None:
    _escolher(aberto, {"mascara_da_guia": "000000"})
    assert _efetivas(aberto).regras.mascara_da_guia == "000000"
    assert _efetivas(aberto).origem["mascara_da_guia"] == Camada.PRESTADOR
    assert _efetivas(aberto, "boavista").regras.mascara_da_guia == ""
    with aberto.dentro("boavista"):
        assert not RegrasDoCredenciamento.objects.exists()
        assert not MudancaDeConvenio.objects.exists()


def test_voltar_ao_herdado_devolve_o_valor_do_convenio(aberto: Cenario) -> None:
    _escolher(aberto, {"exige_senha": False})
    assert _efetivas(aberto).regras.exige_senha is False
    _escolher(aberto, {"exige_senha": None})
    assert (_efetivas(aberto).regras.exige_senha, _efetivas(aberto).origem["exige_senha"]) == (True, Camada.CONVENIO)


def test_o_que_nao_esta_aberto_e_recusado_inteiro(aberto: Cenario) -> None:
    with pytest.raises(ConfiguracaoFechada, match="Quantidade de exames por guia"):
        _escolher(aberto, {"exige_senha": False, "qtd_exame_guia": 90})
    assert _efetivas(aberto).regras.exige_senha is True


def test_o_contrato_vale_mais_que_o_convenio_e_menos_que_a_escolha(aberto: Cenario) -> None:
    with aberto.dentro("pasa", "gestor"):
        acordar(
            **_contrato(aberto),
            novos={"qtd_exame_guia": 5, "mascara_da_guia": "0000"},
            por=aberto.pessoa("gestor", "pasa"),
        )
    _escolher(aberto, {"mascara_da_guia": "000000"})
    efetivas = _efetivas(aberto)
    assert (efetivas.regras.qtd_exame_guia, efetivas.origem["qtd_exame_guia"]) == (5, Camada.CONTRATO)
    assert efetivas.regras.mascara_da_guia == "000000"


def test_cada_mudanca_fica_na_historia_do_prestador(aberto: Cenario) -> None:
    _escolher(aberto, {"exige_senha": False})
    with aberto.dentro("aurelia"):
        (mudanca,) = MudancaDeConvenio.objects.filter(prestador=aberto.aurelia)
    assert (mudanca.campo, mudanca.antes, mudanca.depois) == ("exige_senha", "herdado", "Não")
    assert mudanca.quem_nome == aberto.pessoa("administrador", "aurelia").nome


def _pagina(cenario: Cenario, quem: str, fim: str = "") -> str:
    with cenario.dentro(quem):
        pk = _contrato(cenario)["credenciamento"].pk
    return f"/{quem}/contratos/{pk}/convenios/1/{fim}"


def test_a_pagina_mostra_o_que_vale_de_quem_se_herda_e_o_que_se_escolhe(aberto: Cenario, entrar: Entrar) -> None:
    cliente = entrar(aberto.pessoa("administrador", "aurelia"))
    tiss = cliente.get(_pagina(aberto, "aurelia"), {"aba": "tiss"}).content.decode()
    assert 'name="exige_senha"' in tiss
    assert 'name="exigir_numero_da_guia"' not in tiss
    assert "Herdado de: padrão do Conecta" in tiss
    dados = cliente.get(_pagina(aberto, "aurelia"), {"aba": "dados"}).content.decode()
    assert "Apresentar a carteira física." in dados
    assert "Dona Carmen" in dados


def test_quem_so_le_nao_tem_o_que_escolher(aberto: Cenario, entrar: Entrar) -> None:
    cliente = entrar(aberto.pessoa("faturista", "aurelia"))
    assert 'name="exige_senha"' not in cliente.get(_pagina(aberto, "aurelia"), {"aba": "tiss"}).content.decode()
    assert cliente.post(_pagina(aberto, "aurelia", "escolher/"), {"exige_senha": "False"}).status_code == 403


def test_escolher_e_devolver_pela_tela(aberto: Cenario, entrar: Entrar) -> None:
    cliente = entrar(aberto.pessoa("administrador", "aurelia"))
    endereco = _pagina(aberto, "aurelia", "escolher/?aba=tiss")
    recado = cliente.post(endereco, {"exige_senha": "False", "mascara_da_guia": "0000"}, follow=True).content.decode()
    assert "Salvo: " in recado
    assert _efetivas(aberto).regras.exige_senha is False
    campos = {"exige_senha": "False", "mascara_da_guia": "0000", "herdar": "exige_senha"}
    assert "voltou ao herdado" in cliente.post(endereco, campos, follow=True).content.decode()
    assert _efetivas(aberto).regras.exige_senha is True
    assert _efetivas(aberto).regras.mascara_da_guia == "0000"


def test_campo_fechado_enviado_por_fora_da_tela_nao_muda_nada(aberto: Cenario, entrar: Entrar) -> None:
    cliente = entrar(aberto.pessoa("administrador", "aurelia"))
    cliente.post(_pagina(aberto, "aurelia", "escolher/?aba=dados"), {"qtd_exame_guia": "90"})
    assert _efetivas(aberto).regras.qtd_exame_guia is None


def test_o_gestor_muda_o_contrato_na_mesma_tela(aberto: Cenario, entrar: Entrar) -> None:
    cliente = entrar(aberto.pessoa("gestor", "pasa"))
    assert 'name="qtd_exame_guia"' in cliente.get(_pagina(aberto, "pasa"), {"aba": "dados"}).content.decode()
    cliente.post(_pagina(aberto, "pasa", "acordar/?aba=dados"), {"qtd_exame_guia": "7"})
    assert _efetivas(aberto).regras.qtd_exame_guia == 7
    assert _efetivas(aberto, "boavista").regras.qtd_exame_guia is None


@pytest.mark.parametrize(
    ("quem", "papel", "ve", "nao_ve"),
    [("aurelia", "faturista", "PASA", "Odonto Cedro"), ("pasa", "analista", "Hospital Boa Vista", "Odonto Cedro")],
)
def test_a_lista_mostra_os_contratos_do_proprio_lado(
    cenario: Cenario, entrar: Entrar, quem: str, papel: str, ve: str, nao_ve: str
) -> None:
    cliente = entrar(cenario.pessoa(papel, quem))
    pagina = cliente.get(f"/{quem}/contratos/").content.decode()
    assert ve in pagina
    assert nao_ve not in pagina
    assert "Nenhum contrato com esse texto" in cliente.get(f"/{quem}/contratos/", {"texto": "zzz"}).content.decode()
