"""Answers to appeals out of messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.mensagens.leitura import Lida, MensagemInvalida, ler_mensagem
from tiss_schemas.mensagens.molde import OPERADORA_PARA_PRESTADOR
from tiss_schemas.mensagens.odonto import texto_de_dente_ou_regiao
from tiss_schemas.mensagens.partes import tipo_de_codigo
from tiss_schemas.recurso.leitura_recurso import recusado_pela_operadora
from tiss_schemas.recurso.valores import (
    GlosaRespondida,
    GuiaRespondida,
    IdentificacaoDoContratado,
    ItemRespondido,
    RespostaDeRecurso,
)


@coletor_em_pausa()
def ler_resposta(xml: bytes) -> RespostaDeRecurso:
    """The decision of a message RESPOSTA_RECURSO_GLOSA; answers on one guide that follow each other are put together.

    MensagemInvalida also where there is no decision yet, or an error instead of one; ArquivoRecusado.
    """
    mensagem = ler_mensagem(xml, OPERADORA_PARA_PRESTADOR, "respostaRecursoGlosa")
    if "mensagemErro" in mensagem.corpo:
        raise recusado_pela_operadora(mensagem.corpo["mensagemErro"])
    odonto = "reciboGlosaOdonto" in mensagem.corpo
    lida = mensagem.corpo.get("reciboGlosaOdonto" if odonto else "reciboGlosa")
    if lida is None:
        raise MensagemInvalida("A mensagem diz só a situação do recurso, que a operadora ainda não respondeu.")
    codigo, opcao = lida["codigoPrestador"], lida["opcaoRecurso"]
    return RespostaDeRecurso(
        versao=mensagem.versao,
        registro_ans=lida["registroANS"],
        nome_da_operadora=lida["nomeOperadora"],
        contratado=IdentificacaoDoContratado(codigo=codigo, tipo_de_codigo=tipo_de_codigo(codigo, mensagem.destino)),
        numero_do_prestador=lida["numeroGuiaRecGlosaPrestador"],
        lote=lida["numeroLote"],
        protocolo=lida["numeroProtocolo"],
        data=lida["dataRecurso"],
        valor=lida["valorTotalRecursado"],
        valor_acatado=lida["valorTotalAcatado"],
        numero_da_operadora=lida.get("numeroGuiaRecGlosaOperadora", ""),
        do_protocolo=_do_protocolo(opcao.get("recursoProtocolo")),
        guias=tuple(_juntas(_guia(resposta) for resposta in opcao["recursoGuia"])),
        odonto=odonto,
    )


def _do_protocolo(lida: Lida | None) -> GlosaRespondida | None:
    if lida is None:
        return None
    return GlosaRespondida(
        codigo=lida["codigoGlosaProtocolo"],
        justificativa=lida["justificativaProtocolo"],
        acatado=lida["recursoAcatado"] == "S",
        resposta=lida.get("justificativaOPSnaoAcatadoProt", ""),
    )


def _juntas(guias: Iterable[GuiaRespondida]) -> Iterator[GuiaRespondida]:
    """One for each guide, whose answers stand one after the other in the XML."""
    for _, da_mesma in groupby(guias, lambda g: (g.numero_do_prestador, g.numero_da_operadora, g.senha)):
        primeira, *outras = da_mesma
        yield replace(
            primeira,
            glosas=tuple(glosa for guia in (primeira, *outras) for glosa in guia.glosas),
            itens=tuple(item for guia in (primeira, *outras) for item in guia.itens),
        )


def _guia(lida: Lida) -> GuiaRespondida:
    """The one answer that an element recursoGuia holds, of whichever of its four kinds."""
    tipo, resposta = next(iter(lida.items()))
    guia = GuiaRespondida(
        numero_do_prestador=resposta["numeroGuiaPrestador"],
        numero_da_operadora=resposta.get("numeroGuiaOperadora", ""),
        senha=resposta.get("senha", ""),
    )
    if tipo == "respostaGuiaItens":
        return replace(guia, itens=(_item(resposta),))
    if tipo == "respostaRecursoItemOdonto":
        return replace(guia, itens=tuple(_item_odonto(item) for item in resposta["recursoProcedimento"]))
    return replace(guia, glosas=((_glosa if tipo == "respostaGuia" else _glosa_odonto)(resposta),))


def _glosa(lida: Lida) -> GlosaRespondida:
    return GlosaRespondida(
        codigo=lida["codGlosa"],
        justificativa=lida["justificativaPrestador"],
        acatado=lida["recursoGuiaAcatado"] == "S",
        resposta=lida.get("justificativaOPSnaoAcatadoGuia", ""),
    )


def _glosa_odonto(lida: Lida) -> GlosaRespondida:
    return GlosaRespondida(
        codigo=lida["codGlosaGuia"],
        justificativa=lida["justificativaGuia"],
        acatado=lida["recursoAcatadoGuia"] == "S",
    )


def _item(lida: Lida) -> ItemRespondido:
    procedimento = lida["procRecurso"]
    return ItemRespondido(
        sequencial=lida["sequencialItem"],
        inicio=lida["dataRealizacao"],
        tabela=procedimento["codigoTabela"],
        codigo=procedimento["codigoProcedimento"],
        descricao=procedimento["descricaoProcedimento"],
        glosa=lida["codGlosa"],
        valor=lida["valorRecursado"],
        justificativa=lida["justificativaPrestador"],
        valor_acatado=lida["valorAcatadado"],
        resposta=lida.get("justificativaOperadora", ""),
        fim=lida.get("dataFim"),
    )


def _item_odonto(lida: Lida) -> ItemRespondido:
    procedimento = lida["procRecurso"]
    return ItemRespondido(
        sequencial=lida["sequencialItem"],
        inicio=lida["dataRealizacao"],
        tabela=procedimento["codigoTabela"],
        codigo=procedimento["codigoProcedimento"],
        descricao=procedimento["descricaoProcedimento"],
        glosa=lida["codGlosaProc"],
        valor=lida["valorRecursado"],
        justificativa=lida["justificativaPrestador"],
        valor_acatado=lida["valorAcatado"],
        resposta=lida.get("justificativaOperadora", ""),
        dente_ou_regiao=texto_de_dente_ou_regiao(lida.get("denteRegiao")),
        face=lida.get("denteFace", ""),
        quantidade=lida["quantidade"],
    )
