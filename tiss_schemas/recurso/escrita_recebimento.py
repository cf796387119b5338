"""The receipt of an appeal as a message RECEBIMENTO_RECURSO_GLOSA, from the operadora to the prestador."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from tiss_schemas.caracteres import em_linha
from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.mensagens.cabecalho import Transacao
from tiss_schemas.mensagens.escrita import Arvore, mensagem
from tiss_schemas.mensagens.folhas import TextoLivre, cortar
from tiss_schemas.mensagens.molde import OPERADORA_PARA_PRESTADOR
from tiss_schemas.mensagens.odonto import dente_ou_regiao
from tiss_schemas.recurso.escrita_comum import (
    cabecalho_da_operadora,
    contratado,
    do_protocolo,
    opcao_da_guia,
    procedimento,
)
from tiss_schemas.recurso.valores import GuiaRecursada, ItemRecursado, RecebimentoDeRecurso, Recurso

JUSTIFICATIVA_DA_GUIA: Final = 150
"""Characters of the justification of a whole guide that a receipt repeats; the appeal itself has 500."""


@coletor_em_pausa()
def escrever_recebimento(recebimento: RecebimentoDeRecurso, *, transacao: Transacao) -> bytes:
    """A message of one receipt. Raises NaoCabeNaVersao and VersaoIndisponivel as `escrever_recurso`."""
    cabecalho = cabecalho_da_operadora("RECEBIMENTO_RECURSO_GLOSA", recebimento, transacao)
    corpo = {"protocoloRecebimento": _recebimento(recebimento)}
    return mensagem(cabecalho, OPERADORA_PARA_PRESTADOR, "recebimentoRecursoGlosa", corpo)


def recebimento_de(recurso: Recurso, *, numero: int, recebido_em: date, observacao: str = "") -> RecebimentoDeRecurso:
    """The receipt of an appeal that came on `recebido_em` and got the protocol `numero`."""
    return RecebimentoDeRecurso(
        versao=recurso.versao,
        numero=numero,
        enviado_em=recurso.data,
        recebido_em=recebido_em,
        registro_ans=recurso.registro_ans,
        contratado=recurso.contratado,
        lote=recurso.lote,
        protocolo=recurso.protocolo,
        valor=recurso.valor,
        do_protocolo=recurso.do_protocolo,
        guias=recurso.guias,
        observacao=observacao,
    )


def _recebimento(de: RecebimentoDeRecurso) -> Arvore:
    return {
        "nrProtocoloRecursoGlosa": de.numero,
        "dataEnvioRecurso": de.enviado_em,
        "dataRecebimentoRecurso": de.recebido_em,
        "numeroLote": de.lote,
        "registroANS": de.registro_ans,
        "dadosPrestador": contratado(de.contratado),
        "nrProtocoloRecursado": de.protocolo,
        "recursoProtocolo": do_protocolo(de.do_protocolo),
        "qtGuiasRecurso": len(de.guias) or None,
        "guiasRecurso": [_guia(guia) for guia in de.guias],
        "observacao": TextoLivre(de.observacao),
        "valorTotalRecursado": de.valor,
    }


def _guia(de: GuiaRecursada) -> Arvore:
    return {
        "numeroGuiaOrigem": de.numero_do_prestador,
        "numeroGuiaOperadora": de.numero_da_operadora,
        "senha": de.senha,
        "opcaoRecursoGuia": opcao_da_guia(_com_justificativas_curtas(de), "recursoGuia", _item),
    }


def _com_justificativas_curtas(guia: GuiaRecursada) -> GuiaRecursada:
    return replace(
        guia,
        glosas=tuple(
            # As it is written: simple signs that stand for one character may be longer than it.
            replace(glosa, justificativa=cortar(em_linha(glosa.justificativa), JUSTIFICATIVA_DA_GUIA))
            for glosa in guia.glosas
        ),
    )


def _item(de: ItemRecursado) -> Arvore:
    return {
        "sequencialItem": de.sequencial,
        "dataInicio": de.inicio,
        "dataFim": de.fim,
        "procRecurso": procedimento(de),
        "denteRegiao": dente_ou_regiao(de.dente_ou_regiao),
        "denteFace": de.face,
        "codGlosaItem": de.glosa,
        "valorRecursado": de.valor,
        "justificativaItem": de.justificativa,
    }
