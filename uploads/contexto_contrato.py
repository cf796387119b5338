"""Loading what was agreed with the prestador about its codes, and which guides of a file wait for its laboratory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from convenios.contrato.codigos import CodigoAcordado
from convenios.contrato.models import CodigoCredenciado, PendenciaDeExame


def codigos_acordados(credenciamento_id: int) -> tuple[CodigoAcordado, ...]:
    """Every code of the contract beside its own. One query."""
    linhas = CodigoCredenciado.objects.filter(credenciamento=credenciamento_id).order_by()
    return tuple(
        CodigoAcordado(convenio=convenio, por=por, chave=chave, codigo=codigo)
        for convenio, por, chave, codigo in linhas.values_list("convenio_id", "por", "chave", "codigo")
    )


def pendencias_abertas(numeros: Collection[str], prestador_id: int, operadora_id: int) -> dict[str, frozenset[str]]:
    """Why the guides with these numbers cannot be billed yet, by number. One query."""
    linhas = PendenciaDeExame.objects.filter(
        prestador=prestador_id, operadora=operadora_id, numero_da_guia__in=sorted(numeros), retirada_em=None
    ).order_by()
    motivos: dict[str, set[str]] = defaultdict(set)
    for numero, motivo in linhas.values_list("numero_da_guia", "motivo"):
        motivos[numero].add(motivo)
    return {numero: frozenset(juntos) for numero, juntos in motivos.items()}
