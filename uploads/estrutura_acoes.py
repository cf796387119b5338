"""From a button of the structure page to the edits that it means."""

from __future__ import annotations

from tiss_schemas.edicao import ErroDeEdicao
from tiss_schemas.edicoes import Edicao, LimparTexto, Mover, Remover, Renomear, RetirarAtributo
from uploads.estrutura_painel import Painel

ACOES = frozenset(
    {
        *("valor", "incluir", "remover", "mover", "levar", "renomear"),
        *("copiar", "duplicar", "limpar", "atributos", "sugestao"),
    }
)
"""Those that change the message."""


class NaoPreenchido(Exception):
    """The control of the row has errors, which it shows itself."""


def edicoes_de(painel: Painel, acao: str) -> list[Edicao]:
    """The edits of one step; empty where what was typed is there already.

    Raises NaoPreenchido, and ErroDeEdicao for what cannot be chosen there.
    """
    match acao:
        case "valor" | "incluir":
            return _digitadas(painel)
        case "remover":
            return [Remover(painel.caminho)]
        case "mover":
            return [Mover(painel.caminho)]
        case "levar":
            return [Mover(painel.caminho, painel.escolha.escolhido("destino"))]
        case "renomear":
            return [Renomear(painel.caminho, painel.escolha.escolhido("nome"))]
        case "copiar":
            return [painel.copia_de(painel.escolha.escolhido("guia"))]
        case "duplicar":
            return [painel.duplicata()]
        case "limpar":
            return [LimparTexto(painel.caminho)]
        case "atributos":
            return [RetirarAtributo(painel.caminho, nome) for nome in painel.atributos]
        case _:
            return painel.sugestoes


def _digitadas(painel: Painel) -> list[Edicao]:
    if painel.formulario is None:
        raise ErroDeEdicao(painel.caminho, "Este campo é um grupo. Corrija os campos dentro dele.")
    if not painel.formulario.is_valid():
        raise NaoPreenchido
    return painel.formulario.edicoes()
