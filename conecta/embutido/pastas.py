"""Where the embedded servers keep their data (`var`) and their sockets (the run directory)."""

import hashlib
import os
import pwd
import shutil
import stat
import tempfile
from pathlib import Path

from conecta.embutido.erros import ErroDeInicio

RAIZ = Path(__file__).resolve().parents[2]
LIMITE_DA_BASE = 60
"""Longest base of the run directory. A socket's whole path must stay below 107 bytes."""
PREFIXO_TEMPORARIO = "conecta-var-"


def pasta_var() -> Path:
    """Give the data folder: `CONECTA_VAR`, or `var` in the project; made private to its owner."""
    pasta = Path(os.environ.get("CONECTA_VAR") or RAIZ / "var").absolute()
    pasta.mkdir(mode=0o700, parents=True, exist_ok=True)
    _exigir_dono(pasta)
    pasta.chmod(0o700)
    return pasta.resolve()


def pasta_var_temporaria() -> Path:
    """Give a new data folder of its own, for servers that live as long as one command."""
    return Path(tempfile.mkdtemp(prefix=PREFIXO_TEMPORARIO)).resolve()


def pastas_temporarias() -> list[Path]:
    """Give the temporary data folders of this user, in use or abandoned."""
    return [p for p in Path(tempfile.gettempdir()).glob(f"{PREFIXO_TEMPORARIO}*") if _e_pasta_propria(p)]


def pasta_de_execucao(var: Path) -> Path:
    """Make and give the private directory of the sockets of this `var`: short, without spaces, mode 0700.

    Raises:
        ErroDeInicio: the name is taken by a link or by somebody else's directory.
    """
    marca = hashlib.sha256(os.fsencode(var)).hexdigest()[:12]
    pasta = _base_de_execucao() / f"conecta-{os.getuid()}-{marca}"
    try:
        pasta.mkdir(mode=0o700)
    except FileExistsError:
        _exigir_pasta_propria(pasta)
    pasta.chmod(0o700)
    return pasta


def remover(pasta: Path) -> None:
    """Remove a folder with all that it holds; one that is already gone is fine."""
    shutil.rmtree(pasta, ignore_errors=True)


def _base_de_execucao() -> Path:
    base = os.environ.get("XDG_RUNTIME_DIR", "")
    if base and len(base) <= LIMITE_DA_BASE and " " not in base and _e_pasta_propria(Path(base)):
        return Path(base)
    return Path("/tmp")  # noqa: S108 - the directory inside is private and its owner is checked


def _e_pasta_propria(pasta: Path) -> bool:
    try:
        estado = pasta.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(estado.st_mode) and estado.st_uid == os.getuid()


def _exigir_pasta_propria(pasta: Path) -> None:
    if not _e_pasta_propria(pasta):
        raise ErroDeInicio(f"{pasta} não é uma pasta deste usuário. Apague-a e tente de novo.")


def _exigir_dono(pasta: Path) -> None:
    dono = pasta.stat().st_uid
    if dono != os.getuid():
        raise ErroDeInicio(
            f"A pasta de dados {pasta} pertence ao usuário {_nome(dono)}. Execute com esse usuário ou indique outra "
            "pasta na variável CONECTA_VAR."
        )


def _nome(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
