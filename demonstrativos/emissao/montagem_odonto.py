"""From payments in the database to the plain values of a Demonstrativo de Pagamento of dental treatment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from django.utils import timezone

from demonstrativos.analise.models import Glosa, GuiaAnalisada
from demonstrativos.analise.models import ItemAnalisado as LinhaDoItem
from demonstrativos.emissao.montagem import ComValores, cabecalho, nomes_dos_beneficiarios, observacao_de
from demonstrativos.emissao.montagem_pagamento import conta_de, lancamentos_por_pagamento
from demonstrativos.pagamentos.models import GuiaPaga as LinhaDaGuia
from demonstrativos.pagamentos.models import Pagamento, PagamentoDoProtocolo
from demonstrativos.recursos.models import RespostaDoItem
from lotes.guias_lidas import SEM_GUIA, SEM_ITEM, DaGuia, guias_do, sequencial_de
from lotes.models import Item, Protocolo
from tiss_schemas.demonstrativo.contas import liquido, somar_odonto
from tiss_schemas.demonstrativo.valores import (
    DebitoOuCredito,
    DemonstrativoOdonto,
    GuiaOdontoPaga,
    ItemOdontoPago,
    PagamentoOdontoDaData,
    ProtocoloOdontoPago,
    TipoDePagamento,
    ValoresOdonto,
)

_SEM_NOME = "Não informado"


def montar_odonto(
    pagamentos: Sequence[Pagamento], *, numero: int, versao: str, emitido_em: date
) -> DemonstrativoOdonto:
    """The statement of closed payments of dental lots to one prestador; `pagamentos` hold nothing else.

    The period is that of the receptions of what is paid. Franquia is not known to the analysis: it is zero.
    """
    prestador, operadora = pagamentos[0].prestador, pagamentos[0].operadora
    linhas = list(
        PagamentoDoProtocolo.objects.filter(pagamento__in=pagamentos)
        .select_related("protocolo__lote", "protocolo__operadora", "protocolo__prestador")
        .order_by("protocolo__numero", "id")
    )
    protocolos: dict[int, list[ProtocoloOdontoPago]] = defaultdict(list)
    for linha in linhas:
        protocolos[linha.pagamento_id].append(_protocolo(linha))
    lancamentos = lancamentos_por_pagamento(pagamentos)
    em_ordem = sorted(pagamentos, key=lambda pagamento: (pagamento.data_de_pagamento, pagamento.numero))
    datas = tuple(_data(pagamento, protocolos[pagamento.pk], lancamentos[pagamento.pk]) for pagamento in em_ordem)
    valores = somar_odonto(data.valores for data in datas)
    recebidos = [_recebido(linha.protocolo) for linha in linhas]
    return DemonstrativoOdonto(
        cabecalho=cabecalho(operadora, prestador, numero=numero, versao=versao, emitido_em=emitido_em),
        de=min(recebidos),
        ate=max(recebidos),
        datas=datas,
        valores=valores,
        liquido=liquido(valores.liberado, [um for data in datas for um in data.debitos_e_creditos]),
        observacao=" ".join(filter(None, (pagamento.observacao for pagamento in pagamentos)))[:500],
    )


def _data(
    pagamento: Pagamento, protocolos: Sequence[ProtocoloOdontoPago], lancamentos: Sequence[DebitoOuCredito]
) -> PagamentoOdontoDaData:
    valores = somar_odonto(protocolo.valores for protocolo in protocolos)
    return PagamentoOdontoDaData(
        data=pagamento.data_de_pagamento,
        conta=conta_de(pagamento),
        protocolos=tuple(protocolos),
        valores=valores,
        liquido=liquido(valores.liberado, lancamentos),
        debitos_e_creditos=tuple(lancamentos),
    )


def _protocolo(linha: PagamentoDoProtocolo) -> ProtocoloOdontoPago:
    protocolo = linha.protocolo
    pagas = list(LinhaDaGuia.objects.filter(linha=linha).select_related("guia").order_by("posicao"))
    lidas = guias_do(protocolo)
    nomes = nomes_dos_beneficiarios(protocolo.operadora, [paga.guia.numero_carteira for paga in pagas])
    de_recurso = linha.tipo == TipoDePagamento.RECURSO
    itens = (_itens_acatados if de_recurso else _itens)(linha, lidas)
    observacoes = {} if de_recurso else _observacoes(protocolo)
    guias = tuple(
        GuiaOdontoPaga(
            numero_do_prestador=paga.guia.numero_do_prestador,
            numero_da_operadora=paga.guia.numero_da_operadora,
            recurso=de_recurso,
            executante=lidas.get(paga.posicao, SEM_GUIA).executante or protocolo.prestador.nome[:70],
            numero_carteira=paga.guia.numero_carteira,
            beneficiario=nomes.get(paga.guia.numero_carteira, _SEM_NOME),
            itens=tuple(itens.get(paga.guia_id, ())),
            valores=_valores(paga),
            observacao=observacoes.get(paga.guia_id, ""),
        )
        for paga in pagas
    )
    return ProtocoloOdontoPago(
        lote=protocolo.lote.numero_do_prestador,
        numero=protocolo.numero,
        guias=guias,
        valores=somar_odonto(guia.valores for guia in guias),
    )


def _observacoes(protocolo: Protocolo) -> dict[int, str]:
    """What the analysis says of guides."""
    return {guia.guia_id: observacao_de(guia) for guia in GuiaAnalisada.objects.filter(analise__protocolo=protocolo)}


def _itens(linha: PagamentoDoProtocolo, lidas: Mapping[int, DaGuia]) -> dict[int, list[ItemOdontoPago]]:
    """The items of a protocol by guide, as they were analysed."""
    codigos: dict[int, list[str]] = defaultdict(list)
    for item_id, codigo in (
        Glosa.objects.filter(analise__protocolo=linha.protocolo).order_by("id").values_list("item_id", "codigo")
    ):
        codigos[item_id].append(codigo)
    analisados = LinhaDoItem.objects.filter(analise__protocolo=linha.protocolo).select_related("item", "guia")
    por_guia: dict[int, list[ItemOdontoPago]] = defaultdict(list)
    for analisado in analisados.order_by("guia__posicao", "posicao"):
        lida = lidas.get(analisado.guia.posicao, SEM_GUIA)
        item = _item(analisado.item, _valores(analisado), lida, linha.protocolo)
        por_guia[analisado.guia.guia_id].append(replace(item, glosas=tuple(codigos.get(analisado.pk, ()))))
    return por_guia


def _itens_acatados(linha: PagamentoDoProtocolo, lidas: Mapping[int, DaGuia]) -> dict[int, list[ItemOdontoPago]]:
    """The items of which an appeal got something back, by guide, each once whatever it was refused for.

    As of the guide, informado = processado = liberado; nothing is refused here, so no code is told.
    """
    respostas = RespostaDoItem.objects.filter(recurso=linha.recurso_id, valor_acatado__gt=0)
    em_ordem = respostas.select_related("item__item", "item__guia").order_by(
        "item__guia__posicao", "item__item__posicao"
    )
    por_guia: dict[int, list[ItemOdontoPago]] = defaultdict(list)
    for guia, da_guia in groupby(em_ordem, key=attrgetter("item.guia")):
        for item, do_item in groupby(da_guia, key=attrgetter("item.item")):
            acatado = sum((resposta.valor_acatado for resposta in do_item), Decimal("0.00"))
            valores = ValoresOdonto(informado=acatado, processado=acatado, liberado=acatado)
            por_guia[guia.pk].append(_item(item, valores, lidas.get(guia.posicao, SEM_GUIA), linha.protocolo))
    return por_guia


def _item(item: Item, valores: ValoresOdonto, lida: DaGuia, protocolo: Protocolo) -> ItemOdontoPago:
    do_xml = lida.itens.get(item.posicao, SEM_ITEM)
    return ItemOdontoPago(
        sequencial=sequencial_de(item),
        tabela=item.tabela,
        codigo=item.codigo,
        descricao=item.descricao or item.codigo,
        data=item.data or lida.inicio or _recebido(protocolo),
        quantidade=max(1, int(item.quantidade)),
        valores=valores,
        dente_ou_regiao=do_xml.dente_ou_regiao,
        face=do_xml.face,
    )


def _recebido(protocolo: Protocolo) -> date:
    return timezone.localtime(protocolo.enviado_em).date()


def _valores(linha: ComValores) -> ValoresOdonto:
    return ValoresOdonto(
        informado=linha.valor_informado,
        processado=linha.valor_processado,
        glosa=linha.valor_glosado,
        franquia=Decimal("0.00"),
        liberado=linha.valor_liberado,
    )
