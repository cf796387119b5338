"""Postgres refuses to run as root. This gives it another identity without creating accounts or opening folders.

First choice: a user namespace, in which root's files belong to an ordinary user. Where the machine forbids that (some
containers), the account `nobody`, which keeps the single capability of passing through private folders, since the
binaries and the data usually lie in one.
"""

import ctypes
import os
import pwd
import signal
from collections.abc import Callable
from pathlib import Path

from conecta.embutido.erros import ErroDeInicio

Preparo = Callable[[], None]
"""What a child does between fork and exec."""

CONTA_SEM_PRIVILEGIO = "nobody"
UID_NO_ESPACO = 1000
CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 1, 8, 47, 2
CAP_DAC_OVERRIDE = 1
VERSAO_DAS_CAPACIDADES = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


def preparo_para(dados: Path) -> Preparo | None:
    """Choose how Postgres runs over the folder `dados`, and give that folder the owner that this needs.

    Returns None for an ordinary user: nothing to change.

    Raises:
        ErroDeInicio: root, and neither way is open on this machine.
    """
    if os.getuid() != 0:
        return None
    if dados.stat().st_uid == 0 and _consegue(entrar_em_espaco_proprio):
        return entrar_em_espaco_proprio
    conta = pwd.getpwnam(CONTA_SEM_PRIVILEGIO)

    def virar() -> None:
        virar_conta(conta.pw_uid, conta.pw_gid)

    if not _consegue(virar):
        raise ErroDeInicio(
            "O Postgres não roda como root, e esta máquina não permite que o root mude de identidade. Execute o "
            "comando como um usuário comum."
        )
    _entregar(dados, conta.pw_uid, conta.pw_gid)
    return virar


def entrar_em_espaco_proprio() -> None:
    """Enter a user namespace in which root's files and this process belong to an ordinary user."""
    _chamar("unshare", CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{UID_NO_ESPACO} 0 1")
    Path("/proc/self/gid_map").write_text(f"{UID_NO_ESPACO} 0 1")


def virar_conta(uid: int, gid: int) -> None:
    """Become another account that may still pass through folders closed to it, and nothing more."""
    _chamar("prctl", PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    mascara = 1 << CAP_DAC_OVERRIDE
    cabecalho = (ctypes.c_uint32 * 2)(VERSAO_DAS_CAPACIDADES, 0)
    capacidades = (ctypes.c_uint32 * 6)(mascara, mascara, mascara, 0, 0, 0)
    _chamar("capset", cabecalho, capacidades)
    _chamar("prctl", PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)


def morrer_com_o_pai(sinal: signal.Signals, pai: int) -> None:
    """Ask the kernel for `sinal` when the parent ends, even by SIGKILL. Only Linux knows how; elsewhere nothing."""
    if not hasattr(_libc, "prctl"):
        return
    _chamar("prctl", PR_SET_PDEATHSIG, int(sinal), 0, 0, 0)
    if os.getppid() != pai:  # it ended before the kernel was asked
        os._exit(1)


def _consegue(preparo: Preparo) -> bool:
    """Try a change of identity in a child that does nothing else."""
    filho = os.fork()
    if filho == 0:
        try:
            preparo()
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitpid(filho, 0)[1] == 0


def _entregar(pasta: Path, uid: int, gid: int) -> None:
    for caminho in (pasta, *pasta.rglob("*")):
        os.chown(caminho, uid, gid, follow_symlinks=False)


def _chamar(nome: str, *argumentos: object) -> None:
    funcao = getattr(_libc, nome, None)
    if funcao is None or funcao(*argumentos) != 0:
        raise OSError(ctypes.get_errno(), f"{nome} recusado")
