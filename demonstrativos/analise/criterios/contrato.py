"""Why a line is not paid at all: its table or its code is none of the contract."""

from __future__ import annotations

from collections.abc import Iterator

from demonstrativos.analise.criterios.caso import Caso
from demonstrativos.analise.criterios.registro import Indicio, criterio
from uploads.regras.itens_codigos import tabela_nao_aceita
from uploads.regras.palavras import citado
from uploads.regras.precos import codigo_sem_preco


@criterio("tabela_fora_do_contrato", titulo="Tabela fora do contrato", codigo="3150", regras=("I02",))
def tabela_fora_do_contrato(caso: Caso) -> Iterator[Indicio]:
    """A tabela do item não é a que o convênio pede, nem uma das que a operadora aceita."""
    for guia, item, apontamento in caso.achados(tabela_nao_aceita):
        yield Indicio(
            guia=guia,
            item=item,
            motivo=f"A tabela {citado(apontamento.valor)} não é do contrato, que pede {apontamento.esperado}.",
        )


@criterio("nao_contratado", titulo="Item não contratado", codigo="3142", regras=("I07",))
def nao_contratado(caso: Caso) -> Iterator[Indicio]:
    """O código do item não tem preço no contrato, e uma tabela precifica itens do seu tipo."""
    for guia, item, apontamento in caso.achados(codigo_sem_preco):
        yield Indicio(
            guia=guia, item=item, motivo=f"O código {apontamento.valor} não tem preço nas tabelas do contrato."
        )
