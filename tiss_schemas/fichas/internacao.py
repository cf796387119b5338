"""Guia de Resumo de Internação and its Anexo de Outras Despesas, as they are printed."""

from __future__ import annotations

from typing import Final

from tiss_schemas.fichas import comuns
from tiss_schemas.fichas.tabela import Linhas, Modelo, Quadro, c, papel

_EXECUTANTE: Final = "dadosExecutante/contratadoExecutante"
_SAIDA: Final = "dadosSaidaInternacao"
_EQUIPE: Final = comuns.equipe(
    "identEquipe",
    grau="grauPart",
    nome="nomeProf",
    conselho="conselho",
    cbo="CBOS",
    pai="identificacaoEquipe/",
)

MODELO: Final = Modelo(
    titulo="Guia de Resumo de Internação",
    quadros=(
        comuns.autorizacao(
            "dadosAutorizacao",
            guia=(c("numeroGuiaSolicitacaoInternacao", 5, curto="Nº da guia de solicitação de internação"),),
        ),
        Quadro(
            titulo="Dados do beneficiário",
            lugares=(
                c("dadosBeneficiario/numeroCarteira", 3),
                papel("validadeDaCarteira", "9", comuns.VALIDADE, 2),
                comuns.nome_do_beneficiario("10", 3),
                papel("nomeSocial", "", comuns.NOME_SOCIAL, 2),
                c("dadosBeneficiario/atendimentoRN", 2),
            ),
        ),
        comuns.validacao("dadosAutorizacao/"),
        Quadro(
            titulo="Dados do contratado executante",
            lugares=(
                c(f"{_EXECUTANTE}/codigoPrestadorNaOperadora", 4),
                papel(
                    "nomeContratado",
                    "14",
                    comuns.NOME_DO_CONTRATADO,
                    5,
                    caminho=f"{_EXECUTANTE}/nomeContratado",
                ),
                c("dadosExecutante/CNES", 3),
            ),
        ),
        Quadro(
            titulo="Dados da internação",
            lugares=(
                c("dadosInternacao/caraterAtendimento", 3),
                c("dadosInternacao/tipoFaturamento", 3),
                c("dadosInternacao/dataInicioFaturamento", 3),
                c("dadosInternacao/horaInicioFaturamento", 3),
                c("dadosInternacao/dataFinalFaturamento", 3),
                c("dadosInternacao/horaFinalFaturamento", 3),
                c("dadosInternacao/tipoInternacao", 3),
                c("dadosInternacao/regimeInternacao", 3),
                c(f"{_SAIDA}/diagnostico[1]", 3, "CID 10 principal", numero="24"),
                c(f"{_SAIDA}/diagnostico[2]", 3, "CID 10 (2)", numero="25"),
                c(f"{_SAIDA}/diagnostico[3]", 3, "CID 10 (3)", numero="26"),
                c(f"{_SAIDA}/diagnostico[4]", 3, "CID 10 (4)", numero="27"),
                c(f"{_SAIDA}/indicadorAcidente", 4),
                c(f"{_SAIDA}/motivoEncerramento", 8),
            ),
            linhas=(
                Linhas(
                    caminho="dadosInternacao/declaracoes",
                    titulo="Declarações de nascido vivo e de óbito",
                    lugares=(
                        c("declaracaoNascido", 3, curto="Declaração de nascido vivo"),
                        c("diagnosticoObito", 3),
                        c("declaracaoObito", 3, curto="Declaração de óbito"),
                        c("indicadorDORN", 3),
                    ),
                ),
            ),
        ),
        Quadro(
            titulo="Procedimentos realizados",
            linhas=(
                comuns.itens("procedimentosExecutados/procedimentoExecutado", "Procedimentos realizados", _EQUIPE),
            ),
        ),
        comuns.outras_despesas(
            f"{_EXECUTANTE}/codigoPrestadorNaOperadora",
            "nomeContratado",
            "dadosExecutante/CNES",
            "cabecalhoGuia/numeroGuiaPrestador",
        ),
        Quadro(
            titulo="Totais e observação",
            lugares=(
                *comuns.totais(
                    "valorProcedimentos",
                    "valorDiarias",
                    "valorTaxasAlugueis",
                    "valorMateriais",
                    "valorOPME",
                    "valorMedicamentos",
                    "valorGasesMedicinais",
                    "valorTotalGeral",
                ),
                c("observacao", 12),
            ),
        ),
    ),
    assinaturas=(
        papel("dataDaAssinatura", "62", "Data da assinatura do contratado", 3),
        papel("assinaturaDoContratado", "63", "Assinatura do contratado", 4),
        papel("assinaturaDosAuditores", "64", "Assinatura dos auditores da operadora", 5),
    ),
)
