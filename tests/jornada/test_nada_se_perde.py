"""Typing a guide: the keys, findings beside the fields, and nothing lost whatever dies."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.jornada.quem_digita import INDICACAO, QuemDigita
from tests.portal import Portal

pytestmark = [pytest.mark.navegador, pytest.mark.processos, pytest.mark.enable_socket]

PERDA = 5.0
"""Seconds of typing that a crash may cost."""


@pytest.fixture
def entrar(_abrir: Callable[..., Any]) -> Callable[..., QuemDigita]:
    """Somebody in a browser of her own."""
    return lambda email="marina@aurelia.example", **opcoes: QuemDigita(_abrir(**opcoes), email)


@pytest.fixture
def marina(entrar: Callable[..., QuemDigita]) -> QuemDigita:
    return entrar()


def test_enter_goes_on_and_what_clerks_write_becomes_what_it_means(marina: QuemDigita) -> None:
    marina.comecar("2")
    teclado = marina.pagina.keyboard
    marina.campo("dadosAutorizacao/dataAutorizacao").focus()
    teclado.type("27112026")
    teclado.press("Enter")
    assert marina.em_foco() == "dadosAutorizacao/senha"
    teclado.press("Shift+Enter")
    assert marina.em_foco() == "dadosAutorizacao/dataAutorizacao"
    assert marina.campo("dadosAutorizacao/dataAutorizacao").input_value() == "27/11/2026"
    do_profissional = "dadosSolicitante/profissionalSolicitante"
    for lista, digitado, codigo in (("UF", "mg", "31"), ("conselhoProfissional", "6", "06")):
        marina.campo(f"{do_profissional}/{lista}").focus()
        teclado.type(digitado)
        assert marina.campo(f"{do_profissional}/{lista}").input_value() == codigo
    hora = marina.campo("procedimentosExecutados/procedimentoExecutado[1]/horaInicial")
    for escrita, mostrada in (("0740", "07:40"), ("740", "07:40"), ("7:5", "07:05"), ("2460", "2460")):
        hora.fill(escrita)
        hora.blur()
        assert hora.input_value() == mostrada


def test_a_finding_stands_beside_its_field_until_it_is_cured(marina: QuemDigita) -> None:
    marina.comecar("2")
    campo = marina.campo("dadosAutorizacao/dataAutorizacao")
    campo.fill("31/02/2026")
    campo.blur()
    expect(campo).to_have_attribute("aria-invalid", "true")
    dita = marina.pagina.locator(f'[id="{campo.get_attribute("aria-describedby")}"]')
    expect(dita).to_be_visible()
    marina.pagina.locator("#criticas").get_by_role("link", name="4 Data da autorização").click()
    expect(campo).to_be_focused()
    campo.fill("20/11/2026")
    campo.blur()
    expect(dita).to_have_count(0)
    expect(campo).not_to_have_attribute("aria-invalid", "true")


def test_the_help_of_a_field_opens_by_keyboard_and_gives_the_focus_back(marina: QuemDigita) -> None:
    marina.comecar("2")
    campo = marina.campo("dadosAtendimento/tipoAtendimento")
    campo.focus()
    marina.pagina.keyboard.press("F1")
    ajuda = marina.pagina.get_by_role("dialog", name="Ajuda do campo")
    expect(ajuda).to_contain_text("23 - Exame")
    marina.pagina.keyboard.press("Escape")
    expect(ajuda).to_be_hidden()
    expect(campo).to_be_focused()


def test_a_closed_browser_loses_five_seconds_at_most(marina: QuemDigita, entrar: Callable[..., QuemDigita]) -> None:
    """She types on and on, without a pause that would let anything be saved in peace."""
    endereco = marina.comecar("2")
    marina.campo(INDICACAO).focus()
    quando: list[float] = []
    inicio = time.monotonic()
    while time.monotonic() - inicio < 2 * PERDA:
        marina.pagina.keyboard.type(f"{len(quando) + 1} ", delay=60)
        quando.append(time.monotonic())
    fim = time.monotonic()
    marina.pagina.context.close()
    devidos = sum(momento < fim - PERDA for momento in quando)
    assert devidos > 0
    outra = entrar()
    outra.continuar(endereco)
    achados = outra.campo(INDICACAO).input_value().split()
    assert achados[:devidos] == [str(n) for n in range(1, devidos + 1)]


def test_a_killed_server_loses_nothing_that_stays_on_the_screen(marina: QuemDigita, portal: Portal) -> None:
    endereco = marina.comecar("2")
    marina.campo(INDICACAO).focus()
    marina.pagina.keyboard.type("Dor abdominal", delay=20)
    portal.sinalizar("web", signal.SIGKILL)
    marina.pagina.keyboard.type(" a esclarecer", delay=20)
    assert marina.guardadas
    marina.espera_salvo()
    marina.continuar(endereco)
    assert marina.campo(INDICACAO).input_value() == "Dor abdominal a esclarecer"


def test_what_only_the_browser_had_comes_back_when_the_guide_is_opened_again(marina: QuemDigita) -> None:
    """Network and page die; the browser itself lives, and has the copy."""
    endereco = marina.comecar("2")
    contexto = marina.pagina.context
    contexto.set_offline(True)
    marina.campo(INDICACAO).focus()
    marina.pagina.keyboard.type("Cefaleia há três dias")
    expect(marina.pagina.locator("[data-guardado]")).to_contain_text("está guardado neste navegador")
    marina.pagina.close()
    contexto.set_offline(False)
    marina.pagina = contexto.new_page()
    marina.continuar(endereco)
    marina.espera_recado("Recuperamos o que você tinha digitado")
    assert marina.campo(INDICACAO).input_value() == "Cefaleia há três dias"
    assert marina.guardadas == []


def test_the_second_who_writes_is_told_and_chooses(marina: QuemDigita, entrar: Callable[..., QuemDigita]) -> None:
    endereco = marina.comecar("2")
    outra = entrar()
    outra.continuar(endereco)
    outra.campo("dadosAutorizacao/senha").fill("DELA")
    outra.campo("dadosAutorizacao/senha").blur()
    outra.espera_salvo()
    marina.campo(INDICACAO).fill("Minha")
    marina.campo(INDICACAO).blur()
    expect(marina.pagina.get_by_role("heading", name="Esta guia mudou em outro lugar")).to_be_visible()
    assert marina.campo(INDICACAO).input_value() == "Minha"
    marina.pagina.get_by_role("button", name="Ver a guia como está agora").click()
    expect(marina.pagina.get_by_role("heading", name="não chegou a ser salvo")).to_be_visible()
    assert marina.campo("dadosAutorizacao/senha").input_value() == "DELA"
    marina.pagina.get_by_role("button", name="Usar o que digitei").click()
    marina.espera_recado("Recuperamos o que você tinha digitado")
    assert marina.campo(INDICACAO).input_value() == "Minha"


def test_logging_out_leaves_nothing_in_the_browser(marina: QuemDigita) -> None:
    marina.comecar("2")
    marina.pagina.route("**/passo/", lambda rota: rota.abort())
    marina.campo(INDICACAO).fill("Em segredo")
    expect(marina.pagina.locator("[data-guardado]")).to_contain_text("está guardado neste navegador")
    assert marina.guardadas
    marina.pagina.on("dialog", lambda pergunta: pergunta.accept())
    marina.pagina.get_by_role("button", name="Sua conta").click()
    marina.pagina.get_by_role("button", name="Sair").click()
    marina.pagina.wait_for_url("**/conta/**")
    assert marina.guardadas == []


def test_without_script_the_plain_form_adds_lines_and_saves(entrar: Callable[..., QuemDigita]) -> None:
    marina = entrar(javascript=False)
    marina.pagina.goto("/santa-aurelia/guias/nova/")
    marina.pagina.get_by_label("Convênio", exact=True).select_option(index=1)
    marina.pagina.locator('input[name="tipo"]').nth(1).check()
    marina.pagina.get_by_role("button", name="Digitar", exact=True).click()
    linha = "procedimentosExecutados/procedimentoExecutado[{}]/procedimento/codigoProcedimento"
    marina.campo(linha.format(1)).fill("40304361")
    marina.pagina.get_by_role("button", name="Acrescentar linhas").click()
    expect(marina.campo(linha.format(2))).to_be_visible()
    assert marina.campo(linha.format(1)).input_value() == "40304361"
    marina.pagina.locator('button[data-duplicar^="procedimentosExecutados"]').first.click()
    assert marina.campo(linha.format(2)).input_value() == "40304361"
    marina.pagina.get_by_role("button", name="Salvar", exact=True).click()
    expect(marina.pagina.get_by_role("alert").get_by_text("não entra em um lote")).to_be_visible()
    assert marina.campo(linha.format(2)).input_value() == "40304361"
