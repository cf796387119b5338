"""Appeals and their receipts out of messages."""

from __future__ import annotations

from dataclasses import replace

from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.mensagens.leitura import Lida, MensagemInvalida, ler_mensagem, numero_de
from tiss_schemas.mensagens.molde import OPERADORA_PARA_PRESTADOR, PRESTADOR_PARA_OPERADORA
from tiss_schemas.mensagens.odonto import texto_de_dente_ou_regiao
from tiss_schemas.recurso.escrita_comum import glosa_do_primeiro_item
from tiss_schemas.recurso.valores import (
    GlosaRecursada,
    GuiaRecursada,
    IdentificacaoDoContratado,
    ItemRecursado,
    RecebimentoDeRecurso,
    Recurso,
    TipoDeCodigo,
)


@coletor_em_pausa()
def ler_recurso(xml: bytes) -> Recurso:
    """The appeal of a message RECURSO_GLOSA. Raises ArquivoRecusado and MensagemInvalida."""
    mensagem = ler_mensagem(xml, PRESTADOR_PARA_OPERADORA, "recursoGlosa")
    odonto = "guiaRecursoGlosaOdonto" in mensagem.corpo
    lida = mensagem.corpo["guiaRecursoGlosaOdonto" if odonto else "guiaRecursoGlosa"]
    guia = _guia_odonto if odonto else _guia
    opcao = lida["opcaoRecurso"]
    return Recurso(
        versao=mensagem.versao,
        registro_ans=lida["registroANS"],
        nome_da_operadora=lida["nomeOperadora"],
        contratado=_contratado(lida["dadosContratado"]),
        numero_do_prestador=lida["numeroGuiaRecGlosaPrestador"],
        lote=lida["numeroLote"],
        protocolo=lida["numeroProtocolo"],
        data=lida["dataRecurso"],
        valor=lida["valorTotalRecursado"],
        numero_da_operadora=lida.get("numeroGuiaRecGlosaOperadora", ""),
        do_protocolo=_do_protocolo(opcao.get("recursoProtocolo")),
        guias=tuple(guia(recursada) for recursada in opcao["recursoGuia"]),
        odonto=odonto,
    )


@coletor_em_pausa()
def ler_recebimento(xml: bytes) -> RecebimentoDeRecurso:
    """The receipt of a message RECEBIMENTO_RECURSO_GLOSA.

    MensagemInvalida also where the operadora refuses the appeal instead of receiving it; ArquivoRecusado.
    """
    mensagem = ler_mensagem(xml, OPERADORA_PARA_PRESTADOR, "recebimentoRecursoGlosa")
    if "mensagemErro" in mensagem.corpo:
        raise recusado_pela_operadora(mensagem.corpo["mensagemErro"])
    lida = mensagem.corpo["protocoloRecebimento"]
    return RecebimentoDeRecurso(
        versao=mensagem.versao,
        numero=numero_de(lida["nrProtocoloRecursoGlosa"], "O protocolo do recurso"),
        enviado_em=lida["dataEnvioRecurso"],
        recebido_em=lida["dataRecebimentoRecurso"],
        registro_ans=lida["registroANS"],
        contratado=_contratado(lida["dadosPrestador"]),
        lote=lida["numeroLote"],
        protocolo=numero_de(lida["nrProtocoloRecursado"], "O protocolo recursado"),
        valor=lida["valorTotalRecursado"],
        do_protocolo=_do_protocolo(lida.get("recursoProtocolo")),
        guias=tuple(_guia_recebida(guia) for guia in lida["guiasRecurso"]),
        observacao=lida.get("observacao", ""),
    )


def recusado_pela_operadora(erro: Lida) -> MensagemInvalida:
    """What is raised where the operadora answers with an error of Tabela 38."""
    descricao = f": {erro['descricaoGlosa']}" if "descricaoGlosa" in erro else ""
    return MensagemInvalida(
        f"A operadora recusou a mensagem com o código {erro['codigoGlosa']}{descricao}. Corrija e envie novamente."
    )


def _contratado(lida: Lida) -> IdentificacaoDoContratado:
    tipo = next(tipo for tipo in TipoDeCodigo if tipo in lida)
    return IdentificacaoDoContratado(codigo=lida[tipo], tipo_de_codigo=tipo)


def _do_protocolo(lida: Lida | None) -> GlosaRecursada | None:
    if lida is None:
        return None
    return GlosaRecursada(codigo=lida["codigoGlosaProtocolo"], justificativa=lida["justificativaProtocolo"])


def _guia(lida: Lida) -> GuiaRecursada:
    opcao = lida["opcaoRecursoGuia"]
    return _de_qualquer_guia(lida, lida["numeroGuiaOrigem"], opcao["recursoGuiaCompleta"], opcao["itensGuia"])


def _guia_recebida(lida: Lida) -> GuiaRecursada:
    opcao = lida["opcaoRecursoGuia"]
    return _de_qualquer_guia(lida, lida["numeroGuiaOrigem"], opcao["recursoGuia"], opcao["itensGuia"])


def _de_qualquer_guia(lida: Lida, numero: str, glosas: list[Lida], itens: list[Lida]) -> GuiaRecursada:
    return GuiaRecursada(
        numero_do_prestador=numero,
        numero_da_operadora=lida.get("numeroGuiaOperadora", ""),
        senha=lida.get("senha", ""),
        glosas=tuple(_glosa(glosa) for glosa in glosas),
        itens=tuple(_item(item) for item in itens),
    )


def _glosa(lida: Lida) -> GlosaRecursada:
    return GlosaRecursada(codigo=lida["codGlosaGuia"], justificativa=lida["justificativaGuia"])


def _item(lida: Lida) -> ItemRecursado:
    procedimento = lida["procRecurso"]
    return ItemRecursado(
        sequencial=lida["sequencialItem"],
        inicio=lida["dataInicio"],
        tabela=procedimento["codigoTabela"],
        codigo=procedimento["codigoProcedimento"],
        descricao=procedimento["descricaoProcedimento"],
        glosa=lida["codGlosaItem"],
        valor=lida["valorRecursado"],
        justificativa=lida["justificativaItem"],
        fim=lida.get("dataFim"),
        grau_de_participacao=lida.get("grauParticipacao", ""),
        centro_de_consumo=lida.get("centroConsumo", ""),
        dente_ou_regiao=texto_de_dente_ou_regiao(lida.get("denteRegiao")),
        face=lida.get("denteFace", ""),
    )


def _guia_odonto(lida: Lida) -> GuiaRecursada:
    """The glosa of the guide is left out where it is but that of its first item, as `escrever_recurso` puts it."""
    guia = GuiaRecursada(
        numero_do_prestador=lida["numeroGuiaPrestador"],
        numero_da_operadora=lida.get("numeroGuiaOperadora", ""),
        senha=lida.get("senha", ""),
        itens=tuple(_item_odonto(item) for item in lida["recursoProcedimento"]),
    )
    glosas = (_glosa(lida),)
    return guia if glosas == glosa_do_primeiro_item(guia) else replace(guia, glosas=glosas)


def _item_odonto(lida: Lida) -> ItemRecursado:
    procedimento = lida["procRecurso"]
    return ItemRecursado(
        sequencial=lida["sequencialItem"],
        inicio=lida["dataRealizacao"],
        tabela=procedimento["codigoTabela"],
        codigo=procedimento["codigoProcedimento"],
        descricao=procedimento["descricaoProcedimento"],
        glosa=lida["codGlosaProc"],
        valor=lida["valorRecursado"],
        justificativa=lida["justificativaProc"],
        dente_ou_regiao=texto_de_dente_ou_regiao(lida.get("denteRegiao")),
        face=lida.get("denteFace", ""),
        quantidade=lida["quantidade"],
    )
