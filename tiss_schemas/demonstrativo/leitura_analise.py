"""Statements of analysis out of their message."""

from __future__ import annotations

from decimal import Decimal

from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.demonstrativo import leitura_comum as comum
from tiss_schemas.demonstrativo.escrita_comum import CORPO
from tiss_schemas.demonstrativo.valores import (
    DemonstrativoDeAnalise,
    GlosaDoItem,
    GuiaAnalisada,
    ItemAnalisado,
    ProtocoloAnalisado,
    Valores,
)
from tiss_schemas.mensagens.leitura import Lida, MensagemInvalida, ler_mensagem, numero_de


@coletor_em_pausa()
def ler_analise(xml: bytes) -> tuple[DemonstrativoDeAnalise, ...]:
    """The statements of a message DEMONSTRATIVO_ANALISE_CONTA, in order; `contas.divergencias` says if they add up.

    Names of people and of the prestador are not in it and come back empty. Where an amount of glosas is left out it is
    what is left between processado and liberado. Raises ArquivoRecusado and MensagemInvalida.
    """
    mensagem = ler_mensagem(xml, *CORPO)
    lidos = mensagem.corpo["demonstrativoAnaliseConta"]
    if not lidos:
        raise MensagemInvalida("A mensagem não traz demonstrativo de análise de conta. Confira o arquivo escolhido.")
    return tuple(_demonstrativo(lida, mensagem.versao) for lida in lidos)


def _demonstrativo(lida: Lida, versao: str) -> DemonstrativoDeAnalise:
    prestador = lida["dadosPrestador"]
    return DemonstrativoDeAnalise(
        cabecalho=comum.cabecalho(
            lida["cabecalhoDemonstrativo"], versao, prestador["dadosContratado"], prestador["CNES"]
        ),
        protocolos=tuple(_protocolo(protocolo) for protocolo in lida["dadosConta"]["dadosProtocolo"]),
        valores=_totais(lida, "Geral"),
        observacao=lida.get("observacao", ""),
    )


def _protocolo(lida: Lida) -> ProtocoloAnalisado:
    glosa = lida.get("GlosaProtocolo", {})
    return ProtocoloAnalisado(
        lote=lida["numeroLotePrestador"],
        numero=numero_de(lida["numeroProtocolo"], comum.PROTOCOLO),
        data=lida["dataProtocolo"],
        situacao=int(lida["situacaoProtocolo"]),
        valores=_totais(lida, "Protocolo"),
        guias=tuple(_guia(guia) for guia in lida["relacaoGuias"]),
        glosa=glosa.get("codigoGlosa", ""),
        descricao_da_glosa=glosa.get("descricaoGlosa", ""),
    )


def _guia(lida: Lida) -> GuiaAnalisada:
    return GuiaAnalisada(
        numero_do_prestador=lida["numeroGuiaPrestador"],
        numero_da_operadora=lida.get("numeroGuiaOperadora", ""),
        senha=lida.get("senha", ""),
        beneficiario="",
        nome_social="",
        numero_carteira=lida["numeroCarteira"],
        inicio=lida["dataInicioFat"],
        situacao=int(lida["situacaoGuia"]),
        valores=_totais(lida, "Guia"),
        hora_do_inicio=lida.get("horaInicioFat"),
        fim=lida.get("dataFimFat"),
        hora_do_fim=lida.get("horaFimFat"),
        glosas=tuple(motivo["codigoGlosa"] for motivo in lida["motivoGlosaGuia"]),
        itens=tuple(_item(item) for item in lida["detalhesGuia"]),
        observacao=lida.get("observacao", ""),
    )


def _item(lida: Lida) -> ItemAnalisado:
    procedimento = lida["procedimento"]
    glosas = tuple(GlosaDoItem(codigo=glosa["tipoGlosa"], valor=glosa["valorGlosa"]) for glosa in lida["relacaoGlosa"])
    return ItemAnalisado(
        sequencial=lida["sequencialItem"],
        data=lida["dataRealizacao"],
        tabela=procedimento["codigoTabela"],
        codigo=procedimento["codigoProcedimento"],
        descricao=procedimento["descricaoProcedimento"],
        quantidade=lida["qtdExecutada"],
        valores=Valores(
            informado=lida["valorInformado"],
            processado=lida["valorProcessado"],
            liberado=lida["valorLiberado"],
            glosa=sum((glosa.valor for glosa in glosas), Decimal("0.00")),
        ),
        glosas=glosas,
        grau_de_participacao=lida.get("grauParticipacao", ""),
        centro_de_consumo=lida.get("centroConsumo", ""),
    )


def _totais(lida: Lida, de_que: str) -> Valores:
    processado, liberado = lida[f"valorProcessado{de_que}"], lida[f"valorLiberado{de_que}"]
    return Valores(
        informado=lida[f"valorInformado{de_que}"],
        processado=processado,
        liberado=liberado,
        glosa=lida.get(f"valorGlosa{de_que}", processado - liberado),
    )
