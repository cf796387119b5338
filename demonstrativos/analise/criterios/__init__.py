"""The criteria of the automatic pass: what may be refused of a received protocol, by the operadora's own register.

What only an auditor can judge is none of them. The price engine knows no packages, so of those one only observes.
"""

from demonstrativos.analise.criterios import (  # noqa: I001 - the order of precedence
    guia,  # noqa: F401
    beneficiario,  # noqa: F401
    autorizacao,  # noqa: F401
    contrato,  # noqa: F401
    repeticao,  # noqa: F401
    quantidade,  # noqa: F401
    preco,  # noqa: F401
    observacoes,  # noqa: F401
)
from demonstrativos.analise.criterios.caso import Caso
from demonstrativos.analise.criterios.registro import CRITERIOS, Criterio, Indicio

__all__ = ["CRITERIOS", "Caso", "Criterio", "Indicio"]
