"""Command line: `servir` runs the portal; `servidores -- COMMAND` runs a command with servers around it."""

import argparse
import os
import signal
import sys

from conecta.embutido import console
from conecta.embutido.comando import executar, executar_a_parte
from conecta.embutido.erros import ErroDeInicio
from conecta.embutido.identidade import morrer_com_o_pai
from conecta.embutido.pastas import pasta_var
from conecta.embutido.portal import servir
from conecta.embutido.sinais import PedidoDeParada

MAIOR_PORTA = 65_535


def principal() -> int:
    """Run what the command line asks for; give the exit code."""
    argumentos = _analisador().parse_args()
    if argumentos.com_o_pai:
        morrer_com_o_pai(signal.SIGTERM, os.getppid())
    try:
        if argumentos.acao == "servidores" and argumentos.temporario:
            return executar_a_parte(argumentos.comando)
        var = pasta_var()
        if argumentos.acao == "servidores":
            return executar(var, argumentos.comando, duravel=True)
        servir(var, host=argumentos.host, porta=_porta(argumentos.porta))
        return 0
    except PedidoDeParada as pedido:
        return 128 + pedido.sinal
    except ErroDeInicio as erro:
        console.avisar(str(erro))
        return 1


def _porta(texto: str) -> int:
    """The number of a port; 0 lets the system choose one. In words of ours: argparse would speak English."""
    if not (texto.isascii() and texto.isdigit() and int(texto) <= MAIOR_PORTA):
        raise ErroDeInicio(f"A porta é um número até {MAIOR_PORTA}, e não “{texto}”. Por exemplo: make run PORT=8010")
    return int(texto)


def _analisador() -> argparse.ArgumentParser:
    analisador = argparse.ArgumentParser(prog="python -m conecta.embutido", description=__doc__)
    analisador.add_argument("--com-o-pai", action="store_true", help="encerra quando quem chamou termina")
    acoes = analisador.add_subparsers(dest="acao", required=True)
    portal = acoes.add_parser("servir", help="o portal inteiro, até Ctrl-C")
    portal.add_argument("--host", default="127.0.0.1")
    portal.add_argument("--porta", default="8000")
    servidores = acoes.add_parser("servidores", help="Postgres e Redis em volta de um comando")
    servidores.add_argument("--temporario", action="store_true", help="em pasta própria, apagada no fim")
    servidores.add_argument("comando", nargs="+", metavar="COMANDO")
    return analisador


if __name__ == "__main__":
    sys.exit(principal())
