"""Keeps a set of processes running: starts them when what they need answers, restarts the dead, stops in order."""

import json
import time
from collections.abc import Callable
from pathlib import Path

from conecta.embutido.erros import ErroDeInicio
from conecta.embutido.processos import Processo, guardar_registro
from conecta.embutido.sinais import conferir_pedido, recebidos

JANELA, QUEDAS_NA_JANELA = 60.0, 5
"""A process that ends this often within so many seconds is not restarted again."""
PAUSA_INICIAL, PAUSA_MAXIMA = 0.5, 8.0
TENTATIVAS_DE_INICIO = 5
CAMADA_DOS_SERVIDORES = 1
"""Layers up to this one hold data."""


class Vigia:
    """The processes of one supervisor, in the order of their start."""

    def __init__(self, var: Path, avisar: Callable[[str], None]) -> None:
        self._anotacao = var / "processos.json"
        self._avisar = avisar
        self._processos: list[Processo] = []
        self._quedas: dict[str, list[float]] = {}
        self._retorno: dict[str, float] = {}

    def iniciar(self, processo: Processo, pronto: Callable[[], bool], *, prazo: float) -> None:
        """Start a process and wait until `pronto` says that it answers.

        One that ends before that is tried again: after a crash, Postgres refuses to start while the processes of the
        old server are still leaving.

        Raises:
            ErroDeInicio: it ended again and again, or did not answer within `prazo` seconds.
            PedidoDeParada: a stop was asked for.
        """
        guardar_registro(processo.registro)
        self._processos.append(processo)
        limite = time.monotonic() + prazo
        for _ in range(TENTATIVAS_DE_INICIO):
            processo.iniciar()
            while processo.vivo() and time.monotonic() < limite:
                if pronto():
                    self._anotar()
                    return
                conferir_pedido()
                time.sleep(0.05)
            if processo.vivo():
                raise ErroDeInicio(f"{processo.nome} não respondeu em {prazo:.0f} segundos.\n{_registro(processo)}")
            time.sleep(PAUSA_INICIAL)
        raise ErroDeInicio(f"{processo.nome} não iniciou.\n{_registro(processo)}")

    def conferir(self) -> None:
        """Look once at each process and restart what ended, each time after a longer pause.

        Raises:
            ErroDeInicio: one ends too often.
            PedidoDeParada: a stop was asked for.
        """
        conferir_pedido()
        for processo in self._processos:
            if processo.vivo():
                continue
            if processo.nome not in self._retorno:
                self._registrar_queda(processo)
            if time.monotonic() >= self._retorno[processo.nome]:
                del self._retorno[processo.nome]
                processo.iniciar()
                self._anotar()

    def encerrar(self) -> None:
        """Stop layer by layer: first what uses the servers, then Redis, at last Postgres.

        A signal meanwhile means hurry: what uses the servers is killed, the servers still save their data.
        """
        sinais = recebidos()
        for camada in sorted({p.camada for p in self._processos}, reverse=True):
            desta = [p for p in self._processos if p.camada == camada]
            for processo in desta:
                processo.pedir_fim()
            inicio = time.monotonic()
            while any(p.vivo() and time.monotonic() - inicio < p.prazo for p in desta):
                if camada > CAMADA_DOS_SERVIDORES and recebidos() > sinais:
                    break
                time.sleep(0.02)
            for processo in desta:
                processo.matar()
        self._processos.clear()
        self._anotacao.unlink(missing_ok=True)

    def _registrar_queda(self, processo: Processo) -> None:
        agora = time.monotonic()
        quedas = [q for q in self._quedas.get(processo.nome, []) if agora - q < JANELA] + [agora]
        self._quedas[processo.nome] = quedas
        if len(quedas) > QUEDAS_NA_JANELA:
            raise ErroDeInicio(
                f"{processo.nome} parou {len(quedas)} vezes em um minuto; encerrando tudo.\n{_registro(processo)}"
            )
        self._retorno[processo.nome] = agora + min(PAUSA_INICIAL * 2 ** (len(quedas) - 1), PAUSA_MAXIMA)
        self._avisar(f"{processo.nome} parou (código {processo.codigo()}); reiniciando.")

    def _anotar(self) -> None:
        novo = self._anotacao.with_suffix(".novo")
        novo.write_text(json.dumps({p.nome: p.pid for p in self._processos}))
        novo.replace(self._anotacao)


def _registro(processo: Processo) -> str:
    return f"Últimas linhas de {processo.registro}:\n{processo.fim_do_registro()}"
