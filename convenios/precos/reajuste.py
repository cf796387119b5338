"""Percentage adjustments of a table's prices: what would become of them, doing it, and undoing it.

Set by set and never row by row: a table has tens of thousands of prices.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Count, DecimalField, F, QuerySet, Sum, Value
from django.db.models.functions import Round
from django.utils import timezone

from conecta.contas.models import Usuario
from conecta.interface.formatos import data, inteiro
from conecta.periodo import em_vigor
from convenios.precos.erros import ReajusteImpossivel, ReajusteSemVolta
from convenios.precos.models import Preco, Reajuste, TabelaDePreco
from convenios.regras import CEM
from convenios.transicoes import travar

MENOR: Final = Decimal("-99.999")
MAIOR: Final = Decimal(1000)
_UM_DIA: Final = timedelta(days=1)
_AMOSTRA: Final = 20
_VALOR: Final[DecimalField[Any, Any]] = DecimalField(max_digits=18, decimal_places=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pedido:
    """Which prices change by how much, from when on. `tabela_tiss` and `prefixo`: "" for all."""

    percentual: Decimal
    inicio: date
    tabela_tiss: str = ""
    prefixo: str = ""

    @property
    def fator(self) -> Decimal:
        """What a price is multiplied by."""
        return 1 + self.percentual / CEM


@dataclass(frozen=True, slots=True, kw_only=True)
class Previa:
    """What an adjustment would do. Sums in reais; `amostra` are the first prices, each with `novo`.

    `do_dia` codes have a price that begins on that very day, and `depois` prices begin later: both stay as they are.
    """

    quantos: int
    soma_antes: Decimal
    soma_depois: Decimal
    amostra: list[Preco]
    do_dia: int
    depois: int


def prever(tabela: TabelaDePreco, pedido: Pedido) -> Previa:
    """What the adjustment would do today. Prices are rounded half up to cents, each by itself. Five queries."""
    vigentes = _vigentes(tabela, pedido)
    alvo = Preco.objects.filter(pk__in=vigentes.values("pk"), inicio__lt=pedido.inicio)
    alvo = alvo.annotate(novo=_novo(pedido))
    somas = alvo.aggregate(quantos=Count("pk"), antes=Sum("valor"), depois=Sum("novo"))
    return Previa(
        quantos=somas["quantos"],
        soma_antes=somas["antes"] or Decimal(0),
        soma_depois=somas["depois"] or Decimal(0),
        amostra=list(alvo.order_by("tabela_tiss", "codigo")[:_AMOSTRA]),
        do_dia=Preco.objects.filter(pk__in=vigentes.values("pk"), inicio=pedido.inicio).count(),
        depois=_do_alcance(tabela, pedido).filter(inicio__gt=pedido.inicio).count(),
    )


@transaction.atomic
def reajustar(*, tabela: TabelaDePreco, pedido: Pedido, por: Usuario) -> Reajuste:
    """Give the prices in force on `inicio` another from that day on; the earlier ones end the day before.

    Refuses a table of portes, whose prices are no amounts, a day outside the table's, and where nothing would change.
    """
    travar(tabela.operadora)
    conferir(tabela, pedido)
    previa = prever(tabela, pedido)
    if not previa.quantos:
        raise ReajusteImpossivel(
            f"Nenhum preço que já valia antes de {data(pedido.inicio)} cabe nesse alcance. Confira o dia e os códigos.",
            tabela,
        )
    reajuste = Reajuste.objects.create(
        operadora_id=tabela.operadora_id,
        tabela=tabela,
        percentual=pedido.percentual,
        inicio=pedido.inicio,
        tabela_tiss=pedido.tabela_tiss,
        prefixo=pedido.prefixo,
        quantos=previa.quantos,
        soma_antes=previa.soma_antes,
        soma_depois=previa.soma_depois,
        quem=por,
        quem_nome=por.nome,
    )
    alvo = _vigentes(tabela, pedido).values_list("pk", flat=True)
    with connection.cursor() as cursor:
        cursor.execute(_REAJUSTAR, {**_numeros(pedido), "ids": list(alvo)})
    return reajuste


@transaction.atomic
def desfazer(*, reajuste: Reajuste, por: Usuario) -> None:
    """Let the earlier prices hold again, as if the adjustment never had been.

    Only the table's last one, on the day that it was made or before it begins to hold: later, items have been judged
    by it. Refuses, too, where one of the prices that it made was changed by hand.
    """
    travar(reajuste.operadora)
    reajuste = Reajuste.objects.select_for_update().get(pk=reajuste.pk)
    if (motivo := por_que_nao_volta(reajuste)) is not None:
        raise ReajusteSemVolta(motivo, reajuste)
    numeros = {**_numeros(_pedido_de(reajuste)), "tabela": reajuste.tabela_id}
    with connection.cursor() as cursor:
        cursor.execute(_PARES, numeros)
        pares = cursor.fetchall()
        if len(pares) != reajuste.quantos:
            raise ReajusteSemVolta(
                f"De {inteiro(reajuste.quantos)} preços reajustados, {inteiro(len(pares))} estão como o reajuste os "
                "deixou: os outros foram mudados depois. Reajuste de volta, ou corrija-os um a um.",
                reajuste,
            )
        cursor.execute(_DESFAZER, {"novos": [n for n, _ in pares], "antigos": [a for _, a in pares]})
    reajuste.desfeito_em = timezone.now()
    reajuste.save(update_fields=["desfeito_em"])


def por_que_nao_volta(reajuste: Reajuste) -> str | None:
    """Why an adjustment cannot be undone any more; None while it can, as far as it is known without its prices."""
    if reajuste.desfeito_em is not None:
        return "Este reajuste já foi desfeito."
    ultimo = Reajuste.objects.filter(tabela=reajuste.tabela_id, desfeito_em__isnull=True).first()
    if ultimo is not None and ultimo.pk != reajuste.pk:
        return "Só o último reajuste da tabela pode ser desfeito."
    hoje = timezone.localdate()
    if reajuste.inicio <= hoje and timezone.localdate(reajuste.feito_em) < hoje:
        return "O reajuste já vale e foi feito antes de hoje: há itens conferidos por ele. Reajuste de volta."
    return None


def conferir(tabela: TabelaDePreco, pedido: Pedido) -> None:
    """Raise `ReajusteImpossivel` where the table cannot be adjusted so, whatever its prices."""
    if tabela.tipo == TabelaDePreco.Tipo.PORTES:
        raise ReajusteImpossivel(
            "Tabela de portes não tem valores por código. Mude os portes e a UCO, use a banda do vínculo, ou cadastre "
            "a nova edição.",
            tabela,
        )
    if pedido.inicio <= tabela.inicio or (tabela.fim is not None and pedido.inicio > tabela.fim):
        raise ReajusteImpossivel(
            f"A tabela vale de {data(tabela.inicio)} até {data(tabela.fim) or 'sem fim'}. Escolha um dia depois do "
            "primeiro e antes do fim.",
            tabela,
        )


def _do_alcance(tabela: TabelaDePreco, pedido: Pedido) -> QuerySet[Preco]:
    precos = Preco.objects.filter(tabela=tabela, valor__isnull=False, codigo__startswith=pedido.prefixo)
    return precos.filter(tabela_tiss=pedido.tabela_tiss) if pedido.tabela_tiss else precos


def _vigentes(tabela: TabelaDePreco, pedido: Pedido) -> QuerySet[Preco]:
    """The price of each code that holds on the day: of several, the one that began last."""
    precos = _do_alcance(tabela, pedido).filter(em_vigor(pedido.inicio))
    return precos.order_by("tabela_tiss", "codigo", "-inicio").distinct("tabela_tiss", "codigo")


def _novo(pedido: Pedido) -> Round:
    fator = Value(pedido.fator, output_field=_VALOR)
    return Round(F("valor") * fator, precision=2, output_field=_VALOR)


def _pedido_de(reajuste: Reajuste) -> Pedido:
    return Pedido(
        percentual=reajuste.percentual,
        inicio=reajuste.inicio,
        tabela_tiss=reajuste.tabela_tiss,
        prefixo=reajuste.prefixo,
    )


def _numeros(pedido: Pedido) -> dict[str, Any]:
    return {
        "fator": pedido.fator,
        "inicio": pedido.inicio,
        "vespera": pedido.inicio - _UM_DIA,
        "tabela_tiss": pedido.tabela_tiss,
        "prefixo": pedido.prefixo,
    }


# One statement: what is inserted and what is ended see the same rows, those before either.
_REAJUSTAR: Final = """
    with alvo as (select * from precos_preco where id = any(%(ids)s) and inicio < %(inicio)s),
    acabados as (update precos_preco p set fim = %(vespera)s from alvo where p.id = alvo.id)
    insert into precos_preco (
      operadora_id, tabela_id, tabela_tiss, codigo, descricao, porte, fracao_do_porte, custo_operacional,
      filme_m2, numero_de_auxiliares, porte_anestesico, fim, inicio, valor
    )
    select
      operadora_id, tabela_id, tabela_tiss, codigo, descricao, porte, fracao_do_porte, custo_operacional,
      filme_m2, numero_de_auxiliares, porte_anestesico, fim, %(inicio)s, round(valor * %(fator)s, 2)
    from alvo
"""
_PARES: Final = """
    select distinct on (depois.id) depois.id, antes.id
    from precos_preco depois
    join precos_preco antes on (antes.tabela_id, antes.tabela_tiss, antes.codigo)
      = (depois.tabela_id, depois.tabela_tiss, depois.codigo)
    where depois.tabela_id = %(tabela)s and depois.inicio = %(inicio)s and antes.fim = %(vespera)s
      and depois.valor = round(antes.valor * %(fator)s, 2)
      and (%(tabela_tiss)s = '' or depois.tabela_tiss = %(tabela_tiss)s)
      and starts_with(depois.codigo, %(prefixo)s)
    order by depois.id, antes.inicio desc
"""
_DESFAZER: Final = """
    with par as (select * from unnest(%(novos)s, %(antigos)s) as p (novo, antigo)),
    tirados as (delete from precos_preco p using par where p.id = par.novo returning p.id, p.fim)
    update precos_preco p set fim = tirados.fim from par, tirados where p.id = par.antigo and tirados.id = par.novo
"""
