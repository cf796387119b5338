"""Invented appeals against glosas and their answers, for the demonstration and the tests.

The same arguments always give the same values.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from tiss_schemas import exemplos_dados as dados
from tiss_schemas.exemplos_escrita import um_de
from tiss_schemas.recurso.valores import (
    GlosaRecursada,
    GlosaRespondida,
    GuiaRecursada,
    GuiaRespondida,
    IdentificacaoDoContratado,
    ItemRecursado,
    ItemRespondido,
    Recurso,
    RespostaDeRecurso,
    TipoDeCodigo,
)

DATA_DO_RECURSO: Final = date(2026, 4, 2)
_ZERO: Final = Decimal("0.00")
_CENTAVO: Final = Decimal("0.01")
_DA_GUIA: Final = Decimal("450.00")
"""What a guide, or a protocol, appealed for as a whole is worth in the examples."""


class Nivel(StrEnum):
    """At what an example appeals."""

    PROTOCOLO = "protocolo"
    GUIA = "guia_completa"
    ITENS = "itens"


def exemplo_de_recurso(
    versao: str = "4.03.00",
    *,
    nivel: Nivel = Nivel.ITENS,
    odonto: bool = False,
    guias: int = 2,
    itens: int = 2,
) -> Recurso:
    """An appeal of a protocol as a whole, or of so many guides: whole, or by so many items each."""
    recursadas = () if nivel is Nivel.PROTOCOLO else tuple(_guia(nivel, odonto, n, itens) for n in range(guias))
    por_item = sum((item.valor for guia in recursadas for item in guia.itens), _ZERO)
    return Recurso(
        versao=versao,
        registro_ans="331988",
        nome_da_operadora="Operadora Fictícia Sul",
        contratado=IdentificacaoDoContratado(codigo="000123", tipo_de_codigo=TipoDeCodigo.CODIGO),
        numero_do_prestador="R2026-0007",
        lote="000412",
        protocolo=2026000101,
        data=DATA_DO_RECURSO,
        valor=por_item if nivel is Nivel.ITENS else _DA_GUIA * max(1, len(recursadas)),
        numero_da_operadora="91",
        do_protocolo=_da_glosa("1304") if nivel is Nivel.PROTOCOLO else None,
        guias=recursadas,
        odonto=odonto,
    )


def exemplo_de_resposta(recurso: Recurso, *, acatado: Decimal = Decimal("0.5")) -> RespostaDeRecurso:
    """The answer to the appeal, which takes the part `acatado` (0 to 1) of each item, and what is whole at 1 only."""
    guias = tuple(_guia_respondida(guia, acatado) for guia in recurso.guias)
    por_item = sum((item.valor_acatado for guia in guias for item in guia.itens), _ZERO)
    tudo = acatado == 1
    return RespostaDeRecurso(
        versao=recurso.versao,
        registro_ans=recurso.registro_ans,
        nome_da_operadora=recurso.nome_da_operadora,
        contratado=recurso.contratado,
        numero_do_prestador=recurso.numero_do_prestador,
        lote=recurso.lote,
        protocolo=recurso.protocolo,
        data=recurso.data,
        valor=recurso.valor,
        valor_acatado=recurso.valor if tudo else por_item,
        numero_da_operadora=recurso.numero_da_operadora,
        do_protocolo=_respondida(recurso.do_protocolo, tudo) if recurso.do_protocolo else None,
        guias=guias,
        odonto=recurso.odonto,
    )


def _guia(nivel: Nivel, odonto: bool, posicao: int, itens: int) -> GuiaRecursada:
    item = _item_odonto if odonto else _item
    inteira = nivel is Nivel.GUIA
    return GuiaRecursada(
        numero_do_prestador=f"{20301004 + posicao}",
        numero_da_operadora=f"77{posicao:08d}" if posicao % 2 == 0 else "",
        senha=f"S{posicao:07d}" if posicao % 2 else "",
        glosas=tuple(_da_glosa(codigo) for codigo in _codigos(odonto, posicao)) if inteira else (),
        itens=() if inteira else tuple(item(n) for n in range(itens)),
    )


def _codigos(odonto: bool, posicao: int) -> tuple[str, ...]:
    """One for each guide, two for every second medical one: a dental guide has room for one."""
    return ("1304", "2505") if posicao % 2 and not odonto else ("1304",)


def _da_glosa(codigo: str) -> GlosaRecursada:
    return GlosaRecursada(codigo=codigo, justificativa="A guia foi autorizada previamente; segue a senha.")


def _item(posicao: int) -> ItemRecursado:
    procedimento = um_de(dados.CIRURGIAS, posicao)
    inicio = date(2026, 1, 5) + timedelta(days=posicao)
    return ItemRecursado(
        sequencial=posicao + 1,
        inicio=inicio,
        tabela="22",
        codigo=procedimento.codigo,
        descricao=procedimento.descricao,
        glosa="1705",
        valor=Decimal("33.35") + posicao,
        justificativa="O valor é o da tabela contratada, vigente na data.",
        fim=inicio + timedelta(days=1) if posicao % 2 else None,
        grau_de_participacao="00" if posicao % 2 else "",
        centro_de_consumo="6" if posicao % 2 else "",
    )


def _item_odonto(posicao: int) -> ItemRecursado:
    procedimento = um_de(dados.ODONTOLOGICOS, posicao)
    return ItemRecursado(
        sequencial=posicao + 1,
        inicio=date(2026, 1, 5),
        tabela="22",
        codigo=procedimento.codigo,
        descricao=procedimento.descricao,
        glosa="1801",
        valor=Decimal("81.10") + posicao,
        justificativa="A radiografia enviada mostra o dente tratado.",
        dente_ou_regiao=("11", "HASD", "")[posicao % 3],
        face=("OM", "", "")[posicao % 3],
        quantidade=posicao % 3 + 1,
    )


def _respondida(de: GlosaRecursada, acatado: bool) -> GlosaRespondida:
    return GlosaRespondida(
        codigo=de.codigo,
        justificativa=de.justificativa,
        acatado=acatado,
        resposta="" if acatado else "A senha é de outro procedimento.",
    )


def _guia_respondida(de: GuiaRecursada, acatado: Decimal) -> GuiaRespondida:
    return GuiaRespondida(
        numero_do_prestador=de.numero_do_prestador,
        numero_da_operadora=de.numero_da_operadora,
        senha=de.senha,
        glosas=tuple(_respondida(glosa, acatado == 1) for glosa in de.glosas),
        itens=tuple(_item_respondido(item, acatado) for item in de.itens),
    )


def _item_respondido(de: ItemRecursado, acatado: Decimal) -> ItemRespondido:
    return ItemRespondido(
        sequencial=de.sequencial,
        inicio=de.inicio,
        tabela=de.tabela,
        codigo=de.codigo,
        descricao=de.descricao,
        glosa=de.glosa,
        valor=de.valor,
        justificativa=de.justificativa,
        valor_acatado=(de.valor * acatado).quantize(_CENTAVO, ROUND_HALF_UP),
        resposta="" if acatado == 1 else "Paga a parte que o contrato prevê.",
        fim=de.fim,
        dente_ou_regiao=de.dente_ou_regiao,
        face=de.face,
        quantidade=de.quantidade,
    )
