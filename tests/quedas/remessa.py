"""Many people who send at once, while parts of the portal are killed around them."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from conecta.embutido.processos import esperar
from tests.portal import Portal, Sessao, arquivo_valido

VOLTA = 90.0
"""Seconds that the portal may take to answer again after a part of it was killed."""


@dataclass
class Remessa:
    """Files on their way in: what was sent, and what the portal acknowledged."""

    portal: Portal
    pessoas: tuple[tuple[str, str, str], ...]
    """Who sends: e-mail, operadora, kind of guide."""
    meta: int
    """How many files are to be acknowledged in all."""
    aceitos: dict[int, str] = field(default_factory=dict)
    """SHA-256 of each acknowledged file by its id."""
    enviados: set[str] = field(default_factory=set)
    """SHA-256 of all files that left, acknowledged or not."""

    def __post_init__(self) -> None:
        self._trava = threading.Lock()
        sessoes = [(Sessao(self.portal, email), operadora, tipo) for email, operadora, tipo in self.pessoas]
        self._linhas = [threading.Thread(target=self._enviar, args=sessao, daemon=True) for sessao in sessoes]

    def comecar(self) -> None:
        """Let everybody send."""
        for linha in self._linhas:
            linha.start()

    def terminar(self) -> None:
        """Wait until everybody has sent their share."""
        for linha in self._linhas:
            linha.join(VOLTA)
        assert len(self.aceitos) == self.meta

    def alcancar(self, quantos: int) -> None:
        """Wait until that many files were acknowledged."""
        assert esperar(lambda: len(self.aceitos) >= quantos, VOLTA), len(self.aceitos)

    def _enviar(self, sessao: Sessao, operadora: str, tipo: str) -> None:
        """A file without an answer is not sent again, for it may have arrived: another takes its place."""
        falta = self.meta // len(self.pessoas)
        while falta:
            dados = arquivo_valido(sessao.slug, operadora, tipo)
            sha256 = hashlib.sha256(dados).hexdigest()
            with self._trava:
                self.enviados.add(sha256)
            recebido = sessao.incluir(f"{sha256[:12]}.xml", dados)
            if recebido is None:
                if not esperar(self.portal.pronto, VOLTA):
                    return
                continue
            falta -= 1
            with self._trava:
                self.aceitos[recebido] = sha256


def insistir(portal: Portal, acao: Callable[[], bool]) -> None:
    """Do again what was not acknowledged, once the portal answers again."""
    for _ in range(20):
        if acao():
            return
        assert esperar(portal.pronto, VOLTA)
    raise AssertionError("refused again and again")
