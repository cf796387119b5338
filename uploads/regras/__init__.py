"""The rules that judge a file. Each is one pure function, registered once; see `registro.regra` for the shape.

Left out: H10 (login and password), which only a web service has to check; D09, D11 to D13, I31, I36 and I37, which the
schema says already; A03, of which a prestador may not be told more than A02 says; L08 to L11, about what is declared
beside the file; R01 to R10, about the recurso de glosa, a document that is not received yet; what needs a register that
the platform does not have: what was paid for other guides (I20, D17), packages (I41), and the occupations of each
prestador (P10); and D16, D19, D20, I12, I27, I33 and I42, which only warn of what each operadora judges its own way.
"""

from uploads.regras import (  # noqa: I001 - the order in which rules are asked
    arquivo,  # noqa: F401
    versao,  # noqa: F401
    mensagem,  # noqa: F401
    assinatura,  # noqa: F401
    cabecalho,  # noqa: F401
    lote,  # noqa: F401
    calendario,  # noqa: F401
    convenio,  # noqa: F401
    convenio_numeros,  # noqa: F401
    convenio_guia,  # noqa: F401
    convenio_retorno,  # noqa: F401
    beneficiario,  # noqa: F401
    convenio_beneficiario,  # noqa: F401
    convenio_cobertura,  # noqa: F401
    prestador,  # noqa: F401
    contrato,  # noqa: F401
    profissionais,  # noqa: F401
    convenio_profissionais,  # noqa: F401
    autorizacao,  # noqa: F401
    autorizacoes,  # noqa: F401
    exigencias,  # noqa: F401
    exigencias_da_equipe,  # noqa: F401
    intervalos,  # noqa: F401
    datas,  # noqa: F401
    internacao,  # noqa: F401
    somas,  # noqa: F401
    item,  # noqa: F401
    itens_codigos,  # noqa: F401
    precos,  # noqa: F401
    itens_guia,  # noqa: F401
    itens_despesas,  # noqa: F401
    odonto,  # noqa: F401
)
from uploads.regras.contexto import Contexto
from uploads.regras.descricoes import descricao
from uploads.regras.registro import REGRAS, Alvo, Apontamento, Regra, regra

__all__ = ["REGRAS", "Alvo", "Apontamento", "Contexto", "Regra", "descricao", "regra"]
