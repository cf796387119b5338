"""Bringing in another version of the standard from ANS's folder or zip, which may be hostile."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from tiss_schemas.versoes import EsquemaInvalido, arquivos_do_esquema, compilar, impressao, numero_do_nome

_MANIFESTO: Final = "manifesto.json"
_ENTRADAS: Final = 2_000
_BYTES_POR_ARQUIVO: Final = 5 * 1024 * 1024
_BYTES_NO_TOTAL: Final = 60 * 1024 * 1024
_NOME_XSD: Final = re.compile(r"[\w.\-]+\.xsd", re.IGNORECASE)


def instalar(origem: Path, destino: Path, *, exceto: frozenset[str] = frozenset()) -> list[str]:
    """Copy each version found at `origem` to `destino/<número>` with a manifest, after it compiled.

    Only the XSD files that a root needs are copied. Returns the numbers, sorted. Raises `EsquemaInvalido`.
    """
    with _como_pasta(origem) as pasta:
        raizes = {numero: raiz for raiz in sorted(pasta.rglob("*.xsd")) if (numero := numero_do_nome(raiz.name))}
        if not raizes:
            raise EsquemaInvalido("Não há nenhum esquema TISS (tissV….xsd) no que foi indicado.")
        novas = sorted(set(raizes) - exceto)
        for numero in novas:
            _copiar(raizes[numero], destino / numero)
    return novas


def manifesto(pasta: Path) -> str | None:
    """The SHA-256 recorded when the version in `pasta` was installed, or None if none was."""
    try:
        return str(json.loads((pasta / _MANIFESTO).read_text("utf-8"))["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _copiar(raiz: Path, destino: Path) -> None:
    """Beside the target first, then into place by one rename: nobody ever sees half a version."""
    arquivos = arquivos_do_esquema(raiz)
    compilar(raiz)
    destino.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=destino.parent, prefix=".instalando-") as provisoria:
        nova = Path(provisoria) / "nova"
        nova.mkdir()
        for arquivo in arquivos:
            shutil.copyfile(arquivo, nova / arquivo.name)
        registro = {"versao": destino.name, "sha256": impressao([nova / arquivo.name for arquivo in arquivos])}
        (nova / _MANIFESTO).write_text(json.dumps(registro, indent=2), "utf-8")
        if destino.exists():
            destino.replace(Path(provisoria) / "antiga")
        nova.replace(destino)


@contextmanager
def _como_pasta(origem: Path) -> Iterator[Path]:
    if origem.is_dir():
        yield origem
        return
    if not origem.is_file() or not zipfile.is_zipfile(origem):
        raise EsquemaInvalido("Indique uma pasta ou um arquivo ZIP com os esquemas da ANS.")
    with tempfile.TemporaryDirectory(prefix="tiss-esquemas-") as temporaria:
        _extrair(origem, Path(temporaria))
        yield Path(temporaria)


def _extrair(arquivo: Path, pasta: Path) -> None:
    """Write the XSD files under folder names of our own, so that no name in the zip can lead outside."""
    try:
        with zipfile.ZipFile(arquivo) as compactado:
            entradas = [entrada for entrada in compactado.infolist() if not entrada.is_dir()]
            if len(entradas) > _ENTRADAS:
                raise EsquemaInvalido(f"O ZIP tem mais de {_ENTRADAS} arquivos; o da ANS tem poucas dezenas.")
            _extrair_entradas(compactado, entradas, pasta)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as erro:
        raise EsquemaInvalido("O ZIP está danificado, protegido por senha ou não pode ser lido.") from erro


def _extrair_entradas(compactado: zipfile.ZipFile, entradas: list[zipfile.ZipInfo], pasta: Path) -> None:
    pastas: dict[str, Path] = {}
    total = 0
    for entrada in entradas:
        nome = PurePosixPath(entrada.filename.replace("\\", "/"))
        if not _NOME_XSD.fullmatch(nome.name):
            continue
        with compactado.open(entrada) as aberta:
            conteudo = aberta.read(_BYTES_POR_ARQUIVO + 1)
        total += len(conteudo)
        if len(conteudo) > _BYTES_POR_ARQUIVO or total > _BYTES_NO_TOTAL:
            raise EsquemaInvalido("O ZIP traz arquivos muito maiores que os da ANS.")
        alvo = pastas.setdefault(str(nome.parent), pasta / str(len(pastas)))
        alvo.mkdir(exist_ok=True)
        (alvo / nome.name).write_bytes(conteudo)
