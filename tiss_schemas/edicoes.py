"""What may be done to a message, as plain values: an edit names its place by a path and carries what it needs.

`tiss_schemas.edicao` carries them out. As JSON they are kept beside a finding and travel through forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, TypeAlias


@dataclass(frozen=True, slots=True)
class Valor:
    """Put `valor` as the text of the field at `caminho`."""

    caminho: str
    valor: str


@dataclass(frozen=True, slots=True)
class Incluir:
    """Put a new field inside the group at `caminho_pai`, at the place that the XSD demands.

    `nome` may lead through groups ("dadosAutorizacao/senha"): those that are missing are made.
    """

    caminho_pai: str
    nome: str
    valor: str


@dataclass(frozen=True, slots=True)
class Remover:
    """Take the element at `caminho` out, with all that is in it."""

    caminho: str


@dataclass(frozen=True, slots=True)
class Mover:
    """Take the element at `caminho` to its place by the XSD: among its siblings, or in the group at `para`."""

    caminho: str
    para: str | None = None


@dataclass(frozen=True, slots=True)
class Renomear:
    """Give the element at `caminho` the local name `nome`, in ANS's namespace."""

    caminho: str
    nome: str


@dataclass(frozen=True, slots=True)
class Copiar:
    """Put into the group at `caminho_pai` a copy of the element at `de`, in place of the one of that name that it has.

    Where the XSD allows several of that name, the copy is added to them.
    """

    caminho_pai: str
    de: str


@dataclass(frozen=True, slots=True)
class LimparTexto:
    """Take out the text that stands loose between the children of the group at `caminho`."""

    caminho: str


@dataclass(frozen=True, slots=True)
class RetirarAtributo:
    """Take the attribute out of the element at `caminho`; `nome` is its local name."""

    caminho: str
    nome: str


@dataclass(frozen=True, slots=True)
class Reler:
    """Write the file as it was understood: in the encoding that its bytes have, in ANS's namespace."""


Edicao: TypeAlias = Valor | Incluir | Remover | Mover | Renomear | Copiar | LimparTexto | RetirarAtributo | Reler

_TIPOS: Final[Mapping[str, type[Any]]] = {
    tipo.__name__: tipo
    for tipo in (Valor, Incluir, Remover, Mover, Renomear, Copiar, LimparTexto, RetirarAtributo, Reler)
}


def para_json(edicoes: Iterable[Edicao]) -> list[dict[str, Any]]:
    """Each edit as an object with its kind under "tipo", ready for `json.dumps`."""
    return [{"tipo": type(edicao).__name__} | asdict(edicao) for edicao in edicoes]


def de_json(dados: object) -> tuple[Edicao, ...]:
    """The edits that `para_json` wrote. ValueError for anything else: a form may send what it likes."""
    if not isinstance(dados, Sequence) or isinstance(dados, str):
        raise ValueError("a lista de edições não é uma lista")
    return tuple(_uma(dado) for dado in dados)


def _uma(dado: object) -> Edicao:
    tipo = _TIPOS.get(str(dado.get("tipo"))) if isinstance(dado, Mapping) else None
    if tipo is None or not isinstance(dado, Mapping):
        raise ValueError("edição desconhecida")
    valores = {nome: valor for nome, valor in dado.items() if nome != "tipo"}
    opcionais = {"para"} if tipo is Mover else set()
    if valores.keys() - {campo.name for campo in fields(tipo)}:
        raise ValueError("a edição tem campos a mais")
    if any(not isinstance(valor, str) and not (nome in opcionais and valor is None) for nome, valor in valores.items()):
        raise ValueError("a edição tem um campo que não é texto")
    _conferir_textos(valores.values())
    try:
        return tipo(**valores)  # type: ignore[no-any-return]
    except TypeError:
        raise ValueError("falta um campo da edição") from None


def _conferir_textos(valores: Iterable[str | None]) -> None:
    """ValueError for half a surrogate pair, which JSON can write and no page could show."""
    for valor in valores:
        (valor or "").encode()
