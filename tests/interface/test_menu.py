"""Who sees what in the menu."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.urls import reverse

from conecta.contas.papeis import PAPEIS_DA_OPERADORA, PAPEIS_DO_PRESTADOR, Papel
from conecta.interface import contadores, menu
from conecta.interface.contexto import interface

from .conftest import OPERADORA, PRESTADOR, VinculoSolto

Pedido = Callable[..., HttpRequest]


DO_DINHEIRO = (
    *("notas_pendentes", "pagamentos_pendentes", "calendario", "pagamentos"),
    *("demonstrativo_analise", "demonstrativo_pagamento", "demonstrativos", "recursos"),
)
CADASTROS = (
    *("contratos", "acessos", "consulta", "autorizacoes", "exigencias"),
    *("custo", "produtos"),
    *("regras", "terminologia"),
)
MENSAGENS = ("mensagens", "informativos")
DEPOIS_DOS_UPLOADS = ("digitadas", "lotes", "pendencias", *DO_DINHEIRO, *MENSAGENS, *CADASTROS, "painel")
"""Of who makes no lots."""


def ids(pedido: Pedido, vinculo: VinculoSolto) -> list[str]:
    org = vinculo.organizacao
    itens = menu.menu_de(pedido(vinculo), org.tipo, org.slug, vinculo)
    return [i.id for item in itens for i in (item.itens or (item,))]


@pytest.mark.parametrize("papel", [Papel.FATURISTA, Papel.ADMINISTRADOR])
def test_quem_fatura_ve_tudo_do_prestador(pedido: Pedido, papel: Papel) -> None:
    so_do_administrador = ["importacoes"] if papel == Papel.ADMINISTRADOR else []
    assert ids(pedido, VinculoSolto(PRESTADOR, papel)) == [
        *("inicio", "novo", "arquivos", "indicadores", "digitar", "digitadas"),
        *("lotes", "novo_lote", "geracao", "pendencias", *DO_DINHEIRO, *MENSAGENS, *CADASTROS, "painel"),
        *so_do_administrador,
    ]


@pytest.mark.parametrize("papel", [Papel.FINANCEIRO_PRESTADOR, Papel.LEITURA])
def test_quem_so_le_nao_inclui_arquivo(pedido: Pedido, papel: Papel) -> None:
    assert ids(pedido, VinculoSolto(PRESTADOR, papel)) == ["inicio", "arquivos", "indicadores", *DEPOIS_DOS_UPLOADS]


def test_grupo_sem_nada_a_ver_nao_aparece(pedido: Pedido) -> None:
    assert ids(pedido, VinculoSolto(PRESTADOR, Papel.DIGITADOR)) == [
        *("inicio", "digitar", "digitadas", "lotes", "pendencias", "calendario"),
        *CADASTROS,
    ]


@pytest.mark.parametrize("papel", PAPEIS_DA_OPERADORA)
def test_so_o_gestor_da_operadora_ve_os_parametros(pedido: Pedido, papel: Papel) -> None:
    so_do_gestor = papel == Papel.GESTOR
    paga = papel in {Papel.GESTOR, Papel.FINANCEIRO_OPERADORA}
    assert ids(pedido, VinculoSolto(OPERADORA, papel)) == [
        *("inicio", "protocolos", "analise", "calendario", "recursos"),
        *(*MENSAGENS, *(["limites_dos_anexos"] if so_do_gestor else [])),
        *("liberados", "pagamentos", "notas", "contas", *(["notas_parametros"] if paga else [])),
        *("demonstrativo_analise", "demonstrativo_pagamento", "demonstrativos"),
        *(["demonstrativos_parametros"] if so_do_gestor else []),
        *("convenios", "padroes", "planos", "exigencias"),
        *("prestadores", "contratos", "pedidos"),
        *("custo", "tabelas", "precifica", "listas"),
        *("regras", "mapa", *(["parametros", "criterios"] if so_do_gestor else []), "terminologia"),
        *("beneficiarios", "autorizacoes", "painel", *(["importacoes"] if paga else [])),
    ]


@pytest.mark.parametrize("tipo", ["prestador", "operadora"])
def test_nenhuma_linha_leva_a_lugar_nenhum(tipo: str) -> None:
    for entrada in menu.entradas(tipo):
        assert reverse(entrada.rota, kwargs={"slug": "aurelia"}).startswith("/aurelia/")


def test_toda_permissao_do_menu_existe_em_algum_papel() -> None:
    dadas = {p for tabela in (PAPEIS_DO_PRESTADOR, PAPEIS_DA_OPERADORA) for ps in tabela.values() for p in ps}
    assert {e.permissao for tipo in menu.POR_TIPO for e in menu.entradas(tipo)} - {""} <= dadas


@pytest.mark.parametrize(
    ("rota", "onde"), [("uploads:corrigir", "arquivos"), ("lotes:lote", "lotes"), ("inicio", "inicio"), ("raiz", "")]
)
def test_onde_se_esta(pedido: Pedido, rota: str, onde: str) -> None:
    request = pedido(VinculoSolto(PRESTADOR))
    request.resolver_match = SimpleNamespace(view_name=rota)  # type: ignore[assignment]
    assert menu.aqui(request, "prestador") == onde


def test_o_contador_registrado_conta_e_um_so_por_linha(pedido: Pedido) -> None:
    contadores.registrar("arquivos", lambda request: 3)
    vinculo = VinculoSolto(PRESTADOR)
    uploads = menu.menu_de(pedido(vinculo), "prestador", "aurelia", vinculo)[1]
    assert [(i.id, i.contador) for i in uploads.itens] == [("novo", 0), ("arquivos", 3), ("indicadores", 0)]
    with pytest.raises(ValueError, match="arquivos"):
        contadores.registrar("arquivos", lambda request: 4)


def test_so_o_que_nao_e_de_todo_dia_se_recolhe_e_nao_onde_se_esta(pedido: Pedido) -> None:
    vinculo, request = VinculoSolto(PRESTADOR), pedido(VinculoSolto(PRESTADOR))
    request.resolver_match = SimpleNamespace(view_name="precos:custo")  # type: ignore[assignment]
    grupos = [g for g in menu.menu_de(request, "prestador", "aurelia", vinculo) if g.itens]
    de_todo_dia = {"Uploads", "Guias", "Lotes de Pagamento", "Demonstrativos", "Mensagens"}
    assert {g.nome for g in grupos if not g.recolhe} == de_todo_dia
    assert {g.nome for g in grupos if g.recolhe and g.aberto} == {"Preços"}


def test_um_grupo_recolhido_ainda_conta_o_que_espera(pedido: Pedido) -> None:
    contadores.registrar("acessos", lambda request: 2)
    vinculo = VinculoSolto(PRESTADOR)
    (convenios,) = (g for g in menu.menu_de(pedido(vinculo), "prestador", "aurelia", vinculo) if g.nome == "Convênios")
    assert (convenios.contador, convenios.tom, convenios.leia) == (2, "ambar", "convites a responder")


def test_fora_de_uma_organizacao_nao_ha_menu(pedido: Pedido) -> None:
    assert interface(pedido())["menu"] == ()


def test_um_fragmento_que_nao_desenha_o_menu_nao_conta_nada(pedido: Pedido) -> None:
    def contar(request: HttpRequest) -> int:
        raise AssertionError("counted for nobody")

    contadores.registrar("arquivos", contar)
    contexto = interface(pedido(VinculoSolto(PRESTADOR)))
    assert contexto["org"] == PRESTADOR
    with pytest.raises(AssertionError, match="counted"):
        bool(contexto["menu"])
