"""The answer to an appeal as a message RESPOSTA_RECURSO_GLOSA, from the operadora to the prestador."""

from __future__ import annotations

from collections.abc import Iterator

from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.demonstrativo.escrita_comum import situacao as situacao_na_versao
from tiss_schemas.mensagens.cabecalho import Transacao
from tiss_schemas.mensagens.escrita import Arvore, mensagem
from tiss_schemas.mensagens.folhas import TextoLivre
from tiss_schemas.mensagens.molde import OPERADORA_PARA_PRESTADOR
from tiss_schemas.mensagens.odonto import dente_ou_regiao
from tiss_schemas.recurso.escrita_comum import (
    DaOperadora,
    cabecalho_da_operadora,
    contratado,
    do_protocolo,
    procedimento,
    sim_ou_nao,
)
from tiss_schemas.recurso.valores import (
    GlosaRespondida,
    GuiaRespondida,
    ItemRespondido,
    RespostaDeRecurso,
    SituacaoDeRecurso,
)


@coletor_em_pausa()
def escrever_resposta(resposta: RespostaDeRecurso, *, transacao: Transacao) -> bytes:
    """A message of one answer. Raises NaoCabeNaVersao, also for a lot whose number is not of digits only, and
    VersaoIndisponivel, as `escrever_recurso`."""
    recibo = "reciboGlosaOdonto" if resposta.odonto else "reciboGlosa"
    return _mensagem(resposta, {recibo: _resposta(resposta)}, transacao)


def escrever_situacao(situacao: SituacaoDeRecurso, *, transacao: Transacao) -> bytes:
    """A message that says how far the appeal is. Raises NaoCabeNaVersao and VersaoIndisponivel."""
    return _mensagem(situacao, {"reciboGlosaStatus": _situacao(situacao)}, transacao)


def _mensagem(de: DaOperadora, corpo: Arvore, transacao: Transacao) -> bytes:
    cabecalho = cabecalho_da_operadora("RESPOSTA_RECURSO_GLOSA", de, transacao)
    return mensagem(cabecalho, OPERADORA_PARA_PRESTADOR, "respostaRecursoGlosa", corpo)


def _resposta(de: RespostaDeRecurso) -> Arvore:
    respostas = _respostas_odonto if de.odonto else _respostas
    return {
        "registroANS": de.registro_ans,
        "numeroGuiaRecGlosaPrestador": de.numero_do_prestador,
        "numeroGuiaRecGlosaOperadora": de.numero_da_operadora,
        "nomeOperadora": TextoLivre(de.nome_da_operadora),
        "objetoRecurso": de.objeto,
        "codigoPrestador": de.contratado.codigo,
        "numeroLote": de.lote,
        "numeroProtocolo": de.protocolo,
        "opcaoRecurso": {
            "recursoProtocolo": _do_protocolo(de.do_protocolo),
            "recursoGuia": [resposta for guia in de.guias for resposta in respostas(guia)],
        },
        "dataRecurso": de.data,
        "valorTotalRecursado": de.valor,
        "valorTotalAcatado": de.valor_acatado,
    }


def _do_protocolo(de: GlosaRespondida | None) -> Arvore | None:
    if de is None:
        return None
    return {
        **(do_protocolo(de) or {}),
        "recursoAcatado": sim_ou_nao(de.acatado),
        "justificativaOPSnaoAcatadoProt": de.resposta,
    }


def _da_guia(de: GuiaRespondida) -> Arvore:
    return {
        "numeroGuiaPrestador": de.numero_do_prestador,
        "numeroGuiaOperadora": de.numero_da_operadora,
        "senha": de.senha,
    }


def _respostas(de: GuiaRespondida) -> Iterator[Arvore]:
    """One for each glosa of the guide, one for each item: the guide is named again in each."""
    for glosa in de.glosas:
        yield {
            "respostaGuia": {
                **_da_guia(de),
                "codGlosa": glosa.codigo,
                "justificativaPrestador": glosa.justificativa,
                "recursoGuiaAcatado": sim_ou_nao(glosa.acatado),
                "justificativaOPSnaoAcatadoGuia": glosa.resposta,
            }
        }
    for item in de.itens:
        yield {"respostaGuiaItens": {**_da_guia(de), **_item(item)}}


def _item(de: ItemRespondido) -> Arvore:
    return {
        "dataRealizacao": de.inicio,
        "dataFim": de.fim,
        "sequencialItem": de.sequencial,
        "procRecurso": procedimento(de),
        "codGlosa": de.glosa,
        "valorRecursado": de.valor,
        "justificativaPrestador": de.justificativa,
        "valorAcatadado": de.valor_acatado,
        "justificativaOperadora": de.resposta,
    }


def _respostas_odonto(de: GuiaRespondida) -> Iterator[Arvore]:
    """One for each glosa of the guide, one for all of its items."""
    for glosa in de.glosas:
        yield {
            "respostaRecursoGuiaOdonto": {
                **_da_guia(de),
                "codGlosaGuia": glosa.codigo,
                "justificativaGuia": glosa.justificativa,
                "recursoAcatadoGuia": sim_ou_nao(glosa.acatado),
            }
        }
    if de.itens:
        yield {
            "respostaRecursoItemOdonto": {
                **_da_guia(de),
                "recursoProcedimento": [_item_odonto(item) for item in de.itens],
            }
        }


def _item_odonto(de: ItemRespondido) -> Arvore:
    return {
        "sequencialItem": de.sequencial,
        "dataRealizacao": de.inicio,
        "denteRegiao": dente_ou_regiao(de.dente_ou_regiao),
        "denteFace": de.face,
        "quantidade": de.quantidade,
        "procRecurso": procedimento(de),
        "codGlosaProc": de.glosa,
        "valorRecursado": de.valor,
        "justificativaPrestador": de.justificativa,
        "valorAcatado": de.valor_acatado,
        "justificativaOperadora": de.resposta,
    }


def _situacao(de: SituacaoDeRecurso) -> Arvore:
    return {
        "nrProtocoloRecursoGlosa": de.numero,
        "dataEnvioRecurso": de.enviado_em,
        "dataRecebimentoRecurso": de.recebido_em,
        "numeroLote": de.lote,
        "registroANS": de.registro_ans,
        "dadosPrestador": contratado(de.contratado),
        "nrProtocoloSituacaoRecursoGlosa": de.consulta,
        "dataSituacao": de.data,
        "situacaoProtocolo": situacao_na_versao(de.situacao, de.versao),
    }
