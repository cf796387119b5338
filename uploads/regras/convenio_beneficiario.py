"""The beneficiário beside the operadora's register on the day of service: suspended, in arrears, card, plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from conecta.interface.formatos import data as em_data
from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.contexto import Cobertura, Contexto
from uploads.regras.palavras import a_guia, campo, citado, desde_ate
from uploads.regras.planos import PlanoConhecido
from uploads.regras.registro import Apontamento, regra
from uploads.regras.vigencias import primeiro_atendimento

_DESDE: Final = date(2026, 11, 22)
_PLANO: Final = "planoBeneficiario"
_MAIOR_PLANO: Final = 40
"""Characters of the plan's name in a GTO."""


@regra(
    "B05",
    codigo="1016",
    alvo="guia",
    exemplo="A operadora suspendeu o beneficiário em 01/11/2026, e a consulta é de 05/11/2026.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def suspenso(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O beneficiário não está com o atendimento suspenso no dia."""
    cobertura = _cobertura(guia, contexto)
    if cobertura is not None and (desde := cobertura.suspenso_desde) is not None:
        yield from _desde_entao(
            guia,
            desde,
            f"está com o atendimento suspenso desde {em_data(desde)}",
            "Confira a carteira e a data; se estão certas, procure a operadora.",
        )


@regra(
    "B06",
    codigo="1009",
    alvo="guia",
    exemplo="O beneficiário está com pagamento em aberto desde 01/10/2026.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def em_atraso(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O beneficiário não está com pagamento em aberto no dia."""
    cobertura = _cobertura(guia, contexto)
    if cobertura is not None and (desde := cobertura.inadimplente_desde) is not None:
        yield from _desde_entao(
            guia,
            desde,
            f"está com pagamento em aberto desde {em_data(desde)}",
            "Confirme com a operadora se ela paga o atendimento; se paga, ignore com justificativa.",
        )


@regra(
    "B07",
    codigo="1017",
    alvo="guia",
    exemplo="A carteira venceu em 31/10/2026, e o exame é de 03/11/2026.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def carteira_vencida(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """A carteira está válida no dia do atendimento, onde o convênio confere a validade dela."""
    cobertura = _cobertura(guia, contexto)
    validade = cobertura.validade_carteira if cobertura else None
    if validade is None or not contexto.regras_da(guia).exige_validade_da_carteira:
        return
    if (achado := primeiro_atendimento(guia, lambda dia: dia > validade)) is None:
        return
    no = guia.no("numeroCarteira")
    yield Apontamento(
        no=no,
        mensagem=(
            f"A carteira {citado(guia.numero_carteira)} da {a_guia(guia)} venceu em {em_data(validade)}, e há "
            f"atendimento em {em_data(achado[0])}. Informe no campo {campo(no)} a carteira nova; se o número é o "
            "mesmo, ignore com justificativa."
        ),
        valor=guia.numero_carteira,
        esperado=f"carteira válida em {em_data(achado[0])}",
    )


@regra(
    "B08",
    codigo="1024",
    alvo="guia",
    exemplo="A guia diz Plano Ouro, e o plano do beneficiário na operadora é Plano Essencial.",
    desde=_DESDE,
    ignoravel=True,
    cadastro=True,
)
def plano_de_outro_nome(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O plano que a guia de tratamento odontológico informa é o do beneficiário, ou ao menos um da operadora."""
    no = guia.campos.get(_PLANO)
    texto = "" if no is None else (no.text or "").strip()
    plano = contexto.plano_da(guia)
    possiveis = contexto.planos_da_operadora if plano is None else (plano,)
    if no is None or not possiveis or any(possivel.chamado(texto) for possivel in possiveis):
        return
    certo = None if plano is None else _no_campo(plano)
    de_quem = "não é de nenhum plano da operadora" if certo is None else f"não é o plano do beneficiário, {certo}"
    yield Apontamento(
        no=no,
        mensagem=(
            f"O campo {campo(no)} da {a_guia(guia)} é {citado(texto)}, que {de_quem}. Confira com o cartão; se está "
            "certo, ignore com justificativa."
        ),
        valor=texto,
        esperado=certo or "o nome de um plano da operadora",
        sugestao=certo,
    )


@regra(
    "C21",
    codigo="1024",
    alvo="guia",
    exemplo="O plano do beneficiário acabou em 31/12/2025, e a consulta é de 05/01/2026.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def plano_fora_da_vigencia(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O plano do beneficiário está ativo e em vigor no dia do atendimento."""
    plano = contexto.plano_da(guia)
    if plano is None or (achado := primeiro_atendimento(guia, lambda dia: not plano.vigente_em(dia))) is None:
        return
    dia, no = achado
    periodo = desde_ate(plano.inicio, plano.fim)
    quando = f"vigora {periodo}" if plano.ativo else "está inativo na operadora"
    yield Apontamento(
        no=no,
        mensagem=(
            f"A {a_guia(guia)} tem atendimento em {em_data(dia)}, e o plano do beneficiário, {citado(plano.nome)}, "
            f"{quando}. Confira a data e a carteira; se a operadora aceita, ignore com justificativa."
        ),
        valor=dia.isoformat(),
        esperado=periodo,
    )


def _desde_entao(guia: GuiaLida, desde: date, situacao: str, conselho: str) -> Iterator[Apontamento]:
    if (achado := primeiro_atendimento(guia, lambda dia: dia >= desde)) is None:
        return
    yield Apontamento(
        no=guia.no("numeroCarteira"),
        mensagem=(
            f"O beneficiário da {a_guia(guia)}, de carteira {citado(guia.numero_carteira)}, {situacao}, e há "
            f"atendimento em {em_data(achado[0])}. {conselho}"
        ),
        valor=guia.numero_carteira,
        esperado=f"beneficiário em dia em {em_data(achado[0])}",
    )


def _no_campo(plano: PlanoConhecido) -> str:
    """How the plan is written in the field: its name, or its code where the name is too long."""
    return plano.nome if len(plano.nome) <= _MAIOR_PLANO else plano.codigo


def _cobertura(guia: GuiaLida, contexto: Contexto) -> Cobertura | None:
    return contexto.beneficiarios.get(guia.numero_carteira or "")
