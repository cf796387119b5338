"""Passkeys: what the browser refuses is said on the page, with what to do."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from conecta.demonstracao.pessoas import SENHA
from tests.portal import Portal

pytestmark = [pytest.mark.navegador, pytest.mark.processos, pytest.mark.enable_socket]


def com_aparelho(pagina: Page, *, confirma: bool) -> None:
    """Give the browser a device that keeps passkeys, whose owner confirms, or does not."""
    opcoes = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": confirma,
    }
    ligacao = pagina.context.new_cdp_session(pagina)
    ligacao.send("WebAuthn.enable")
    ligacao.send("WebAuthn.addVirtualAuthenticator", {"options": opcoes})


def entrar(pagina: Page) -> None:
    pagina.goto("/conta/login/")
    pagina.get_by_label("E-mail").fill("davi@aurelia.example")
    pagina.get_by_label("Senha", exact=True).fill(SENHA)
    pagina.get_by_role("button", name="Entrar", exact=True).click()
    pagina.get_by_role("heading", level=1, name="Início").wait_for()


@pytest.fixture
def pagina(chromium: Browser, portal: Portal) -> Page:
    return chromium.new_context(base_url=portal.endereco, locale="pt-BR").new_page()


def test_a_device_without_a_passkey_is_told_apart_from_silence(pagina: Page) -> None:
    pagina.goto("/conta/login/")
    com_aparelho(pagina, confirma=True)
    botao = pagina.get_by_role("button", name="Entrar com chave de acesso")
    botao.click()
    aviso = pagina.get_by_role("alert")
    expect(aviso).to_contain_text("não há aqui uma chave de acesso da sua conta")
    expect(aviso).to_contain_text("use a senha")
    expect(botao).to_be_focused()
    botao.click()
    expect(aviso).to_have_count(1)


def test_an_address_without_a_name_is_explained(pagina: Page, portal: Portal) -> None:
    pagina.goto(portal.endereco.replace("localhost", "127.0.0.1") + "conta/login/")
    com_aparelho(pagina, confirma=True)
    pagina.get_by_role("button", name="Entrar com chave de acesso").click()
    expect(pagina.get_by_role("alert")).to_contain_text("Abra o Conecta por esse endereço")


def test_a_registration_that_nobody_confirms_is_said(pagina: Page) -> None:
    entrar(pagina)
    com_aparelho(pagina, confirma=False)
    pagina.goto("/conta/2fa/webauthn/add/")
    if pagina.get_by_label("Senha", exact=True).count():
        pagina.get_by_label("Senha", exact=True).fill(SENHA)
        pagina.get_by_role("button", name="Confirmar").click()
    pagina.get_by_label("Nome da chave").fill("celular")
    pagina.get_by_role("button", name="Cadastrar").click()
    expect(pagina.get_by_role("alert")).to_contain_text("cancelado ou demorou demais")
