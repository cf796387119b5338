"""Typed guides among what the search of the top band finds."""

from __future__ import annotations

from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from lotes.atalho import MAXIMO, Destino
from uploads.digitacao.models import GuiaDigitada


def guias_digitadas(prestador: Organizacao, numero: str) -> list[Destino]:
    """The loose guides of that number: those in a lot are found with it."""
    achadas = GuiaDigitada.objects.do_prestador(prestador).soltas().filter(numero_do_prestador=numero)
    return [
        Destino(
            rota="digitacao:guia",
            pk=guia.pk,
            nome=f"Guia {numero}, {guia.get_situacao_display().lower()}",
            permissao=Permissao.GUIA_DIGITAR,
        )
        for guia in achadas.only("pk", "situacao").order_by("-pk")[:MAXIMO]
    ]
