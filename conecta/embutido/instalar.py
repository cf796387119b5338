"""Makes `.venv` hold exactly what a lock file says, and the system has what PDFs need. Standard library only.

Run by the machine's own Python: `python3 -I conecta/embutido/instalar.py requirements.lock`. Quick when nothing
changed.
"""

import ctypes
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]
AMBIENTE = RAIZ / ".venv"
BIBLIOTECAS_DO_PDF = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
"""What WeasyPrint loads, and the Debian package of each."""


def principal(trava: Path) -> int:
    """Install `trava` where it changed since the last time; give the exit code."""
    AMBIENTE.mkdir(exist_ok=True)
    with (AMBIENTE / ".instalacao").open("w") as arquivo:
        fcntl.flock(arquivo, fcntl.LOCK_EX)  # two commands started together install one after the other
        codigo = _instalar(trava)
    _conferir_bibliotecas_do_pdf()
    return codigo


def _instalar(trava: Path) -> int:
    marca = AMBIENTE / f".{trava.name}.sha256"
    versao = hashlib.sha256(trava.read_bytes() + sys.version.encode()).hexdigest()
    if marca.exists() and marca.read_text() == versao:
        return 0
    if importlib.util.find_spec("ensurepip") is None and not _instalar_do_sistema([_pacote_do_venv()]):
        _dizer(f"Este Python não tem o módulo venv. Instale o pacote {_pacote_do_venv()} e execute de novo.")
        return 1
    _dizer("Instalando as dependências travadas (só na primeira vez, ou quando mudam)…")
    venv.create(AMBIENTE, with_pip=True, symlinks=True, clear=_e_de_outro_python())
    comando = [str(AMBIENTE / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    codigo = subprocess.run(
        [*comando, "--root-user-action=ignore", "--require-hashes", "-r", str(trava)], check=False
    ).returncode
    if codigo == 0:
        marca.write_text(versao)
    return codigo


def _e_de_outro_python() -> bool:
    """Say whether `.venv` was made by a Python of another version, whose packages this one cannot use."""
    try:
        linhas = (AMBIENTE / "pyvenv.cfg").read_text().splitlines()
    except FileNotFoundError:
        return False
    versoes = [linha.partition("=")[2].strip().split(".")[:2] for linha in linhas if linha.startswith("version")]
    return versoes != [[str(parte) for parte in sys.version_info[:2]]]


def _conferir_bibliotecas_do_pdf() -> None:
    faltam = [pacote for biblioteca, pacote in BIBLIOTECAS_DO_PDF.items() if not _carrega(biblioteca)]
    if faltam and not _instalar_do_sistema(faltam):
        _dizer("Aviso: sem estes pacotes do sistema não há PDFs (o resto funciona): " + " ".join(faltam))


def _carrega(biblioteca: str) -> bool:
    try:
        ctypes.CDLL(biblioteca)
    except OSError:
        return False
    return True


def _instalar_do_sistema(pacotes: list[str]) -> bool:
    """Install system packages where apt is there and this user may use it; say whether it worked."""
    apt = shutil.which("apt-get")
    privilegio = _privilegio()
    if apt is None or privilegio is None:
        return False
    _dizer(f"Instalando do sistema: {' '.join(pacotes)}")
    comum = [*privilegio, "env", "DEBIAN_FRONTEND=noninteractive", apt, "-qq", "-o", "DPkg::Lock::Timeout=120"]
    subprocess.run([*comum, "update"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    instalar = [*comum, "install", "--yes", "--no-install-recommends", *pacotes]
    return subprocess.run(instalar, stdout=subprocess.DEVNULL, check=False).returncode == 0


def _privilegio() -> list[str] | None:
    """What to write before a command that needs root; None when this user may not."""
    if os.getuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def _dizer(frase: str) -> None:
    sys.stderr.write(f"{frase}\n")
    sys.stderr.flush()


def _pacote_do_venv() -> str:
    return f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


if __name__ == "__main__":
    sys.exit(principal(RAIZ / sys.argv[1]))
