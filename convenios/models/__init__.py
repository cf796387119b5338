"""Convênios, credenciamentos, planos, beneficiários and parameters of operadoras; and the standard's terminology."""

from .cadastro import Beneficiario, Credenciamento, ParametrosDaOperadora
from .convenio import CoberturaDoPlano, Convenio, LogoDoConvenio, MudancaDeConvenio, Plano, RegrasDoCredenciamento
from .regras import AjusteDeRegra
from .terminologia import (
    Edicao,
    ItemDaTerminologia,
    ItemDeDominio,
    MensagemTiss,
    OperadoraNaAns,
    Termo,
    TermoProprio,
)
from .versoes import VersaoAceita

__all__ = [
    "AjusteDeRegra",
    "Beneficiario",
    "CoberturaDoPlano",
    "Convenio",
    "Credenciamento",
    "Edicao",
    "ItemDaTerminologia",
    "ItemDeDominio",
    "LogoDoConvenio",
    "MensagemTiss",
    "MudancaDeConvenio",
    "OperadoraNaAns",
    "ParametrosDaOperadora",
    "Plano",
    "RegrasDoCredenciamento",
    "Termo",
    "TermoProprio",
    "VersaoAceita",
]
