"""The numbers that a guide carries: handed out, written by the convênio's masks, repeated where it says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db.models import Q

from conecta.contas.models import Usuario
from conecta.erros import ErroDeNegocio
from convenios.mascaras import arrumado
from convenios.numeracao.guia import numeros_da_guia
from convenios.numeracao.numeros import por_que_nao_ha_numero, proximo_numero, tipo_da_guia
from lotes.estados import TipoDeGuia
from lotes.models import Guia, Lote
from uploads.digitacao.contrato import Contrato
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.passo_campos import (
    CARTEIRA,
    GUIA_PRINCIPAL,
    NUMERO,
    NUMERO_DA_OPERADORA,
    SENHAS,
    TIPO_DE_ATENDIMENTO,
    Campos,
)

_CONSULTA_EM_SADT: Final = "04"
"""Of dm_tipoAtendimento."""


def pelas_mascaras(campos: Campos, contrato: Contrato, valores: Mapping[str, str]) -> dict[str, str]:
    """The numbers that were typed without the signs of their mask, written by it."""
    mascaras = (
        (campos.caminho(NUMERO), contrato.regras.mascara_da_guia),
        (campos.caminho(*GUIA_PRINCIPAL), contrato.regras.mascara_da_guia_principal),
    )
    escritos = {}
    for caminho, mascara in mascaras:
        if caminho and mascara and (texto := valores.get(caminho)):
            escritos[caminho] = arrumado(mascara, texto) or texto
    return escritos


def numerar(
    guia: GuiaDigitada, campos: Campos, contrato: Contrato, valores: Mapping[str, str], por: Usuario
) -> dict[str, str]:
    """The next number, where the guide has none. Inside the transaction that saves the guide.

    Raises what `convenios.numeracao.numeros.proximo_numero` does.
    """
    caminho = campos.caminho(NUMERO)
    if caminho is None or valores.get(caminho):
        return {}
    numero = proximo_numero(
        credenciamento=contrato.credenciamento,
        convenio=guia.convenio,
        tipo=tipo_da_guia(guia.tipo, campos.texto(valores, TIPO_DE_ATENDIMENTO)),
        por=por,
    )
    return {caminho: numero}


def sem_numero(
    guia: GuiaDigitada, campos: Campos, contrato: Contrato, valores: Mapping[str, str]
) -> ErroDeNegocio | None:
    """Why a guide without a number would not get one by being saved; None where it has one, or would."""
    if campos.texto(valores, NUMERO):
        return None
    tipo = tipo_da_guia(guia.tipo, campos.texto(valores, TIPO_DE_ATENDIMENTO))
    return por_que_nao_ha_numero(credenciamento=contrato.credenciamento, convenio=guia.convenio, tipo=tipo)


def repetidos(campos: Campos, contrato: Contrato, valores: Mapping[str, str]) -> dict[str, str]:
    """The operadora's number as the convênio repeats it: of the senha, or of the prestador's own.

    Inside a group that is not filled in otherwise nothing is repeated: the group would have to be complete then.
    """
    caminho, prestador = campos.caminho(NUMERO_DA_OPERADORA), campos.texto(valores, NUMERO)
    if caminho is None or not prestador or not _grupo_em_uso(caminho, valores):
        return {}
    numeros = numeros_da_guia(
        contrato.regras,
        prestador=prestador,
        operadora=valores.get(caminho, ""),
        senha=campos.texto(valores, *SENHAS),
    )
    return {caminho: numeros.operadora} if numeros.operadora else {}


def da_consulta(
    guia: GuiaDigitada, campos: Campos, contrato: Contrato, valores: Mapping[str, str], ate: date
) -> dict[str, str]:
    """The guia principal, where the convênio asks SP/SADT for one: the beneficiário's last consultation until that day.

    Two queries at most, none where there is nothing to carry over.
    """
    caminho, carteira = campos.caminho(*GUIA_PRINCIPAL), campos.texto(valores, CARTEIRA)
    pede = guia.tipo == TipoDeGuia.SP_SADT and contrato.regras.exige_guia_principal
    if not pede or caminho is None or valores.get(caminho) or not carteira:
        return {}
    numero = _ultima_consulta(guia, carteira, ate)
    return {caminho: numero} if numero else {}


def _ultima_consulta(guia: GuiaDigitada, carteira: str, ate: date) -> str:
    """Among lots that live and guides that are typed and in none."""
    minhas = {"prestador": guia.prestador_id, "operadora": guia.operadora_id, "numero_carteira": carteira}
    consulta = Q(tipo=TipoDeGuia.CONSULTA)
    cobradas = (
        Guia.objects.filter(consulta | Q(tipo_de_atendimento=_CONSULTA_EM_SADT), **minhas, data_de_atendimento__lte=ate)
        .filter(lote__in=Lote.objects.vivos())
        .order_by("-data_de_atendimento", "-pk")
    )
    digitadas = (
        GuiaDigitada.objects.soltas()
        .filter(consulta, **minhas, data_de_atendimento__lte=ate)
        .exclude(numero_do_prestador="")
        .order_by("-data_de_atendimento", "-pk")
    )
    nomes = ("data_de_atendimento", "numero_do_prestador")
    ultimas = [cobradas.values_list(*nomes).first(), digitadas.values_list(*nomes).first()]
    return max((ultima for ultima in ultimas if ultima), default=("", ""))[1]


def _grupo_em_uso(caminho: str, valores: Mapping[str, str]) -> bool:
    grupo = caminho.rpartition("/")[0]
    return not grupo or any(outro.startswith(f"{grupo}/") and outro != caminho for outro in valores)
