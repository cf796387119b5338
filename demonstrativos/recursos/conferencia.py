"""What an appeal must have before it is sent, and an answer before it is given."""

from __future__ import annotations

from django.db.models import Count

from demonstrativos.analise.estados import Nivel
from demonstrativos.analise.models import Glosa
from demonstrativos.recursos.erros import GlosaNaoRecorrivel, RecursoIncompleto
from demonstrativos.recursos.models import ItemDoRecurso, Recurso
from demonstrativos.recursos.prazos import SITUACOES, limite_de, prazo_ate, regra_entre


def exigir_completo(recurso: Recurso) -> None:
    """Raise `RecursoIncompleto` or `GlosaNaoRecorrivel` for the first thing that stops a draft from being sent."""
    for impedimento in impedimentos(recurso):
        raise impedimento


def impedimentos(recurso: Recurso) -> list[RecursoIncompleto | GlosaNaoRecorrivel]:
    """All that stops a draft from being sent, each with its sentence; empty when nothing does."""
    itens = list(recurso.itens.select_related("guia", "item"))
    if not itens:
        return [
            RecursoIncompleto(
                f"O recurso {recurso.numero_do_prestador} não tem nenhuma glosa. Inclua glosas da lista, ou exclua-o.",
                recurso,
            )
        ]
    return [*_do_prazo(recurso), *_das_glosas(recurso, itens), *_das_justificativas(recurso, itens)]


def _do_prazo(recurso: Recurso) -> list[RecursoIncompleto | GlosaNaoRecorrivel]:
    regra = regra_entre(recurso.operadora_id, recurso.prestador_id)
    protocolo = recurso.protocolo
    analise = getattr(protocolo, "analise", None)
    if analise is None or analise.liberada_em is None or protocolo.situacao not in SITUACOES[regra.desde]:
        return [
            GlosaNaoRecorrivel(
                f"O protocolo {protocolo.numero} não aceita recurso agora: a situação dele é "
                f"“{protocolo.get_situacao_display()}”. Aguarde, ou fale com a operadora.",
                recurso,
            )
        ]
    prazo = prazo_ate(limite_de(recurso, regra))
    if prazo.restam < 0:
        return [
            GlosaNaoRecorrivel(
                f"O prazo de recurso do protocolo {protocolo.numero} acabou em {prazo.ate:%d/%m/%Y}. "
                "Fale com a operadora; o Conecta não envia fora do prazo.",
                recurso,
            )
        ]
    if recurso.instancia == 2 and not regra.segunda_instancia:
        return [
            GlosaNaoRecorrivel(
                f"A operadora não aceita segundo recurso das glosas do protocolo {protocolo.numero}.", recurso
            )
        ]
    return []


def _das_glosas(recurso: Recurso, itens: list[ItemDoRecurso]) -> list[RecursoIncompleto | GlosaNaoRecorrivel]:
    """Of an analysis that was opened again and released meanwhile, glosas may have gone or changed."""
    agora = {glosa.pk: glosa for glosa in Glosa.objects.filter(pk__in=[item.glosa_id for item in itens])}
    return [
        GlosaNaoRecorrivel(
            f"Na guia {item.guia.numero_do_prestador}, a glosa {item.codigo} do item {item.item.posicao} já não é a "
            "mesma: a operadora reabriu a análise. Tire-a do recurso e inclua a que vale agora.",
            item,
        )
        for item in itens
        if _mudou(item, agora.get(item.glosa_id))
    ]


def _mudou(item: ItemDoRecurso, glosa: Glosa | None) -> bool:
    if glosa is None or glosa.codigo != item.codigo:
        return True
    return item.instancia == 1 and glosa.valor != item.valor_da_glosa


def _das_justificativas(recurso: Recurso, itens: list[ItemDoRecurso]) -> list[RecursoIncompleto | GlosaNaoRecorrivel]:
    sem = [item for item in itens if not item.justificativa]
    if not sem:
        return []
    onde = {Nivel.ITEM: f"o item {sem[0].item.posicao}", Nivel.GUIA: "a guia inteira", Nivel.PROTOCOLO: "o protocolo"}
    outras = "" if len(sem) == 1 else f" e de mais {len(sem) - 1}"
    return [
        RecursoIncompleto(
            f"Falta a justificativa da glosa {sem[0].codigo} na guia {sem[0].guia.numero_do_prestador} "
            f"({onde[Nivel(sem[0].nivel)]}){outras}. Escreva por que a glosa não procede.",
            sem[0],
        )
    ]


def exigir_respondido(recurso: Recurso) -> None:
    """Raise `RecursoIncompleto` while an item has no decision."""
    falta = (
        recurso.itens.filter(resposta__isnull=True)
        .select_related("guia", "item")
        .order_by("guia__posicao", "id")
        .first()
    )
    if falta is None:
        return
    quantos = recurso.itens.filter(resposta__isnull=True).aggregate(n=Count("id"))["n"]
    raise RecursoIncompleto(
        f"O recurso {recurso.numero} não foi respondido: {quantos} ite{'m' if quantos == 1 else 'ns'} sem decisão, a "
        f"começar pela glosa {falta.codigo} da guia {falta.guia.numero_do_prestador}. Decida todos e responda.",
        falta,
    )
