"""Guia de Honorários, as it is printed."""

from __future__ import annotations

from typing import Final

from tiss_schemas.fichas import comuns
from tiss_schemas.fichas.tabela import Modelo, Quadro, c, conta, papel

_EQUIPE: Final = comuns.equipe(
    "profissionais",
    grau="grauParticipacao",
    nome="nomeProfissional",
    conselho="conselhoProfissional",
    cbo="CBO",
)

MODELO: Final = Modelo(
    titulo="Guia de Honorários",
    quadros=(
        Quadro(
            titulo="Guia e autorização",
            lugares=(
                conta("cabecalhoGuia/registroANS", 2),
                c("cabecalhoGuia/numeroGuiaPrestador", 3),
                c("guiaSolicInternacao", 3, curto="Nº da guia de solicitação de internação"),
                c("senha", 2),
                c("numeroGuiaOperadora", 2, curto="Nº da guia na operadora"),
            ),
        ),
        Quadro(
            titulo="Dados do beneficiário",
            lugares=(
                c("beneficiario/numeroCarteira", 3),
                comuns.nome_do_beneficiario("7", 4, "beneficiario"),
                papel("nomeSocial", "", comuns.NOME_SOCIAL, 3),
                c("beneficiario/atendimentoRN", 2),
            ),
        ),
        Quadro(
            titulo="Dados do contratado onde foi executado o procedimento",
            lugares=(
                c("localContratado/codigoContratado/codigoNaOperadora", 4),
                c("localContratado/nomeContratado", 5),
                c("localContratado/cnes", 3),
            ),
        ),
        Quadro(
            titulo="Dados do contratado executante",
            lugares=(
                c("dadosContratadoExecutante/codigonaOperadora", 4),
                papel(
                    "nomeContratado",
                    "13",
                    comuns.NOME_DO_CONTRATADO,
                    5,
                    caminho="dadosContratadoExecutante/nomeContratadoExecutante",
                ),
                c("dadosContratadoExecutante/cnesContratadoExecutante", 3),
            ),
        ),
        Quadro(
            titulo="Dados da internação",
            lugares=(
                c("dadosInternacao/dataInicioFaturamento", 4),
                c("dadosInternacao/dataFimFaturamento", 4),
                c("dadosInternacao/caraterAtendimento", 4),
            ),
        ),
        Quadro(
            titulo="Procedimentos realizados",
            linhas=(
                comuns.itens("procedimentosRealizados/procedimentoRealizado", "Procedimentos realizados", _EQUIPE),
            ),
        ),
        Quadro(
            titulo="Observação e total",
            lugares=(
                c("observacao", 12),
                conta("valorTotalHonorarios", 6),
                c("dataEmissaoGuia", 6),
            ),
        ),
    ),
    assinaturas=(papel("assinaturaDoProfissional", "40", "Assinatura do profissional executante", 12),),
)
