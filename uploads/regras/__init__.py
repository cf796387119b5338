"""The rules that judge a file. Each is one pure function, registered once; see `registro.regra` for the shape.

Left out: H10 (login and password), which only a web service has to check.
"""

from uploads.regras import arquivo, versao, mensagem, cabecalho, lote, beneficiario, somas, item  # noqa: F401, I001 - the order in which rules are asked
from uploads.regras.contexto import Contexto
from uploads.regras.descricoes import descricao
from uploads.regras.registro import REGRAS, Alvo, Apontamento, Regra, regra

__all__ = ["REGRAS", "Alvo", "Apontamento", "Contexto", "Regra", "descricao", "regra"]
