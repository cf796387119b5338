"""Refusing a whole guide or a whole protocol, and taking that back: the same few statements for 22,000 items."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import Sum

from conecta.contas.models import Usuario
from conecta.interface.formatos import reais
from demonstrativos.analise import fotografia
from demonstrativos.analise.codigos import codigo_de_glosa
from demonstrativos.analise.estados import Nivel
from demonstrativos.analise.models import Acao, Analise, Glosa, GuiaAnalisada
from demonstrativos.analise.recusas import GlosaRecusada
from demonstrativos.analise.trabalho import Trabalho, Vistos, abrir, abrir_inteira, nome_de
from demonstrativos.analise.transicoes import conferir_motivo, confirmar, recusar_no_protocolo_inteiro

_DO_QUE_RESTA = """
insert into analise_glosa (prestador_id, operadora_id, analise_id, guia_id, item_id, nivel, codigo, valor, motivo,
    origem, criterio, confirmada, criada_em, por_id, por_nome)
select i.prestador_id, i.operadora_id, i.analise_id, i.guia_id, i.id, %s, %s, i.valor_processado - i.valor_glosado, %s,
    'analista', '', true, now(), %s, %s
from analise_itemanalisado i
where i.guia_id = any(%s) and i.valor_processado > i.valor_glosado
order by i.guia_id, i.posicao
returning id
"""


@transaction.atomic
def glosar_guia(*, analise: Analise, guia: int, codigo: str, por: Usuario, vistos: Vistos, motivo: str = "") -> Acao:
    """Refuse all that is left of a guide by one code, which its statement names. Its proposals become the analista's
    word. Raises `CodigoRecusado`, `GlosaRecusada`."""
    codigo, motivo = codigo_de_glosa(codigo), conferir_motivo(motivo)
    trabalho = abrir(analise, por, {guia: vistos[guia]} if guia in vistos else {})
    a_guia = _guia(trabalho, guia)
    _recusar_protocolo_inteiro(trabalho)
    if a_guia.glosa:
        raise GlosaRecusada(f"A guia {a_guia.guia.numero_do_prestador} já está glosada inteira, pelo {a_guia.glosa}.")
    antes = {"guias": fotografia.guias([guia]), "glosas": _aceitar_as_que_esperam([guia], por)}
    criadas = _glosar_o_que_resta([guia], Nivel.GUIA, codigo, motivo, por)
    if not criadas:
        raise GlosaRecusada(f"Da guia {a_guia.guia.numero_do_prestador} não resta nada a glosar.", a_guia)
    GuiaAnalisada.objects.filter(pk=guia).update(glosa=codigo, motivo_da_glosa=motivo)
    titulo = f"Guia {a_guia.guia.numero_do_prestador} inteira: glosa {codigo} de {reais(_soma(criadas))}"
    return trabalho.encerrar(titulo, antes, {"criadas": criadas, "guias": fotografia.guias([guia])})


@transaction.atomic
def retirar_glosa_da_guia(*, analise: Analise, guia: int, por: Usuario, vistos: Vistos) -> Acao:
    """Take back the glosa of a whole guide; what was refused of its items before it stays. Raises `GlosaRecusada`, also
    where the whole protocol was refused after it."""
    trabalho = abrir(analise, por, {guia: vistos[guia]} if guia in vistos else {})
    a_guia = _guia(trabalho, guia)
    recusar_no_protocolo_inteiro(trabalho)
    if not a_guia.glosa:
        raise GlosaRecusada(f"A guia {a_guia.guia.numero_do_prestador} não está glosada inteira. Recarregue a página.")
    delas = Glosa.objects.filter(guia=guia, nivel=Nivel.GUIA)
    antes = {"guias": fotografia.guias([guia]), "glosas": _fora(delas.values_list("pk", flat=True))}
    GuiaAnalisada.objects.filter(pk=guia).update(glosa="", motivo_da_glosa="")
    titulo = f"Guia {a_guia.guia.numero_do_prestador} inteira: retirada a glosa {a_guia.glosa}"
    return trabalho.encerrar(titulo, antes, {"guias": fotografia.guias([guia])})


@transaction.atomic
def glosar_protocolo(
    *, analise: Analise, codigo: str, por: Usuario, versao: int | None = None, motivo: str = ""
) -> Acao:
    """Refuse all that is left of every guide by one code. `versao`: what the person saw (`versao_inteira`)."""
    codigo, motivo = codigo_de_glosa(codigo), conferir_motivo(motivo)
    trabalho = abrir_inteira(analise, por, versao)
    _recusar_protocolo_inteiro(trabalho)
    guias = list(trabalho.guias)
    antes = {"analise": fotografia.da_analise(trabalho.analise), "glosas": _aceitar_as_que_esperam(guias, por)}
    criadas = _glosar_o_que_resta(guias, Nivel.PROTOCOLO, codigo, motivo, por)
    if not criadas:
        raise GlosaRecusada(f"Do protocolo {trabalho.analise.protocolo.numero} não resta nada a glosar.")
    Analise.objects.filter(pk=trabalho.analise.pk).update(glosa=codigo, motivo_da_glosa=motivo)
    return trabalho.encerrar(
        f"Protocolo inteiro: glosa {codigo} de {reais(_soma(criadas))}",
        antes,
        {"criadas": criadas, "analise": fotografia.da_analise(trabalho.analise)},
    )


@transaction.atomic
def retirar_glosa_do_protocolo(*, analise: Analise, por: Usuario, versao: int | None = None) -> Acao:
    """Take back the glosa of a whole protocol; what was refused before it stays. Raises `GlosaRecusada`."""
    trabalho = abrir_inteira(analise, por, versao)
    codigo = trabalho.analise.glosa
    if not codigo:
        raise GlosaRecusada("O protocolo não está glosado inteiro. Recarregue a página.")
    delas = Glosa.objects.filter(analise=trabalho.analise, nivel=Nivel.PROTOCOLO)
    antes = {
        "analise": fotografia.da_analise(trabalho.analise),
        "glosas": _fora(delas.values_list("pk", flat=True)),
    }
    Analise.objects.filter(pk=trabalho.analise.pk).update(glosa="", motivo_da_glosa="")
    depois = {"analise": fotografia.da_analise(trabalho.analise)}
    return trabalho.encerrar(f"Protocolo inteiro: retirada a glosa {codigo}", antes, depois)


def _guia(trabalho: Trabalho, pk: int) -> GuiaAnalisada:
    try:
        return trabalho.guias[pk]
    except KeyError:
        raise GlosaRecusada("Essa guia não é deste protocolo. Recarregue a página.") from None


def _recusar_protocolo_inteiro(trabalho: Trabalho) -> None:
    if trabalho.analise.glosa:
        raise GlosaRecusada(
            f"O protocolo inteiro já está glosado, pelo código {trabalho.analise.glosa}. Para outro, retire antes esse."
        )


def _aceitar_as_que_esperam(guias: Collection[int], por: Usuario) -> list[dict[str, object]]:
    """Who refuses the whole agrees with what was proposed of its parts. Gives what stood there."""
    propostas = list(Glosa.objects.filter(guia__in=guias, confirmada=False).values_list("pk", flat=True))
    antes = fotografia.glosas(propostas)
    if propostas:
        confirmar(propostas, por)
    return antes


def _glosar_o_que_resta(guias: Sequence[int], nivel: Nivel, codigo: str, motivo: str, por: Usuario) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_DO_QUE_RESTA, [nivel, codigo, motivo, por.pk, nome_de(por), list(guias)])
        return [pk for (pk,) in cursor.fetchall()]


def _fora(pks: Collection[int]) -> list[dict[str, object]]:
    """Remove those glosas, and give what they were."""
    ids = list(pks)
    antes = fotografia.glosas(ids)
    fotografia.remover(ids)
    return antes


def _soma(glosas: Sequence[int]) -> Decimal:
    soma: Decimal | None = Glosa.objects.filter(pk__in=glosas).aggregate(soma=Sum("valor"))["soma"]
    return soma or Decimal(0)
