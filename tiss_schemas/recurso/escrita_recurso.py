"""The appeal as a message RECURSO_GLOSA, from the prestador to the operadora."""

from __future__ import annotations

from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.mensagens.cabecalho import Cabecalho, Transacao
from tiss_schemas.mensagens.escrita import Arvore, mensagem
from tiss_schemas.mensagens.folhas import TextoLivre
from tiss_schemas.mensagens.molde import PRESTADOR_PARA_OPERADORA
from tiss_schemas.mensagens.odonto import dente_ou_regiao
from tiss_schemas.mensagens.partes import parte_da_operadora, parte_do_contratado
from tiss_schemas.recurso.escrita_comum import (
    contratado,
    do_protocolo,
    glosa_do_primeiro_item,
    opcao_da_guia,
    procedimento,
)
from tiss_schemas.recurso.valores import GuiaRecursada, ItemRecursado, Recurso


@coletor_em_pausa()
def escrever_recurso(recurso: Recurso, *, transacao: Transacao) -> bytes:
    """A message of one appeal. A justification longer than 500 characters is refused, not cut.

    Raises NaoCabeNaVersao for that and for whatever else the version has no room for, as more than 100 guides or a
    guide with both whole and item glosas; and VersaoIndisponivel.
    """
    cabecalho = Cabecalho(
        tipo="RECURSO_GLOSA",
        versao=recurso.versao,
        transacao=transacao,
        origem=parte_do_contratado(recurso.contratado.codigo, recurso.contratado.tipo_de_codigo),
        destino=parte_da_operadora(recurso.registro_ans),
    )
    nome = "guiaRecursoGlosaOdonto" if recurso.odonto else "guiaRecursoGlosa"
    return mensagem(cabecalho, PRESTADOR_PARA_OPERADORA, "recursoGlosa", {nome: _recurso(recurso)})


def _recurso(de: Recurso) -> Arvore:
    guia = _guia_odonto if de.odonto else _guia
    return {
        "registroANS": de.registro_ans,
        "numeroGuiaRecGlosaPrestador": de.numero_do_prestador,
        "nomeOperadora": TextoLivre(de.nome_da_operadora),
        "objetoRecurso": de.objeto,
        "numeroGuiaRecGlosaOperadora": de.numero_da_operadora,
        "dadosContratado": contratado(de.contratado),
        "numeroLote": de.lote,
        "numeroProtocolo": de.protocolo,
        "opcaoRecurso": {
            "recursoProtocolo": do_protocolo(de.do_protocolo),
            "recursoGuia": [guia(recursada) for recursada in de.guias],
        },
        "valorTotalRecursado": de.valor,
        "dataRecurso": de.data,
    }


def _guia(de: GuiaRecursada) -> Arvore:
    return {
        "numeroGuiaOrigem": de.numero_do_prestador,
        "numeroGuiaOperadora": de.numero_da_operadora,
        "senha": de.senha,
        "opcaoRecursoGuia": opcao_da_guia(de, "recursoGuiaCompleta", _item),
    }


def _item(de: ItemRecursado) -> Arvore:
    return {
        "sequencialItem": de.sequencial,
        "dataInicio": de.inicio,
        "dataFim": de.fim,
        "procRecurso": procedimento(de),
        "grauParticipacao": de.grau_de_participacao,
        "centroConsumo": de.centro_de_consumo,
        "codGlosaItem": de.glosa,
        "valorRecursado": de.valor,
        "justificativaItem": de.justificativa,
    }


def _guia_odonto(de: GuiaRecursada) -> Arvore:
    """One glosa of the guide must be there, whatever its items say: that of the first where it has none of its own."""
    glosas = de.glosas or glosa_do_primeiro_item(de)
    return {
        "numeroGuiaPrestador": de.numero_do_prestador,
        "numeroGuiaOperadora": de.numero_da_operadora,
        "senha": de.senha,
        "codGlosaGuia": [glosa.codigo for glosa in glosas],
        "justificativaGuia": [glosa.justificativa for glosa in glosas],
        "recursoProcedimento": [_item_odonto(item) for item in de.itens],
    }


def _item_odonto(de: ItemRecursado) -> Arvore:
    return {
        "sequencialItem": de.sequencial,
        "dataRealizacao": de.inicio,
        "denteRegiao": dente_ou_regiao(de.dente_ou_regiao),
        "denteFace": de.face,
        "quantidade": de.quantidade,
        "procRecurso": procedimento(de),
        "codGlosaProc": de.glosa,
        "justificativaProc": de.justificativa,
        "valorRecursado": de.valor,
    }
