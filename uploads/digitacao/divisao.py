"""More exams than the convênio takes in one guide: the rest goes on in the next one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from django.db import transaction

from conecta.contas.models import Usuario
from uploads.digitacao import transicoes
from uploads.digitacao.contrato import contrato_de
from uploads.digitacao.erros import NadaADividir
from uploads.digitacao.linhas import DESPESA, linhas_de
from uploads.digitacao.models import GuiaDigitada

_SADT: Final = "guiaSP-SADT"
_POSICAO: Final = re.compile(r"\[\d+\]$")
_NUMERO: Final = "cabecalhoGuia/numeroGuiaPrestador"


def que_sobram(guia: GuiaDigitada, maximo: int | None) -> list[str]:
    """The names of the procedure lines beyond `maximo` (*Qtd. Exame Guia*; None: any number), in the form's order."""
    if maximo is None or guia.tipo != _SADT:
        return []
    linhas = linhas_de(guia.versao_tiss, guia.tipo, guia.valores)
    procedimentos = [linha.nome for linha in linhas if DESPESA not in linha.campos]
    return procedimentos[maximo:]


@transaction.atomic
def dividir(*, guia: GuiaDigitada, vista: int, por: Usuario) -> GuiaDigitada:
    """Take the lines beyond *Qtd. Exame Guia* out, and give the guide, *Em digitação*, in which they go on.

    That one has everything else of the first but its number, which it gets when it is saved. Of more than twice the
    number, what is too much for it waits in it to be divided again. Raises `NadaADividir`, and what `guardar` refuses.
    """
    sobram = que_sobram(guia, contrato_de(guia).regras.qtd_exame_guia)
    if not sobram:
        raise NadaADividir("Esta guia não tem mais exames do que o convênio aceita em uma guia.", guia)
    ficam = {caminho: texto for caminho, texto in guia.valores.items() if not _em_alguma(caminho, sobram)}
    transicoes.guardar(guia=guia, valores=ficam, vista=vista, por=por)
    return transicoes.comecar(
        prestador=guia.prestador,
        convenio=guia.convenio,
        tipo=guia.tipo,
        versao=guia.versao_tiss,
        valores=_da_proxima(guia.valores, sobram),
        por=por,
    )


def _da_proxima(valores: Mapping[str, str], sobram: list[str]) -> dict[str, str]:
    """What is of no line, and the lines that are left over, numbered from 1."""
    grade = _POSICAO.sub("", sobram[0])
    novos = {
        caminho: texto
        for caminho, texto in valores.items()
        if not caminho.startswith((f"{grade}[", "outrasDespesas/", "valorTotal/")) and caminho != _NUMERO
    }
    for posicao, linha in enumerate(sobram, start=1):
        for caminho, texto in valores.items():
            if _em_alguma(caminho, [linha]):
                novos[f"{grade}[{posicao}]{caminho[len(linha) :]}"] = texto
    return novos


def _em_alguma(caminho: str, linhas: list[str]) -> bool:
    return any(caminho.startswith(f"{linha}/") for linha in linhas)
