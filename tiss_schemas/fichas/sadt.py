"""Guia de SP/SADT and its Anexo de Outras Despesas, as they are printed."""

from __future__ import annotations

from typing import Final

from tiss_schemas.fichas import comuns
from tiss_schemas.fichas.tabela import Modelo, Quadro, c, papel

_SOLICITANTE: Final = "dadosSolicitante/profissionalSolicitante"
_EXECUTANTE: Final = "dadosExecutante/contratadoExecutante"
_EQUIPE: Final = comuns.equipe("equipeSadt", grau="grauPart", nome="nomeProf", conselho="conselho", cbo="CBOS")

MODELO: Final = Modelo(
    titulo="Guia de Serviço Profissional / Serviço Auxiliar de Diagnóstico e Terapia - SP/SADT",
    quadros=(
        comuns.autorizacao("dadosAutorizacao", guia=(c("cabecalhoGuia/guiaPrincipal", 5),)),
        Quadro(
            titulo="Dados do beneficiário",
            lugares=(
                c("dadosBeneficiario/numeroCarteira", 3),
                papel("validadeDaCarteira", "9", comuns.VALIDADE, 2),
                comuns.nome_do_beneficiario("10", 3),
                papel("nomeSocial", "89", comuns.NOME_SOCIAL, 2),
                c("dadosBeneficiario/atendimentoRN", 2),
            ),
        ),
        comuns.validacao("dadosAutorizacao/"),
        Quadro(
            titulo="Dados do solicitante",
            lugares=(
                c("dadosSolicitante/contratadoSolicitante/codigoPrestadorNaOperadora", 3),
                c("dadosSolicitante/nomeContratadoSolicitante", 5),
                c(f"{_SOLICITANTE}/nomeProfissional", 4),
                c(f"{_SOLICITANTE}/conselhoProfissional", 3),
                c(f"{_SOLICITANTE}/numeroConselhoProfissional", 3),
                c(f"{_SOLICITANTE}/UF", 2),
                c(f"{_SOLICITANTE}/CBOS", 4),
            ),
        ),
        Quadro(
            titulo="Dados da solicitação",
            lugares=(
                c("dadosSolicitacao/caraterAtendimento", 2),
                c("dadosSolicitacao/dataSolicitacao", 2),
                c("dadosSolicitacao/indicacaoClinica", 5),
                c("dadosSolicitacao/indCobEspecial", 3),
            ),
        ),
        Quadro(
            titulo="Dados do contratado executante",
            lugares=(
                c(f"{_EXECUTANTE}/codigoPrestadorNaOperadora", 4),
                papel(
                    "nomeContratado",
                    "30",
                    comuns.NOME_DO_CONTRATADO,
                    5,
                    caminho=f"{_EXECUTANTE}/nomeContratado",
                ),
                c("dadosExecutante/CNES", 3),
            ),
        ),
        Quadro(
            titulo="Dados do atendimento",
            lugares=(
                c("dadosAtendimento/tipoAtendimento", 2),
                c("dadosAtendimento/indicacaoAcidente", 2),
                c("dadosAtendimento/tipoConsulta", 2),
                c("dadosAtendimento/motivoEncerramento", 2, curto="Motivo de encerramento"),
                c("dadosAtendimento/regimeAtendimento", 2),
                c("dadosAtendimento/saudeOcupacional", 2),
            ),
        ),
        Quadro(
            titulo="Dados da execução: procedimentos e exames realizados",
            linhas=(
                comuns.itens(
                    "procedimentosExecutados/procedimentoExecutado", "Procedimentos e exames realizados", _EQUIPE
                ),
            ),
        ),
        comuns.outras_despesas(
            f"{_EXECUTANTE}/codigoPrestadorNaOperadora",
            "nomeContratado",
            "dadosExecutante/CNES",
            "cabecalhoGuia/numeroGuiaPrestador",
        ),
        Quadro(
            titulo="Observação e totais",
            lugares=(
                c("observacao", 12),
                *comuns.totais(
                    "valorProcedimentos",
                    "valorTaxasAlugueis",
                    "valorMateriais",
                    "valorOPME",
                    "valorMedicamentos",
                    "valorGasesMedicinais",
                    "valorDiarias",
                    "valorTotalGeral",
                ),
            ),
        ),
    ),
    assinaturas=(
        papel("assinaturaDoSolicitante", "20", "Assinatura do profissional solicitante", 3),
        papel("assinaturaDaAutorizacao", "66", "Assinatura do responsável pela autorização", 3),
        papel("assinaturaDoBeneficiario", "67", "Assinatura do beneficiário ou responsável", 3),
        papel("assinaturaDoContratado", "68", "Assinatura do contratado", 3),
    ),
    em_serie=(
        papel("dataEmSerie", "56", "Data de realização", 3),
        papel("assinaturaEmSerie", "57", "Assinatura do beneficiário ou responsável", 9),
    ),
)
