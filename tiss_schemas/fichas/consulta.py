"""Guia de Consulta, as it is printed."""

from __future__ import annotations

from typing import Final

from tiss_schemas.fichas import comuns
from tiss_schemas.fichas.tabela import Modelo, Quadro, c, conta, papel

MODELO: Final = Modelo(
    titulo="Guia de Consulta",
    quadros=(
        Quadro(
            titulo="Guia",
            lugares=(
                conta("cabecalhoConsulta/registroANS", 3),
                c("cabecalhoConsulta/numeroGuiaPrestador", 4),
                c("numeroGuiaOperadora", 5),
            ),
        ),
        Quadro(
            titulo="Dados do beneficiário",
            lugares=(
                c("dadosBeneficiario/numeroCarteira", 3),
                papel("validadeDaCarteira", "5", comuns.VALIDADE, 2),
                c("dadosBeneficiario/atendimentoRN", 2),
                comuns.nome_do_beneficiario("7", 3),
                papel("nomeSocial", "26", comuns.NOME_SOCIAL, 2),
            ),
        ),
        comuns.validacao(),
        Quadro(
            titulo="Dados do contratado",
            lugares=(
                c("contratadoExecutante/codigoPrestadorNaOperadora", 4),
                papel(
                    "nomeContratado",
                    "10",
                    comuns.NOME_DO_CONTRATADO,
                    5,
                    caminho="contratadoExecutante/nomeContratado",
                ),
                c("contratadoExecutante/CNES", 3),
                c("profissionalExecutante/nomeProfissional", 4),
                c("profissionalExecutante/conselhoProfissional", 2),
                c("profissionalExecutante/numeroConselhoProfissional", 2),
                c("profissionalExecutante/UF", 1),
                c("profissionalExecutante/CBOS", 3),
            ),
        ),
        Quadro(
            titulo="Dados do atendimento e procedimento realizado",
            lugares=(
                c("indicacaoAcidente", 3),
                c("dadosAtendimento/coberturaEspecial", 3),
                c("dadosAtendimento/regimeAtendimento", 3),
                c("dadosAtendimento/saudeOcupacional", 3),
                c("dadosAtendimento/dataAtendimento", 2),
                c("dadosAtendimento/tipoConsulta", 3),
                c("dadosAtendimento/procedimento/codigoTabela", 2),
                c("dadosAtendimento/procedimento/codigoProcedimento", 3),
                c("dadosAtendimento/procedimento/valorProcedimento", 2),
            ),
        ),
        Quadro(titulo="Observação", lugares=(c("observacao", 12),)),
    ),
    assinaturas=(
        papel("assinaturaDoProfissional", "24", "Assinatura do profissional executante", 6),
        papel("assinaturaDoBeneficiario", "25", "Assinatura do beneficiário ou responsável", 6),
    ),
)
