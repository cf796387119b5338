"""The screens of what is demanded and authorised: what the operadora registers, and what a prestador sees of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from convenios.exigencias.models import Autorizacao, ConferenciaDeAutorizacoes, ExigenciaDoProcedimento
from tests.convenios.exigencias.apoio import autorizar, exigir
from tests.fabrica import CARTEIRAS, PASA, Cenario

CARTEIRA = CARTEIRAS[PASA].format(3)
NOVA = {"tabela": "22", "prefixo": "4130", "inicio": "01/11/2026", "exige_autorizacao": "on"}
LINHAS_VAZIAS = {"itens-TOTAL_FORMS": "5", "itens-INITIAL_FORMS": "0"}


@pytest.fixture
def gestor(cenario: Cenario, client: Client) -> Client:
    client.force_login(cenario.pessoa("gestor", "pasa"))
    return client


@pytest.fixture
def faturista(cenario: Cenario) -> Client:
    cliente = Client()
    cliente.force_login(cenario.pessoa("faturista", "aurelia"))
    return cliente


def _url(nome: str, slug: str = "pasa", **argumentos: Any) -> str:
    return reverse(f"exigencias:{nome}", kwargs={"slug": slug, **argumentos})


def _nova_autorizacao(cenario: Cenario, **outros: str) -> dict[str, str]:
    return {
        **LINHAS_VAZIAS,
        "prestador": str(cenario.aurelia.pk),
        "numero_carteira": CARTEIRA,
        "senha": "S777",
        "emitida_em": "01/11/2026",
        **outros,
    }


def test_the_gestor_demands_and_the_prestador_reads_it(gestor: Client, faturista: Client) -> None:
    resposta = gestor.post(_url("novo"), NOVA | {"cbos": "225120, 225125", "graus": ["00", "06"]}, follow=True)
    assert "Exigência salva. Vale para os itens a partir de 01/11/2026." in resposta.text
    for cliente, slug in ((gestor, "pasa"), (faturista, "aurelia")):
        pagina = cliente.get(_url("procedimentos", slug)).text
        assert "4130…" in pagina
        assert "autorização prévia; graus cirurgião, anestesista; CBO 225120, 225125" in pagina
    assert _url("novo", "aurelia") not in pagina


def test_what_is_demanded_can_be_changed_and_taken_back(cenario: Cenario, gestor: Client) -> None:
    exigencia = exigir(cenario, prefixo="4130", exige_equipe=True)
    resposta = gestor.post(
        _url("procedimento", pk=exigencia.pk), NOVA | {"quantidade_maxima_por_dia": "2"}, follow=True
    )
    assert "autorização prévia; até 2 por dia" in resposta.text
    resposta = gestor.post(_url("excluir", pk=exigencia.pk), follow=True)
    assert "Exigência para 4130… da tabela 22 excluída." in resposta.text
    with cenario.dentro("pasa"):
        assert not ExigenciaDoProcedimento.objects.exists()


@pytest.mark.parametrize(
    ("mudanca", "frase"),
    [
        ({"prefixo": "41.30"}, "Escreva só os dígitos ou letras do código"),
        ({"fim": "31/10/2026"}, "O fim vem antes do início"),
        ({"idade_minima": "10", "idade_maxima": "9"}, "A idade máxima é menor que a mínima"),
        ({"cbos": "225120, 1"}, "1 não é um CBO do padrão"),
        ({"intervalo_minimo_dias": "4000"}, "3650"),
        ({"inicio": "31/02/2026"}, "Esta não é uma data"),
    ],
)
def test_a_demand_that_cannot_be_says_why(mudanca: dict[str, str], frase: str, gestor: Client) -> None:
    resposta = gestor.post(_url("novo"), NOVA | mudanca)
    assert resposta.status_code == 422
    assert "A exigência não foi salva" in resposta.text
    assert frase in resposta.text


def test_the_same_codes_from_the_same_day_are_demanded_of_once(gestor: Client) -> None:
    gestor.post(_url("novo"), NOVA)
    resposta = gestor.post(_url("novo"), NOVA)
    assert "Já há uma exigência para estes códigos, neste convênio, a partir de 01/11/2026." in resposta.text


@pytest.mark.parametrize(("codigo", "achados"), [("41301", {"41", "4130"}), ("4130", {"41", "4130"}), ("31", set())])
def test_a_code_finds_what_may_decide_about_it(
    codigo: str, achados: set[str], cenario: Cenario, gestor: Client
) -> None:
    for prefixo in ("41", "4130", "50"):
        exigir(cenario, prefixo=prefixo)
    resposta = gestor.get(_url("procedimentos"), {"codigo": codigo})
    assert {exigencia.prefixo for exigencia, _, _ in resposta.context["linhas"]} == achados


def test_the_gestor_authorises_with_items_and_the_prestador_reads_it(
    cenario: Cenario, gestor: Client, faturista: Client
) -> None:
    itens = {"itens-0-tabela": "22", "itens-0-codigo": "40302040", "itens-0-quantidade": "2,5"}
    resposta = gestor.post(_url("nova"), _nova_autorizacao(cenario, **itens), follow=True)
    assert "Autorização registrada." in resposta.text
    with cenario.dentro("pasa"):
        autorizacao = Autorizacao.objects.get()
        assert list(autorizacao.itens.values_list("tabela", "codigo", "quantidade")) == [
            ("22", "40302040", Decimal("2.5"))
        ]
    pagina = faturista.get(_url("autorizacao", "aurelia", pk=autorizacao.pk)).text
    assert "S777" in pagina
    assert "40302040" in pagina
    assert "Cancelar esta autorização" not in pagina


@pytest.mark.parametrize(
    ("mudanca", "frase"),
    [
        ({"senha": ""}, "Informe a senha ou o número da guia na operadora"),
        ({"valida_ate": "31/10/2026"}, "A validade acaba antes da emissão"),
        ({"itens-0-codigo": "40302040"}, "Informe quanto foi autorizado deste código."),
        ({"itens-1-quantidade": "2"}, "Informe o código desta quantidade."),
        (
            {f"itens-{n}-{campo}": valor for n in (0, 1) for campo, valor in (("codigo", "1"), ("quantidade", "1"))},
            "O mesmo código está em duas linhas.",
        ),
    ],
)
def test_an_authorisation_that_cannot_be_says_why(
    mudanca: dict[str, str], frase: str, cenario: Cenario, gestor: Client
) -> None:
    resposta = gestor.post(_url("nova"), _nova_autorizacao(cenario, **mudanca))
    assert resposta.status_code == 422
    assert frase in resposta.text
    with cenario.dentro("pasa"):
        assert not Autorizacao.objects.exists()


def test_a_senha_is_of_one_authorisation(cenario: Cenario, gestor: Client) -> None:
    autorizar(cenario, senha="S777")
    assert "Esta senha já é de outra autorização." in gestor.post(_url("nova"), _nova_autorizacao(cenario)).text


def test_a_cancelled_authorisation_tells_both_why(cenario: Cenario, gestor: Client, faturista: Client) -> None:
    autorizacao = autorizar(cenario)
    assert gestor.post(_url("cancelar", pk=autorizacao.pk), {"motivo": " x "}).status_code == 422
    gestor.post(_url("cancelar", pk=autorizacao.pk), {"motivo": "Procedimento trocado"})
    for cliente, slug in ((gestor, "pasa"), (faturista, "aurelia")):
        pagina = cliente.get(_url("autorizacao", slug, pk=autorizacao.pk)).text
        assert "Procedimento trocado" in pagina
        assert "Cancelada" in pagina
    segunda = gestor.post(_url("cancelar", pk=autorizacao.pk), {"motivo": "De novo não"})
    assert segunda.status_code == 422


@pytest.mark.parametrize(
    ("filtro", "achadas"),
    [
        ({"situacao": "validas"}, {"V", "S"}),
        ({"situacao": "vencidas"}, {"P"}),
        ({"situacao": "canceladas"}, {"C"}),
        ({"numero": "V"}, {"V"}),
        ({"numero": CARTEIRAS[PASA].format(9)}, {"S"}),
        ({"com": "nada"}, set()),
    ],
)
def test_authorisations_are_found_by_number_and_by_how_they_stand(
    filtro: dict[str, str], achadas: set[str], cenario: Cenario, gestor: Client
) -> None:
    hoje = timezone.localdate()
    autorizar(cenario, senha="V", valida_ate=hoje)
    autorizar(cenario, senha="S", numero_carteira=CARTEIRAS[PASA].format(9))
    autorizar(cenario, senha="P", valida_ate=hoje - timedelta(days=1))
    cancelada = autorizar(cenario, senha="C")
    gestor.post(_url("cancelar", pk=cancelada.pk), {"motivo": "Procedimento trocado"})
    resposta = gestor.get(_url("autorizacoes"), filtro)
    assert {autorizacao.senha for autorizacao in resposta.context["pagina"]} == achadas


def test_the_gestor_says_since_when_all_are_registered(cenario: Cenario, gestor: Client) -> None:
    resposta = gestor.post(_url("conferir"), {"desde": "01/12/2026"}, follow=True)
    assert "passam a ser conferidos a partir de 01/12/2026" in resposta.text
    with cenario.dentro("pasa"):
        assert f"{ConferenciaDeAutorizacoes.objects.get().desde:%d/%m/%Y}" == "01/12/2026"
    assert "Nada mudou." in gestor.post(_url("conferir"), {"desde": "ontem"}, follow=True).text


def test_only_the_gestor_changes_what_the_operadora_registers(cenario: Cenario) -> None:
    analista = Client()
    analista.force_login(cenario.pessoa("analista", "pasa"))
    assert analista.get(_url("procedimentos")).status_code == 200
    for endereco in (_url("novo"), _url("nova")):
        assert analista.get(endereco).status_code == 403
