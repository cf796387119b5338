"""The guides of a lot as PDF, read from the XML that is, was or would be sent."""

from __future__ import annotations

from collections.abc import Iterator

from conecta.arquivos import cofre
from conecta.erros import ErroDeNegocio
from lotes import canais
from lotes.estados import SituacaoDoLote
from lotes.guias_pdf import Contratacao, GuiaAImprimir, MuitosItens, desenhar, recusar_demais
from lotes.models import Guia, Lote
from lotes.pagador import convenio_do, regras_do
from tiss_schemas.fragmento import ler_guia
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import ler_lote

__all__ = ["LoteSemXml", "MuitosItens", "contratacao_do", "guias_de", "pdf_da_guia", "pdf_do_lote"]


class LoteSemXml(ErroDeNegocio):
    """The lot has no message, and so no guides to print."""


def pdf_do_lote(lote: Lote) -> bytes:
    """All guides of the lot in one PDF, in its order. Raises `LoteSemXml` and what `guias_pdf.desenhar` does."""
    recusar_demais(lote.quantidade_de_itens)
    return desenhar(list(guias_de(lote)), contratacao_do(lote), f"Guias do lote {lote.numero}")


def pdf_da_guia(guia: Guia) -> bytes:
    """One guide of a lot. Raises as `pdf_do_lote` does."""
    recusar_demais(guia.quantidade_de_itens)
    a_guia = next(uma for posicao, uma in enumerate(guias_de(guia.lote), start=1) if posicao == guia.posicao)
    return desenhar([a_guia], contratacao_do(guia.lote), f"Guia {guia.numero_do_prestador}")


def guias_de(lote: Lote) -> Iterator[GuiaAImprimir]:
    """The guides of the lot, in order, each read when it is asked for."""
    lido = ler_lote(ler(_xml(lote)))
    papeis = canais.papel_de(lote)
    for posicao, guia in enumerate(lido.guias if lido is not None else ()):
        papel = papeis[posicao] if posicao < len(papeis) else {}
        valores = {**ler_guia(lote.versao_tiss, guia.elemento), **papel}
        yield GuiaAImprimir(versao=lote.versao_tiss, tipo=guia.tipo, valores=valores)


def _xml(lote: Lote) -> bytes:
    if lote.conteudo_id is not None:
        return cofre.abrir(lote.conteudo_id)
    if lote.situacao != SituacaoDoLote.ABERTO:
        raise LoteSemXml(f"O lote {lote.numero} foi excluído e não tem guias para imprimir.", lote)
    return canais.xml_de(lote)


def contratacao_do(lote: Lote) -> Contratacao:
    """Who bills whom in that lot."""
    convenio = convenio_do(lote)
    return Contratacao(
        prestador=lote.prestador, operadora=lote.operadora, convenio=convenio, regras=regras_do(lote, convenio)
    )
