"""A generation of lots that somebody asked for."""

from __future__ import annotations

from tests.fabrica import Cenario
from uploads.digitacao.geracao import Escolha
from uploads.digitacao.models import GeracaoDeLotes


def um_pedido(cenario: Cenario) -> GeracaoDeLotes:
    """One of aurelia's that waits for its job. Works inside aurelia's scope."""
    return GeracaoDeLotes.objects.create(
        prestador=cenario.aurelia,
        filtros=Escolha().para_json(),
        visto="",
        previstos=1,
        pedida_por=cenario.pessoa("faturista", "aurelia"),
    )
