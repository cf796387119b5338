"""`manage.py tiss_validar`: the engine and the rules over files on disk, no upload."""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as ErroDoBanco
from django.utils import timezone

from tiss_schemas.achados import Achado
from tiss_schemas.catalogo import EsquemaInvalido
from tiss_schemas.lote_lido import TIPOS_DE_GUIA
from uploads.cadastro_do_arquivo import PrestadorDesconhecido, cadastro_para
from uploads.veredito import CarregarContexto, Veredito, julgar

_SEM_IMPEDIMENTO: Final = 0
_COM_IMPEDIMENTO: Final = 1
_ERRO_DE_USO: Final = 2
_COM_SAIDA_FECHADA: Final = 141


class Command(BaseCommand):
    """Exit code: 0 no blocking finding in any file, 1 some, 2 wrong arguments or an unreadable path."""

    help = "Valida arquivos XML do padrão TISS: estrutura, hash e regras."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments; argparse itself exits with 2 where they are wrong."""
        parser.add_argument("arquivos", nargs="+", metavar="ARQ", help="arquivo XML a validar")
        parser.add_argument(
            "--operadora", type=_registro_ans, metavar="REG", help="registro ANS da operadora escolhida"
        )
        parser.add_argument(
            "--prestador", type=_documento, metavar="CNPJ", help="quem envia (padrão: a origem do arquivo)"
        )
        parser.add_argument("--sem-cadastro", action="store_true", help="não consulta o banco de dados")
        parser.add_argument("--formato", choices=("texto", "json"), default="texto")

    def handle(self, *args: Any, arquivos: list[str], formato: str, **opcoes: Any) -> None:
        """Judge each file in turn; the exit code is that of the worst."""
        aceitar_qualquer_nome()
        escrever = self._em_json if formato == "json" else self._em_texto
        try:
            pior = max(self._um(arquivo, escrever, **opcoes) for arquivo in arquivos)
        except PrestadorDesconhecido as erro:
            raise CommandError(str(erro), returncode=_ERRO_DE_USO) from None
        except EsquemaInvalido as erro:
            raise CommandError(str(erro), returncode=_ERRO_DE_USO) from None
        except ErroDoBanco:
            raise CommandError(
                "Não foi possível consultar o cadastro no banco de dados. Confira DATABASE_URL e as migrações, ou use "
                "--sem-cadastro.",
                returncode=_ERRO_DE_USO,
            ) from None
        except BrokenPipeError:
            # The reader of our output has seen enough (`| head`). What is still in the buffer has nowhere to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(_COM_SAIDA_FECHADA)
        if pior:
            sys.exit(pior)

    def _um(self, arquivo: str, escrever: Any, *, operadora: str | None, **opcoes: Any) -> int:
        try:
            conteudo = Path(arquivo).read_bytes()
        except (OSError, ValueError) as erro:
            self.stderr.write(f"{arquivo}: não foi possível ler o arquivo ({motivo_da_falha(erro)}).")
            return _ERRO_DE_USO
        veredito = julgar(
            conteudo,
            Path(arquivo).name,
            contexto_de=_contexto_de(operadora, opcoes["prestador"], sem_cadastro=opcoes["sem_cadastro"]),
            operadora_escolhida=operadora,
        )
        escrever(arquivo, veredito)
        return _SEM_IMPEDIMENTO if veredito.valido else _COM_IMPEDIMENTO

    def _em_json(self, arquivo: str, veredito: Veredito) -> None:
        self.stdout.write(json.dumps({"arquivo": arquivo, **_resumo(veredito)}))

    def _em_texto(self, arquivo: str, veredito: Veredito) -> None:
        self.stdout.write("\n".join(_linhas(arquivo, veredito)))


def _contexto_de(operadora: str | None, prestador: str | None, *, sem_cadastro: bool) -> CarregarContexto | None:
    if sem_cadastro:
        return None
    return cadastro_para(prestador, agora=timezone.now(), operadora_escolhida=operadora)


def _resumo(veredito: Veredito) -> dict[str, Any]:
    return {
        "valido": veredito.valido,
        "versao": veredito.documento.versao if veredito.documento else None,
        "tipo_guia": veredito.lote.tipo_guia if veredito.lote else None,
        "guias": len(veredito.lote.guias) if veredito.lote else 0,
        "achados": [_achado(achado) for achado in veredito.achados],
    }


def _achado(achado: Achado) -> dict[str, Any]:
    return {
        "regra": achado.regra,
        "codigo": achado.codigo,
        "severidade": str(achado.severidade),
        "mensagem": achado.mensagem,
        "caminho": achado.caminho,
        "linha": achado.linha,
        "valor": achado.valor,
        "esperado": achado.esperado,
        "sugestao": achado.sugestao,
    }


def _linhas(arquivo: str, veredito: Veredito) -> Iterator[str]:
    resumo = _resumo(veredito)
    partes = [f"{arquivo}: {'válido' if veredito.valido else 'inválido'}"]
    if resumo["versao"]:
        partes.append(f"TISS {resumo['versao']}")
    if resumo["tipo_guia"]:
        quantas = resumo["guias"]
        partes.append(f"{TIPOS_DE_GUIA[resumo['tipo_guia']]}, {quantas} {'guia' if quantas == 1 else 'guias'}")
    yield " · ".join(partes)
    for achado in veredito.achados:
        onde = f"linha {achado.linha}" if achado.linha else "arquivo"
        yield f"  {onde} · {achado.regra} · {achado.codigo} · {achado.severidade}"
        yield f"    {achado.mensagem}"
        yield f"    {achado.caminho}"
        if achado.sugestao is not None:
            yield f"    sugestão: {achado.sugestao}"


def motivo_da_falha(erro: OSError | ValueError) -> str:
    """Why a file cannot be read, in words."""
    motivos: dict[type[Exception], str] = {
        FileNotFoundError: "não existe",
        PermissionError: "sem permissão de leitura",
        IsADirectoryError: "é uma pasta",
    }
    return motivos.get(type(erro), "erro de leitura")


def _registro_ans(texto: str) -> str:
    if not re.fullmatch(r"[0-9]{6}", texto):
        raise argparse.ArgumentTypeError(f"“{texto}” não é um registro ANS: são 6 dígitos")
    return texto


def _documento(texto: str) -> str:
    documento = re.sub(r"[./\-\s]", "", texto).upper()
    if not re.fullmatch(r"[0-9A-Z]{12}[0-9]{2}|[0-9]{11}", documento):
        raise argparse.ArgumentTypeError(f"“{texto}” não é um CNPJ nem um CPF")
    return documento


def aceitar_qualquer_nome() -> None:
    """File names may hold bytes that are no text; they are shown escaped instead of ending the command."""
    for saida in (sys.stdout, sys.stderr):
        if isinstance(saida, io.TextIOWrapper):
            saida.reconfigure(errors="backslashreplace")
