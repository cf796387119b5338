"""What the jobs do with a file's rows, in their caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import IntegrityError, transaction
from psycopg2.errors import CheckViolation

from conecta.copia import inserir
from conecta.importacao import guarda, progresso
from conecta.importacao.conferencia import Conferencia, Conferida
from conecta.importacao.erros import ArquivoRecusado, CadastroMudou
from conecta.importacao.estados import Modo
from conecta.importacao.layout import COLUNAS, QUEM, Gravadas, Layout, layout_de
from conecta.importacao.models import Importacao, LinhaRuim

LINHAS_POR_VEZ: Final = 10_000
"""Rows that are written at once."""
MAIOR_ENSAIO: Final = 50_000
"""Good rows up to which the writing is tried, and undone, to say how many are new: beyond it that takes too long."""
DA_AMOSTRA: Final = 10


class Parada(Exception):
    """Somebody cancelled the import while the job ran: its work is undone."""


def conferir(importacao: Importacao) -> dict[str, Any]:
    """Check every row and keep the bad ones. Gives what is known now, by the names of fields of `Importacao`."""
    layout = layout_de(importacao.layout)
    with _aberta(importacao, layout) as conferencia:
        ruins = _LinhasRuins(importacao, conferencia)
        amostra: list[list[str]] = []
        para_ensaiar: list[tuple[Any, ...]] = []
        boas = puladas = 0
        for conferida in _acompanhadas(importacao, conferencia):
            if conferida.ruim:
                ruins.guardar(conferida)
            elif conferida.lida is None:
                puladas += 1
            else:
                boas += 1
                if boas <= DA_AMOSTRA:
                    amostra.append(_sob_os_titulos(conferida, conferencia))
                if boas <= MAIOR_ENSAIO:
                    para_ensaiar.append(conferida.lida)
        ruins.acabar()
    if not boas and not ruins.quantas:
        raise ArquivoRecusado("O arquivo só tem os títulos das colunas: não há linhas para importar.")
    return {
        "titulos": list(conferencia.cabecalho.titulos),
        "ignorados": list(conferencia.cabecalho.ignorados),
        "amostra": amostra,
        "boas": boas,
        "ruins": ruins.quantas,
        "puladas": puladas,
        **_ensaiar(importacao, layout, para_ensaiar if boas <= MAIOR_ENSAIO else [], conferencia),
    }


def gravar(importacao: Importacao) -> dict[str, Any]:
    """Write the good rows. Raises `CadastroMudou` for a bad one when all or nothing was asked for."""
    layout = layout_de(importacao.layout)
    gravadas, parte = Gravadas(), list[tuple[Any, ...]]()
    with _aberta(importacao, layout) as conferencia:
        ruins, opcoes = _LinhasRuins(importacao, conferencia), _opcoes(importacao, conferencia)
        for conferida in _acompanhadas(importacao, conferencia):
            if conferida.ruim:
                ruins.guardar(conferida)
            elif conferida.lida is not None:
                parte.append(conferida.lida)
            if len(parte) == LINHAS_POR_VEZ:
                with _contradicao_como_recusa(layout, conferencia):
                    gravadas += layout.gravar(parte, importacao.organizacao_id, opcoes)
                parte.clear()
        ruins.acabar()
    if ruins.quantas and importacao.modo == Modo.TUDO:
        raise CadastroMudou(
            "Nada foi gravado: o cadastro mudou desde a conferência, e há linhas que não valem mais. Confira de novo."
        )
    if parte:
        with _contradicao_como_recusa(layout, conferencia):
            gravadas += layout.gravar(parte, importacao.organizacao_id, opcoes)
    return {
        "novas": gravadas.novas,
        "mudadas": gravadas.mudadas,
        "iguais": gravadas.iguais,
        "boas": gravadas.novas + gravadas.mudadas + gravadas.iguais,
        "ruins": ruins.quantas,
    }


@contextmanager
def _contradicao_como_recusa(layout: Layout, conferencia: Conferencia) -> Iterator[None]:
    """Name what only the database sees: a row that is good by itself, but not beside what the register keeps of it."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as erro:
        if not isinstance(erro.__cause__, CheckViolation):
            raise
        faltam = [coluna.titulo for coluna in layout.colunas if coluna.nome in conferencia.cabecalho.faltam]
        raise ArquivoRecusado(
            "Alguma linha contradiz o que já está registrado, como um início que passa do fim. "
            f"Inclua no arquivo as colunas que faltam ({', '.join(faltam)}) e envie outra vez."
        ) from erro


@contextmanager
def _aberta(importacao: Importacao, layout: Layout) -> Iterator[Conferencia]:
    with guarda.abrir(importacao) as arquivo:
        yield Conferencia(arquivo, layout, layout.preparar(importacao.organizacao_id, importacao.opcoes))


def _acompanhadas(importacao: Importacao, conferencia: Conferencia) -> Iterator[Conferida]:
    """The rows; now and then their number is told, and it is asked whether the work is still wanted."""
    progresso.marcar(importacao.pk, 0)
    for quantas, conferida in enumerate(conferencia.linhas(), start=1):
        yield conferida
        if quantas % progresso.A_CADA == 0:
            progresso.marcar(importacao.pk, quantas)
            if not Importacao.objects.filter(pk=importacao.pk, situacao=importacao.situacao).exists():
                raise Parada


def _sob_os_titulos(conferida: Conferida, conferencia: Conferencia) -> list[str]:
    """A row's cells, as many as there are headings."""
    celulas = conferida.registro.celulas
    return [str(celulas[lugar]) if lugar < len(celulas) else "" for lugar in range(len(conferencia.cabecalho.titulos))]


def _opcoes(importacao: Importacao, conferencia: Conferencia) -> dict[str, Any]:
    return {
        **importacao.opcoes,
        COLUNAS: list(conferencia.cabecalho.lugares),
        QUEM: (importacao.quem_id, importacao.quem_nome),
    }


def _ensaiar(
    importacao: Importacao, layout: Layout, linhas: list[tuple[Any, ...]], conferencia: Conferencia
) -> dict[str, int | None]:
    """How many rows would be new, changed and equal: they are written, counted, and that is undone."""
    if not linhas:
        return {"novas": None, "mudadas": None, "iguais": None}
    with transaction.atomic():
        gravadas, opcoes = Gravadas(), _opcoes(importacao, conferencia)
        for inicio in range(0, len(linhas), LINHAS_POR_VEZ):
            parte = linhas[inicio : inicio + LINHAS_POR_VEZ]
            with _contradicao_como_recusa(layout, conferencia):
                gravadas += layout.gravar(parte, importacao.organizacao_id, opcoes)
        transaction.set_rollback(True)
    return {"novas": gravadas.novas, "mudadas": gravadas.mudadas, "iguais": gravadas.iguais}


class _LinhasRuins:
    """Keeps bad lines, in place of those that an earlier job kept."""

    def __init__(self, importacao: Importacao, conferencia: Conferencia) -> None:
        LinhaRuim.objects.filter(importacao=importacao).delete()
        self._donos = (importacao.pk, importacao.organizacao_id)
        self._conferencia = conferencia
        self._espera: list[tuple[int, int, int, str, str]] = []
        self.quantas = 0

    def guardar(self, conferida: Conferida) -> None:
        """Keep one."""
        numero, celulas, erros = self._conferencia.como_ruim(conferida)
        self._espera.append(
            (*self._donos, numero, json.dumps(celulas, ensure_ascii=False), json.dumps(erros, ensure_ascii=False))
        )
        self.quantas += 1
        if len(self._espera) == LINHAS_POR_VEZ:
            self.acabar()

    def acabar(self) -> None:
        """Write what is still held."""
        colunas = ("importacao_id", "organizacao_id", "numero", "celulas", "erros")
        inserir("importacao_linharuim", colunas, self._espera)
        self._espera.clear()
