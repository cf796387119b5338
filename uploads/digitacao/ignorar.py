"""Ignoring findings of a typed guide with a reason, and taking that back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from conecta.contas.models import Usuario
from tiss_schemas.caracteres import em_linha
from uploads.digitacao.estados import SituacaoDaGuia
from uploads.digitacao.juizo import CriticaDaGuia, chave, com_ignoradas, de_json, para_json
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.montagem_digitacao import guia_gravada
from uploads.digitacao.passo_criticas import controle_de
from uploads.digitacao.transicoes import travar_aberta
from uploads.erros import CriticaNaoIgnoravel
from uploads.transicoes import MAIOR_JUSTIFICATIVA, MENOR_JUSTIFICATIVA


@transaction.atomic
def ignorar(*, guia: GuiaDigitada, regra: str, controle: str, justificativa: str, por: Usuario) -> GuiaDigitada:
    """Ignore what a rule found at a control, for as long as the value there stays. No revision is made.

    Raises `CriticaNaoIgnoravel` where the rule does not let it, or the reason is too short or too long, and
    `GuiaFechada`.
    """
    motivo = " ".join(em_linha(justificativa).split())
    if not MENOR_JUSTIFICATIVA <= len(motivo) <= MAIOR_JUSTIFICATIVA:
        raise CriticaNaoIgnoravel(
            f"Escreva a justificativa com {MENOR_JUSTIFICATIVA} a {MAIOR_JUSTIFICATIVA} caracteres.", guia
        )
    atual = travar_aberta(guia)
    achadas = _as_criticas(atual, regra, controle)
    if not all(critica.ignoravel for critica in achadas):
        raise CriticaNaoIgnoravel("Esta crítica não pode ser ignorada. Corrija o campo que ela aponta.", guia)
    _esquecer(atual, achadas)
    atual.ignoradas += [
        {
            "regra": critica.regra,
            "campo": critica.campo,
            "valor": critica.valor,
            "justificativa": motivo,
            "quando": timezone.now().isoformat(),
            "por_id": por.pk,
            "por_nome": por.nome,
        }
        for critica in achadas
    ]
    return _conferida(atual, por)


@transaction.atomic
def voltar_a_valer(*, guia: GuiaDigitada, regra: str, controle: str, por: Usuario) -> GuiaDigitada:
    """Take back that what a rule found at a control is ignored. Raises `CriticaNaoIgnoravel` and `GuiaFechada`."""
    atual = travar_aberta(guia)
    _esquecer(atual, _as_criticas(atual, regra, controle))
    return _conferida(atual, por)


def _as_criticas(guia: GuiaDigitada, regra: str, controle: str) -> list[CriticaDaGuia]:
    achadas = [
        critica
        for critica in de_json(guia.criticas)
        if critica.regra == regra and controle_de(guia.versao_tiss, guia.tipo, critica.campo) == controle
    ]
    if not achadas:
        raise CriticaNaoIgnoravel(
            "Esta crítica não existe mais: a guia foi conferida de novo. Veja as críticas de agora.", guia
        )
    return achadas


def _esquecer(guia: GuiaDigitada, criticas: list[CriticaDaGuia]) -> None:
    chaves = {chave(critica.regra, critica.campo, critica.valor) for critica in criticas}
    guia.ignoradas = [
        linha for linha in guia.ignoradas if chave(linha["regra"], linha["campo"], linha["valor"]) not in chaves
    ]


def _conferida(guia: GuiaDigitada, por: Usuario) -> GuiaDigitada:
    """Save it with findings and state as they are by what is ignored now, and let its lot say the same."""
    criticas = com_ignoradas(guia, de_json(guia.criticas))
    guia.criticas = para_json(criticas)
    if guia.situacao != SituacaoDaGuia.EM_DIGITACAO:
        impede = any(critica.impede for critica in criticas)
        guia.situacao = SituacaoDaGuia.COM_CRITICAS if impede else SituacaoDaGuia.PRONTA
    guia.save(update_fields=["ignoradas", "criticas", "situacao"])
    guia_gravada(guia, por)
    return guia
