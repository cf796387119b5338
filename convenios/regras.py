"""The layered settings as they hold, every layer asked: pure values for rules, typing and pricing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

CEM: Final = Decimal(100)
ZERO: Final = Decimal(0)
MAIOR_LOTE: Final = 100
"""Guides in one message, by the standard: a larger agreed number is registered, and this one holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regras:
    """One value for each field of `convenios.models.camadas.RegrasEmCamadas`; the default is what Conecta does where no
    layer decides. "" and None: nothing is demanded. Percentages are of 100.
    """

    valor_filme: Decimal | None = None
    dias_retorno_eletivo: int | None = None
    dias_retorno_emergencia: int | None = None
    plano_de_contas: str = ""
    alerta: str = ""
    apenas_solicitacao: bool = False
    informar_procedimento_na_agenda: bool = False
    apresentar_valor_na_ficha: bool = False
    nao_listar_na_agenda_web: bool = False
    nao_entregar_laudo_web: bool = False
    nao_faturar_exames_pendentes: bool = False
    nao_faturar_sem_laudo: bool = False
    nao_retirar_pendencia: bool = False
    local_externo: str = ""
    qtd_exame_guia: int | None = None
    qtd_guia_lote: int | None = None
    repetir_senha_na_guia: bool = False
    exigir_numero_da_guia: bool = False
    exigir_numero_da_carteira: bool = False
    termo_anexo: bool = False
    nao_replicar_numero_da_guia: bool = False
    sadt_para_consulta: bool = True
    ocultar_valores: bool = False
    criticar_guia_repetida: bool = True
    exige_senha: bool = False
    exige_senha_em: tuple[str, ...] = ()
    """Elements of guides ("guiaConsulta") and codes of dm_tipoAtendimento ("23"): a guide in any of them; (): all."""
    exige_guia_principal: bool = False
    exige_validade_da_carteira: bool = False
    editar_valor_de_procedimento: bool = True
    editar_valor_de_opme: bool = True
    obrigar_local_externo: bool = False
    agrupar_na_impressao: bool = False
    agrupar_no_xml: bool = False
    digitos_do_codigo: int | None = None
    prefixo_brasindice: str = ""
    prefixo_simpro: str = ""
    fonte_pagadora: str = "registro_ans"
    origem: str = ""
    digitos_da_matricula: int | None = None
    versao_padrao: str = ""
    tabela_tiss_procedimentos: str = ""
    tabela_tiss_taxas: str = ""
    mascara_da_guia: str = ""
    mascara_da_guia_principal: str = ""
    documento_executante: str = ""
    documento_solicitante: str = ""
    documentos_por_conselho: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """{"executante" or "solicitante": {code of the conselho: documento}}."""
    posicao_profissional: str = ""
    codigo_de_validacao_exigido: bool = False
    tolerancia_de_preco: Decimal = ZERO
    coparticipacao_procedimentos: Decimal = ZERO
    coparticipacao_taxas: Decimal = ZERO
    coparticipacao_materiais: Decimal = ZERO
    coparticipacao_medicamentos: Decimal = ZERO
    coparticipacao_dias: int = 0
    coparticipacao_modelo: str = "operadora"
    referencia_medicamento: str = "nenhuma"
    referencia_material: str = "nenhuma"
    brasindice_medicamento_coluna: str = "pmc"
    brasindice_medicamento_percentual: Decimal = CEM
    brasindice_material_coluna: str = "pfb"
    brasindice_material_percentual: Decimal = CEM
    brasindice_solucao_coluna: str = "pfb"
    brasindice_solucao_percentual: Decimal = CEM
    pfb_para_pmc_zerado: bool = False
    brasindice_codigo_tiss: bool = False
    simpro_percentual: Decimal = CEM
    simpro_codigo_tiss: bool = False
    percentual_material_sem_relacao: Decimal | None = None
    percentual_medicamento_sem_relacao: Decimal | None = None

    def documento_pedido(self, papel: str, conselho: str) -> str:
        """Which document a professional of that council must bring: "conselho", "cpf", "cnpj", "codigo"; "" for any.

        `papel` is "executante" or "solicitante". The exception of the council comes before what is asked of all.
        """
        de_todos = self.documento_executante if papel == "executante" else self.documento_solicitante
        do_conselho = (self.documentos_por_conselho.get(papel) or {}).get(conselho)
        return de_todos if do_conselho is None else do_conselho

    @property
    def maximo_de_guias(self) -> int:
        """Guides that one lot may have: the agreed number, never more than the standard's."""
        return min(self.qtd_guia_lote or MAIOR_LOTE, MAIOR_LOTE)
