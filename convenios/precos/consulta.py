"""The price of one code, asked by a person: what typing suggests and what the screen of prices explains."""

from __future__ import annotations

from datetime import date

from convenios.camadas import do_prestador
from convenios.models import Convenio, Credenciamento
from convenios.precos.carga import carregar_precos
from convenios.precos.conhecidos import Item, Resposta
from convenios.precos.motor import quanto_custa
from convenios.precos.naturezas import natureza_de


def preco_de(
    *,
    convenio: Convenio,
    credenciamento: Credenciamento | None,
    tabela: str,
    codigo: str,
    dia: date,
    codigo_despesa: str | None = None,
    natureza: str | None = None,
    grau: str = "",
    com_custos: bool = True,
) -> Resposta:
    """What a code of a TISS table costs on that day, by that convênio, for that credenciado, and why.

    Without `credenciamento`, for any: by what the convênio alone agrees. `natureza` (else worked out from the code and
    the código da despesa) and `grau` as in `Item`. Anybody but the prestador asks `com_custos=False`. At most nine
    queries.
    """
    item = Item(
        convenio=convenio.pk,
        natureza=natureza or natureza_de(tabela, codigo, codigo_despesa),
        tabela=tabela,
        codigo=codigo,
        dia=dia,
        grau=grau,
    )
    precos = carregar_precos(
        [item],
        operadora_id=convenio.operadora_id,
        prestador_id=None if credenciamento is None else credenciamento.prestador_id,
        regras={convenio.pk: do_prestador(convenio, credenciamento).regras},
        com_custos=com_custos and credenciamento is not None,
    )
    return quanto_custa(item, precos)
