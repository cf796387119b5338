"""What the structure page sends along: the steps made so far, and what is asked for now."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from django.http import QueryDict

from tiss_schemas import campos
from tiss_schemas.edicoes import (
    Copiar,
    Edicao,
    Incluir,
    LimparTexto,
    Mover,
    Reler,
    Remover,
    Renomear,
    RetirarAtributo,
    Valor,
    de_json,
    para_json,
)
from tiss_schemas.palavras import citado

Passo: TypeAlias = tuple[Edicao, ...]

MAIS_PASSOS: Final = 500
_GUIA: Final = re.compile(r"/ans:guiasTISS/[^/\[]+(?:\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class Pedido:
    """One post of the page. `acao` and `alvo` say what to do and where; `aberto` is the row whose controls are open.

    `versao` is the one that the person saw; `refeitos` are the steps taken back, the last one first to come again.
    """

    versao: int
    em: str
    passos: tuple[Passo, ...] = ()
    refeitos: tuple[Passo, ...] = ()
    aberto: str = ""
    acao: str = ""
    alvo: str = ""
    recalcular: bool = True

    @classmethod
    def de(cls, dados: QueryDict) -> Pedido:
        """From a form. ValueError where its steps are not what this page writes."""
        acao, _, alvo = dados.get("fazer", "").partition(":")
        if acao == "numero":
            alvo = dados.get("numero", "").strip()
        return cls(
            versao=_numero(dados.get("versao", "")),
            em=dados.get("em", ""),
            passos=_passos(dados.get("passos", "[]")),
            refeitos=_passos(dados.get("refeitos", "[]")),
            aberto=dados.get("aberto", ""),
            acao=acao,
            alvo=alvo,
            recalcular="recalcular" in dados,
        )

    @property
    def passos_json(self) -> str:
        """The steps as the form keeps them."""
        return _json(self.passos)

    @property
    def refeitos_json(self) -> str:
        """The steps taken back, as the form keeps them."""
        return _json(self.refeitos)

    def com(self, passo: Passo) -> Pedido:
        """With one more step; what was taken back before it is forgotten."""
        return replace(self, passos=(*self.passos, passo), refeitos=(), aberto="")

    def desfeito(self) -> Pedido:
        """Without the last step."""
        *antes, ultimo = self.passos
        return replace(self, passos=tuple(antes), refeitos=(ultimo, *self.refeitos), aberto="")

    def refeito(self) -> Pedido:
        """With the step that was taken back last."""
        proximo, *depois = self.refeitos
        return replace(self, passos=(*self.passos, proximo), refeitos=tuple(depois), aberto="")


def em_palavras(passo: Passo, versao: str) -> str:
    """A step as one line: in which guide, what, and how."""
    primeira, *outras = passo
    resto = f", e mais {len(outras)} {'mudança' if len(outras) == 1 else 'mudanças'}" if outras else ""
    return f"{_guia(primeira)}{_frase(primeira, versao)}{resto}"


def _frase(edicao: Edicao, versao: str) -> str:
    match edicao:
        case Valor(caminho, valor):
            return f"{_nome(versao, caminho)} passa a ser {citado(valor)}"
        case Incluir(pai, nome, valor):
            caminho = pai + "".join(f"/ans:{passo}" for passo in nome.split("/"))
            return f"incluir {_nome(versao, caminho)}: {citado(valor)}"
        case Remover(caminho):
            return f"remover {_nome(versao, caminho)}"
        case Mover(caminho, None):
            return f"pôr {_nome(versao, caminho)} no seu lugar"
        case Mover(caminho, str(para)):
            return f"levar {_nome(versao, caminho)} para {_nome(versao, para)}"
        case Renomear(caminho, nome):
            return f"trocar o nome {_nome(versao, caminho)} por {nome}"
        case Copiar(_, de):
            return f"copiar {_nome(versao, de)}{_da_guia(de)}"
        case LimparTexto(caminho):
            return f"tirar o texto solto de {_nome(versao, caminho)}"
        case RetirarAtributo(caminho, nome):
            return f"tirar o atributo {nome} de {_nome(versao, caminho)}"
        case Reler() | _:
            return "escrever o arquivo como foi lido"


def _nome(versao: str, caminho: str) -> str:
    return f"“{campos.legenda(versao, caminho)}”"


def _guia(edicao: Edicao) -> str:
    caminho = getattr(edicao, "caminho", None) or getattr(edicao, "caminho_pai", "")
    achada = _GUIA.search(caminho)
    return f"Guia {achada[1] or 1}: " if achada else "Cabeçalho e lote: "


def _da_guia(caminho: str) -> str:
    achada = _GUIA.search(caminho)
    return f" da guia {achada[1] or 1}" if achada else ""


def _passos(texto: str) -> tuple[Passo, ...]:
    try:
        listas: Any = json.loads(texto)
    except RecursionError:
        raise ValueError("os passos estão um dentro do outro") from None
    if not isinstance(listas, Sequence) or isinstance(listas, str) or len(listas) > MAIS_PASSOS:
        raise ValueError("os passos não são uma lista")
    passos = tuple(de_json(lista) for lista in listas)
    if not all(passos):
        raise ValueError("um passo está vazio")
    return passos


def _json(passos: Sequence[Passo]) -> str:
    return json.dumps([para_json(passo) for passo in passos], ensure_ascii=False)


def _numero(texto: str) -> int:
    return int(texto) if texto.isascii() and texto.isdigit() and len(texto) < 6 else 0
