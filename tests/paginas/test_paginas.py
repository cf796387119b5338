"""Every page holds at 320 px and has nothing that axe objects to, light and dark."""

from __future__ import annotations

import pytest
import requests
from playwright.sync_api import Error, Page, Response, expect

from tests.acessibilidade import DA_LARGURA, achados
from tests.paginas.conftest import CLINICA, CONVENIO, ESTREITO, LARGO, SLUGS, Objetos
from tests.paginas.mapa import Rota, enderecos, rotas
from tests.portal import arquivo_valido

pytestmark = [pytest.mark.navegador, pytest.mark.processos, pytest.mark.enable_socket]
DA_ORGANIZACAO = [rota for rota in rotas() if rota.de_organizacao]
ESPERA = 60_000.0
"""Milliseconds: the first test of a file in a web process starts what it needs."""
VEREDITOS = {"nada": "Seria importado", "os códigos": "Não seria importado", "tudo": "o arquivo não pode ser lido"}
JULGADOS: set[str] = set()
"""What was found to be well written on the pages walked so far."""
DE_TODOS = [rota for rota in rotas() if not rota.de_organizacao and not rota.da_plataforma]
DA_PLATAFORMA = [rota for rota in rotas() if rota.da_plataforma]


@pytest.mark.parametrize("rota", DA_ORGANIZACAO, ids=str)
def test_paginas_da_organizacao(rota: Rota, visitas: dict[str, Page], objetos: Objetos) -> None:
    for tipo in rota.tipos:
        for vez, endereco in enumerate(enderecos(rota, SLUGS[tipo], objetos[tipo])):
            conferir_se_e_pagina(visitas[tipo], endereco, das_duas_formas=vez == 0)


@pytest.mark.parametrize("rota", DE_TODOS, ids=str)
def test_paginas_da_conta(rota: Rota, visitas: dict[str, Page]) -> None:
    for quem in ("", "prestador"):
        for endereco in enderecos(rota, "", {}):
            conferir_se_e_pagina(visitas[quem], endereco)


@pytest.mark.parametrize("rota", DA_PLATAFORMA, ids=str)
def test_paginas_da_plataforma(rota: Rota, visitas: dict[str, Page], objetos: Objetos) -> None:
    for endereco in enderecos(rota, "", objetos["plataforma"]):
        conferir_se_e_pagina(visitas["plataforma"], endereco)


@pytest.mark.parametrize("quem", ["", "prestador", "operadora", "plataforma"])
def test_o_que_so_a_tela_estreita_mostra(quem: str, visitas: dict[str, Page]) -> None:
    """The head and the folded menu, which all pages share."""
    pagina = visitas[quem]
    pagina.goto("/")
    pagina.set_viewport_size(ESTREITO)
    assert achados(pagina) == []


@pytest.mark.parametrize(
    ("quem", "endereco", "situacao"),
    [
        ("", "/nada-aqui/uploads/nada/", requests.codes.not_found),
        ("prestador", f"/{CLINICA}/lotes/999999999/", requests.codes.not_found),
        ("leitura", f"/{CLINICA}/uploads/novo/", requests.codes.forbidden),
    ],
)
def test_paginas_de_erro(quem: str, endereco: str, situacao: int, visitas: dict[str, Page]) -> None:
    assert visitas[quem].request.get(endereco, max_redirects=0).status == situacao
    visitas[quem].goto(endereco)
    conferir_a_vista(visitas[quem], endereco)


@pytest.mark.parametrize("estragar", ["nada", "os códigos", "tudo"])
def test_resultado_de_um_teste_de_arquivo(estragar: str, visitas: dict[str, Page]) -> None:
    """The report has no address of its own: it comes with the form that asked for it."""
    dados = arquivo_valido(CLINICA, CONVENIO, "sadt", guias=12)
    if estragar == "os códigos":
        dados = dados.replace(b"<ans:codigoTabela>22<", b"<ans:codigoTabela>XX<").replace(
            b"</ans:dataExecucao>", b"</ans:dia>"
        )
        dados = dados.replace(b"<ans:dataExecucao>", b"<ans:dia>")
    pagina = visitas["prestador"]
    pagina.goto(f"/{CLINICA}/uploads/novo/")
    enviado = {
        "name": "lote de teste com um nome comprido.xml",
        "mimeType": "text/xml",
        "buffer": dados[: len(dados) // 2] if estragar == "tudo" else dados,
    }
    pagina.set_input_files("input[type=file]", enviado)
    pagina.get_by_role("button", name="Testar arquivo").click()
    veredito = pagina.get_by_role("heading", level=2, name=VEREDITOS[estragar])
    expect(veredito).to_be_focused(timeout=ESPERA)
    conferir_a_vista(pagina, f"teste de arquivo, estragado: {estragar}")
    expect(pagina.get_by_text("Pronto para incluir")).to_be_visible()


def conferir_se_e_pagina(pagina: Page, endereco: str, *, das_duas_formas: bool = True) -> None:
    """Look at what is there, if it is a page of its own: not a form's target, a download, or a way to another page."""
    if not le_se(pagina, endereco):
        return
    resposta = visitar(pagina, endereco)
    if resposta is None:
        return
    assert resposta.status < requests.codes.server_error, f"{endereco}: {resposta.status}"
    if resposta.request.redirected_from is None and resposta.headers["content-type"].startswith("text/html"):
        conferir_a_vista(pagina, endereco, das_duas_formas=das_duas_formas)


def le_se(pagina: Page, endereco: str) -> bool:
    """Whether it may be read. Asked without doing the work: pages, too, refuse a HEAD, and say what they take."""
    # On a connection of its own: one that was kept may be closed by the server just when it is used again.
    resposta = pagina.request.head(endereco, max_redirects=0, headers={"Connection": "close"})
    assert resposta.status < requests.codes.server_error, f"{endereco}: {resposta.status}"
    return resposta.status != requests.codes.method_not_allowed or "GET" in resposta.headers["allow"]


def visitar(pagina: Page, endereco: str) -> Response | None:
    """Go there; nothing where a file comes down instead of a page."""
    try:
        return pagina.goto(endereco)
    except Error as erro:
        if "Download is starting" not in erro.message:
            raise
        return None


def conferir_a_vista(pagina: Page, endereco: str, *, das_duas_formas: bool = True) -> None:
    """Look so at the page that is there: by axe in both forms, or wide and light alone where the address is one more
    state of a page that was looked at."""
    pagina.set_viewport_size(LARGO)
    pagina.emulate_media(color_scheme="light")
    assert achados(pagina, JULGADOS) == [], f"{endereco}, wide and light"
    pagina.set_viewport_size(ESTREITO)
    pagina.emulate_media(color_scheme="dark")
    assert pagina.evaluate("document.documentElement.scrollWidth") <= ESTREITO["width"], f"{endereco}: {largos(pagina)}"
    assert not das_duas_formas or achados(pagina, JULGADOS, DA_LARGURA) == [], f"{endereco}, narrow and dark"


def largos(pagina: Page) -> list[str]:
    """What makes a page wider than its window."""
    culpados: list[str] = pagina.evaluate(
        "[...document.querySelectorAll('body *')]"
        ".filter((e) => !e.closest('.tabela-caixa, dialog, [popover]'))"
        ".filter((e) => e.getBoundingClientRect().right > innerWidth + 1)"
        ".slice(0, 5).map((e) => e.outerHTML.slice(0, 120))"
    )
    return culpados
