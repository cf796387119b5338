"""Static files for the web: collected, named by their hash and compressed, only when one of them changed."""

import hashlib
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

SEM_USO = ["CVS", ".*", "*~", "bootstrap-*", "bootstrap.css*", "*.rtl.*"]
"""What Django leaves out, and the builds of Bootstrap that no page uses: compressing them takes longer than a start."""


def coletar() -> None:
    """Collect the static files, unless they are the ones collected last time."""
    marca = Path(settings.STATIC_ROOT) / ".conteudo"
    atual = _conteudo()
    if marca.exists() and marca.read_text() == atual:
        return
    marca.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=SEM_USO)
    marca.write_text(atual)


def _conteudo() -> str:
    resumo = hashlib.sha256()
    for localizador in get_finders():
        for caminho, armazem in localizador.list(SEM_USO):
            estado = Path(armazem.path(caminho)).stat()
            resumo.update(f"{armazem.path(caminho)} {estado.st_size} {estado.st_mtime_ns}\n".encode())
    return resumo.hexdigest()


if __name__ == "__main__":
    django.setup()
    coletar()
