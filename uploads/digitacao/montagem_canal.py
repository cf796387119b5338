"""What lots of typed guides have of their own, as `lotes.canais` asks for it."""

from __future__ import annotations

from typing import Final

from conecta.contas.acesso import Requisicao
from conecta.contas.papeis import Permissao
from lotes.canais import DoCanal, Trecho
from lotes.estados import POR_ENVIAR, SituacaoDoLote
from lotes.models import Lote
from lotes.telas import nomes_dos_beneficiarios
from uploads.digitacao.impressao import so_do_papel
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.montagem import candidatas, destinos
from uploads.digitacao.montagem_fechamento import antes_de_excluir, antes_de_fechar, antes_de_reabrir
from uploads.digitacao.montagem_mensagem import guias_do_lote, maximo_de_guias, xml_do_lote


def guias_da_pagina(request: Requisicao, lote: Lote) -> Trecho | None:
    """The guides of a lot that was not sent, with what may be done with them. A lot that was shows the usual list."""
    if lote.situacao not in POR_ENVIAR:
        return None
    guias = com_nomes(lote, guias_do_lote(lote))
    aberto = lote.situacao == SituacaoDoLote.ABERTO
    maximo = maximo_de_guias(lote)
    contexto = {
        "digitadas": guias,
        "conferidas": sum(guia.conferida_em is not None for guia in guias),
        "maximo_de_guias": maximo,
        "cabem": maximo - len(guias),
        "arruma": aberto and request.vinculo.pode(Permissao.LOTE_MUDAR),
        "digita": aberto and request.vinculo.pode(Permissao.GUIA_DIGITAR),
        "soltas": candidatas(lote).count() if aberto else 0,
        "destinos": destinos(lote) if aberto else [],
    }
    return Trecho(template="digitacao/lote_guias.html", contexto=contexto)


def com_nomes(lote: Lote, guias: list[GuiaDigitada]) -> list[GuiaDigitada]:
    """The guides with the beneficiário's name as the operadora has it, where it was not typed. One query."""
    sem_nome = [guia for guia in guias if not guia.nome_do_beneficiario]
    nomes = nomes_dos_beneficiarios(lote.operadora_id, [guia.numero_carteira for guia in sem_nome])
    for guia in sem_nome:
        guia.nome_do_beneficiario = nomes.get(guia.numero_carteira, "")
    return guias


def papel_das_guias(lote: Lote) -> list[dict[str, str]]:
    """What was typed of each guide that its XML has no place for."""
    return [so_do_papel(guia.valores) for guia in guias_do_lote(lote)]


DO_CANAL: Final = DoCanal(
    antes={
        SituacaoDoLote.FECHADO: antes_de_fechar,
        SituacaoDoLote.ABERTO: antes_de_reabrir,
        SituacaoDoLote.EXCLUIDO: antes_de_excluir,
    },
    xml=xml_do_lote,
    guias=guias_da_pagina,
    papel=papel_das_guias,
)
