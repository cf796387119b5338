"""`manage.py tiss_corrigir`: suggestions and recalculated totals applied to files on disk, no upload."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from tiss_schemas.catalogo import EsquemaInvalido
from tiss_schemas.edicao import Mudanca
from uploads.caminhos import Caminhos
from uploads.management.commands.tiss_validar import aceitar_qualquer_nome, motivo_da_falha
from uploads.sugestoes import Sugerido, aplicar_sugestoes
from uploads.templatetags.uploads import motivo

_VALIDO: Final = 0
_COM_ACHADOS: Final = 1
_ERRO_DE_USO: Final = 2
_COM_SAIDA_FECHADA: Final = 141


class Command(BaseCommand):
    """Exit code: 0 every file is valid now, 1 something still stops one, 2 wrong use or a path that does not serve."""

    help = "Aplica as sugestões do Conecta a arquivos XML do padrão TISS, sem cadastro, e diz o que mudou."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments; argparse itself exits with 2 where they are wrong."""
        parser.add_argument("arquivos", nargs="+", metavar="ARQ", help="arquivo XML a corrigir")
        parser.add_argument("--aplicar-sugestoes", action="store_true", help="aplica toda sugestão, até não haver mais")
        parser.add_argument("--recalcular", action="store_true", help="recalcula os totais de itens e guias")
        parser.add_argument(
            "--saida", required=True, metavar="OUT", help="arquivo a escrever; pasta, quando os arquivos são vários"
        )
        parser.add_argument("--substituir", action="store_true", help="escreve sobre um arquivo que já existe na saída")

    def handle(self, *args: Any, arquivos: list[str], saida: str, **opcoes: Any) -> None:
        """Correct each file in turn; the exit code is that of the worst."""
        aceitar_qualquer_nome()
        if not opcoes["aplicar_sugestoes"] and not opcoes["recalcular"]:
            raise CommandError(
                "Diga o que fazer: --aplicar-sugestoes, --recalcular ou os dois.", returncode=_ERRO_DE_USO
            )
        pares = _pares(arquivos, saida, substituir=opcoes["substituir"])
        try:
            pior = max(self._um(entrada, destino, **opcoes) for entrada, destino in pares)
        except EsquemaInvalido as erro:
            raise CommandError(str(erro), returncode=_ERRO_DE_USO) from None
        except BrokenPipeError:
            # The reader of our output has seen enough (`| head`). What is still in the buffer has nowhere to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(_COM_SAIDA_FECHADA)
        if pior:
            sys.exit(pior)

    def _um(self, entrada: Path, destino: Path, **opcoes: Any) -> int:
        try:
            conteudo = entrada.read_bytes()
        except (OSError, ValueError) as erro:
            self.stderr.write(f"{entrada}: não foi possível ler o arquivo ({motivo_da_falha(erro)}).")
            return _ERRO_DE_USO
        sugerido = aplicar_sugestoes(
            conteudo, entrada.name, sugestoes=opcoes["aplicar_sugestoes"], recalcular=opcoes["recalcular"]
        )
        legivel = sugerido.veredito.documento is not None
        if legivel and not self._escrever(destino, sugerido.conteudo, substituir=opcoes["substituir"]):
            return _ERRO_DE_USO
        self.stdout.write("\n".join(_linhas(entrada, destino if legivel else None, sugerido)))
        return _VALIDO if sugerido.veredito.valido else _COM_ACHADOS

    def _escrever(self, destino: Path, conteudo: bytes, *, substituir: bool) -> bool:
        """Write the file; whether it worked. One that came to be meanwhile is not written over."""
        try:
            destino.parent.mkdir(parents=True, exist_ok=True)
            with destino.open("wb" if substituir else "xb") as aberto:
                aberto.write(conteudo)
        except OSError as erro:
            self.stderr.write(f"{destino}: não foi possível escrever o arquivo ({erro.strerror}).")
            return False
        return True


def _pares(arquivos: list[str], saida: str, *, substituir: bool) -> list[tuple[Path, Path]]:
    """Each input with the file to write for it. CommandError where one would lie over an input or another file."""
    entradas, lugar = [Path(arquivo) for arquivo in arquivos], Path(saida)
    em_pasta = len(entradas) > 1 or lugar.is_dir()
    pares = [(entrada, lugar / entrada.name if em_pasta else lugar) for entrada in entradas]
    destinos = [destino for _, destino in pares]
    if em_pasta and lugar.exists() and not lugar.is_dir():
        raise CommandError(f"{lugar} não é uma pasta, e os arquivos são vários.", returncode=_ERRO_DE_USO)
    for destino in destinos:
        _conferir_destino(destino, entradas, destinos, substituir=substituir)
    return pares


def _conferir_destino(destino: Path, entradas: list[Path], destinos: list[Path], *, substituir: bool) -> None:
    if destinos.count(destino) > 1:
        raise CommandError(
            f"Dois arquivos se chamam {destino.name}: corrija-os em pastas de saída diferentes.",
            returncode=_ERRO_DE_USO,
        )
    if any(destino.resolve() == entrada.resolve() for entrada in entradas):
        raise CommandError(
            f"{destino} é o próprio arquivo de entrada, que nunca é alterado. Escolha outra saída.",
            returncode=_ERRO_DE_USO,
        )
    if destino.exists() and not substituir:
        raise CommandError(f"{destino} já existe. Escolha outra saída ou use --substituir.", returncode=_ERRO_DE_USO)


def _linhas(entrada: Path, destino: Path | None, sugerido: Sugerido) -> Iterator[str]:
    veredito = sugerido.veredito
    escrito = f"escrito em {destino}" if destino else "não foi escrito"
    yield f"{entrada}: {'válido' if veredito.valido else 'inválido'} · {_mudancas(len(sugerido.mudancas))} · {escrito}"
    caminhos = Caminhos(veredito.documento, veredito.lote)
    yield from (_linha_da_mudanca(mudanca, caminhos) for mudanca in sugerido.mudancas)
    if veredito.achados:
        yield "  Ainda há o que corrigir:"
    for achado in veredito.achados:
        onde = f"linha {achado.linha}" if achado.linha else "arquivo"
        yield f"    {onde} · {achado.regra} · {achado.codigo} · {achado.severidade}"
        yield f"      {achado.mensagem}"


def _linha_da_mudanca(mudanca: Mudanca, caminhos: Caminhos) -> str:
    lugar = caminhos.lugar(mudanca.caminho).legivel or "arquivo"
    if mudanca.de is None and mudanca.para is None:
        return f"  {lugar}: {motivo(mudanca.motivo)}"
    return f"  {lugar}: {mudanca.de or '(nada)'} → {mudanca.para or '(nada)'} ({motivo(mudanca.motivo)})"


def _mudancas(quantas: int) -> str:
    return "nada mudou" if not quantas else "1 mudança" if quantas == 1 else f"{quantas} mudanças"
