"""The rules that judge a file. Each is one pure function, registered once; see `registro.regra` for the shape.

Left out: H10 (login and password), which only a web service has to check; I31, I36 and I37 (one procedure in a
consulta, teeth, regions), which the schema says already; and all that needs a register that the platform does not have:
guides and senhas given by the operadora, coverage, the delivery calendar, which procedures need a team or a
tooth.
"""

from uploads.regras import (  # noqa: I001 - the order in which rules are asked
    arquivo,  # noqa: F401
    versao,  # noqa: F401
    mensagem,  # noqa: F401
    assinatura,  # noqa: F401
    cabecalho,  # noqa: F401
    lote,  # noqa: F401
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
