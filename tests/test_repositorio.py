"""What the tree promises about itself."""

import re
import tomllib
from pathlib import Path

from django.apps import apps

RAIZ = Path(__file__).resolve().parent.parent
CAMADAS = ["tenancy", "contas", "fila", "arquivos", "convenios", "lotes", "uploads", "demonstrativos", "demonstracao"]
CODIGO = [
    arquivo
    for pasta in ("conecta", "tiss_schemas", "convenios", "lotes", "uploads", "demonstrativos", "tests", "bench")
    for arquivo in (RAIZ / pasta).rglob("*.py")
    if "migrations" not in arquivo.parts
]


def test_foreign_keys_point_downwards_even_when_written_as_text() -> None:
    """import-linter does not see `"app.Model"`."""
    for modelo in apps.get_models():
        if (app := modelo._meta.app_label) not in CAMADAS:
            continue
        for campo in modelo._meta.concrete_fields:
            alvo = getattr(campo, "related_model", None)
            if alvo is not None and alvo._meta.app_label in CAMADAS:
                assert CAMADAS.index(alvo._meta.app_label) <= CAMADAS.index(app), campo


def test_no_file_grows_beyond_four_hundred_lines() -> None:
    assert CODIGO
    assert [str(a.relative_to(RAIZ)) for a in CODIGO if len(a.read_text().splitlines()) > 400] == []


def test_every_dependency_says_what_it_is_for() -> None:
    texto = (RAIZ / "pyproject.toml").read_text()
    projeto = tomllib.loads(texto)["project"]
    for dependencia in [*projeto["dependencies"], *projeto["optional-dependencies"]["dev"]]:
        assert re.search(rf'"{re.escape(dependencia)}",\s+# \S', texto), dependencia


def test_the_locks_have_hashes_and_name_no_index() -> None:
    for trava in ("requirements.lock", "requirements-dev.lock"):
        linhas = (RAIZ / trava).read_text().splitlines()
        pacotes = [linha for linha in linhas if re.match(r"[a-z0-9]", linha)]
        assert pacotes
        assert all(linha.endswith("\\") for linha in pacotes)
        assert not [linha for linha in linhas if "://" in linha or linha.startswith("--i")]


def test_the_schemas_of_ans_are_not_carried() -> None:
    assert not [a for a in RAIZ.rglob("*.xsd") if not {".venv", "var"} & set(a.relative_to(RAIZ).parts)]


def test_the_readme_names_every_setting_that_is_read_from_the_environment() -> None:
    lidos = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (RAIZ / "conecta/settings.py").read_text()))
    internos = {
        "DEMONSTRACAO",
        "STATIC_ROOT",
        "CONN_MAX_AGE",
        "TRABALHO_LIMITE",
        "TRABALHO_LIMITE_SUAVE",
        "FILA_VARREDURA_SEGUNDOS",
        "FILA_ARRENDAMENTO_SEGUNDOS",
    }
    leiame = (RAIZ / "README.md").read_text()
    assert {nome for nome in lidos - internos if nome not in leiame} == set()
