"""Typed guides for tests: what an example of the engine holds, as if somebody had typed it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from convenios.models import Convenio
from tests.fabrica import CARTEIRAS, PASA, Cenario
from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.fichas.ficha import PAPEL
from tiss_schemas.fragmento import ler_guia
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import ler_lote
from uploads.digitacao import transicoes
from uploads.digitacao.formulario import controles
from uploads.digitacao.juizo import Juizo
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.passo import dar_passo, resposta

EXEMPLO_DE = {
    "guiaConsulta": "consulta",
    "guiaSP-SADT": "sadt",
    "guiaResumoInternacao": "internacao",
    "guiaHonorarios": "honorarios",
    "guiaOdonto": "odonto",
}
"""Name of the engine's example by the guide's element."""


def valores_exemplo(
    tipo: str = "guiaSP-SADT", versao: str = "4.03.00", *, numero: int = 1, itens: int = 2, data: date | None = None
) -> dict[str, str]:
    """The values of a valid guide for a beneficiário of PASA, executed by aurelia."""
    dados = lote_exemplo(
        EXEMPLO_DE[tipo],
        versao,
        itens=itens,
        carteiras=[CARTEIRAS[PASA].format(numero % 40)],
        data=data or timezone.localdate(),
        primeiro_numero_guia=numero,
        codigo_na_operadora="41208337000176",
        cnpj="41208337000176",
    )
    lote = ler_lote(ler(dados))
    assert lote is not None
    return ler_guia(versao, lote.guias[0].elemento)


def no_xml(valores: Mapping[str, str]) -> dict[str, str]:
    """The values that reach the XML, without what stands on paper only."""
    return {caminho: texto for caminho, texto in valores.items() if not caminho.startswith(PAPEL)}


def comecar(cenario: Cenario, tipo: str = "guiaSP-SADT", versao: str = "4.03.00") -> GuiaDigitada:
    """An empty guide of aurelia for PASA. Works inside aurelia's scope."""
    return transicoes.comecar(
        prestador=cenario.aurelia,
        convenio=Convenio.objects.get(operadora=cenario.pasa, principal=True),
        tipo=tipo,
        versao=versao,
        por=cenario.pessoa("digitador", "aurelia"),
    )


def digitar(cenario: Cenario, tipo: str = "guiaSP-SADT", versao: str = "4.03.00", numero: int = 1) -> GuiaDigitada:
    """A guide typed to its end, ready for a lot. Works inside aurelia's scope."""
    guia = comecar(cenario, tipo, versao)
    valores = valores_exemplo(tipo, versao, numero=numero)
    salva, _ = transicoes.salvar(
        guia=guia, valores=valores, vista=guia.revisao, por=cenario.pessoa("digitador", "aurelia")
    )
    return salva


def mudar_convenio(cenario: Cenario, **mudancas: Any) -> Convenio:
    """PASA's principal convênio with these columns changed, by PASA."""
    with cenario.dentro("pasa", "gestor"):
        Convenio.objects.filter(operadora=cenario.pasa, principal=True).update(**mudancas)
        return Convenio.objects.get(operadora=cenario.pasa, principal=True)


def passo_de(cenario: Cenario, guia: GuiaDigitada, valores: Mapping[str, str], mudou: str = "") -> dict[str, Any]:
    """The answer to a step in which the form shows these values. Works inside aurelia's scope."""
    guia.refresh_from_db()
    enviado: dict[str, str] = {}
    for caminho, texto in valores.items():
        enviado |= controles(guia.versao_tiss, guia.tipo, caminho, texto)
    por = cenario.pessoa("digitador", "aurelia")
    return resposta(dar_passo(guia=guia, enviado=enviado, vista=guia.revisao, mudou=mudou, por=por))


def salvar(cenario: Cenario, guia: GuiaDigitada, valores: Mapping[str, str]) -> tuple[GuiaDigitada, Juizo]:
    """The guide saved with these values, as the digitador saw it last. Works inside aurelia's scope."""
    return transicoes.salvar(guia=guia, valores=valores, vista=guia.revisao, por=cenario.pessoa("digitador", "aurelia"))
