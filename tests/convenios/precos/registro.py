"""Rows of the price register, made as the screens make them. All invented: no licensed list is here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from convenios.models import Convenio
from convenios.precos import transicoes
from convenios.precos.models import EdicaoDeReferencia, ItemDeReferencia, Preco, Produto, TabelaDePreco, VinculoDeTabela
from convenios.precos.reajuste import Pedido, reajustar
from tests.fabrica import Cenario

INICIO = date(2026, 1, 1)


def tabela(cenario: Cenario, operadora: str = "pasa", **novos: Any) -> TabelaDePreco:
    """A table of values of that operadora, since the first day of 2026, unless told otherwise."""
    dados = {"nome": "Valores", "edicao": "2026", "tipo": TabelaDePreco.Tipo.VALORES, "inicio": INICIO, **novos}
    with cenario.dentro(operadora, "gestor"):
        return transicoes.gravar_tabela(
            operadora=cenario.organizacoes[operadora], novos=dados, por=cenario.pessoa("gestor", operadora)
        )


def preco(cenario: Cenario, da_tabela: TabelaDePreco, codigo: str, valor: str | None = None, **novos: Any) -> Preco:
    """What a code of table 22 costs from the first day of 2026 on, unless told otherwise."""
    dados = {"tabela_tiss": "22", "codigo": codigo, "descricao": "Exame inventado", "inicio": INICIO, **novos}
    if valor is not None:
        dados["valor"] = Decimal(valor)
    operadora = next(slug for slug, org in cenario.organizacoes.items() if org.pk == da_tabela.operadora_id)
    with cenario.dentro(operadora, "gestor"):
        return transicoes.mudar_preco(tabela=da_tabela, novos=dados, por=cenario.pessoa("gestor", operadora))


def vinculo(cenario: Cenario, da_tabela: TabelaDePreco, operadora: str = "pasa", **novos: Any) -> VinculoDeTabela:
    """That the table prices procedures of the operadora's principal convênio, unless told otherwise."""
    dados = {"tabela": da_tabela, "natureza": "procedimentos", "inicio": INICIO, **novos}
    with cenario.dentro(operadora, "gestor"):
        return transicoes.gravar_vinculo(
            convenio=principal(cenario, operadora), novos=dados, por=cenario.pessoa("gestor", operadora)
        )


def principal(cenario: Cenario, operadora: str = "pasa") -> Convenio:
    """The operadora's principal convênio. Inside its scope."""
    return Convenio.objects.select_related("operadora").get(operadora=cenario.organizacoes[operadora], principal=True)


def edicao(cenario: Cenario, operadora: str = "pasa", lista: str = "brasindice", **novos: Any) -> EdicaoDeReferencia:
    """An edition of an invented list with one item, in force since the first day of 2026, unless told otherwise."""
    with cenario.dentro(operadora, "gestor"):
        dona = cenario.organizacoes[operadora]
        nova = EdicaoDeReferencia.objects.create(
            operadora=dona, lista=lista, **{"edicao": "900", "inicio": INICIO, **novos}
        )
        ItemDeReferencia.objects.create(
            operadora=dona,
            edicao=nova,
            codigo="0012345",
            codigo_tuss="90012345",
            descricao="DIPIRONA INVENTADA 2 ML",
            grupo="medicamento",
            pfb=Decimal("12.40"),
        )
        return nova


def produto(cenario: Cenario, prestador: str = "aurelia", **novos: Any) -> Produto:
    """A product of that prestador, bought at 1,2345."""
    dados = {"codigo": "MAT-1", "descricao": "Agulha inventada", "grupo": "material", "custo_medio": Decimal("1.2345")}
    with cenario.dentro(prestador, "administrador"):
        return transicoes.gravar_produto(
            prestador=cenario.organizacoes[prestador],
            novos=dados | novos,
            por=cenario.pessoa("administrador", prestador),
        )


def um_de_cada(cenario: Cenario, operadora: str) -> dict[str, int]:
    """One row of everything that a page of prices shows, by what stands before its number in the address."""
    desta = tabela(cenario, operadora, nome="De um contrato", prestador=cenario.aurelia)
    preco(cenario, desta, "40304361", "18.90")
    do_contrato = vinculo(cenario, desta, operadora, prestador=cenario.aurelia)
    with cenario.dentro(operadora, "gestor"):
        pedido = Pedido(percentual=Decimal(5), inicio=date(2026, 7, 1))
        reajuste = reajustar(tabela=desta, pedido=pedido, por=cenario.pessoa("gestor", operadora))
    return {
        "tabelas": desta.pk,
        "vinculos": do_contrato.pk,
        "reajustes": reajuste.pk,
        "edicoes": edicao(cenario, operadora).pk,
        "produtos": produto(cenario, codigo=f"MAT-{operadora}").pk,
    }
