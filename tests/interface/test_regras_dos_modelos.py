"""What no template may do, under a strict CSP and one look."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template.loader import get_template, render_to_string

PASTA = Path(settings.BASE_DIR) / "templates"
MODELOS = sorted(PASTA.rglob("*.html"))
ESTATICOS = Path(settings.BASE_DIR) / "static"
DESENHOS = set(re.findall(r'<symbol id="([\w-]+)"', (ESTATICOS / "icones.svg").read_text()))


def nome(modelo: Path) -> str:
    return str(modelo.relative_to(PASTA))


@pytest.mark.parametrize("modelo", MODELOS, ids=nome)
def test_nada_de_estilo_ou_script_na_pagina(modelo: Path) -> None:
    fonte = modelo.read_text()
    soltos = [s for s in re.findall(r"<script\b[^>]*>", fonte) if "src=" not in s and "application/json" not in s]
    assert soltos == []
    assert not re.search(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|hx-on|data:image", fonte)


@pytest.mark.parametrize("modelo", MODELOS, ids=nome)
def test_o_modelo_compila_e_so_pede_desenhos_que_existem(modelo: Path) -> None:
    fonte = modelo.read_text()
    get_template(nome(modelo))
    pedidos = set(re.findall(r'{% icone "([\w-]+)"', fonte)) | {
        f"s-{i}" for i in re.findall(r'{% selo "\w+" "([\w-]+)"', fonte)
    }
    assert pedidos <= DESENHOS


def test_o_htmx_e_configurado_sem_estilo_nem_eval() -> None:
    achado = re.search(r"name=\"htmx-config\" content='([^']+)'", (PASTA / "base.html").read_text())
    assert achado
    configuracao = json.loads(achado[1])
    assert configuracao["includeIndicatorStyles"] is False
    assert configuracao["allowEval"] is False
    assert configuracao["selfRequestsOnly"] is True
    troca = {r["code"]: r["swap"] for r in configuracao["responseHandling"]}
    assert troca["422"]
    assert troca["409"]
    assert not troca["[45].."]


@pytest.mark.parametrize("pagina", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_paginas_de_erro_nao_precisam_de_nada(pagina: str) -> None:
    corpo = render_to_string(pagina)
    assert "<h1>" in corpo
    assert 'href="/"' in corpo


def test_cores_so_nos_tokens() -> None:
    for folha in ("pecas.css", "formularios.css"):
        assert not re.search(r"#[0-9a-f]{3,8}\b|\brgb\(", (ESTATICOS / folha).read_text())


def test_os_arquivos_com_nome_de_hash_acham_uns_aos_outros(settings: object, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path  # type: ignore[attr-defined]
    settings.STORAGES = {  # type: ignore[attr-defined]
        **settings.STORAGES,  # type: ignore[attr-defined]
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    (folha,) = tmp_path.glob("conecta.*.css")
    (importada,) = re.findall(r'@import url\("([^"]+)"\) layer\(bootstrap\)', folha.read_text())
    assert re.search(r"bootstrap\.min\.[0-9a-f]{12}\.css", importada)
    assert (tmp_path / importada).exists()
