"""Appeals as the values that messages are written from, and the messages themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Final

from django.utils import timezone

from conecta.contas.models import Organizacao
from convenios.models import Credenciamento
from demonstrativos.analise.estados import Nivel
from demonstrativos.recursos.erros import RecursoIncompleto
from demonstrativos.recursos.models import ItemDoRecurso, Recurso, RespostaDoItem
from lotes.guias_lidas import SEM_GUIA, SEM_ITEM, DaGuia, DoItem, descricoes_que_faltam, guias_do, sequencial_de
from lotes.numeracao import proximo_da_serie
from tiss_schemas.demonstrativo.valores import TipoDeCodigo
from tiss_schemas.mensagens.cabecalho import Transacao
from tiss_schemas.recurso import valores
from tiss_schemas.recurso.escrita import (
    NaoCabeNaVersao,
    VersaoIndisponivel,
    escrever_recebimento,
    escrever_recurso,
    escrever_resposta,
    recebimento_de,
)

TRANSACAO = "transacao"
"""Series of the messages that an organisation sends."""
Nomes = Mapping[tuple[str, str], str]
"""What codes mean, by table and code, where the guide does not say it."""
_FACES: Final = re.compile("[OLMVDIP]{1,5}")


def em_valores(recurso: Recurso, *, data: date) -> valores.Recurso:
    """The appeal as its message says it, dated so. Needs its protocol, lot, operadora and prestador at hand."""
    itens = list(recurso.itens.select_related("guia", "item").order_by("guia__posicao", "item__posicao", "id"))
    do_protocolo = [item for item in itens if item.nivel == Nivel.PROTOCOLO]
    lidas = guias_do(recurso.protocolo) if any(item.nivel == Nivel.ITEM for item in itens) else {}
    nomes = descricoes_que_faltam((item.item for item in itens), recurso.operadora_id)
    return valores.Recurso(
        versao=recurso.lote.versao_tiss,
        registro_ans=recurso.operadora.registro_ans,
        nome_da_operadora=recurso.operadora.nome,
        contratado=contratado(recurso.prestador, recurso.operadora_id),
        numero_do_prestador=recurso.numero_do_prestador,
        lote=recurso.lote.numero_do_prestador,
        protocolo=recurso.protocolo.numero,
        data=data,
        valor=recurso.valor_recursado,
        numero_da_operadora=str(recurso.numero or ""),
        do_protocolo=_glosas(do_protocolo)[0] if do_protocolo else None,
        guias=() if do_protocolo else tuple(_guias(itens, lidas, nomes)),
        odonto=recurso.odonto,
    )


def mensagem(do_recurso: valores.Recurso, de: Organizacao) -> bytes:
    """RECURSO_GLOSA, with the next number of the prestador's messages. Raises `RecursoIncompleto` for what it has no
    room for, as the other two do."""
    with _recusa_em_palavras():
        return escrever_recurso(do_recurso, transacao=_transacao(de))


def recebimento(do_recurso: valores.Recurso, recurso: Recurso) -> bytes:
    """RECEBIMENTO_RECURSO_GLOSA of an appeal that has its number, received on the day that it was sent."""
    recibo = recebimento_de(do_recurso, numero=recurso.numero or 0, recebido_em=do_recurso.data)
    with _recusa_em_palavras():
        return escrever_recebimento(recibo, transacao=_transacao(recurso.operadora))


def resposta(recurso: Recurso) -> bytes:
    """RESPOSTA_RECURSO_GLOSA of an appeal whose every item has its decision."""
    respostas = list(
        recurso.respostas.select_related("item__guia", "item__item").order_by(
            "item__guia__posicao", "item__item__posicao", "item_id"
        )
    )
    do_protocolo = [dada for dada in respostas if dada.nivel == Nivel.PROTOCOLO]
    lidas = guias_do(recurso.protocolo) if recurso.odonto else {}
    nomes = descricoes_que_faltam((dada.item.item for dada in respostas), recurso.operadora_id)
    resposta = valores.RespostaDeRecurso(
        versao=recurso.lote.versao_tiss,
        registro_ans=recurso.operadora.registro_ans,
        nome_da_operadora=recurso.operadora.nome,
        contratado=contratado(recurso.prestador, recurso.operadora_id),
        numero_do_prestador=recurso.numero_do_prestador,
        lote=_lote_em_algarismos(recurso),
        protocolo=recurso.protocolo.numero,
        data=timezone.localdate(recurso.enviado_em),
        valor=recurso.valor_recursado,
        valor_acatado=sum((dada.valor_acatado for dada in respostas), start=recurso.valor_recursado * 0),
        numero_da_operadora=str(recurso.numero),
        do_protocolo=_respondidas(do_protocolo)[0] if do_protocolo else None,
        guias=() if do_protocolo else tuple(_guias_respondidas(respostas, lidas, nomes)),
        odonto=recurso.odonto,
    )
    with _recusa_em_palavras():
        return escrever_resposta(resposta, transacao=_transacao(recurso.operadora))


def contratado(prestador: Organizacao, operadora_id: int) -> valores.IdentificacaoDoContratado:
    """The prestador by its code at the operadora; by its CNPJ or CPF where that is the code, or there is none."""
    contrato = Credenciamento.objects.filter(prestador=prestador, operadora=operadora_id)
    codigo = contrato.values_list("codigo_na_operadora", flat=True).first() or prestador.documento
    if codigo != prestador.documento:
        return valores.IdentificacaoDoContratado(codigo=codigo, tipo_de_codigo=TipoDeCodigo.CODIGO)
    tipo = TipoDeCodigo.CPF if len(codigo) == 11 else TipoDeCodigo.CNPJ
    return valores.IdentificacaoDoContratado(codigo=codigo, tipo_de_codigo=tipo)


@contextmanager
def _recusa_em_palavras() -> Iterator[None]:
    try:
        yield
    except (NaoCabeNaVersao, VersaoIndisponivel) as recusa:
        raise RecursoIncompleto(recusa.frase) from recusa


def _transacao(de: Organizacao) -> Transacao:
    numero = proximo_da_serie(de, TRANSACAO)
    return Transacao(sequencial=str(numero), momento=timezone.localtime().replace(microsecond=0, tzinfo=None))


def _lote_em_algarismos(recurso: Recurso) -> str:
    """The answer has the lot as a number: where the prestador's has letters, Conecta's own stands for it."""
    numero = recurso.lote.numero_do_prestador
    return numero if numero.isascii() and numero.isdigit() else str(recurso.lote.numero)


def _guias(
    itens: Sequence[ItemDoRecurso], lidas: Mapping[int, DaGuia], nomes: Nomes
) -> Iterable[valores.GuiaRecursada]:
    for guia, dela in groupby(itens, key=attrgetter("guia")):
        recursados, lida = list(dela), lidas.get(guia.posicao, SEM_GUIA)
        inteira = recursados[0].nivel == Nivel.GUIA
        yield valores.GuiaRecursada(
            numero_do_prestador=guia.numero_do_prestador,
            numero_da_operadora=guia.numero_da_operadora,
            senha=guia.senha,
            glosas=_glosas(recursados) if inteira else (),
            itens=() if inteira else tuple(_item(recursado, lida, nomes) for recursado in recursados),
        )


def _glosas(itens: Sequence[ItemDoRecurso]) -> tuple[valores.GlosaRecursada, ...]:
    """Once each code: of a whole guide or protocol, its items are justified alike."""
    por_codigo = {item.codigo: item.justificativa for item in itens}
    return tuple(valores.GlosaRecursada(codigo=codigo, justificativa=texto) for codigo, texto in por_codigo.items())


def _item(de: ItemDoRecurso, lida: DaGuia, nomes: Nomes) -> valores.ItemRecursado:
    item = de.item
    do_xml = lida.itens.get(item.posicao, SEM_ITEM)
    return valores.ItemRecursado(
        sequencial=sequencial_de(item),
        inicio=_dia(de),
        tabela=item.tabela,
        codigo=item.codigo,
        descricao=item.descricao or nomes.get((item.tabela, item.codigo), item.codigo),
        glosa=de.codigo,
        valor=de.valor_recursado,
        justificativa=de.justificativa,
        grau_de_participacao=do_xml.grau,
        centro_de_consumo=do_xml.centro_de_consumo,
        dente_ou_regiao=do_xml.dente_ou_regiao,
        face=_face(do_xml),
        quantidade=max(1, int(item.quantidade)),
    )


def _face(do_xml: DoItem) -> str:
    """Lots take any five characters for the faces of a tooth, appeals only the letters of the standard: what is written
    otherwise is left out, since nobody may be kept from appealing by it."""
    return do_xml.face if _FACES.fullmatch(do_xml.face) else ""


def _dia(de: ItemDoRecurso) -> date:
    return de.item.data or de.guia.data_de_atendimento or timezone.localdate(de.guia.criado_em)


def _guias_respondidas(
    respostas: Sequence[RespostaDoItem], lidas: Mapping[int, DaGuia], nomes: Nomes
) -> Iterable[valores.GuiaRespondida]:
    for guia, dela in groupby(respostas, key=attrgetter("item.guia")):
        dadas, lida = list(dela), lidas.get(guia.posicao, SEM_GUIA)
        inteira = dadas[0].nivel == Nivel.GUIA
        yield valores.GuiaRespondida(
            numero_do_prestador=guia.numero_do_prestador,
            numero_da_operadora=guia.numero_da_operadora,
            senha=guia.senha,
            glosas=_respondidas(dadas) if inteira else (),
            itens=() if inteira else tuple(_item_respondido(dada, lida, nomes) for dada in dadas),
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


def _item_respondido(dada: RespostaDoItem, lida: DaGuia, nomes: Nomes) -> valores.ItemRespondido:
    item = dada.item.item
    do_xml = lida.itens.get(item.posicao, SEM_ITEM)
    return valores.ItemRespondido(
        sequencial=sequencial_de(item),
        inicio=_dia(dada.item),
        tabela=item.tabela,
        codigo=item.codigo,
        descricao=item.descricao or nomes.get((item.tabela, item.codigo), item.codigo),
        glosa=dada.item.codigo,
        valor=dada.valor_recursado,
        justificativa=dada.item.justificativa,
        valor_acatado=dada.valor_acatado,
        resposta=dada.justificativa,
        dente_ou_regiao=do_xml.dente_ou_regiao,
        face=_face(do_xml),
        quantidade=max(1, int(item.quantidade)),
    )
