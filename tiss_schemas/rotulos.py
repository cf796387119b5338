"""Labels and printed-form numbers of the fields of the five guides: facts of ANS's paper forms, which no XSD carries.

Numbers with "OD" belong to the Anexo de Outras Despesas. A field without a number has none on the form, or none that
could be confirmed.
"""

from __future__ import annotations

from tiss_schemas.rotulos_demonstrativos import ROTULOS_DOS_DEMONSTRATIVOS
from tiss_schemas.rotulos_textos import ROTULOS

_ITEM = "procedimentosExecutados/procedimentoExecutado"
_EQUIPE_DA_INTERNACAO = f"{_ITEM}/identEquipe/identificacaoEquipe"
_HONORARIO = "procedimentosRealizados/procedimentoRealizado"


def _bloco(pai: str, **numeros: str) -> dict[str, str]:
    """The numbers of the fields directly inside `pai`, by their path."""
    return {f"{pai}/{nome}" if pai else nome: numero for nome, numero in numeros.items()}


_DESPESAS = _bloco("outrasDespesas/despesa", codigoDespesa="OD 6") | _bloco(
    "outrasDespesas/despesa/servicosExecutados",
    dataExecucao="OD 7",
    horaInicial="OD 8",
    horaFinal="OD 9",
    codigoTabela="OD 10",
    codigoProcedimento="OD 11",
    quantidadeExecutada="OD 12",
    unidadeMedida="OD 13",
    reducaoAcrescimo="OD 14",
    valorUnitario="OD 15",
    valorTotal="OD 16",
    registroANVISA="OD 17",
    codigoRefFabricante="OD 18",
    autorizacaoFuncionamento="OD 19",
    descricaoProcedimento="OD 20",
)


def _item(pai: str, sequencial: str, primeiro: int) -> dict[str, str]:
    """The numbers of one procedure line, whose columns are numbered from `primeiro` in the printed order."""
    colunas = ("dataExecucao", "horaInicial", "horaFinal")
    procedimento = ("codigoTabela", "codigoProcedimento", "descricaoProcedimento")
    valores = (
        "quantidadeExecutada",
        "viaAcesso",
        "tecnicaUtilizada",
        "reducaoAcrescimo",
        "valorUnitario",
        "valorTotal",
    )
    nomes = (*colunas, *(f"procedimento/{nome}" for nome in procedimento), *valores)
    return _bloco(pai, sequencialItem=sequencial) | {
        f"{pai}/{nome}": str(numero) for numero, nome in enumerate(nomes, start=primeiro)
    }


def _contratado(pai: str, numero: str) -> dict[str, str]:
    """The three ways to identify who was contracted share one field of the form."""
    return _bloco(
        pai,
        codigoPrestadorNaOperadora=numero,
        cpfContratado=numero,
        cnpjContratado=numero,
    )


_CONSULTA = (
    _bloco("cabecalhoConsulta", registroANS="1", numeroGuiaPrestador="2")
    | _bloco("", numeroGuiaOperadora="3", indicacaoAcidente="17", observacao="23")
    | _bloco(
        "dadosBeneficiario",
        numeroCarteira="4",
        atendimentoRN="6",
        nomeBeneficiario="7",
        numeroCNS="8",
    )
    | _contratado("contratadoExecutante", "9")
    | _bloco("contratadoExecutante", nomeContratado="10", CNES="11")
    | _bloco("profissionalExecutante", nomeProfissional="12", conselhoProfissional="13")
    | _bloco("profissionalExecutante", numeroConselhoProfissional="14", UF="15", CBOS="16")
    | _bloco("dadosAtendimento", dataAtendimento="18", tipoConsulta="19")
    | _bloco(
        "dadosAtendimento",
        coberturaEspecial="27",
        regimeAtendimento="28",
        saudeOcupacional="29",
    )
    | _bloco(
        "dadosAtendimento/procedimento",
        codigoTabela="20",
        codigoProcedimento="21",
        valorProcedimento="22",
    )
)

_SADT = (
    _bloco("cabecalhoGuia", registroANS="1", numeroGuiaPrestador="2", guiaPrincipal="3")
    | _bloco(
        "dadosAutorizacao",
        dataAutorizacao="4",
        senha="5",
        dataValidadeSenha="6",
        numeroGuiaOperadora="7",
    )
    | _bloco(
        "dadosBeneficiario",
        numeroCarteira="8",
        nomeBeneficiario="10",
        numeroCNS="11",
        atendimentoRN="12",
    )
    | _contratado("dadosSolicitante/contratadoSolicitante", "13")
    | _bloco("dadosSolicitante/contratadoSolicitante", nomeContratado="14")
    | _bloco("dadosSolicitante", nomeContratadoSolicitante="14")
    | _bloco(
        "dadosSolicitante/profissionalSolicitante",
        nomeProfissional="15",
        conselhoProfissional="16",
    )
    | _bloco(
        "dadosSolicitante/profissionalSolicitante",
        numeroConselhoProfissional="17",
        UF="18",
        CBOS="19",
    )
    | _bloco(
        "dadosSolicitacao",
        caraterAtendimento="21",
        dataSolicitacao="22",
        indicacaoClinica="23",
    )
    | _bloco("dadosSolicitacao", indCobEspecial="90")
    | _contratado("dadosExecutante/contratadoExecutante", "29")
    | _bloco("dadosExecutante/contratadoExecutante", nomeContratado="30")
    | _bloco("dadosExecutante", CNES="31")
    | _bloco(
        "dadosAtendimento",
        tipoAtendimento="32",
        indicacaoAcidente="33",
        tipoConsulta="34",
    )
    | _bloco(
        "dadosAtendimento",
        motivoEncerramento="35",
        regimeAtendimento="91",
        saudeOcupacional="92",
    )
    | _item(_ITEM, "48", 36)
    | _bloco(
        f"{_ITEM}/equipeSadt",
        grauPart="49",
        nomeProf="51",
        conselho="52",
        numeroConselhoProfissional="53",
    )
    | _bloco(f"{_ITEM}/equipeSadt", UF="54", CBOS="55")
    | _contratado(f"{_ITEM}/equipeSadt/codProfissional", "50")
    | _DESPESAS
    | _bloco("", observacao="58")
    | _bloco(
        "valorTotal",
        valorProcedimentos="59",
        valorTaxasAlugueis="60",
        valorMateriais="61",
        valorOPME="62",
    )
    | _bloco(
        "valorTotal",
        valorMedicamentos="63",
        valorGasesMedicinais="64",
        valorTotalGeral="65",
    )
)

_INTERNACAO = (
    _bloco("cabecalhoGuia", registroANS="1", numeroGuiaPrestador="2")
    | _bloco("", numeroGuiaSolicitacaoInternacao="3", observacao="65")
    | _bloco(
        "dadosAutorizacao",
        dataAutorizacao="4",
        senha="5",
        dataValidadeSenha="6",
        numeroGuiaOperadora="7",
    )
    | _bloco(
        "dadosBeneficiario",
        numeroCarteira="8",
        nomeBeneficiario="10",
        numeroCNS="11",
        atendimentoRN="12",
    )
    | _contratado("dadosExecutante/contratadoExecutante", "13")
    | _bloco("dadosExecutante/contratadoExecutante", nomeContratado="14")
    | _bloco("dadosExecutante", CNES="15")
    | _bloco(
        "dadosInternacao",
        caraterAtendimento="16",
        tipoFaturamento="17",
        dataInicioFaturamento="18",
    )
    | _bloco(
        "dadosInternacao",
        horaInicioFaturamento="19",
        dataFinalFaturamento="20",
        horaFinalFaturamento="21",
    )
    | _bloco("dadosInternacao", tipoInternacao="22", regimeInternacao="23")
    | _bloco(
        "dadosInternacao/declaracoes",
        declaracaoNascido="30",
        diagnosticoObito="31",
        declaracaoObito="32",
    )
    | _bloco("dadosInternacao/declaracoes", indicadorDORN="33")
    | _bloco(
        "dadosSaidaInternacao",
        diagnostico="24–27",
        indicadorAcidente="28",
        motivoEncerramento="29",
    )
    | _item(_ITEM, "46", 34)
    | _bloco(
        _EQUIPE_DA_INTERNACAO,
        grauPart="47",
        nomeProf="49",
        conselho="50",
        numeroConselhoProfissional="51",
    )
    | _bloco(_EQUIPE_DA_INTERNACAO, UF="52", CBOS="53")
    | _contratado(f"{_EQUIPE_DA_INTERNACAO}/codProfissional", "48")
    | _bloco(
        "valorTotal",
        valorProcedimentos="54",
        valorDiarias="55",
        valorTaxasAlugueis="56",
        valorMateriais="57",
    )
    | _bloco(
        "valorTotal",
        valorOPME="58",
        valorMedicamentos="59",
        valorGasesMedicinais="60",
        valorTotalGeral="61",
    )
    | _DESPESAS
)

_HONORARIOS = (
    _bloco("cabecalhoGuia", registroANS="1", numeroGuiaPrestador="2")
    | _bloco("", guiaSolicInternacao="3", senha="4", numeroGuiaOperadora="5")
    | _bloco("beneficiario", numeroCarteira="6", nomeBeneficiario="7", atendimentoRN="8")
    | _bloco(
        "localContratado/codigoContratado",
        codigoNaOperadora="9",
        cnpjLocalExecutante="9",
    )
    | _bloco("localContratado", nomeContratado="10", cnes="11")
    | _bloco(
        "dadosContratadoExecutante",
        codigonaOperadora="12",
        nomeContratadoExecutante="13",
    )
    | _bloco("dadosContratadoExecutante", cnesContratadoExecutante="14")
    | _bloco("dadosInternacao", dataInicioFaturamento="15", dataFimFaturamento="16")
    | _item(_HONORARIO, "29", 17)
    | _bloco(
        f"{_HONORARIO}/profissionais",
        grauParticipacao="30",
        nomeProfissional="32",
        conselhoProfissional="33",
    )
    | _bloco(
        f"{_HONORARIO}/profissionais",
        numeroConselhoProfissional="34",
        UF="35",
        CBO="36",
    )
    | _contratado(f"{_HONORARIO}/profissionais/codProfissional", "31")
    | _bloco("", observacao="37", valorTotalHonorarios="38", dataEmissaoGuia="39")
)

_ODONTO = (
    _bloco(
        "",
        registroANS="1",
        numeroGuiaPrestador="2",
        numeroGuiaPrincipal="3",
        dataAutorizacao="4",
    )
    | _bloco("", senhaAutorizacao="5", validadeSenha="6", numeroGuiaOperadora="7")
    | _bloco(
        "dadosBeneficiario",
        numeroCarteira="8",
        numeroCNS="12",
        nomeBeneficiario="13",
        atendimentoRN="16",
    )
    | _bloco(
        "",
        planoBeneficiario="9",
        nomeEmpresa="10",
        numeroTelefone="14",
        nomeTitular="15",
    )
    | _bloco(
        "dadosProfissionaisResponsaveis",
        nomeProfSolic="17",
        croSolic="18",
        ufSolic="19",
        cbosSolic="20",
    )
    | _bloco(
        "dadosProfissionaisResponsaveis",
        codigoProfExec="21",
        nomeProfExec="22",
        croExec="23",
        ufExec="24",
    )
    | _bloco(
        "dadosProfissionaisResponsaveis",
        cnesExec="25",
        nomeProfExec2="26",
        croExec2="27",
        ufExec2="28",
    )
    | _bloco("dadosProfissionaisResponsaveis", cbosExec2="29")
    | _bloco("procedimentosExecutados/procSolic", codigoTabela="30", codigoProcedimento="31")
    | _bloco("procedimentosExecutados/procSolic", descricaoProcedimento="32")
    | _bloco("procedimentosExecutados/denteRegiao", codDente="33", codRegiao="33")
    | _bloco(
        "procedimentosExecutados",
        denteFace="34",
        qtdProc="35",
        qtdUS="36",
        valorProc="37",
    )
    | _bloco(
        "procedimentosExecutados",
        valorFranquia="38",
        autorizado="39",
        dataRealizacao="40",
    )
    | _bloco(
        "",
        dataTerminoTrat="42",
        tipoAtendimento="43",
        tipoFaturamento="44",
        qtdTotalUS="45",
    )
    | _bloco("", valorTotalProc="46", valorTotalFranquia="47", observacao="48")
)

NUMEROS: dict[str, dict[str, str]] = {
    "guiaConsulta": _CONSULTA,
    "guiaSP-SADT": _SADT,
    "guiaResumoInternacao": _INTERNACAO,
    "guiaHonorarios": _HONORARIOS,
    "guiaOdonto": _ODONTO,
}
"""Printed-form number by guide element and path below it."""


def numero(guia: str, caminho: str) -> str | None:
    """The number printed on the form for the field at `caminho` below the guide element `guia`."""
    return NUMEROS.get(guia, {}).get(caminho)


def rotulo(passos: tuple[str, ...]) -> str:
    """The Portuguese label of the element at the end of `passos` (local names from the root down).

    The longest known ending decides, so that one name may be labelled by where it stands; a name that is nowhere in
    the table is its own label.
    """
    for inicio in range(max(0, len(passos) - 3), len(passos)):
        texto = ROTULOS.get("/".join(passos[inicio:]))
        if texto is not None:
            return texto
    return ROTULOS_DOS_DEMONSTRATIVOS.get(passos[-1], passos[-1])
