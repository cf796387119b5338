"""Every suggestion of a verdict carried out, and judged again, until nothing more is suggested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tiss_schemas.achados import Achado
from tiss_schemas.edicao import ErroDeEdicao, Mudanca, Resultado, aplicar
from tiss_schemas.leitura import ArquivoRecusado
from uploads.veredito import Veredito, julgar

RODADAS: Final = 5
"""A mended file may show what was hidden behind an error, and that be mended too; not for ever."""


@dataclass(frozen=True, slots=True)
class Sugerido:
    """The file with the suggestions applied, what changed, and what is said of it now."""

    conteudo: bytes
    mudancas: list[Mudanca]
    veredito: Veredito

    @property
    def achados(self) -> tuple[Achado, ...]:
        """What is left."""
        return self.veredito.achados


def aplicar_sugestoes(
    conteudo: bytes,
    nome: str | None = None,
    *,
    sugestoes: bool = True,
    recalcular: bool = False,
    agora: datetime | None = None,
) -> Sugerido:
    """Mend a file by its own suggestions, without any register; with `recalcular`, its totals too.

    `nome` and `agora` are as for `julgar`. Without `sugestoes` only the totals are touched. Never raises for what a
    file may hold: one that cannot be read comes back as it is.
    """
    mudancas: list[Mudanca] = []
    veredito = julgar(conteudo, nome, agora=agora)
    for _ in range(RODADAS):
        resultado = _uma_rodada(conteudo, veredito.achados if sugestoes else (), recalcular=recalcular)
        if resultado is None or resultado.conteudo == conteudo:
            break
        conteudo = resultado.conteudo
        mudancas += resultado.mudancas
        veredito = julgar(conteudo, nome, agora=agora)
    return Sugerido(conteudo, mudancas, veredito)


def _uma_rodada(conteudo: bytes, achados: Sequence[Achado], *, recalcular: bool) -> Resultado | None:
    """What the suggestions make of the file; None where there is nothing to do."""
    com_sugestao = [achado for achado in achados if achado.edicoes]
    if not com_sugestao and not recalcular:
        return None
    try:
        return _aplicar(conteudo, _compativeis(conteudo, com_sugestao), recalcular=recalcular)
    except (ErroDeEdicao, ArquivoRecusado):
        return None


def _compativeis(conteudo: bytes, achados: list[Achado]) -> list[Achado]:
    """Those that can be applied together, found by halving: as a rule all of them, at the first try."""
    if not achados or _cabem(conteudo, achados):
        return achados
    if len(achados) == 1:
        return []
    meio = len(achados) // 2
    uma, outra = (_compativeis(conteudo, metade) for metade in (achados[:meio], achados[meio:]))
    return [*uma, *outra] if _cabem(conteudo, [*uma, *outra]) else uma


def _cabem(conteudo: bytes, achados: list[Achado]) -> bool:
    try:
        _aplicar(conteudo, achados, recalcular=False)
    except ErroDeEdicao:
        return False
    return True


def _aplicar(conteudo: bytes, achados: list[Achado], *, recalcular: bool) -> Resultado:
    return aplicar(conteudo, [edicao for achado in achados for edicao in achado.edicoes], recalcular=recalcular)
