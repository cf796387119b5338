"""*Quanto custa?* answers either side with each step, and a prestador by its own contracts only."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from convenios.models import Convenio
from convenios.precos.erros import ProdutoRepetido
from convenios.precos.models import EdicaoDeReferencia, PercentualDoGrupo, VinculoDeTabela
from tests.convenios.precos.registro import edicao, preco, principal, produto, tabela, vinculo
from tests.fabrica import Cenario, montar_cenario
from tests.lotes.test_envio_simultaneo import em_paralelo

FIXO = "\u00a0"


def _cliente(cenario: Cenario, papel: str, quem: str) -> Client:
    cliente = Client()
    cliente.force_login(cenario.pessoa(papel, quem))
    return cliente


@pytest.fixture
def gestor(cenario: Cenario) -> Client:
    return _cliente(cenario, "gestor", "pasa")


def _url(nome: str, slug: str = "pasa", **argumentos: Any) -> str:
    return reverse(f"precos:{nome}", kwargs={"slug": slug, **argumentos})


def _convenio(cenario: Cenario) -> Convenio:
    with cenario.dentro("pasa"):
        return principal(cenario)


def _perguntar(cliente: Client, cenario: Cenario, slug: str, **mais: str) -> Any:
    pergunta = {"convenio": str(_convenio(cenario).pk), "tabela": "22", "codigo": "40304361", "dia": "15/03/2026"}
    return cliente.get(_url("custo", slug), pergunta | mais)


def test_the_answer_has_the_value_its_source_and_every_step(cenario: Cenario, gestor: Client) -> None:
    desta = tabela(cenario)
    preco(cenario, desta, "40304361", "18.90")
    vinculo(cenario, desta, percentual=Decimal(80))
    pagina = _perguntar(gestor, cenario, "pasa").text.replace(FIXO, " ")
    assert "R$ 15,12" in pagina
    assert "tabela de preço" in pagina
    assert "Tabela Valores 2026, do convênio: código 40304361, preço em vigor desde 01/01/2026" in pagina
    assert "Valor da tabela: 18,90; percentual do vínculo: × 80 % = 15,12" in pagina


def test_the_contract_is_asked_before_the_convenio(cenario: Cenario, gestor: Client) -> None:
    geral, do_contrato = tabela(cenario), tabela(cenario, nome="Do contrato", prestador=cenario.aurelia)
    preco(cenario, geral, "40304361", "18.90")
    preco(cenario, do_contrato, "40304361", "25")
    vinculo(cenario, geral)
    vinculo(cenario, do_contrato, prestador=cenario.aurelia)
    assert _perguntar(gestor, cenario, "pasa").context["resposta"].valor == Decimal("18.90")
    de_aurelia = _perguntar(gestor, cenario, "pasa", prestador=str(cenario.aurelia.pk))
    assert de_aurelia.context["resposta"].valor == Decimal(25)
    for quem, valor in (("aurelia", "25"), ("boavista", "18.90")):
        resposta = _perguntar(_cliente(cenario, "faturista", quem), cenario, quem)
        assert resposta.context["resposta"].valor == Decimal(valor), quem
        assert "Prestador</label>" not in resposta.text


def test_an_operadora_without_contract_is_not_offered(cenario: Cenario) -> None:
    """cedro has no contract with PASA: its convênio is no answer to any question of it."""
    resposta = _perguntar(_cliente(cenario, "faturista", "cedro"), cenario, "cedro")
    assert resposta.status_code == 422
    assert "resposta" not in resposta.context


def test_no_price_says_why_and_where_to_register_it(cenario: Cenario, gestor: Client) -> None:
    pagina = _perguntar(gestor, cenario, "pasa").text
    assert "Nenhuma tabela de procedimentos está vinculada ao convênio em 15/03/2026." in pagina
    assert _url("convenio", codigo=_convenio(cenario).codigo) in pagina
    lido = _perguntar(_cliente(cenario, "analista", "pasa"), cenario, "pasa").text
    assert "Onde registrar o que falta" not in lido
    assert "gestor da operadora" in lido


def test_only_the_prestador_sees_what_comes_of_its_cost(cenario: Cenario, gestor: Client) -> None:
    produto(cenario, codigo_tuss="90012345")
    convenio = _convenio(cenario)
    gestor.post(_url("grupos", codigo=convenio.codigo), {"material": "120"})
    pergunta = {"tabela": "19", "codigo": "90012345"}
    aurelia = _perguntar(_cliente(cenario, "faturista", "aurelia"), cenario, "aurelia", **pergunta)
    assert "Custo médio 1,2345 × 120 % = 1,4814" in aurelia.text.replace(FIXO, " ")
    dela = _perguntar(gestor, cenario, "pasa", prestador=str(cenario.aurelia.pk), **pergunta).text
    assert "1,2345" not in dela
    assert "só o prestador vê" in dela


def test_brasindice_is_explained(cenario: Cenario, gestor: Client) -> None:
    edicao(cenario)
    with cenario.dentro("pasa", "gestor"):
        Convenio.objects.filter(operadora=cenario.pasa).update(
            referencia_medicamento="brasindice",
            brasindice_medicamento_coluna="pmc",
            brasindice_medicamento_percentual=Decimal(38),
            pfb_para_pmc_zerado=True,
        )
    pagina = _perguntar(gestor, cenario, "pasa", tabela="20", codigo="90012345").text.replace(FIXO, " ")
    assert "PMC 0,00 → PFB 12,40 × 38 % = 4,712" in pagina
    assert "R$ 4,71" in pagina


def test_a_table_is_linked_changed_and_let_go(cenario: Cenario, gestor: Client) -> None:
    desta, codigo = tabela(cenario), _convenio(cenario).codigo
    pagina = gestor.get(_url("convenio", codigo=codigo)).text
    assert "Sem tabela própria: usa a de procedimentos." in pagina
    dados = {
        "natureza": "taxas",
        "tabela": str(desta.pk),
        "ordem": "1",
        "percentual": "100",
        "banda_porte": "-20",
        "banda_uco": "0",
        "inicio": "01/01/2026",
    }
    novo = gestor.get(_url("vincular", codigo=codigo)).context["form"]
    assert [novo[nome].value() for nome in ("percentual", "banda_porte", "banda_uco")] == ["100", "0", "0"]
    assert "Valores 2026 precifica taxas" in gestor.post(_url("vincular", codigo=codigo), dados, follow=True).text
    repetido = gestor.post(_url("vincular", codigo=codigo), dados)
    assert "já está vinculada a taxas, diárias e gases a partir de 01/01/2026" in repetido.text
    with cenario.dentro("pasa"):
        feito = VinculoDeTabela.objects.get()
    assert feito.banda_porte == Decimal(-20)
    gestor.post(_url("vinculo", pk=feito.pk), dados | {"percentual": "90,5"})
    assert "90,5 %" in gestor.get(_url("convenio", codigo=codigo)).text
    assert "não precifica mais taxas" in gestor.post(_url("excluir_vinculo", pk=feito.pk), follow=True).text


def test_a_link_of_the_contract_is_of_that_prestador(cenario: Cenario, gestor: Client) -> None:
    do_contrato, codigo = tabela(cenario, prestador=cenario.aurelia), _convenio(cenario).codigo
    dados = {"natureza": "taxas", "tabela": str(do_contrato.pk), "ordem": "1", "percentual": "100"}
    dados |= {"banda_porte": "0", "banda_uco": "0", "inicio": "01/01/2026"}
    assert gestor.post(_url("vincular", codigo=codigo), dados).status_code == 422
    endereco = _url("vincular", codigo=codigo) + f"?prestador={cenario.aurelia.pk}"
    assert "precifica taxas" in gestor.post(endereco, dados, follow=True).text
    with cenario.dentro("pasa"):
        assert VinculoDeTabela.objects.get().prestador_id == cenario.aurelia.pk
    assert "Valores" not in gestor.get(_url("convenio", codigo=codigo)).text
    assert "Valores" in gestor.get(_url("convenio", codigo=codigo), {"prestador": cenario.aurelia.pk}).text


def test_the_list_of_products_is_by_group(cenario: Cenario, gestor: Client) -> None:
    codigo = _convenio(cenario).codigo
    gestor.post(_url("grupos", codigo=codigo), {"material": "120", "opme": "110,5"})
    gestor.post(_url("grupos", codigo=codigo), {"material": "", "opme": "110,5"})
    with cenario.dentro("pasa"):
        assert list(PercentualDoGrupo.objects.values_list("grupo", "percentual")) == [("opme", Decimal("110.5"))]
    assert gestor.post(_url("grupos", codigo=codigo), {"material": "-1"}).status_code == 422


def test_an_edition_is_searched_and_thrown_away_knowingly(cenario: Cenario, gestor: Client) -> None:
    desta = edicao(cenario)
    edicao(cenario, edicao="899", inicio="2025-12-01")
    assert gestor.get(_url("listas")).text.count("Dá os preços") == 1
    for texto, quantos in (("dipirona", 1), ("0012", 1), ("900", 1), ("zzz", 0)):
        achados = gestor.get(_url("edicao", pk=desta.pk), {"texto": texto}).context["pagina"].paginator.count
        assert achados == quantos, texto
    assert "marque que sabe disso" in gestor.post(_url("excluir_edicao", pk=desta.pk), follow=True).text
    gestor.post(_url("excluir_edicao", pk=desta.pk), {"sabendo": "on"})
    with cenario.dentro("pasa"):
        assert [e.edicao for e in EdicaoDeReferencia.objects.all()] == ["899"]


def test_products_are_the_administradors(cenario: Cenario) -> None:
    administrador = _cliente(cenario, "administrador", "aurelia")
    dados = {"codigo": "A1", "descricao": "Agulha", "grupo": "material", "custo_medio": "1,2345", "ativo": "on"}
    assert "Produto A1 salvo." in administrador.post(_url("novo_produto", "aurelia"), dados, follow=True).text
    assert "Já há um produto com o código A1" in administrador.post(_url("novo_produto", "aurelia"), dados).text
    pagina = _cliente(cenario, "faturista", "aurelia").get(_url("produtos", "aurelia")).text
    assert "1,2345" in pagina
    assert "Novo produto" not in pagina
    outro = produto(cenario, "boavista")
    assert administrador.get(_url("produto", "aurelia", pk=outro.pk)).status_code == 404


def test_the_prices_of_a_convenio_are_one_of_its_tabs(cenario: Cenario, gestor: Client) -> None:
    codigo = _convenio(cenario).codigo
    pagina = gestor.get(_url("convenio", codigo=codigo)).text
    assert f'href="{_url("convenio", codigo=codigo)}" aria-current="page">Preços</a>' in pagina
    assert f'href="{reverse("convenios:historico", kwargs={"slug": "pasa", "codigo": codigo})}">Histórico</a>' in pagina


def test_of_two_who_save_the_same_product_at_once_one_is_told(commitado: None) -> None:
    """Neither sees the other's row before it is there."""
    cenario = montar_cenario()

    def gravar() -> str:
        try:
            return produto(cenario).codigo
        except ProdutoRepetido as recusa:
            return recusa.frase

    assert sorted(em_paralelo([gravar] * 4, de_uma_vez=4)) == [
        *["Já há um produto com o código MAT-1. Mude aquele, ou use outro."] * 3,
        "MAT-1",
    ]
