"""What a clinic's other systems ask of a convênio: agenda, laudos, laboratory, web services."""

from __future__ import annotations

from typing import Any

from convenios.models import Convenio
from convenios.regras import Regras


def para_integracoes(convenio: Convenio, regras: Regras) -> dict[str, Any]:
    """The answer as JSON. `regras` is what holds for whoever asks."""
    return {
        "operadora": convenio.operadora.registro_ans,
        "codigo": convenio.codigo,
        "nome": convenio.nome,
        "modo": convenio.modo,
        "ativo": convenio.ativo,
        "inicio": convenio.inicio.isoformat(),
        "vencimento": convenio.vencimento.isoformat() if convenio.vencimento else None,
        "alerta": regras.alerta,
        "apenas_solicitacao": regras.apenas_solicitacao,
        "local_externo": regras.local_externo,
        "agenda": {
            "informar_procedimento": regras.informar_procedimento_na_agenda,
            "listar_na_web": not regras.nao_listar_na_agenda_web,
            "dias_retorno_eletivo": regras.dias_retorno_eletivo,
            "dias_retorno_emergencia": regras.dias_retorno_emergencia,
        },
        "ficha": {"apresentar_valor": regras.apresentar_valor_na_ficha},
        "laudo": {"entregar_na_web": not regras.nao_entregar_laudo_web},
        "laboratorio": {
            "plataforma": convenio.laboratorio_plataforma,
            "codigo": convenio.laboratorio_codigo,
            "faturar_exames_pendentes": not regras.nao_faturar_exames_pendentes,
            "faturar_sem_laudo": not regras.nao_faturar_sem_laudo,
            "retirar_pendencia": not regras.nao_retirar_pendencia,
        },
        "web_service": {"elegibilidade": convenio.ws_elegibilidade, "solicitacao": convenio.ws_solicitacao},
    }
