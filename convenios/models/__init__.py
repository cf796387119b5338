"""Operadoras as contracts see them: parameters, credenciamentos, beneficiários; and the standard's terminology."""

from .cadastro import Beneficiario, Credenciamento, ParametrosDaOperadora
from .regras import AjusteDeRegra
from .terminologia import Edicao, ItemDeDominio, MensagemTiss, OperadoraNaAns, Termo

__all__ = [
    "AjusteDeRegra",
    "Beneficiario",
    "Credenciamento",
    "Edicao",
    "ItemDeDominio",
    "MensagemTiss",
    "OperadoraNaAns",
    "ParametrosDaOperadora",
    "Termo",
]
