"""From protocols in the database to the plain values of a Demonstrativo de Análise de Conta."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone

from conecta.erros import ErroDeNegocio
from demonstrativos.analise.models import Analise, Glosa
from demonstrativos.analise.models import GuiaAnalisada as LinhaDaGuia
from demonstrativos.analise.models import ItemAnalisado as LinhaDoItem
from demonstrativos.emissao.montagem import (
    cabecalho,
    como_informado,
    nomes_dos_beneficiarios,
    observacao_de,
    valores_de,
)
from lotes.estados import SituacaoDoProtocolo
from lotes.guias_lidas import SEM_GUIA, SEM_ITEM, DaGuia, descricoes_que_faltam, guias_do, sequencial_de
from lotes.models import Guia, Item, Protocolo
from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.demonstrativo.contas import somar
from tiss_schemas.demonstrativo.valores import (
    DemonstrativoDeAnalise,
    GlosaDoItem,
    GuiaAnalisada,
    ItemAnalisado,
    ProtocoloAnalisado,
    Valores,
)


class AnaliseMudou(ErroDeNegocio):
    """Somebody took the protocol to another state while its statement was assembled."""


@coletor_em_pausa()
def montar_analise(
    protocolos: Sequence[Protocolo], *, numero: int, versao: str, emitido_em: date
) -> DemonstrativoDeAnalise:
    """The statement of protocols of one prestador, in their order; a fixed number of queries for each protocol.

    Before an analysis is released nothing of it is told: all that was billed is shown as liberado, or as not even
    processed where it was closed without payment. Works in the scope of either side. Raises `AnaliseMudou`.
    """
    prestador, operadora = protocolos[0].prestador, protocolos[0].operadora
    montados = tuple(_Montagem(protocolo).protocolo() for protocolo in protocolos)
    return DemonstrativoDeAnalise(
        cabecalho=cabecalho(operadora, prestador, numero=numero, versao=versao, emitido_em=emitido_em),
        protocolos=montados,
        valores=somar(protocolo.valores for protocolo in montados),
    )


class _Montagem:
    """What is known of one protocol."""

    def __init__(self, protocolo: Protocolo) -> None:
        self._protocolo = protocolo
        self._analise = Analise.objects.filter(protocolo=protocolo, liberada_em__isnull=False).first()
        self._guias = list(Guia.objects.filter(lote_id=protocolo.lote_id).order_by("posicao"))
        self._lidas = guias_do(protocolo)
        carteiras = [guia.numero_carteira for guia in self._guias]
        self._nomes = nomes_dos_beneficiarios(protocolo.operadora, carteiras)
        self._itens: Mapping[int, list[Item]] = self._itens_por_guia()
        self._descricoes = descricoes_que_faltam(
            (item for itens in self._itens.values() for item in itens), protocolo.operadora_id
        )
        self._linhas_das_guias: dict[int, LinhaDaGuia] = {}
        self._linhas_dos_itens: dict[int, LinhaDoItem] = {}
        self._glosas: dict[int, list[Glosa]] = defaultdict(list)
        if self._analise is not None:
            self._ler_a_analise(self._analise)

    def _itens_por_guia(self) -> dict[int, list[Item]]:
        por_guia: dict[int, list[Item]] = defaultdict(list)
        for item in Item.objects.filter(lote_id=self._protocolo.lote_id).order_by("guia_id", "posicao"):
            por_guia[item.guia_id].append(item)
        return por_guia

    def _ler_a_analise(self, analise: Analise) -> None:
        self._linhas_das_guias = {linha.guia_id: linha for linha in LinhaDaGuia.objects.filter(analise=analise)}
        self._linhas_dos_itens = {linha.item_id: linha for linha in LinhaDoItem.objects.filter(analise=analise)}
        for glosa in Glosa.objects.filter(analise=analise).order_by("id"):
            self._glosas[glosa.item_id].append(glosa)

    def protocolo(self) -> ProtocoloAnalisado:
        self._exigir_a_mesma()
        guias = tuple(self._guia(guia) for guia in self._guias)
        return ProtocoloAnalisado(
            lote=self._protocolo.lote.numero_do_prestador,
            numero=self._protocolo.numero,
            data=self._data_do_protocolo,
            situacao=self._protocolo.situacao,
            valores=somar(guia.valores for guia in guias),
            guias=guias,
            glosa=self._analise.glosa if self._analise else "",
            descricao_da_glosa=self._analise.motivo_da_glosa if self._analise and self._analise.glosa else "",
        )

    def _exigir_a_mesma(self) -> None:
        """What is read of an analysis that is opened again meanwhile is neither the old one nor the prestador's."""
        de_que = (self._protocolo.situacao, self._analise.liberada_em if self._analise else None)
        agora = Protocolo.objects.filter(pk=self._protocolo.pk).values_list("situacao", "analise__liberada_em")
        if agora.get() != de_que:
            raise AnaliseMudou(
                f"A situação do protocolo {self._protocolo.numero} mudou enquanto o demonstrativo era preparado. "
                "Peça-o outra vez.",
                self._protocolo,
            )

    @property
    def _data_do_protocolo(self) -> date:
        """The day on which the operadora received the lot."""
        return timezone.localtime(self._protocolo.enviado_em).date()

    def _guia(self, guia: Guia) -> GuiaAnalisada:
        lida = self._lidas.get(guia.posicao, SEM_GUIA)
        linha = self._linhas_das_guias.get(guia.pk)
        inicio = lida.inicio or guia.data_de_atendimento or self._data_do_protocolo
        itens = tuple(self._item(item, lida, inicio) for item in self._itens.get(guia.pk, ()))
        return GuiaAnalisada(
            numero_do_prestador=guia.numero_do_prestador,
            numero_da_operadora=guia.numero_da_operadora,
            senha=guia.senha,
            beneficiario=self._nomes.get(guia.numero_carteira, ""),
            nome_social="",
            numero_carteira=guia.numero_carteira,
            inicio=inicio,
            hora_do_inicio=lida.hora_do_inicio,
            fim=lida.fim,
            hora_do_fim=lida.hora_do_fim,
            situacao=self._protocolo.situacao,
            valores=valores_de(linha) if linha else somar(item.valores for item in itens),
            glosas=(linha.glosa,) if linha and linha.glosa else (),
            itens=itens,
            observacao=observacao_de(linha) if linha else "",
        )

    def _item(self, item: Item, lida: DaGuia, inicio: date) -> ItemAnalisado:
        do_xml = lida.itens.get(item.posicao, SEM_ITEM)
        linha = self._linhas_dos_itens.get(item.pk)
        glosas = self._glosas.get(linha.pk, ()) if linha else ()
        return ItemAnalisado(
            sequencial=sequencial_de(item),
            data=item.data or inicio,
            tabela=item.tabela,
            codigo=item.codigo,
            descricao=item.descricao or self._descricoes.get((item.tabela, item.codigo), item.codigo),
            quantidade=item.quantidade,
            valores=valores_de(linha) if linha else self._sem_analise(_centavos(item.valor_total)),
            glosas=tuple(GlosaDoItem(codigo=glosa.codigo, valor=glosa.valor) for glosa in glosas),
            grau_de_participacao=do_xml.grau,
            centro_de_consumo=do_xml.centro_de_consumo,
        )

    def _sem_analise(self, informado: Decimal) -> Valores:
        """All is told as liberado until it was analysed; where it was closed before that, nothing will be."""
        if self._protocolo.situacao == SituacaoDoProtocolo.ENCERRADO_SEM_PAGAMENTO:
            return Valores(informado=informado)
        return como_informado(informado)


def _centavos(valor: Decimal) -> Decimal:
    return valor.quantize(Decimal("0.01"))
