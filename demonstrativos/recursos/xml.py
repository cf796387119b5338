"""Appeals as the values that messages are written from, and the messages themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

from django.utils import timezone

from conecta.contas.models import Organizacao
from convenios.models import Credenciamento
from demonstrativos.analise.estados import Nivel
from demonstrativos.recursos.models import ItemDoRecurso, Recurso, RespostaDoItem
from lotes.models import Item
from lotes.numeracao import proximo_da_serie
from tiss_schemas.demonstrativo.valores import TipoDeCodigo
from tiss_schemas.mensagens.cabecalho import Transacao
from tiss_schemas.recurso import valores
from tiss_schemas.recurso.escrita import escrever_recebimento, escrever_recurso, escrever_resposta, recebimento_de

TRANSACAO = "transacao"
"""Series of the messages that an organisation sends."""


def em_valores(recurso: Recurso, *, data: date) -> valores.Recurso:
    """The appeal as its message says it, dated so. Needs its protocol, lot, operadora and prestador at hand."""
    itens = list(recurso.itens.select_related("guia", "item").order_by("guia__posicao", "item__posicao", "id"))
    do_protocolo = [item for item in itens if item.nivel == Nivel.PROTOCOLO]
    return valores.Recurso(
        versao=recurso.lote.versao_tiss,
        registro_ans=recurso.operadora.registro_ans,
        nome_da_operadora=recurso.operadora.nome,
        contratado=contratado(recurso),
        numero_do_prestador=recurso.numero_do_prestador,
        lote=recurso.lote.numero_do_prestador,
        protocolo=recurso.protocolo.numero,
        data=data,
        valor=recurso.valor_recursado,
        numero_da_operadora=str(recurso.numero or ""),
        do_protocolo=_glosas(do_protocolo)[0] if do_protocolo else None,
        guias=() if do_protocolo else tuple(_guias(itens)),
        odonto=recurso.odonto,
    )


def mensagem(do_recurso: valores.Recurso, de: Organizacao) -> bytes:
    """RECURSO_GLOSA, with the next number of the prestador's messages."""
    return escrever_recurso(do_recurso, transacao=_transacao(de))


def recebimento(do_recurso: valores.Recurso, recurso: Recurso) -> bytes:
    """RECEBIMENTO_RECURSO_GLOSA of an appeal that has its number, received on the day that it was sent."""
    recibo = recebimento_de(do_recurso, numero=recurso.numero or 0, recebido_em=do_recurso.data)
    return escrever_recebimento(recibo, transacao=_transacao(recurso.operadora))


def resposta(recurso: Recurso) -> bytes:
    """RESPOSTA_RECURSO_GLOSA of an appeal whose every item has its decision."""
    respostas = list(
        recurso.respostas.select_related("item__guia", "item__item").order_by(
            "item__guia__posicao", "item__item__posicao", "item_id"
        )
    )
    do_protocolo = [dada for dada in respostas if dada.nivel == Nivel.PROTOCOLO]
    resposta = valores.RespostaDeRecurso(
        versao=recurso.lote.versao_tiss,
        registro_ans=recurso.operadora.registro_ans,
        nome_da_operadora=recurso.operadora.nome,
        contratado=contratado(recurso),
        numero_do_prestador=recurso.numero_do_prestador,
        lote=_lote_em_algarismos(recurso),
        protocolo=recurso.protocolo.numero,
        data=timezone.localdate(recurso.enviado_em),
        valor=recurso.valor_recursado,
        valor_acatado=sum((dada.valor_acatado for dada in respostas), start=recurso.valor_recursado * 0),
        numero_da_operadora=str(recurso.numero),
        do_protocolo=_respondidas(do_protocolo)[0] if do_protocolo else None,
        guias=() if do_protocolo else tuple(_guias_respondidas(respostas)),
        odonto=recurso.odonto,
    )
    return escrever_resposta(resposta, transacao=_transacao(recurso.operadora))


def contratado(recurso: Recurso) -> valores.IdentificacaoDoContratado:
    """The prestador by its code at the operadora, by the CNPJ or CPF that this code may be."""
    contrato = Credenciamento.objects.filter(prestador_id=recurso.prestador_id, operadora_id=recurso.operadora_id)
    codigo = contrato.values_list("codigo_na_operadora", flat=True).first() or recurso.prestador.documento
    if codigo != recurso.prestador.documento:
        return valores.IdentificacaoDoContratado(codigo=codigo, tipo_de_codigo=TipoDeCodigo.CODIGO)
    tipo = TipoDeCodigo.CPF if len(codigo) == 11 else TipoDeCodigo.CNPJ
    return valores.IdentificacaoDoContratado(codigo=codigo, tipo_de_codigo=tipo)


def sequencial_de(item: Item) -> int:
    """The item's number in its guide: what the lot's XML says, else its place."""
    return int(item.sequencial) if item.sequencial.isdecimal() else item.posicao


def _transacao(de: Organizacao) -> Transacao:
    numero = proximo_da_serie(de, TRANSACAO)
    return Transacao(sequencial=str(numero), momento=timezone.localtime().replace(microsecond=0, tzinfo=None))


def _lote_em_algarismos(recurso: Recurso) -> str:
    """The answer has the lot as a number: where the prestador's has letters, Conecta's own stands for it."""
    numero = recurso.lote.numero_do_prestador
    return numero if numero.isdecimal() else str(recurso.lote.numero)


def _guias(itens: Sequence[ItemDoRecurso]) -> Iterable[valores.GuiaRecursada]:
    for guia, dela in groupby(itens, key=attrgetter("guia")):
        recursados = list(dela)
        inteira = recursados[0].nivel == Nivel.GUIA
        yield valores.GuiaRecursada(
            numero_do_prestador=guia.numero_do_prestador,
            numero_da_operadora=guia.numero_da_operadora,
            senha=guia.senha,
            glosas=_glosas(recursados) if inteira else (),
            itens=() if inteira else tuple(_item(recursado) for recursado in recursados),
        )


def _glosas(itens: Sequence[ItemDoRecurso]) -> tuple[valores.GlosaRecursada, ...]:
    """Once each code: of a whole guide or protocol, its items are justified alike."""
    por_codigo = {item.codigo: item.justificativa for item in itens}
    return tuple(valores.GlosaRecursada(codigo=codigo, justificativa=texto) for codigo, texto in por_codigo.items())


def _item(de: ItemDoRecurso) -> valores.ItemRecursado:
    item = de.item
    return valores.ItemRecursado(
        sequencial=sequencial_de(item),
        inicio=_dia(de),
        tabela=item.tabela,
        codigo=item.codigo,
        descricao=item.descricao or item.codigo,
        glosa=de.codigo,
        valor=de.valor_recursado,
        justificativa=de.justificativa,
        quantidade=max(1, int(item.quantidade)),
    )


def _dia(de: ItemDoRecurso) -> date:
    return de.item.data or de.guia.data_de_atendimento or timezone.localdate(de.guia.criado_em)


def _guias_respondidas(respostas: Sequence[RespostaDoItem]) -> Iterable[valores.GuiaRespondida]:
    for guia, dela in groupby(respostas, key=attrgetter("item.guia")):
        dadas = list(dela)
        inteira = dadas[0].nivel == Nivel.GUIA
        yield valores.GuiaRespondida(
            numero_do_prestador=guia.numero_do_prestador,
            numero_da_operadora=guia.numero_da_operadora,
            senha=guia.senha,
            glosas=_respondidas(dadas) if inteira else (),
            itens=() if inteira else tuple(_item_respondido(dada) for dada in dadas),
        )


def _respondidas(respostas: Sequence[RespostaDoItem]) -> tuple[valores.GlosaRespondida, ...]:
    por_codigo = {dada.item.codigo: dada for dada in respostas}
    return tuple(
        valores.GlosaRespondida(
            codigo=codigo,
            justificativa=dada.item.justificativa,
            acatado=dada.valor_acatado > 0,
            resposta=dada.justificativa,
        )
        for codigo, dada in por_codigo.items()
    )


def _item_respondido(dada: RespostaDoItem) -> valores.ItemRespondido:
    item = dada.item.item
    return valores.ItemRespondido(
        sequencial=sequencial_de(item),
        inicio=_dia(dada.item),
        tabela=item.tabela,
        codigo=item.codigo,
        descricao=item.descricao or item.codigo,
        glosa=dada.item.codigo,
        valor=dada.valor_recursado,
        justificativa=dada.item.justificativa,
        valor_acatado=dada.valor_acatado,
        resposta=dada.justificativa,
        quantidade=max(1, int(item.quantidade)),
    )
