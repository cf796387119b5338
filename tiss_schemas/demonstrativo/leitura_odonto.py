"""The dental statement of payment out of its message."""

from __future__ import annotations

from typing import Final

from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.demonstrativo import leitura_comum as comum
from tiss_schemas.demonstrativo.escrita_comum import CORPO
from tiss_schemas.demonstrativo.valores import (
    CabecalhoDoDemonstrativo,
    ContaDePagamento,
    Contratado,
    DebitoOuCredito,
    DemonstrativoOdonto,
    GuiaOdontoPaga,
    ItemOdontoPago,
    Liquido,
    OperadoraEmissora,
    PagamentoOdontoDaData,
    ProtocoloOdontoPago,
    ValoresOdonto,
)
from tiss_schemas.mensagens.leitura import Lida, MensagemInvalida, MensagemLida, ler_mensagem, numero_de
from tiss_schemas.mensagens.odonto import texto_de_dente_ou_regiao
from tiss_schemas.mensagens.partes import tipo_de_codigo

_DO_DEMONSTRATIVO: Final = {
    "informado": "valorInformadoPorDemonstrativoData",
    "processado": "valorlProcessadoPorDemonstrativo",
    "glosa": "valorlGlosaPorDemonstrativo",
    "franquia": "valoFranquiaPorDemonstrativo",
    "liberado": "valorLiberadoPorDemonstrativo",
}
_DA_DATA: Final = {
    "informado": "valorBrutonformadoPorData",
    "processado": "valorBrutoProcessadoPorData",
    "glosa": "valorBrutoGlosaPorData",
    "franquia": "valorBrutoFranquiaPorData",
    "liberado": "valorBrutoLiberadoPorData",
}
_DO_PROTOCOLO: Final = {
    nome: f"valorTotal{nome.capitalize()}PorProtocolo"
    for nome in ("informado", "processado", "glosa", "franquia", "liberado")
}
_DA_GUIA: Final = {nome: f"valorTotal{nome.capitalize()}Guia" for nome in _DO_PROTOCOLO}
_DO_ITEM: Final = {
    "informado": "valorInformado",
    "processado": "valorProcessado",
    "glosa": "valorGlosaEstorno",
    "franquia": "valorFranquia",
    "liberado": "valorLiberado",
}


@coletor_em_pausa()
def ler_odonto(xml: bytes) -> DemonstrativoOdonto:
    """The statement of a message DEMONSTRATIVO_ODONTOLOGIA, which says neither the day of issue nor the CNES.

    The day of issue comes back as that of the message's header. Raises ArquivoRecusado and MensagemInvalida.
    """
    mensagem = ler_mensagem(xml, *CORPO)
    lida = mensagem.corpo.get("demonstrativoPagamentoOdonto")
    if lida is None:
        raise MensagemInvalida("A mensagem não traz demonstrativo odontológico. Confira o arquivo escolhido.")
    periodo = lida["cabecalhoDemonstrativoOdonto"]["periodoProc"]
    return DemonstrativoOdonto(
        cabecalho=_cabecalho(lida, mensagem),
        de=periodo["datainicio"],
        ate=periodo["datafim"],
        datas=tuple(_data(data) for data in lida["dadosPagamentoPorData"]),
        valores=_valores(lida["totaisBrutoDemonstrativo"], _DO_DEMONSTRATIVO),
        liquido=Liquido(
            debitos=lida["totalDebitosDemonstativo"],
            creditos=lida["totalCreditosDemonstrativo"],
            a_receber=lida["valorRecebidoDemonstrativo"],
        ),
        debitos_e_creditos=_descontos(lida, "debCredDemonstrativo"),
        observacao=lida.get("observacao", ""),
    )


def _cabecalho(lida: Lida, mensagem: MensagemLida) -> CabecalhoDoDemonstrativo:
    cabecalho, prestador = lida["cabecalhoDemonstrativoOdonto"], lida["dadosPrestador"]
    codigo, documento = prestador["codigoPrestador"], prestador["cpfCNPJContratado"]
    return CabecalhoDoDemonstrativo(
        numero=numero_de(cabecalho["numeroDemonstrativo"], "O número de demonstrativo"),
        versao=mensagem.versao,
        operadora=OperadoraEmissora(
            registro_ans=cabecalho["registroANS"], nome=cabecalho["nomeOperadora"], cnpj=cabecalho["cnpjOper"]
        ),
        contratado=Contratado(
            codigo=codigo,
            tipo_de_codigo=tipo_de_codigo(codigo, mensagem.destino),
            nome="",
            documento=documento.get("cnpjPrestador") or documento["cpfContratado"],
        ),
        emitido_em=mensagem.data,
    )


def _data(lida: Lida) -> PagamentoOdontoDaData:
    dados, liquido = lida["dadosPagamento"], lida["totalLiquidoPorData"]
    return PagamentoOdontoDaData(
        data=dados["dataPagamento"],
        conta=ContaDePagamento(
            banco=dados.get("banco", ""), agencia=dados.get("agencia", ""), conta=dados.get("conta", "")
        ),
        protocolos=tuple(_protocolo(protocolo) for protocolo in lida["protocolos"]),
        valores=_valores(lida["totaisPorData"], _DA_DATA),
        liquido=Liquido(
            debitos=liquido["valorTotalDebitosPorData"],
            creditos=liquido["valorTotalCreditosPorData"],
            a_receber=liquido["valorFinalAReceberPorData"],
        ),
        debitos_e_creditos=_descontos(lida, "debCredPorDataPagamento"),
    )


def _descontos(lida: Lida, nome: str) -> tuple[DebitoOuCredito, ...]:
    return comum.debitos_e_creditos(lida.get(nome, {}).get("descontos", ()))


def _protocolo(lida: Lida) -> ProtocoloOdontoPago:
    return ProtocoloOdontoPago(
        lote=lida["numeroLote"],
        numero=numero_de(lida["numeroProtocolo"], comum.PROTOCOLO),
        guias=tuple(_guia(guia) for guia in lida["dadosPagamentoGuia"]),
        valores=_valores(lida["totaisPorProtocolo"], _DO_PROTOCOLO),
    )


def _guia(lida: Lida) -> GuiaOdontoPaga:
    return GuiaOdontoPaga(
        numero_do_prestador=lida["numeroGuiaPrestador"],
        numero_da_operadora=lida.get("numeroGuiaOperadora", ""),
        recurso=lida["recurso"] == "S",
        executante=lida["nomeExecutante"],
        numero_carteira=lida["carteiraBeneficiario"],
        beneficiario="",
        itens=tuple(_item(item) for item in lida["dadosPagamento"]),
        valores=_valores(lida, _DA_GUIA),
        observacao=lida.get("observacaoGuia", ""),
    )


def _item(lida: Lida) -> ItemOdontoPago:
    procedimento = lida["procedimento"]
    return ItemOdontoPago(
        sequencial=lida["sequencialItem"],
        tabela=procedimento["codigoTabela"],
        codigo=procedimento["codigoProcedimento"],
        descricao=procedimento["descricaoProcedimento"],
        data=lida["dataRealizacao"],
        quantidade=lida["qtdProc"],
        valores=_valores(lida, _DO_ITEM),
        dente_ou_regiao=texto_de_dente_ou_regiao(lida.get("denteRegiao")),
        face=lida.get("denteFace", ""),
        glosas=tuple(lida["codigosGlosa"]),
    )


def _valores(lida: Lida, nomes: dict[str, str]) -> ValoresOdonto:
    return ValoresOdonto(**{nosso: lida[nome] for nosso, nome in nomes.items()})
