"""Guia de Tratamento Odontológico and its annex of the situation at the start, as they are printed."""

from __future__ import annotations

from typing import Final

from tiss_schemas.fichas import comuns
from tiss_schemas.fichas.tabela import Linhas, Modelo, Quadro, c, conta, papel

_DENTISTAS: Final = "dadosProfissionaisResponsaveis"
_INICIAL: Final = "odontoInicial/ct_situacaoInicial"

MODELO: Final = Modelo(
    titulo="Guia de Tratamento Odontológico",
    quadros=(
        Quadro(
            titulo="Guia e autorização",
            lugares=(
                conta("registroANS", 3),
                c("numeroGuiaPrestador", 4),
                c("numeroGuiaPrincipal", 5),
                c("dataAutorizacao", 3),
                c("senhaAutorizacao", 3),
                c("validadeSenha", 3),
                c("numeroGuiaOperadora", 3, curto="Nº da guia na operadora"),
            ),
        ),
        Quadro(
            titulo="Dados do beneficiário",
            lugares=(
                c("dadosBeneficiario/numeroCarteira", 3),
                c("planoBeneficiario", 3),
                c("nomeEmpresa", 4),
                papel("validadeDaCarteira", "11", comuns.VALIDADE, 2),
                comuns.nome_do_beneficiario("13", 3),
                papel("nomeSocial", "", comuns.NOME_SOCIAL, 2),
                papel("telefone", "14", "Telefone", 2, caminho="numeroTelefone"),
                papel("nomeTitular", "15", "Nome do titular", 3, caminho="nomeTitular"),
                c("dadosBeneficiario/atendimentoRN", 2),
            ),
        ),
        comuns.validacao(),
        Quadro(
            titulo="Dados do contratado responsável pelo tratamento",
            lugares=(
                c(f"{_DENTISTAS}/nomeProfSolic", 5),
                c(f"{_DENTISTAS}/croSolic", 2, curto="Nº no CRO"),
                c(f"{_DENTISTAS}/ufSolic", 2, curto="UF"),
                c(f"{_DENTISTAS}/cbosSolic", 3, curto="Código CBO"),
                c(f"{_DENTISTAS}/codigoProfExec", 2, curto="Código na operadora"),
                papel("nomeContratado", "22", comuns.NOME_DO_CONTRATADO, 4, caminho=f"{_DENTISTAS}/nomeProfExec"),
                c(f"{_DENTISTAS}/croExec", 2, curto="Nº no CRO"),
                c(f"{_DENTISTAS}/ufExec", 2, curto="UF"),
                c(f"{_DENTISTAS}/cnesExec", 2),
                c(f"{_DENTISTAS}/nomeProfExec2", 5),
                c(f"{_DENTISTAS}/croExec2", 2, curto="Nº no CRO"),
                c(f"{_DENTISTAS}/ufExec2", 2, curto="UF"),
                c(f"{_DENTISTAS}/cbosExec2", 3, curto="Código CBO"),
            ),
        ),
        Quadro(
            titulo="Plano de tratamento: procedimentos solicitados e executados",
            linhas=(
                Linhas(
                    caminho="procedimentosExecutados",
                    titulo="Procedimentos",
                    lugares=(
                        conta("sequencialItem", 1, curto="Seq"),
                        c("procSolic/codigoTabela", 1, curto="Tab"),
                        c("procSolic/codigoProcedimento", 3, curto="Código"),
                        c("procSolic/descricaoProcedimento", 8),
                        c("denteRegiao/codDente", 2, "Dente ou região", curto="Dente/região"),
                        c("denteFace", 1),
                        c("qtdProc", 1, curto="Qtde"),
                        c("qtdUS", 2, curto="Qtde US"),
                        c("valorProc", 3),
                        c("valorFranquia", 3),
                        c("autorizado", 1, curto="Aut"),
                        c("dataRealizacao", 3, curto="Data"),
                    ),
                    em_branco=(papel("assinatura", "41", "Assinatura", 4),),
                ),
            ),
        ),
        Quadro(
            titulo="Totais e observação",
            lugares=(
                c("dataTerminoTrat", 4),
                c("tipoAtendimento", 4),
                c("tipoFaturamento", 4),
                conta("qtdTotalUS", 4),
                conta("valorTotalProc", 4),
                conta("valorTotalFranquia", 4),
                c("observacao", 12),
            ),
        ),
        Quadro(
            titulo="Anexo: situação inicial",
            anexo=True,
            lugares=(
                c("odontoInicial/numeroGuiaAnexo", 4),
                c("odontoInicial/numeroGuiaReferenciada", 4),
                c("odontoInicial/numeroGuiaOperadora", 4),
                c(f"{_INICIAL}/doencaPeriodontal", 3),
                c(f"{_INICIAL}/alteracaoTecidoMole", 3),
                c(f"{_INICIAL}/observacao", 6),
            ),
            linhas=(
                Linhas(
                    caminho=f"{_INICIAL}/situacaoClinica/dentes",
                    titulo="Situação de cada dente",
                    lugares=(c("elementoDentario", 6, curto="Dente"), c("condicaoClinica", 6)),
                ),
            ),
        ),
    ),
    assinaturas=(
        papel("dataDoSolicitante", "49", "Data", 2),
        papel("assinaturaDoSolicitante", "50", "Assinatura do cirurgião-dentista solicitante", 4),
        papel("dataDoDentista", "51", "Data", 2),
        papel("assinaturaDoDentista", "52", "Assinatura do cirurgião-dentista", 4),
        papel("dataDoBeneficiario", "53", "Data", 2),
        papel("assinaturaDoBeneficiario", "54", "Assinatura do beneficiário ou responsável", 4),
        papel("carimboDaEmpresa", "55", "Data e carimbo da empresa", 6),
    ),
)
