"""Codes of Tabela 38 by which something may be refused, and how one finds them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

from django.utils import timezone

from convenios import terminologia_busca as busca
from convenios.models import ItemDaTerminologia, MensagemTiss
from convenios.terminologia_busca import Criterios
from convenios.terminologia_tabelas import MENSAGENS
from demonstrativos.analise.recusas import CodigoRecusado

_GRUPO_DAS_MENSAGENS: Final = "50"
"""Of the exchange of files, not of what was billed."""
_POSITIVOS: Final = frozenset({"3095", "3136", "3143", "3144"})
"""What is granted, and not what is refused."""
_CODIGO: Final = re.compile(r"\s*(\d{4})(?:\D|$)")


def serve_de_glosa(codigo: str) -> bool:
    """Whether a code of the table says a refusal of something billed, by the kind of message that it is."""
    return not codigo.startswith(_GRUPO_DAS_MENSAGENS) and codigo not in _POSITIVOS


def codigo_de_glosa(texto: str) -> str:
    """The code that `texto` begins with ("1705" or "1705 VALOR APRESENTADO A MAIOR"). Raises `CodigoRecusado`."""
    casou = _CODIGO.match(texto)
    if casou is None:
        raise CodigoRecusado(
            "Falta o código da glosa: são quatro algarismos da Tabela 38. Digite o código, ou procure com F2."
        )
    codigo = casou[1]
    mensagem = MensagemTiss.objects.filter(codigo=codigo).first()
    if mensagem is None:
        raise CodigoRecusado(f"O código {codigo} não existe na Tabela 38. Procure com F2 o que serve.")
    if not serve_de_glosa(codigo):
        raise CodigoRecusado(
            f"O código {codigo} ({mensagem.descricao.strip()}) não recusa nada: é uma mensagem. Procure com F2 outro."
        )
    return codigo


def descricoes(codigos: Collection[str]) -> Mapping[str, str]:
    """What each code means. One query."""
    linhas = MensagemTiss.objects.filter(codigo__in=set(codigos)).values_list("codigo", "descricao")
    return {codigo: descricao.strip() for codigo, descricao in linhas}


def procurar_codigos(texto: str) -> list[ItemDaTerminologia]:
    """The few best codes for a glosa, by number or words."""
    achados = busca.opcoes(Criterios(texto=texto[:80], dia=timezone.localdate(), tabela=MENSAGENS))
    return [item for item in achados if serve_de_glosa(item.codigo)]
