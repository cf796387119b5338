"""The numbers that a guide carries, by what its convênio decides about them."""

from __future__ import annotations

from dataclasses import dataclass

from convenios.regras import Regras


@dataclass(frozen=True, slots=True, kw_only=True)
class NumerosDaGuia:
    """`numeroGuiaPrestador` and `numeroGuiaOperadora`; "" where the guide goes without."""

    prestador: str
    operadora: str


def numeros_da_guia(regras: Regras, *, prestador: str, operadora: str = "", senha: str = "") -> NumerosDaGuia:
    """What a guide's numbers are, `operadora` being the one that the operadora gave, if it did.

    *Repetir Nº de Senha para Nº de Guia* makes the senha the operadora's number. Else the number it gave holds; where
    it gave none, the prestador's is repeated, unless *Não Replicar Nº de Guia para Nº Operadora*.
    """
    if regras.repetir_senha_na_guia and senha:
        return NumerosDaGuia(prestador=prestador, operadora=senha)
    if operadora or regras.nao_replicar_numero_da_guia:
        return NumerosDaGuia(prestador=prestador, operadora=operadora)
    return NumerosDaGuia(prestador=prestador, operadora=prestador)
