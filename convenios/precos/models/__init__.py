"""Prices: tables and what they price, the licensed price lists, and what prestadores pay for what they use."""

from .produtos import PercentualDoGrupo, Produto
from .reajuste import Reajuste
from .referencias import EdicaoDeReferencia, ItemDeReferencia
from .tabelas import Preco, TabelaDePreco, ValorDoPorte, VinculoDeTabela

__all__ = [
    "EdicaoDeReferencia",
    "ItemDeReferencia",
    "PercentualDoGrupo",
    "Preco",
    "Produto",
    "Reajuste",
    "TabelaDePreco",
    "ValorDoPorte",
    "VinculoDeTabela",
]
