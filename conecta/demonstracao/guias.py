"""Typed guides of the demonstration, one kind of each state, and an open lot of some: made as people make them.

Who the beneficiários are the register says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from conecta.tenancy.escopo import inquilino
from convenios.models import Convenio, Credenciamento
from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.fragmento import ler_guia
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import ler_lote
from uploads.digitacao import montagem, transicoes
from uploads.digitacao.exclusao import excluir
from uploads.digitacao.models import GuiaDigitada

from .cadastro import carteiras_de

_DIGITADOR: Final = "davi@aurelia.example"
_FATURISTA: Final = "marina@aurelia.example"
_VERSAO: Final = "4.03.00"
_TIPOS: Final = {"sadt": "guiaSP-SADT", "consulta": "guiaConsulta"}
_PRIMEIRO_NUMERO: Final = 20390000
_SEM: Final = "caraterAtendimento"
"""A field that every SP/SADT needs: without it there is a finding."""


@dataclass(frozen=True, slots=True)
class GuiaInventada:
    """A typed guide and how far it is: "digitacao", "criticas", "pronta", "lote" or "excluida"."""

    tipo: str
    ate: str


GUIAS: Final = (
    GuiaInventada("sadt", "lote"),
    GuiaInventada("sadt", "lote"),
    GuiaInventada("sadt", "lote"),
    GuiaInventada("sadt", "pronta"),
    GuiaInventada("sadt", "pronta"),
    GuiaInventada("consulta", "pronta"),
    GuiaInventada("sadt", "criticas"),
    GuiaInventada("sadt", "digitacao"),
    GuiaInventada("consulta", "digitacao"),
    GuiaInventada("sadt", "excluida"),
)


def criar_guias(organizacoes: dict[str, Organizacao]) -> None:
    """Type all of `GUIAS` for Santa Aurélia and PASA, once: nothing happens where there are typed guides already."""
    prestador, operadora = organizacoes["santa-aurelia"], organizacoes["pasa"]
    digitador, faturista = (Usuario.objects.get(email=email) for email in (_DIGITADOR, _FATURISTA))
    with inquilino(prestador.tipo, prestador.pk, digitador.pk):
        if GuiaDigitada.objects.exists():
            return
        convenio = Convenio.objects.select_related("operadora").get(operadora=operadora, principal=True)
        guias = [_digitar(numero, guia, prestador, convenio, digitador) for numero, guia in enumerate(GUIAS, start=1)]
        excluir(guias=[guia for guia, de in zip(guias, GUIAS, strict=True) if de.ate == "excluida"], por=digitador)
    with inquilino(prestador.tipo, prestador.pk, faturista.pk):
        do_lote = [guia for guia, de in zip(guias, GUIAS, strict=True) if de.ate == "lote"]
        montagem.criar_lote(guias=do_lote, por=faturista)


def _digitar(
    numero: int, inventada: GuiaInventada, prestador: Organizacao, convenio: Convenio, por: Usuario
) -> GuiaDigitada:
    valores = _valores(numero, inventada, prestador, convenio.operadora)
    guia = transicoes.comecar(
        prestador=prestador, convenio=convenio, tipo=_TIPOS[inventada.tipo], versao=_VERSAO, por=por, valores={}
    )
    if inventada.ate == "digitacao":
        return transicoes.guardar(guia=guia, valores=valores, vista=guia.revisao, por=por)[0]
    return transicoes.salvar(guia=guia, valores=valores, vista=guia.revisao, por=por)[0]


def _valores(numero: int, inventada: GuiaInventada, prestador: Organizacao, operadora: Organizacao) -> dict[str, str]:
    """What is typed of it: all, but of a draft and of one with findings what is missing yet."""
    carteiras = carteiras_de(operadora.slug)
    contrato = Credenciamento.objects.get(prestador=prestador, operadora=operadora)
    lido = ler_lote(
        ler(
            lote_exemplo(
                inventada.tipo,
                _VERSAO,
                registro_ans=operadora.registro_ans,
                cnpj=prestador.documento,
                codigo_na_operadora=contrato.codigo_na_operadora,
                itens=3,
                carteiras=[carteiras[numero % len(carteiras)]],
                data=timezone.localdate() - timedelta(days=1),
                primeiro_numero_guia=_PRIMEIRO_NUMERO + numero,
                semente=numero,
            )
        )
    )
    assert lido is not None
    valores = ler_guia(_VERSAO, lido.guias[0].elemento)
    match inventada.ate:
        case "criticas":
            return {caminho: texto for caminho, texto in valores.items() if not caminho.endswith(_SEM)}
        case "digitacao":
            return dict(list(valores.items())[: len(valores) // 2])
        case _:
            return valores
