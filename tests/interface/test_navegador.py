"""In a real browser: what axe says, what the script does, and that the page holds from 320 px to a wide screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib import messages
from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from playwright.sync_api import expect

from tests.acessibilidade import achados

from .conftest import PRESTADOR, Navegador, VinculoSolto, html

pytestmark = pytest.mark.navegador

INICIO = {
    "a_enviar": [{"titulo": "Lote 1048302", "url": "#", "detalhe": "PASA | 331988", "valor": 28114, "guias": 100}],
    "invalidos": [{"titulo": "sadt_pasa.xml", "url": "#", "detalhe": "Nº Lote 1048312, 112 críticas"}],
    "enviados_recentes": [{"titulo": "Lote 1048266", "url": "#", "detalhe": "PASA | 331988", "situacao": 1}],
}
ENVIO = """{% extends "base.html" %}{% load interface %}{% block titulo %}Novo{% endblock %}{% block conteudo %}
<h1>Incluir arquivo XML</h1>
<form method="post" action="/novo" enctype="multipart/form-data" data-envio hx-boost="true" hx-target="#conteudo"
 hx-select="#conteudo" hx-swap="outerHTML" hx-select-oob="#recados:innerHTML">{% include "componentes/zona.html" %}
<button type="submit" class="btn">Incluir</button></form>{% endblock %}"""
LISTA = """{% extends "base.html" %}{% load interface %}{% block titulo %}Lista{% endblock %}{% block conteudo %}
<h1>Lista</h1><form data-enter-avanca><label for="d">Dia</label><input id="d" data-data><label for="v">Valor</label>
<input id="v" data-dinheiro><button>Salvar</button></form>
<button type="button" command="show-modal" commandfor="d-x">Excluir</button>
<section data-selecao aria-label="Lotes"><label><input type="checkbox" data-todos>Todos</label>
<span data-quantos></span>
<button type="button" data-precisa="um">Abrir</button><table><tbody>
<tr><td class="sel"><input type="checkbox" aria-label="1"></td></tr>
<tr><td class="sel"><input type="checkbox" aria-label="2"></td></tr></tbody></table></section>{% endblock %}
{% block dialogos %}{% dialogo id="d-x" titulo="Excluir Lote 7" acao="/x" perigo=True %}<p>Some.</p>{% enddialogo %}
{% endblock %}"""


@pytest.fixture
def request_do_prestador(pedido: Callable[..., HttpRequest]) -> HttpRequest:
    vinculo = VinculoSolto(PRESTADOR)
    request = pedido(vinculo, "/aurelia/")
    request.vinculos = [vinculo]
    return request


def test_a_pagina_cabe_de_um_celular_a_uma_tela_larga(navegador: Navegador, request_do_prestador: HttpRequest) -> None:
    navegador.paginas["/"] = render_to_string("inicio/prestador.html", INICIO, request_do_prestador)
    pagina = navegador.abrir("/")
    for largura in (320, 390, 768, 1024, 1366, 1920):
        pagina.set_viewport_size({"width": largura, "height": 800})
        assert pagina.evaluate("document.documentElement.scrollWidth") <= largura


@pytest.mark.parametrize(("largura", "tema"), [(320, "dark"), (320, "light"), (1366, "dark"), (1366, "light")])
def test_axe_nada_acha(navegador: Navegador, request_do_prestador: HttpRequest, largura: int, tema: str) -> None:
    messages.error(request_do_prestador, "O lote não foi enviado. Outra pessoa o reabriu às 10:42.")
    navegador.paginas["/"] = render_to_string("inicio/prestador.html", INICIO, request_do_prestador)
    pagina = navegador.abrir("/", viewport={"width": largura, "height": 800}, color_scheme=tema)
    assert pagina.recusas == []
    assert achados(pagina) == []


@pytest.mark.parametrize("modelo", ["400.html", "403_csrf.html", "404.html", "409.html", "500.html"])
def test_paginas_de_erro_semachados(navegador: Navegador, modelo: str) -> None:
    navegador.paginas["/"] = render_to_string(modelo)
    pagina = navegador.abrir("/", viewport={"width": 390, "height": 800})
    assert pagina.recusas == []
    assert achados(pagina) == []


def test_os_menus_abertos_tambem_semachados(navegador: Navegador, request_do_prestador: HttpRequest) -> None:
    navegador.paginas["/"] = render_to_string("inicio/prestador.html", INICIO, request_do_prestador)
    pagina = navegador.abrir("/")
    for botao in (".eu", ".org"):
        pagina.click(botao)
        assert achados(pagina) == []
        pagina.keyboard.press("Escape")


def test_o_tema_escolhido_vale_antes_de_a_pagina_aparecer(
    navegador: Navegador, request_do_prestador: HttpRequest
) -> None:
    navegador.paginas["/"] = render_to_string("inicio/prestador.html", INICIO, request_do_prestador)
    pagina = navegador.abrir("/")
    pagina.click(".eu")
    pagina.click("[data-troca-tema]")
    pagina.reload(wait_until="domcontentloaded")
    assert pagina.locator("html").get_attribute("data-tema") == "claro"


class TestEnvio:
    """Choosing and sending a file."""

    @pytest.fixture
    def pagina(self, navegador: Navegador, request_do_prestador: HttpRequest) -> Any:
        fonte = engines["django"].from_string(ENVIO).render({}, request_do_prestador)
        navegador.paginas["/novo"] = lambda pedido: (
            html(fonte) if pedido.method == "GET" else self.resposta(navegador, pedido)
        )
        return navegador.abrir("/novo")

    @staticmethod
    def resposta(navegador: Navegador, pedido: Any) -> dict[str, Any]:
        return navegador.paginas["resposta"](pedido)  # type: ignore[operator]

    @pytest.mark.parametrize(
        ("arquivo", "conteudo", "frase"),
        [
            ("faturas.zip", b"PK", "“faturas.zip” não é XML. Descompacte"),
            ("fatura.pdf", b"%PDF", "“fatura.pdf” não é XML. Escolha"),
            ("vazio.xml", b"", "“vazio.xml” está vazio"),
            ("grande.xml", b" " * (15 * 1024 * 1024 + 1), "passa do limite de 15 MB: tem 15.728.641 bytes"),
        ],
        ids=["zip", "pdf", "vazio", "grande"],
    )
    def test_o_que_nao_serve_e_recusado_antes_de_viajar(
        self, pagina: Any, tmp_path: Path, arquivo: str, conteudo: bytes, frase: str
    ) -> None:
        (tmp_path / arquivo).write_bytes(conteudo)
        pagina.set_input_files("#id_arquivo", tmp_path / arquivo)
        assert frase in pagina.inner_text("[data-recusa]")
        assert pagina.input_value("#id_arquivo") == ""

    def test_quinze_mega_exatos_servem(self, pagina: Any, tmp_path: Path) -> None:
        (tmp_path / "certo.xml").write_bytes(b" " * (15 * 1024 * 1024))
        pagina.set_input_files("#id_arquivo", tmp_path / "certo.xml")
        assert "15 MB. Pronto para incluir." in pagina.inner_text("[data-escolhido]")

    def test_sem_rede_o_arquivo_fica_e_se_tenta_de_novo(self, navegador: Navegador, pagina: Any) -> None:
        navegador.paginas["resposta"] = lambda pedido: {"cai": True}
        pagina.set_input_files("#id_arquivo", {"name": "a.xml", "mimeType": "text/xml", "buffer": b"<a/>"})
        pagina.click("button:has-text('Incluir')")
        pagina.wait_for_selector("text=Tentar de novo")
        assert "a.xml" in pagina.inner_text("[data-escolhido]")
        navegador.paginas["resposta"] = lambda pedido: html(
            '<title>Arquivos</title><main id="conteudo"><h1>Histórico</h1></main>'
        )
        pagina.click("text=Tentar de novo")
        expect(pagina.locator("h1:has-text('Histórico')")).to_be_focused()

    def test_o_422_troca_a_pagina_e_o_foco_vai_ao_campo(self, navegador: Navegador, pagina: Any) -> None:
        fonte = engines["django"].from_string("{% include 'componentes/zona.html' %}")
        corpo = fonte.render({"erros": ["Não é uma mensagem TISS."]})
        navegador.paginas["resposta"] = lambda pedido: html(f'<main id="conteudo">{corpo}</main>', 422)
        pagina.set_input_files("#id_arquivo", {"name": "a.xml", "mimeType": "text/xml", "buffer": b"<a/>"})
        pagina.click("button:has-text('Incluir')")
        pagina.wait_for_selector("text=Não é uma mensagem TISS.")
        expect(pagina.locator("#id_arquivo")).to_be_focused()


class TestTeclado:
    """What the script adds to typing, choosing and confirming."""

    @pytest.fixture
    def pagina(self, navegador: Navegador, request_do_prestador: HttpRequest) -> Any:
        navegador.paginas["/"] = engines["django"].from_string(LISTA).render({}, request_do_prestador)
        return navegador.abrir("/")

    def test_data_e_dinheiro_digitados_sem_pontuacao(self, pagina: Any) -> None:
        pagina.fill("#d", "27112026")
        pagina.press("#d", "Enter")
        assert pagina.input_value("#d") == "27/11/2026"
        assert pagina.evaluate("document.activeElement.id") == "v"
        pagina.fill("#v", "1234,5")
        pagina.press("#v", "Tab")
        assert pagina.input_value("#v") == "1.234,50"

    @pytest.mark.parametrize(
        ("digitado", "frase"),
        [
            ("31/11/2026", "O dia 31/11/2026 não existe."),
            ("05132026", "Não existe mês 13."),
            ("ontem", "não é uma data"),
        ],
    )
    def test_data_que_nao_existe_e_dita_ao_sair_do_campo(self, pagina: Any, digitado: str, frase: str) -> None:
        pagina.fill("#d", digitado)
        pagina.press("#d", "Tab")
        assert frase in pagina.inner_text("#d_digitado")
        assert pagina.get_attribute("#d", "aria-invalid") == "true"

    def test_o_que_precisa_de_selecao_espera_por_ela(self, pagina: Any) -> None:
        assert pagina.is_disabled("text=Abrir")
        pagina.check("[aria-label='1']")
        assert pagina.inner_text("[data-quantos]") == "1 selecionado"
        assert pagina.is_enabled("text=Abrir")
        pagina.check("[data-todos]")
        assert pagina.inner_text("[data-quantos]") == "2 selecionados"
        assert pagina.is_disabled("text=Abrir")

    def test_o_dialogo_comeca_em_cancelar_e_devolve_o_foco(self, pagina: Any) -> None:
        pagina.click("button:has-text('Excluir') >> nth=0")
        assert pagina.evaluate("document.activeElement.textContent") == "Cancelar"
        assert achados(pagina) == []
        pagina.keyboard.press("Escape")
        assert pagina.evaluate("document.activeElement.textContent") == "Excluir"

    def test_a_barra_leva_a_procura(self, pagina: Any) -> None:
        pagina.keyboard.press("/")
        assert pagina.evaluate("document.activeElement.id") == "tudo"
