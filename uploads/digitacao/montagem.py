"""Lots of typed guides: guides go in and out while the lot is open, and its XML is what they say.

The rows of guides and items of a lot are taken from the XML that its typed guides make, each time that one changes, so
that every screen of lots shows a typed lot as it shows an uploaded one. The bytes are kept when the lot is closed.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction
from django.utils import timezone

from conecta.arquivos import cofre
from conecta.contas.models import Usuario
from conecta.erros import ErroDeNegocio
from lotes import recebimento
from lotes.canais import DoCanal
from lotes.estados import Canal, SituacaoDoLote
from lotes.models import Acontecimento, Lote
from tiss_schemas.fragmento import escrever_guia
from tiss_schemas.leitura import ler
from tiss_schemas.lote_escrito import CabecalhoDoLote, escrever_lote
from tiss_schemas.lote_lido import ler_lote
from uploads.digitacao.contrato import contrato_de
from uploads.digitacao.estados import SituacaoDaGuia
from uploads.digitacao.models import GuiaDigitada
from uploads.julgamento import julgar_para


class LoteRecusado(ErroDeNegocio):
    """The guides cannot be in that lot, or the lot cannot be closed."""


@transaction.atomic
def criar_lote(*, guias: Sequence[GuiaDigitada], por: Usuario) -> Lote:
    """A new lot, *Aberto*, of these guides: at least one, all loose, ready, and of one type, convênio and version."""
    primeira = guias[0]
    with connection.cursor() as cursor:
        cursor.execute("select nextval('lotes_numero')")
        (numero,) = cursor.fetchone()
    lote = Lote.objects.create(
        prestador=primeira.prestador,
        operadora=primeira.operadora,
        numero=numero,
        numero_do_prestador=str(numero),
        sequencial_transacao=str(numero),
        canal=Canal.DIGITACAO,
        tipo_de_guia=primeira.tipo,
        versao_tiss=primeira.versao_tiss,
        convenio_id=primeira.convenio_id,
        quantidade_de_guias=0,
        quantidade_de_itens=0,
        valor_informado=0,
        criado_por=por,
    )
    Acontecimento.objects.create(
        prestador_id=lote.prestador_id,
        operadora_id=lote.operadora_id,
        lote=lote,
        tipo="criado",
        titulo="Lote criado",
        detalhe="O lote está aberto. A operadora só o recebe depois do envio.",
        por_nome=por.nome,
        por_organizacao=primeira.prestador.sigla,
    )
    adicionar(lote=lote, guias=guias)
    return lote


@transaction.atomic
def adicionar(*, lote: Lote, guias: Sequence[GuiaDigitada]) -> None:
    """Put loose, ready guides at the end of an open lot. Raises `LoteRecusado` for all when one does not fit."""
    posicao = GuiaDigitada.objects.filter(lote=lote).count()
    for guia in GuiaDigitada.objects.select_for_update().filter(pk__in=[guia.pk for guia in guias]).order_by("pk"):
        if guia.lote_id is not None or guia.situacao != SituacaoDaGuia.PRONTA:
            raise LoteRecusado("Só guias prontas e sem lote entram num lote. Recarregue a página.", guia)
        posicao += 1
        guia.lote, guia.posicao = lote, posicao
        guia.save(update_fields=["lote", "posicao"])
    refazer(lote)


def refazer(lote: Lote) -> None:
    """Take guides, items and sums of an open lot anew from what its typed guides are."""
    lido = ler_lote(ler(xml_do_lote(lote)))
    if lido is not None:
        recebimento.trocar_guias(lido, lote)


def xml_do_lote(lote: Lote) -> bytes:
    """The message of the lot as it would be sent now."""
    guias = list(
        GuiaDigitada.objects.filter(lote=lote).select_related("prestador", "operadora", "convenio").order_by("posicao")
    )
    if not guias:
        raise LoteRecusado("O lote não tem guias. Adicione guias antes de fechá-lo.", lote)
    origem, identificacao = contrato_de(guias[0]).origem
    cabecalho = CabecalhoDoLote(
        versao=lote.versao_tiss,
        numero_lote=lote.numero_do_prestador,
        sequencial=lote.sequencial_transacao,
        momento=timezone.localtime(),
        origem=origem,
        identificacao=identificacao,
        registro_ans=lote.operadora.registro_ans,
    )
    return escrever_lote(cabecalho, [escrever_guia(guia.versao_tiss, guia.tipo, guia.valores) for guia in guias])


def _antes_de_fechar(lote: Lote, por: Usuario) -> None:
    """Judge the whole lot, and keep its bytes. Raises `LoteRecusado` where something stands against it."""
    dados = xml_do_lote(lote)
    veredito = julgar_para(lote.prestador, dados, "lote.xml", lote_id=lote.pk)
    if not veredito.valido:
        primeira = next(achado for achado in veredito.achados if achado.impede)
        raise LoteRecusado(f"O lote {lote.numero} não foi fechado: {primeira.mensagem}", lote)
    lote.conteudo_id = cofre.guardar(dados, prestador_id=lote.prestador_id).pk
    lote.save(update_fields=["conteudo"])


def _antes_de_excluir(lote: Lote, por: Usuario) -> None:
    """Its guides are loose again."""
    GuiaDigitada.objects.filter(lote=lote).update(lote=None, posicao=None)


DO_CANAL = DoCanal(
    antes={SituacaoDoLote.FECHADO: _antes_de_fechar, SituacaoDoLote.EXCLUIDO: _antes_de_excluir}, xml=xml_do_lote
)
