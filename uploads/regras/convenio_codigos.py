"""How a convênio wants codes of materials and medicines: so many digits, or a vendor's code after its prefix."""

from __future__ import annotations

from typing import Final

from convenios.regras import Regras

_MATERIAIS_E_MEDICAMENTOS: Final = frozenset({"02", "03", "08"})
"""Códigos da despesa; 08 is OPME."""


def tem_tamanho_pedido(despesa: str | None, regras: Regras) -> bool:
    """Whether the convênio says how codes of such a line are written."""
    return regras.digitos_do_codigo is not None and despesa in _MATERIAIS_E_MEDICAMENTOS


def do_tamanho_pedido(codigo: str, regras: Regras) -> bool:
    """Whether the code has the digits that the convênio wants, or is a vendor's behind its prefix."""
    if any(codigo.startswith(prefixo) and len(codigo) > len(prefixo) for prefixo in _prefixos(regras)):
        return True
    return len(codigo) == regras.digitos_do_codigo and _so_digitos(codigo)


def no_tamanho_pedido(codigo: str, regras: Regras) -> str | None:
    """The same code with its zeros, more or fewer; None where it has other digits to spare, or letters."""
    digitos = codigo.strip().lstrip("0")
    tamanho = regras.digitos_do_codigo or 0
    return digitos.zfill(tamanho) if _so_digitos(digitos) and len(digitos) <= tamanho else None


def como_o_convenio_escreve(regras: Regras) -> str:
    """What a well written code has, in words."""
    prefixos = " ou ".join(_prefixos(regras))
    com_prefixo = f", ou começam por {prefixos}" if prefixos else ""
    tamanho = regras.digitos_do_codigo
    return f"neste convênio os códigos de materiais e medicamentos têm {tamanho} dígitos{com_prefixo}"


def _prefixos(regras: Regras) -> tuple[str, ...]:
    return tuple(filter(None, (regras.prefixo_brasindice, regras.prefixo_simpro)))


def _so_digitos(texto: str) -> bool:
    return texto.isascii() and texto.isdecimal()
