"""The message of a lot of typed guides, and the lot's rows as that message says them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from convenios.camadas import do_prestador
from convenios.models import Credenciamento, ParametrosDaOperadora
from lotes import recebimento
from lotes.models import Guia, Lote
from tiss_schemas.caracteres import sem_estranhos
from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.fragmento import escrever_guia
from tiss_schemas.leitura import ler
from tiss_schemas.lote_escrito import CabecalhoDoLote, escrever_lote
from tiss_schemas.lote_lido import GuiaLida, ler_lote
from uploads.digitacao.agrupamento import valores_do_xml
from uploads.digitacao.contrato import Contrato
from uploads.digitacao.erros import LoteRecusado
from uploads.digitacao.estados import SituacaoDaGuia
from uploads.digitacao.models import GuiaDigitada


def contrato_do_lote(lote: Lote) -> Contrato:
    """What holds between the lot's prestador and its convênio today."""
    assert lote.convenio is not None, "a typed lot is billed by a convênio that somebody chose"
    credenciamento = Credenciamento.objects.get(prestador=lote.prestador_id, operadora=lote.operadora_id)
    return Contrato(credenciamento, do_prestador(lote.convenio, credenciamento).regras, lote.prestador.documento)


def maximo_de_guias(lote: Lote) -> int:
    """Guides that the lot may have: the smaller of what operadora and convênio say, at most the standard's 100."""
    da_operadora = ParametrosDaOperadora.objects.filter(operadora=lote.operadora_id).first() or ParametrosDaOperadora()
    return min(da_operadora.maximo_de_guias, contrato_do_lote(lote).regras.maximo_de_guias)


def guias_do_lote(lote: Lote) -> list[GuiaDigitada]:
    """The typed guides of a lot, in their order."""
    return list(GuiaDigitada.objects.filter(lote=lote).order_by("posicao"))


def xml_do_lote(lote: Lote) -> bytes:
    """The message of an open lot as it would be sent now. Raises `LoteRecusado` for an empty one."""
    guias = guias_do_lote(lote)
    if not guias:
        raise LoteRecusado(f"O lote {lote.numero} não tem guias, e sem guias não há XML. Adicione guias a ele.", lote)
    return escrever(lote, guias, timezone.now())


@coletor_em_pausa()
def escrever(lote: Lote, guias: Sequence[GuiaDigitada], momento: datetime) -> bytes:
    """The message of the lot with these guides, written at that moment.

    A character that the standard does not have is a question mark in it: such a guide is never ready, and so never in
    a lot that is closed.
    """
    contrato = contrato_do_lote(lote)
    origem, identificacao = contrato.origem
    cabecalho = CabecalhoDoLote(
        versao=lote.versao_tiss,
        numero_lote=lote.numero_do_prestador,
        sequencial=lote.sequencial_transacao,
        momento=timezone.localtime(momento),
        origem=origem,
        identificacao=identificacao,
        registro_ans=lote.operadora.registro_ans,
    )
    elementos = []
    for guia in guias:
        legiveis = {caminho: sem_estranhos(texto) for caminho, texto in guia.valores.items()}
        elementos.append(
            escrever_guia(guia.versao_tiss, guia.tipo, valores_do_xml(guia.tipo, legiveis, contrato.regras))
        )
    return escrever_lote(cabecalho, elementos)


def refazer(lote: Lote) -> None:
    """Take guides, items and sums of an open lot anew from what its typed guides are. The lot is locked."""
    guias = guias_do_lote(lote)
    recebimento.trocar_guias(lote, _escritas(lote, guias))


def guia_mudou(guia: GuiaDigitada) -> None:
    """Take the row and the items of one guide of an open lot anew from what was typed. The lot is locked."""
    lote = guia.lote
    assert lote is not None
    assert guia.posicao is not None
    recebimento.trocar_guia(lote, guia.posicao, _escritas(lote, [guia]))


def escritas(guias: Sequence[GuiaDigitada], lidas: Sequence[GuiaLida]) -> recebimento.GuiasEscritas:
    """These guides, all ready, as they were read from a message that holds them in that order."""
    for lida, guia in zip(lidas, guias, strict=True):
        lida.indice = guia.posicao or 0
    return recebimento.GuiasEscritas(
        lidas=lidas, digitadas_em={guia.posicao: guia.criado_em for guia in guias if guia.posicao}
    )


def _escritas(lote: Lote, guias: Sequence[GuiaDigitada]) -> recebimento.GuiasEscritas:
    prontas = [guia for guia in guias if guia.situacao == SituacaoDaGuia.PRONTA]
    return replace(escritas(prontas, _lidas(lote, prontas)), inacabadas=_inacabadas(lote, guias))


def _lidas(lote: Lote, prontas: Sequence[GuiaDigitada]) -> list[GuiaLida]:
    if not prontas:
        return []
    lido = ler_lote(ler(escrever(lote, prontas, timezone.now())))
    assert lido is not None, "a message that was written has a lot"
    return lido.guias


def _inacabadas(lote: Lote, guias: Sequence[GuiaDigitada]) -> list[Guia]:
    """Rows of those that were changed and are not ready now: what they say may fit no column."""
    return [
        Guia(
            prestador_id=lote.prestador_id,
            operadora_id=lote.operadora_id,
            lote=lote,
            posicao=guia.posicao or 0,
            tipo=guia.tipo,
            numero_do_prestador=guia.numero_do_prestador,
            numero_da_operadora=guia.numero_da_operadora,
            numero_carteira=guia.numero_carteira,
            data_de_atendimento=guia.data_de_atendimento,
            quantidade_de_itens=guia.quantidade_de_itens,
            valor_informado=guia.valor_informado,
            criado_em=guia.criado_em,
        )
        for guia in guias
        if guia.situacao != SituacaoDaGuia.PRONTA
    ]
