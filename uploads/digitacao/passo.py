"""One step of typing: what stands in the form is kept, completed and judged, and the answer says what to show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from conecta.contas.models import Usuario
from conecta.interface.formatos import dinheiro
from uploads.digitacao import transicoes
from uploads.digitacao.formulario import caminhos_do_controle, controles, valores_do_envio
from uploads.digitacao.juizo import Juizo
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.passo_avisos import avisos_da_guia
from uploads.digitacao.passo_conferencia import conferencia
from uploads.digitacao.passo_criticas import controle_de, mostrada

MAIS_DEIXADOS: Final = 500
"""Controls that one step may say were left: those of a paste of several lines."""


@dataclass(frozen=True, slots=True)
class Passo:
    """What was sent, what was read of it, which paths were left, and what became of the guide."""

    enviado: Mapping[str, str]
    lidos: Mapping[str, str]
    deixados: frozenset[str]
    guia: GuiaDigitada
    juizo: Juizo


def dar_passo(*, guia: GuiaDigitada, enviado: Mapping[str, str], vista: int, mudou: str, por: Usuario) -> Passo:
    """Keep the controls of a form. `mudou` names those that were just left, one a line; `vista` is the revision seen.

    Raises `OutraPessoaDigitou` and `GuiaFechada`.
    """
    versao, tipo = guia.versao_tiss, guia.tipo
    lidos = valores_do_envio(versao, tipo, enviado)
    nomes = mudou.splitlines()[:MAIS_DEIXADOS]
    deixados = frozenset(caminho for nome in nomes for caminho in caminhos_do_controle(versao, tipo, nome))
    salva, juizo = transicoes.guardar(guia=guia, valores=lidos, vista=vista, por=por, mudou=deixados)
    return Passo(enviado, lidos, deixados, salva, juizo)


def resposta(passo: Passo) -> dict[str, Any]:
    """The answer of a step, as the page reads it. Names are of controls, texts as people read them."""
    guia = passo.guia
    return {
        "revisao": guia.revisao,
        "salvo_em": f"{timezone.localtime(guia.mudado_em):%H:%M:%S}",
        "situacao": guia.situacao,
        "valores": dict(_mudados(passo)),
        "travados": [controle_de(guia.versao_tiss, guia.tipo, caminho) for caminho in guia.travados],
        "criticas": [mostrada(guia, critica) for critica in passo.juizo.criticas],
        "conferencia": [
            {"rotulo": soma.rotulo, "valor": dinheiro(soma.valor)} for soma in conferencia(guia, passo.juizo.regras)
        ],
        "avisos": avisos_da_guia(guia, passo.juizo),
    }


def _mudados(passo: Passo) -> Iterator[tuple[str, str]]:
    """The controls that show something else than what was sent: because the server knows better, or wrote what was just
    left as it is written. Others that are being typed in are left alone."""
    guia, valores, lidos = passo.guia, passo.guia.valores, passo.lidos
    mudados = [
        caminho
        for caminho in dict.fromkeys((*valores, *lidos, *passo.deixados))
        if valores.get(caminho, "") != lidos.get(caminho, "") or caminho in passo.deixados
    ]
    # Of a choice the element that is filled in comes last, so that it is the one that is shown.
    mostrados: dict[str, str] = {}
    for caminho in sorted(mudados, key=lambda caminho: bool(valores.get(caminho))):
        mostrados |= controles(guia.versao_tiss, guia.tipo, caminho, valores.get(caminho, ""))
    yield from ((nome, texto) for nome, texto in mostrados.items() if passo.enviado.get(nome, "") != texto)
