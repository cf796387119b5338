"""Logging in, and what every answer carries."""

import time

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from conecta.contas.models import Usuario
from conecta.tenancy.escopo import sistema
from tests.fabrica import Cenario

SENHA = "uma-senha-bem-comprida"


@pytest.fixture
def faturista(cenario: Cenario) -> Usuario:
    pessoa = cenario.pessoa("faturista", "aurelia")
    with sistema():
        pessoa.set_password(SENHA)
        pessoa.save()
    return pessoa


def _entrar(client: Client, email: str, senha: str):
    return client.post(reverse("account_login"), {"login": email, "password": senha})


def test_a_person_logs_in_by_email_in_any_case(client: Client, faturista: Usuario) -> None:
    resposta = _entrar(client, faturista.email.upper(), SENHA)
    assert resposta.status_code == 302
    assert client.get("/").headers["Location"] == "/aurelia/"


def test_a_wrong_password_and_an_unknown_address_read_the_same(client: Client, faturista: Usuario) -> None:
    errado = _entrar(client, faturista.email, "errada").content.decode()
    desconhecido = _entrar(client, "ninguem@example.com", "errada").content.decode()
    assert "e-mail" in errado.lower()
    assert _erros(errado) == _erros(desconhecido) != ""


def _erros(pagina: str) -> str:
    inicio = pagina.find('role="alert"')
    return pagina[inicio : inicio + 300].split("</")[0] if inicio >= 0 else ""


def test_repeated_failures_lock_the_account_out_even_with_the_right_password(
    client: Client, faturista: Usuario
) -> None:
    for _ in range(5):
        _entrar(client, faturista.email, "errada")
    resposta = _entrar(client, faturista.email, SENHA)
    assert "Aguarde 15 minutos" in resposta.content.decode()
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up_alone(client: Client, db: None) -> None:
    assert "fechado" in client.get(reverse("account_signup")).content.decode().lower()


def test_passwords_are_argon2(faturista: Usuario) -> None:
    assert faturista.password.startswith("argon2")


def test_a_session_gets_a_new_key_at_login(client: Client, faturista: Usuario) -> None:
    client.get(reverse("account_login"))
    antes = client.session.session_key
    _entrar(client, faturista.email, SENHA)
    assert client.session.session_key != antes


def test_an_idle_session_ends(client: Client, faturista: Usuario) -> None:
    with time_machine.travel(time.time(), tick=False) as relogio:
        client.force_login(faturista)
        assert client.get("/").status_code == 302
        relogio.shift(31 * 60)
        assert reverse("account_login") in client.get("/").headers["Location"]


def test_a_session_ends_after_its_absolute_age_however_busy(client: Client, faturista: Usuario) -> None:
    with time_machine.travel(time.time(), tick=False) as relogio:
        client.force_login(faturista)
        for _ in range(12 * 4):
            client.get("/")
            relogio.shift(15 * 60)
        relogio.shift(60)
        assert reverse("account_login") in client.get("/").headers["Location"]


def test_people_without_a_second_factor_are_sent_to_set_one_up(client: Client, faturista: Usuario, settings) -> None:
    settings.SEGUNDO_FATOR_OBRIGATORIO = True
    client.force_login(faturista)
    assert client.get("/aurelia/").headers["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("caminho", ["/conta/login/", "/nao-existe/", "/healthz"])
def test_every_answer_carries_the_security_headers(client: Client, db: None, caminho: str) -> None:
    resposta = client.get(caminho)
    assert "script-src 'self'" in resposta.headers["Content-Security-Policy"]
    assert "unsafe" not in resposta.headers["Content-Security-Policy"]
    assert resposta.headers["X-Content-Type-Options"] == "nosniff"
    assert resposta.headers["X-Frame-Options"] == "DENY"
    assert resposta.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in resposta.headers["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client: Client, faturista: Usuario) -> None:
    _entrar(client, faturista.email, SENHA)
    for cookie in client.cookies.values():
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] == "Lax", cookie.key


def test_a_post_without_the_forms_token_is_refused(faturista: Usuario) -> None:
    cliente = Client(enforce_csrf_checks=True)
    assert cliente.post(reverse("account_login"), {"login": faturista.email, "password": SENHA}).status_code == 403


def test_alive_and_ready(client: Client, db: None) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").json() == {"pronto": True, "faltando": []}
