"""Every change of prices by hand: in one transaction, locked, and kept in the audit trail by the database.

`por` is who the scope says is acting: the trail has the name from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from psycopg2.errors import UniqueViolation

from conecta.contas.models import Organizacao, Usuario
from conecta.importacao.estados import EM_ANDAMENTO
from conecta.importacao.models import Importacao
from conecta.interface.formatos import data
from convenios.models import Convenio
from convenios.precos.erros import (
    EdicaoEmVigor,
    EdicaoSendoImportada,
    PrecoForaDaTabela,
    ProdutoRepetido,
    TabelaDeOutroContrato,
    TabelaEmUso,
    TabelaRepetida,
    VinculoRepetido,
)
from convenios.precos.models import (
    EdicaoDeReferencia,
    PercentualDoGrupo,
    Preco,
    Produto,
    TabelaDePreco,
    ValorDoPorte,
    VinculoDeTabela,
)
from convenios.transicoes import travar

_UM_DIA = timedelta(days=1)


@transaction.atomic
def gravar_tabela(
    *, operadora: Organizacao, novos: Mapping[str, Any], por: Usuario, tabela: TabelaDePreco | None = None
) -> TabelaDePreco:
    """Register a table, or change `tabela`. `novos` are fields of the model.

    Refuses a name that the same contract has already, another kind for a table that has prices, and to give a table
    that other contracts are linked to to one prestador.
    """
    travar(operadora)
    gravada = TabelaDePreco(operadora=operadora) if tabela is None else tabela
    _conferir_o_tipo(gravada, novos)
    _preencher(gravada, novos)
    iguais = TabelaDePreco.objects.filter(
        operadora=operadora, prestador=gravada.prestador_id, nome=gravada.nome, edicao=gravada.edicao
    )
    if iguais.exclude(pk=gravada.pk).exists():
        raise TabelaRepetida(f"Já há uma tabela {gravada}. Dê outro nome ou outra edição a esta.", gravada)
    if gravada.pk and gravada.prestador_id and gravada.vinculos.exclude(prestador=gravada.prestador_id).exists():
        raise TabelaEmUso(
            "A tabela está vinculada para outros prestadores. Exclua esses vínculos antes de dá-la a um contrato só.",
            gravada,
        )
    gravada.full_clean(exclude=["operadora"])
    gravada.save()
    return gravada


@transaction.atomic
def mudar_preco(*, tabela: TabelaDePreco, novos: Mapping[str, Any], por: Usuario) -> Preco:
    """Let a code cost this from `inicio` on. `novos` are fields of `Preco`.

    What held until then ends the day before and stays in the register; a price that begins on that same day is
    corrected in place; one that begins later stays, and this one ends the day before it.
    """
    travar(tabela.operadora)
    _conferir_o_preco(tabela, novos)
    do_codigo = Preco.objects.filter(tabela=tabela, tabela_tiss=novos["tabela_tiss"], codigo=novos["codigo"])
    inicio: date = novos["inicio"]
    vigentes = do_codigo.filter(Q(fim__isnull=True) | Q(fim__gte=inicio), inicio__lt=inicio)
    vigentes.update(fim=inicio - _UM_DIA)
    gravado = do_codigo.filter(inicio=inicio).first() or Preco(operadora_id=tabela.operadora_id, tabela=tabela)
    _preencher(gravado, novos)
    seguinte = do_codigo.filter(inicio__gt=inicio).order_by("inicio").first()
    if seguinte is not None and (gravado.fim is None or gravado.fim >= seguinte.inicio):
        gravado.fim = seguinte.inicio - _UM_DIA
    gravado.full_clean(exclude=["operadora", "tabela"])
    gravado.save()
    return gravado


@transaction.atomic
def gravar_porte(*, tabela: TabelaDePreco, porte: str, valor: Decimal, por: Usuario) -> ValorDoPorte:
    """Say what a porte is worth in a table of portes, in reais."""
    travar(tabela.operadora)
    if tabela.tipo != TabelaDePreco.Tipo.PORTES:
        raise PrecoForaDaTabela("A tabela é de valores por código: ela não tem portes.", tabela)
    gravado = ValorDoPorte.objects.filter(tabela=tabela, porte=porte).first()
    gravado = gravado or ValorDoPorte(operadora_id=tabela.operadora_id, tabela=tabela, porte=porte)
    gravado.valor = valor
    gravado.full_clean(exclude=["operadora", "tabela"])
    gravado.save()
    return gravado


@transaction.atomic
def gravar_vinculo(
    *, convenio: Convenio, novos: Mapping[str, Any], por: Usuario, vinculo: VinculoDeTabela | None = None
) -> VinculoDeTabela:
    """Let a table price a kind of item of the convênio. `novos` are fields of the model.

    Refuses the same table twice for the same kind from the same day, and a table of another's contract.
    """
    travar(convenio.operadora)
    gravado = VinculoDeTabela(operadora_id=convenio.operadora_id, convenio=convenio) if vinculo is None else vinculo
    _preencher(gravado, novos)
    if gravado.tabela.prestador_id and gravado.tabela.prestador_id != gravado.prestador_id:
        raise TabelaDeOutroContrato(
            f"A tabela {gravado.tabela} é do contrato com um prestador. Vincule-a só no contrato com ele.", gravado
        )
    iguais = VinculoDeTabela.objects.filter(
        convenio=convenio,
        prestador=gravado.prestador_id,
        natureza=gravado.natureza,
        tabela=gravado.tabela_id,
        inicio=gravado.inicio,
    )
    if iguais.exclude(pk=gravado.pk).exists():
        raise VinculoRepetido(
            f"A tabela {gravado.tabela} já está vinculada a {gravado.get_natureza_display().lower()} a partir de "
            f"{data(gravado.inicio)}. Mude aquele vínculo, ou escolha outro dia.",
            gravado,
        )
    gravado.full_clean(exclude=["operadora", "convenio"])
    gravado.save()
    return gravado


@transaction.atomic
def excluir_vinculo(*, vinculo: VinculoDeTabela, por: Usuario) -> None:
    """Take a link back, as if it never had been. To let it hold only until a day, give it an end instead."""
    travar(vinculo.operadora)
    vinculo.delete()


@transaction.atomic
def gravar_percentuais(*, convenio: Convenio, novos: Mapping[str, Decimal | None], por: Usuario) -> None:
    """Lista de Produtos: the percentage of the average cost by group; None lets the general percentage hold again."""
    travar(convenio.operadora)
    de_agora = {percentual.grupo: percentual for percentual in PercentualDoGrupo.objects.filter(convenio=convenio)}
    for grupo, percentual in novos.items():
        linha = de_agora.get(grupo)
        if percentual is None:
            if linha is not None:
                linha.delete()
        elif linha is None or linha.percentual != percentual:
            linha = linha or PercentualDoGrupo(operadora_id=convenio.operadora_id, convenio=convenio, grupo=grupo)
            linha.percentual = percentual
            linha.full_clean(exclude=["operadora", "convenio"])
            linha.save()


@transaction.atomic
def excluir_edicao(*, edicao: EdicaoDeReferencia, em_vigor: bool, sabendo: bool, por: Usuario) -> None:
    """Throw an edition away with its items, so that it can be imported again.

    Not while a file of the list is being written; and not the one `em_vigor` today, unless the person said that this
    is known (`sabendo`): until another is imported, the edition before it gives the prices, or none does.
    """
    travar(edicao.operadora)
    importando = Importacao.objects.filter(
        organizacao=edicao.operadora_id, layout=edicao.lista, situacao__in=EM_ANDAMENTO
    )
    if importando.exists():
        raise EdicaoSendoImportada(
            f"Um arquivo do {edicao.get_lista_display()} está sendo importado. Espere que termine, ou cancele-o.",
            edicao,
        )
    if em_vigor and not sabendo:
        raise EdicaoEmVigor(
            f"O {edicao} dá os preços de hoje. Para excluí-lo assim mesmo, marque que sabe disso.", edicao
        )
    edicao.delete()


@transaction.atomic
def gravar_produto(
    *, prestador: Organizacao, novos: Mapping[str, Any], por: Usuario, produto: Produto | None = None
) -> Produto:
    """Register a product of the prestador with its average cost, or change it. Refuses a code that another has."""
    gravado = Produto(prestador=prestador) if produto is None else produto
    _preencher(gravado, novos)
    gravado.full_clean(exclude=["prestador"])
    try:
        # Asked first, the database would not know of whoever saves the same code at the same moment.
        with transaction.atomic():
            gravado.save()
    except IntegrityError as erro:
        if not isinstance(erro.__cause__, UniqueViolation):
            raise
        raise ProdutoRepetido(
            f"Já há um produto com o código {gravado.codigo}. Mude aquele, ou use outro.", gravado
        ) from None
    return gravado


def _preencher(linha: Any, novos: Mapping[str, Any]) -> None:
    for nome, valor in novos.items():
        setattr(linha, nome, valor)


def _conferir_o_tipo(tabela: TabelaDePreco, novos: Mapping[str, Any]) -> None:
    if tabela.pk and novos.get("tipo", tabela.tipo) != tabela.tipo and tabela.precos.exists():
        raise TabelaEmUso("O tipo não muda enquanto a tabela tem preços. Cadastre outra tabela.", tabela)


def _conferir_o_preco(tabela: TabelaDePreco, novos: Mapping[str, Any]) -> None:
    if novos["inicio"] < tabela.inicio:
        raise PrecoForaDaTabela(
            f"A tabela começa em {data(tabela.inicio)}, e o preço começaria antes. Escolha esse dia ou um depois.",
            tabela,
        )
    if tabela.fim is not None and novos["inicio"] > tabela.fim:
        raise PrecoForaDaTabela(f"A tabela acaba em {data(tabela.fim)}: depois disso ela não dá preço a nada.", tabela)
