"""A statement that was asked for, for whoever looks at the pages of statements."""

from __future__ import annotations

from conecta.embutido.processos import esperar
from tests.portal import Portal, Sessao

_PROTOCOLO = """
select p.id from lotes_protocolo p join lotes_lote l on l.id = p.lote_id
join contas_organizacao o on o.id = p.operadora_id join contas_organizacao c on c.id = p.prestador_id
where o.slug = %s and c.slug = %s and p.situacao in (3, 5, 6)
order by l.quantidade_de_itens, p.id limit 1
"""
_PRONTO = "select demonstrativo_id from emissao_documentodopedido where pedido_id = %s and estado = 'pronto'"


def registrar(portal: Portal, sessao: Sessao, quem: str, clinica: str, convenio: str) -> dict[str, list[int]]:
    """Ask, in the name of `quem`, for the analysis of the smallest released protocol, and wait for it."""
    ((protocolo,),) = portal.consultar(_PROTOCOLO, convenio, clinica)
    sessao.postar(f"/{quem}/demonstrativos/analise/pedir/", protocolo=str(protocolo))
    ((pedido,),) = portal.consultar("select max(id) from emissao_pedidodedemonstrativo")
    assert esperar(lambda: bool(portal.consultar(_PRONTO, pedido)), 60)
    ((demonstrativo,),) = portal.consultar(_PRONTO, pedido)
    return {"demonstrativos": [demonstrativo], "solicitados": [pedido]}
