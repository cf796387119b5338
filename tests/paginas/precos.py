"""Prices to look at: tables of both kinds, what they price, an adjustment, an edition and a product. All invented."""

from __future__ import annotations

from tests.portal import Portal, Sessao

_DONO = "(select id from contas_organizacao where slug = '{}')"
_EDICAO = (
    "with e as (insert into precos_edicaodereferencia (operadora_id, lista, edicao, inicio)"
    " values ({dono}, 'brasindice', '900', '2026-01-01') returning id)"
    " insert into precos_itemdereferencia"
    " (operadora_id, edicao_id, codigo, codigo_tiss, codigo_tuss, descricao, grupo, pmc, pfb, unidades)"
    " select {dono}, id, '0012345', '', '90012345', 'DIPIRONA INVENTADA 2 ML', 'medicamento', 0, 12.4, 1 from e"
)


def registrar(
    portal: Portal, operadora: Sessao, prestador: Sessao
) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Register them by the screens; give the ids of what the operadora and the prestador can look at."""
    slug, dono = operadora.slug, _DONO.format(operadora.slug)
    de_valores, de_portes = (
        _nova(portal, operadora, tipo=tipo, nome=nome, uco=uco)
        for tipo, nome, uco in (("valores", "Valores", ""), ("portes", "Portes", "11,50"))
    )
    for codigo, valor in (("40304361", "18,90"), ("40302040", "5,005")):
        preco = {"tabela_tiss": "22", "codigo": codigo, "valor": valor, "inicio": "01/01/2026"}
        operadora.postar(f"/{slug}/precos/tabelas/{de_valores}/preco/", **preco, descricao="Exame inventado")
    operadora.postar(f"/{slug}/precos/tabelas/{de_portes}/porte/", porte="3C", valor="245,10")
    operadora.postar(
        f"/{slug}/precos/tabelas/{de_portes}/preco/",
        **{"tabela_tiss": "22", "codigo": "30101010", "porte": "3C", "inicio": "01/01/2026"},
    )
    operadora.postar(f"/{slug}/precos/tabelas/{de_valores}/reajuste/", percentual="5,5", inicio="01/02/2026")
    operadora.postar(
        f"/{slug}/precos/convenios/1/vincular/",
        **{"natureza": "procedimentos", "tabela": str(de_valores), "ordem": "1", "percentual": "100"},
        **{"banda_porte": "0", "banda_uco": "0", "inicio": "01/01/2026"},
    )
    portal.consultar(_EDICAO.format(dono=dono))
    produto = {"codigo": "MAT-1", "descricao": "Agulha inventada", "grupo": "material", "custo_medio": "1,2345"}
    prestador.postar(f"/{prestador.slug}/precos/produtos/novo/", **produto, ativo="on")
    da_operadora = {
        coisa: _ids(portal, f"precos_{tabela}", f"operadora_id = {dono}")
        for coisa, tabela in (
            *(("tabelas", "tabeladepreco"), ("vinculos", "vinculodetabela")),
            *(("reajustes", "reajuste"), ("edicoes", "edicaodereferencia")),
        )
    }
    assert all(da_operadora.values())
    return da_operadora, {"produtos": _ids(portal, "precos_produto", f"prestador_id = {_DONO.format(prestador.slug)}")}


def _nova(portal: Portal, operadora: Sessao, **campos: str) -> int:
    operadora.postar(f"/{operadora.slug}/precos/tabelas/nova/", inicio="01/01/2026", ativa="on", **campos)
    return max(_ids(portal, "precos_tabeladepreco", f"nome = '{campos['nome']}'"))


def _ids(portal: Portal, tabela: str, onde: str) -> list[int]:
    return [pk for (pk,) in portal.consultar(f"select id from {tabela} where {onde} order by id")]
