"""How the register of a convênio is laid out: its three tabs, and on each the sections with their settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from convenios.palavras_do_convenio import em_camadas


@dataclass(frozen=True, slots=True)
class Secao:
    """Settings that belong together. `so` names what it is for ("brasindice"): shown only where that was chosen."""

    titulo: str
    campos: tuple[str, ...]
    texto: str = ""
    so: str = ""


@dataclass(frozen=True, slots=True)
class Aba:
    """A tab. Its id stands in the address."""

    id: str
    nome: str
    secoes: tuple[Secao, ...] = field(default=())

    @property
    def em_camadas(self) -> tuple[str, ...]:
        """The settings on it that several layers may decide."""
        return tuple(nome for secao in self.secoes for nome in secao.campos if em_camadas(nome))

    @property
    def proprios(self) -> tuple[str, ...]:
        """The fields on it that only the convênio has."""
        return tuple(nome for secao in self.secoes for nome in secao.campos if not em_camadas(nome))


DADOS: Final = Aba(
    "dados",
    "Dados Cadastrais",
    (
        Secao("Identificação", ("modo", "nome", "grupo", "inicio", "vencimento", "tag_saia")),
        Secao(
            "Dados fiscais",
            ("razao_social", "cnpj", "inscricao_estadual", "inscricao_municipal"),
            "Copie como estão no contrato: saem na capa dos lotes.",
        ),
        Secao("Contato", ("contato", "telefone", "email", "site")),
        Secao("Endereço", ("cep", "logradouro", "numero", "complemento", "bairro", "cidade", "uf")),
        Secao("Valores e retorno", ("valor_filme", "dias_retorno_eletivo", "dias_retorno_emergencia")),
        Secao("Limites", ("qtd_exame_guia", "qtd_guia_lote")),
        Secao("Atendimento", ("alerta", "plano_de_contas", "local_externo", "apenas_solicitacao")),
        Secao(
            "Agenda, ficha e laudos",
            (
                "informar_procedimento_na_agenda",
                "apresentar_valor_na_ficha",
                "nao_listar_na_agenda_web",
                "nao_entregar_laudo_web",
            ),
            "O Conecta não tem agenda nem laudos: entrega estas escolhas às integrações que os têm.",
        ),
        Secao("Laboratório", ("nao_faturar_exames_pendentes", "nao_faturar_sem_laudo", "nao_retirar_pendencia")),
        Secao(
            "Interfaces",
            ("laboratorio_plataforma", "laboratorio_codigo", "ws_elegibilidade", "ws_solicitacao"),
            "Endereços e códigos que o Conecta entrega às integrações.",
        ),
    ),
)
TISS: Final = Aba(
    "tiss",
    "Regras TISS",
    (
        Secao(
            "Números da guia",
            (
                "exigir_numero_da_guia",
                "repetir_senha_na_guia",
                "nao_replicar_numero_da_guia",
                "criticar_guia_repetida",
                "exige_guia_principal",
                "mascara_da_guia",
                "mascara_da_guia_principal",
            ),
        ),
        Secao("Senha e token", ("exige_senha", "exige_senha_em", "codigo_de_validacao_exigido")),
        Secao("Carteira", ("exigir_numero_da_carteira", "digitos_da_matricula", "exige_validade_da_carteira")),
        Secao("SP/SADT", ("sadt_para_consulta", "obrigar_local_externo", "termo_anexo")),
        Secao("Impressão e agrupamento", ("ocultar_valores", "agrupar_na_impressao", "agrupar_no_xml")),
        Secao("Valores na fatura", ("editar_valor_de_procedimento", "editar_valor_de_opme", "tolerancia_de_preco")),
        Secao("Materiais e medicamentos", ("digitos_do_codigo", "prefixo_brasindice", "prefixo_simpro")),
        Secao("Cabeçalho da guia", ("registro_ans", "destino", "fonte_pagadora", "origem", "versao_padrao")),
        Secao("Tabelas TISS", ("tabela_tiss_procedimentos", "tabela_tiss_taxas")),
        Secao(
            "Documentos dos profissionais",
            ("documento_executante", "documento_solicitante", "documentos_por_conselho", "posicao_profissional"),
        ),
        Secao(
            "Coparticipação",
            (
                "coparticipacao_modelo",
                "coparticipacao_dias",
                "coparticipacao_procedimentos",
                "coparticipacao_taxas",
                "coparticipacao_materiais",
                "coparticipacao_medicamentos",
            ),
            "Com 20, o beneficiário fica com 20% de cada item e o convênio com 80%.",
        ),
    ),
)
PRECOS: Final = Aba(
    "precos",
    "Brasíndice / Simpro",
    (
        Secao(
            "Tabela de referência",
            ("referencia_medicamento", "referencia_material"),
            "Só aparecem abaixo as configurações da tabela escolhida. As outras ficam guardadas.",
        ),
        Secao(
            "Brasíndice",
            (
                "brasindice_medicamento_coluna",
                "brasindice_medicamento_percentual",
                "brasindice_material_coluna",
                "brasindice_material_percentual",
                "brasindice_solucao_coluna",
                "brasindice_solucao_percentual",
                "pfb_para_pmc_zerado",
                "brasindice_codigo_tiss",
            ),
            so="brasindice",
        ),
        Secao("Simpro", ("simpro_percentual", "simpro_codigo_tiss"), so="simpro"),
        Secao(
            "Itens que não estão na tabela",
            ("percentual_material_sem_relacao", "percentual_medicamento_sem_relacao"),
            "O preço é o custo médio do produto, multiplicado por este percentual.",
        ),
    ),
)
ABAS: Final = (DADOS, TISS, PRECOS)


def aba_de(id: str | None) -> Aba:
    """The tab with that id; the first one for any other."""
    return next((aba for aba in ABAS if aba.id == id), DADOS)
