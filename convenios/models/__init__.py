"""Convênios, credenciamentos, planos, beneficiários and parameters of operadoras; and the standard's terminology."""

from .cadastro import Beneficiario, Credenciamento, PalavraDoNome, ParametrosDaOperadora
from .convenio import CoberturaDoPlano, Convenio, LogoDoConvenio, MudancaDeConvenio, Plano, RegrasDoCredenciamento
from .registros import MudancaDeCadastro, PedidoDeAcesso
from .regras import AjusteDeRegra
from .terminologia import (
    Edicao,
    EdicaoRecebida,
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
    "EdicaoRecebida",
    "ItemDaTerminologia",
    "ItemDeDominio",
    "LogoDoConvenio",
    "MensagemTiss",
    "MudancaDeCadastro",
    "MudancaDeConvenio",
    "OperadoraNaAns",
    "PalavraDoNome",
    "ParametrosDaOperadora",
    "PedidoDeAcesso",
    "Plano",
    "RegrasDoCredenciamento",
    "Termo",
    "TermoProprio",
    "VersaoAceita",
]
