"""What the screens of a lot show, whichever side looks at it: track, guides with their values, timeline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.paginator import Page
from django.utils import timezone

from conecta.arquivos.models import Conteudo
from conecta.interface.fio import Lado, fio_do_lote
from conecta.interface.situacoes import situacao_de
from convenios.calendario.janelas import Prazo
from convenios.models import Beneficiario
from lotes.analisadas import GuiaDecidida, das_guias
from lotes.estados import POR_ENVIAR
from lotes.models import Acontecimento, Guia, Lote, Protocolo
from lotes.paginas import pagina_de
from lotes.prazos import prazo_do

MAXIMO_DE_GUIAS = 100
"""What the standard allows in one lot."""

_ZERO = Decimal("0.00")
_MARCOS = {"enviado", "protocolo-5", "protocolo-3", "protocolo-6"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Valores:
    """The four amounts in reais, in the order of the screens of a lot."""

    informado: Decimal
    processado: Decimal = _ZERO
    glosado: Decimal = _ZERO
    liberado: Decimal = _ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class LinhaDeGuia:
    """A guide as the lists show it. `beneficiario` is "" when the operadora's register has no such card."""

    guia: Guia
    beneficiario: str
    valores: Valores


@dataclass(frozen=True, slots=True, kw_only=True)
class Evento:
    """A line of the timeline as componentes/historia draws it."""

    titulo: str
    detalhe: str
    quando: datetime
    quem: str
    tom: str
    marco: bool


def protocolo_do(lote: Lote) -> Protocolo | None:
    """The protocol of a lot that was sent."""
    return getattr(lote, "protocolo", None)


def conteudo_do(lote: Lote) -> Conteudo | None:
    """The lot's file without its bytes; None for a typed lot that has not been closed."""
    return Conteudo.objects.defer("comprimido").filter(pk__in=[lote.conteudo_id]).first()


def detalhes(lote: Lote, numero_da_pagina: str | None, *, para_a_operadora: bool = False) -> dict[str, Any]:
    """Context of templates/lotes/_detalhes.html, _guias.html and _historia.html. The same number of queries always."""
    protocolo = protocolo_do(lote)
    return {
        "lote": lote,
        "protocolo": protocolo,
        "prazo": _prazo(lote),
        "valores": valores_do_lote(lote, protocolo),
        "conteudo": conteudo_do(lote),
        "fio": _fio(lote, protocolo, para_a_operadora),
        "guias": guias_da_pagina(lote, numero_da_pagina),
        "maximo_de_guias": MAXIMO_DE_GUIAS,
        "historia": _historia(lote.acontecimentos.all()),
        "criticas_ignoradas": list(lote.criticas_ignoradas.filter(ignorada=True).order_by("posicao")),
        "agora": timezone.now(),
    }


def _prazo(lote: Lote) -> Prazo | None:
    """How the deadline stands, of a lot that still waits to be sent."""
    return prazo_do(lote, timezone.now()) if lote.situacao in POR_ENVIAR else None


def valores_do_lote(lote: Lote, protocolo: Protocolo | None) -> Valores:
    """The four amounts of a lot; all but the first are zero until the operadora has judged it."""
    if protocolo is None:
        return Valores(informado=lote.valor_informado)
    return Valores(
        informado=protocolo.valor_informado,
        processado=protocolo.valor_processado,
        glosado=protocolo.valor_glosado,
        liberado=protocolo.valor_liberado,
    )


def valores_da_guia(guia: Guia, decidida: GuiaDecidida | None) -> Valores:
    """The four amounts of a guide; all but the first are zero until the operadora has released what it decided."""
    if decidida is None:
        return Valores(informado=guia.valor_informado)
    decidido = decidida.valores
    return Valores(
        informado=guia.valor_informado,
        processado=decidido.processado,
        glosado=decidido.glosado,
        liberado=decidido.liberado,
    )


def guias_da_pagina(lote: Lote, numero: str | None) -> Page[LinhaDeGuia]:
    """One page of a lot's guides, in the order of its XML, with the names of the beneficiários in one query."""
    pagina = pagina_de(lote.guias.order_by("posicao"), lote.quantidade_de_guias, numero)
    guias = list(pagina.object_list)
    nomes = nomes_dos_beneficiarios(lote.operadora_id, (guia.numero_carteira for guia in guias))
    decididas = das_guias(guias)
    pagina.object_list = [
        LinhaDeGuia(
            guia=guia,
            beneficiario=nomes.get(guia.numero_carteira, ""),
            valores=valores_da_guia(guia, decididas.get(guia.pk)),
        )
        for guia in guias
    ]
    return pagina


def nomes_dos_beneficiarios(operadora_id: int, carteiras: Iterable[str]) -> Mapping[str, str]:
    """Card number → name, for the cards that the operadora's register has."""
    linhas = Beneficiario.objects.filter(operadora_id=operadora_id, numero_carteira__in=set(carteiras))
    return dict(linhas.values_list("numero_carteira", "nome"))


def _fio(lote: Lote, protocolo: Protocolo | None, para_a_operadora: bool) -> list[Lado]:
    momentos = {"aberto": lote.criado_em}
    if lote.fechado_em:
        momentos["fechado"] = lote.fechado_em
    if protocolo is None:
        return fio_do_lote(lote.situacao, quando=momentos)
    momentos["1"] = protocolo.enviado_em
    momentos.update((str(mudanca.para), mudanca.quando) for mudanca in protocolo.mudancas.all())
    return fio_do_lote(
        lote.situacao, protocolo.situacao, str(protocolo.numero), momentos, para_a_operadora=para_a_operadora
    )


def _historia(acontecimentos: Iterable[Acontecimento]) -> list[Evento]:
    return [
        Evento(
            titulo=linha.titulo,
            detalhe=linha.detalhe,
            quando=linha.quando,
            quem=f"{linha.por_nome}, {linha.por_organizacao}",
            tom=_tom(linha.tipo),
            marco=linha.tipo in _MARCOS,
        )
        for linha in acontecimentos
    ]


def _tom(tipo: str) -> str:
    """The tone of the state that the line led to; other lines are neutral."""
    _, protocolo, codigo = tipo.partition("protocolo-")
    if protocolo:
        return situacao_de(codigo).tom
    return "azul" if tipo == "enviado" else "neutro"


def situacao_em_palavras(lote: Lote, visto: str) -> str:
    """Where the lot stands now, and what changed since the person saw it in the state `visto` (ANS's code)."""
    protocolo = protocolo_do(lote)
    if protocolo is None:
        return "Situação: Lote não enviado. Envie o lote para que a operadora o receba."
    frase = f"Situação: {protocolo.get_situacao_display()}. Atualizada em {timezone.localtime():%d/%m às %H:%M}."
    if not visto or visto == str(protocolo.situacao):
        return f"{frase} Nada mudou desde que você abriu a página."
    mudanca = protocolo.mudancas.order_by("-id").first()
    por = f", por {mudanca.por_nome}" if mudanca else ""
    return (
        f"{frase} Mudou em {timezone.localtime(protocolo.situacao_em):%d/%m às %H:%M}{por}; antes era {_texto(visto)}."
    )


def _texto(codigo: str) -> str:
    try:
        return f"“{situacao_de(codigo).texto}”"
    except KeyError:
        return "outra"
