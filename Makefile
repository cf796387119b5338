# Conecta: `make run` and `make test` are all the set-up there is.
#   make run [PORT=8010] [HOST=127.0.0.1]   the whole portal on this machine, until Ctrl-C
#   make test [ARGS="-k lote"]              the tests, with a Postgres and a Redis of their own
#   make check                              format and lint (formato), types (tipos), imports (importacoes), django
#   make bench                              the measurements
#   make lock                               the lock files, from pyproject.toml
#   make clean                              removes what the commands above installed; the data in var stays

PORT ?= 8000
HOST ?= 127.0.0.1
ARGS ?=
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
INSTALAR = $(PYTHON) -I conecta/embutido/instalar.py
EMBUTIDO = .venv/bin/python -m conecta.embutido --com-o-pai
A_PARTE = $(EMBUTIDO) servidores --temporario --

# Each process would compile every module for itself.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test check formato tipos importacoes django bench lock clean dependencias dependencias-dev python
.NOTPARALLEL:

run: dependencias
	@exec $(EMBUTIDO) servir --host "$(HOST)" --porta "$(PORT)"

test: dependencias-dev
	@$(A_PARTE) .venv/bin/python -m pytest -n 2 $(ARGS)

check: formato tipos importacoes django

formato: dependencias-dev
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	git ls-files -z '*.html' | xargs -0 --no-run-if-empty .venv/bin/djade --target-version 5.2 --check

tipos: dependencias-dev
	.venv/bin/mypy

importacoes: dependencias-dev
	.venv/bin/lint-imports

django: dependencias-dev
	$(A_PARTE) sh -c 'HTTPS=true .venv/bin/python manage.py check --deploy --fail-level WARNING && \
		.venv/bin/python manage.py makemigrations --check --dry-run'

bench: dependencias-dev
	@$(A_PARTE) .venv/bin/python -m bench $(ARGS)

lock: dependencias-dev
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		pyproject.toml --output-file requirements.lock
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		--extra dev --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

dependencias: python
	@$(INSTALAR) requirements.lock

dependencias-dev: python
	@$(INSTALAR) requirements-dev.lock

python:
	@test -n "$(PYTHON)" || { echo "É preciso Python 3.11 ou mais novo; nenhum foi encontrado neste computador." >&2; exit 1; }
