"""The catalogue is the registry: in the command, on the pages, for both kinds of organisation."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conecta.interface.formatos import data
from convenios.forms import ParametrosForm
from convenios.models import AjusteDeRegra, ParametrosDaOperadora
from tests.fabrica import Cenario
from tests.movimento import incluir, xml_de
from uploads.ajustes import Decisao, ajustar_regra
from uploads.catalogo import GRUPOS, entradas, procurar, versoes_instaladas
from uploads.regras import REGRAS, descricao
from uploads.regras.contexto import Modo

HOJE = timezone.localdate


def catalogo(*argumentos: str) -> str:
    saida = io.StringIO()
    call_command("tiss_regras", *argumentos, stdout=saida)
    return saida.getvalue()


@pytest.fixture
def gestor(cenario: Cenario, entrar: Callable[..., Client]) -> Client:
    """The client of PASA's gestor."""
    return entrar(cenario.pessoa("gestor", "pasa"))


def decidir(cenario: Cenario, regra: str, modo: Modo, **outros: Any) -> None:
    with cenario.dentro("pasa", "gestor"):
        ajustar_regra(
            operadora=cenario.pasa,
            regra=regra,
            decisao=Decisao(**({"modo": modo, "desde": HOJE(), "motivo": "Combinado com a rede."} | outros)),
            por=cenario.pessoa("gestor", "pasa"),
        )


def corpo(resposta: HttpResponse) -> str:
    return resposta.content.decode()


def test_every_letter_of_a_number_has_its_heading() -> None:
    assert {numero[0] for numero in REGRAS} <= set(GRUPOS)


def test_the_catalogue_is_whole_and_each_rule_has_all_its_parts() -> None:
    assert sorted(entrada.numero for entrada in entradas()) == sorted(REGRAS)
    for entrada in entradas():
        versoes = [versao for codigo in entrada.codigos for versao in codigo.versoes]
        assert versoes == list(versoes_instaladas()), entrada.numero
        assert all(codigo.descricao for codigo in entrada.codigos), entrada.numero
        assert entrada.severidade


def test_the_command_prints_every_rule_of_the_registry() -> None:
    registros = {registro["numero"]: registro for registro in json.loads(catalogo("--formato", "json"))}
    assert set(registros) == set(REGRAS)
    for numero, regra in REGRAS.items():
        registro = registros[numero]
        assert (registro["frase"], registro["exemplo"]) == (regra.frase, regra.exemplo)
        assert registro["severidade"] == regra.severidade.value
        assert registro["desde"] == regra.desde.isoformat()
        assert registro["codigos"] == [
            {"versao": versao, "codigo": regra.codigo_na(versao), "descricao": descricao(regra.codigo_na(versao))}
            for versao in versoes_instaladas()
        ]


def test_the_command_says_the_same_as_text_and_as_a_table() -> None:
    texto = catalogo()
    linhas = list(csv.DictReader(io.StringIO(catalogo("--formato", "csv"))))
    assert len(linhas) == len(REGRAS) * len(versoes_instaladas())
    for numero, regra in REGRAS.items():
        assert f"  {numero}  {regra.frase}\n" in texto
        assert {linha["frase"] for linha in linhas if linha["numero"] == numero} == {regra.frase}


def test_the_command_gives_the_codes_of_one_version() -> None:
    (registro,) = [r for r in json.loads(catalogo("--formato", "json", "--versao", "4.01.00")) if r["numero"] == "L02"]
    assert [codigo["codigo"] for codigo in registro["codigos"]] == ["5053"]
    with pytest.raises(CommandError, match=r"4\.03\.00"):
        catalogo("--versao", "quatro")


@pytest.mark.parametrize(
    ("texto", "achada"),
    [
        ("G04", "G04"),
        ("1308", "G03"),
        ("guia ja apresentada", "G04"),
        ("CARTÉIRA beneficiario", "B01"),
        ("5053", "L02"),
    ],
)
def test_a_rule_is_found_by_number_code_and_words_whatever_their_accents(texto: str, achada: str) -> None:
    achadas = [entrada.numero for entrada in procurar(entradas(), texto=texto)]
    assert achada in achadas
    assert len(achadas) < len(REGRAS) / 2


def test_the_filters_narrow_by_subject_and_weight() -> None:
    achadas = procurar(entradas(), grupo="L", severidade="ignoravel")
    assert achadas
    assert {(entrada.numero[0], entrada.regra.severidade.value) for entrada in achadas} == {("L", "ignoravel")}


@pytest.mark.parametrize(("papel", "quem"), [("digitador", "aurelia"), ("leitura", "pasa")])
def test_both_sides_read_every_rule(papel: str, quem: str, cenario: Cenario, entrar: Callable[..., Client]) -> None:
    pagina = corpo(entrar(cenario.pessoa(papel, quem)).get(f"/{quem}/regras/"))
    for numero in REGRAS:
        assert f'href="/{quem}/regras/{numero}/"' in pagina


def test_the_page_asks_as_often_whatever_was_decided(cenario: Cenario, gestor: Client) -> None:
    gestor.get("/pasa/regras/")
    with CaptureQueriesContext(connection) as antes:
        gestor.get("/pasa/regras/")
    for regra in ("B01", "G01", "I09"):
        if REGRAS[regra].dispensavel:
            decidir(cenario, regra, Modo.DESLIGADA)
    with CaptureQueriesContext(connection) as depois:
        assert "Desligada" in corpo(gestor.get("/pasa/regras/"))
    assert len(depois) == len(antes)


def test_a_prestador_learns_what_its_operadora_switched_off_and_not_what_it_observes(
    cenario: Cenario, entrar: Callable[..., Client]
) -> None:
    decidir(cenario, "B01", Modo.OBSERVADA)
    decidir(cenario, "G01", Modo.DESLIGADA)
    faturista = entrar(cenario.pessoa("faturista", "aurelia"))
    paginas = [
        corpo(faturista.get("/aurelia/regras/", {"operadora": cenario.pasa.pk})),
        corpo(faturista.get("/aurelia/regras/B01/")),
        corpo(faturista.get("/aurelia/regras/G01/")),
    ]
    assert ["Desligada" in pagina for pagina in paginas] == [True, False, True]
    assert not any("bservada" in pagina or "Antes de exigir" in pagina for pagina in paginas)


def test_the_page_of_a_rule_asks_once_for_the_decisions_of_all_operadoras(
    cenario: Cenario, entrar: Callable[..., Client]
) -> None:
    clinica = entrar(cenario.pessoa("faturista", "aurelia"))
    with CaptureQueriesContext(connection) as consultas:
        assert clinica.get("/aurelia/regras/B01/").status_code == 200
    assert sum("convenios_ajustederegra" in consulta["sql"] for consulta in consultas) == 1


def test_a_prestador_cannot_ask_for_an_operadora_that_it_has_no_contract_with(
    cenario: Cenario, entrar: Callable[..., Client]
) -> None:
    decidir(cenario, "G01", Modo.DESLIGADA)
    cedro = entrar(cenario.pessoa("faturista", "cedro"))
    pagina = corpo(cedro.get("/cedro/regras/", {"operadora": cenario.pasa.pk}))
    assert "A pesquisa não foi feita" in pagina
    assert "Desligada" not in pagina


def test_the_gestor_decides_on_the_page_of_the_rule(cenario: Cenario, gestor: Client) -> None:
    amanha = HOJE() + timedelta(days=1)
    dados = {"modo": "observada", "desde": f"{amanha:%d/%m/%Y}", "motivo": "Medir antes de exigir."}
    resposta = gestor.post("/pasa/regras/B01/ajustar/", dados)
    assert resposta.status_code == 302
    with cenario.dentro("pasa"):
        ajuste = AjusteDeRegra.objects.get()
    assert (ajuste.regra, ajuste.modo, ajuste.desde, ajuste.criado_por_nome) == (
        "B01",
        "observada",
        amanha,
        cenario.pessoa("gestor", "pasa").nome,
    )
    pagina = corpo(gestor.get("/pasa/regras/B01/"))
    assert f"Em {data(amanha)} passa a" in pagina
    assert "Medir antes de exigir." in pagina


def test_a_refusal_stands_on_the_form_and_nothing_typed_is_lost(cenario: Cenario, gestor: Client) -> None:
    dados = {"modo": "ligada", "desde": f"{HOJE():%d/%m/%Y}", "motivo": "Um motivo bem pensado."}
    resposta = gestor.post("/pasa/regras/B01/ajustar/", dados)
    assert resposta.status_code == 422
    assert "já será assim" in corpo(resposta)
    assert "Um motivo bem pensado." in corpo(resposta)


def test_a_rule_without_which_nothing_can_be_imported_has_no_form(gestor: Client) -> None:
    numero = next(r.numero for r in REGRAS.values() if not r.dispensavel and not r.ajustavel)
    pagina = corpo(gestor.get(f"/pasa/regras/{numero}/"))
    assert "Esta regra não se muda" in pagina
    assert "Mudar a regra" not in pagina


@pytest.mark.parametrize("papel", ["analista", "financeiro_operadora", "leitura"])
def test_only_the_gestor_decides(papel: str, cenario: Cenario, entrar: Callable[..., Client]) -> None:
    cliente = entrar(cenario.pessoa(papel, "pasa"))
    assert cliente.post("/pasa/regras/B01/ajustar/").status_code == 403
    assert cliente.get("/pasa/regras/parametros/").status_code == 403
    assert "Mudar a regra" not in corpo(cliente.get("/pasa/regras/B01/"))


def test_the_page_of_an_observed_rule_shows_what_it_would_have_refused(cenario: Cenario, gestor: Client) -> None:
    decidir(cenario, "B01", Modo.OBSERVADA)
    for prestador, numero in (("aurelia", "1"), ("boavista", "2")):
        dados = xml_de(cenario.organizacoes[prestador], cenario.pasa, numero=numero, carteiras=["11112222333344445"])
        incluir(cenario, dados, prestador)
    pagina = corpo(gestor.get("/pasa/regras/B01/"))
    assert "e teria recusado" in pagina
    assert "<dt>Arquivos</dt><dd>2</dd>" in pagina
    assert "<dt>Entraram assim mesmo</dt><dd>2</dd>" in pagina
    assert cenario.aurelia.sigla in pagina
    assert cenario.boavista.sigla in pagina


def test_the_page_of_a_rule_asks_as_often_for_two_prestadores_as_for_none(cenario: Cenario, gestor: Client) -> None:
    gestor.get("/pasa/regras/B01/")
    with CaptureQueriesContext(connection) as antes:
        gestor.get("/pasa/regras/B01/")
    for prestador, numero in (("aurelia", "1"), ("boavista", "2")):
        dados = xml_de(cenario.organizacoes[prestador], cenario.pasa, numero=numero, carteiras=["11112222333344445"])
        incluir(cenario, dados, prestador)
    with CaptureQueriesContext(connection) as depois:
        gestor.get("/pasa/regras/B01/")
    assert len(depois) == len(antes)


PARAMETROS = {
    "versoes_aceitas": ["4.03.00"],
    "maximo_de_guias": "50",
    "tolerancia_centavos": "2",
    "janela_da_transacao_dias": "90",
    "tolerancia_hora_minutos": "30",
    "valor_unitario_zero": "on",
    "tamanhos_da_carteira": "17, 15",
    "tabelas_aceitas": ["22", "18"],
}


def test_the_gestor_changes_what_holds_for_every_file(cenario: Cenario, gestor: Client) -> None:
    assert gestor.post("/pasa/regras/parametros/", PARAMETROS).status_code == 302
    with cenario.dentro("pasa"):
        parametros = ParametrosDaOperadora.objects.get()
    assert parametros.versoes_aceitas == ["4.03.00"]
    assert parametros.tamanhos_da_carteira == [15, 17]
    assert parametros.tabelas_aceitas == ["22", "18"]
    assert (parametros.maximo_de_guias, parametros.valor_unitario_zero, parametros.assinatura_exigida) == (
        50,
        True,
        False,
    )
    assert 'value="15, 17"' in corpo(gestor.get("/pasa/regras/parametros/"))


@pytest.mark.parametrize(
    ("campo", "valor", "frase"),
    [
        ("versoes_aceitas", [], "Escolha ao menos uma versão"),
        ("maximo_de_guias", "101", "Escreva um número inteiro de 1 a 100"),
        ("tolerancia_centavos", "-1", "Escreva um número inteiro de 0 a 100"),
        ("tamanhos_da_carteira", "15 a 17", "separados por vírgula"),
        ("tamanhos_da_carteira", "21", "de 1 a 20"),
    ],
)
def test_a_setting_that_cannot_be_says_why(
    campo: str, valor: object, frase: str, cenario: Cenario, gestor: Client
) -> None:
    resposta = gestor.post("/pasa/regras/parametros/", PARAMETROS | {campo: valor})
    assert resposta.status_code == 422
    assert frase in corpo(resposta)
    with cenario.dentro("pasa"):
        assert ParametrosDaOperadora.objects.get().maximo_de_guias == 100


def test_the_rules_that_a_setting_names_are_in_the_catalogue() -> None:
    ajudas = " ".join(campo.help_text for campo in ParametrosForm(None).fields.values())
    numeros = set(re.findall(r"\b[A-Z]\d\d\b", ajudas))
    assert numeros
    assert numeros <= set(REGRAS)


def test_the_form_starts_from_what_is_so_today(cenario: Cenario, gestor: Client) -> None:
    decidir(cenario, "B01", Modo.OBSERVADA)
    pagina = corpo(gestor.get("/pasa/regras/B01/"))
    (escolhido,) = re.findall(r'name="modo" value="(\w+)"[^>]* checked', pagina)
    assert escolhido == "observada"
