"""A child process: started so that it cannot outlive its supervisor, and stopped in its own way."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from conecta.embutido.identidade import Preparo, morrer_com_o_pai
from conecta.embutido.pastas import RAIZ

TAMANHO_DO_REGISTRO = 5_000_000
"""Bytes beyond which a log is set aside at the next start."""


@dataclass(kw_only=True)
class Processo:
    """What to run, and how to stop it.

    `prazo` is in seconds, after which the whole group is killed. A higher `camada` starts later and stops sooner.
    """

    nome: str
    comando: list[str]
    registro: Path
    camada: int
    ambiente: dict[str, str] = field(default_factory=dict)
    pasta: Path = RAIZ
    sinal: signal.Signals = signal.SIGTERM
    prazo: float = 10.0
    preparo: Preparo | None = None
    descritores: tuple[int, ...] = ()
    _filho: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def iniciar(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches the supervisor only.

        What an earlier run of it left behind (children of a killed worker) ends first.
        """
        self._matar_grupo()
        self.registro.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.registro.open("ab") as saida:
            self._filho = subprocess.Popen(
                self.comando,
                cwd=self.pasta,
                env={**os.environ, **self.ambiente},
                stdin=subprocess.DEVNULL,
                stdout=saida,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=self.descritores,
                preexec_fn=self._antes_do_exec(),
            )

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._filho.pid if self._filho and self.vivo() else None

    def vivo(self) -> bool:
        """Say whether it runs."""
        return self._filho is not None and self._filho.poll() is None

    def codigo(self) -> int | None:
        """Give the exit code; negative is the signal that ended it; None while it runs."""
        return self._filho.poll() if self._filho else None

    def pedir_fim(self) -> None:
        """Ask it to end in its own way, and do not wait."""
        if self._filho is not None and self.vivo():
            self._filho.send_signal(self.sinal)

    def matar(self) -> None:
        """Kill what is left of it: itself, where it still runs, and whatever it started."""
        self._matar_grupo()
        if self._filho is not None:
            self._filho.wait()

    def fim_do_registro(self, linhas: int = 15) -> str:
        """Give the last lines that it wrote."""
        try:
            texto = self.registro.read_text(errors="replace")
        except OSError:
            return ""
        return "\n".join(texto.splitlines()[-linhas:])

    def _matar_grupo(self) -> None:
        if self._filho is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._filho.pid, signal.SIGKILL)

    def _antes_do_exec(self) -> Preparo:
        pai, sinal, preparo = os.getpid(), self.sinal, self.preparo

        def antes() -> None:
            if preparo is not None:
                preparo()
            morrer_com_o_pai(sinal, pai)  # last: a change of credentials clears it

        return antes


def guardar_registro(registro: Path) -> None:
    """Set a log aside that has grown large, replacing the one set aside before."""
    try:
        if registro.stat().st_size > TAMANHO_DO_REGISTRO:
            registro.replace(registro.with_suffix(".anterior.log"))
    except FileNotFoundError:
        pass


def esperar(condicao: Callable[[], object], prazo: float) -> bool:
    """Ask `condicao` again and again, for at most `prazo` seconds; give its last answer."""
    limite = time.monotonic() + prazo
    while not (resposta := bool(condicao())) and time.monotonic() < limite:
        time.sleep(0.05)
    return resposta
