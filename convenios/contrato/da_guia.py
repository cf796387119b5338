"""By which convênio and settings a guide is billed that is in a lot already."""

from __future__ import annotations

from convenios.camadas import do_prestador
from convenios.models import Beneficiario, Convenio, Credenciamento
from convenios.regras import Regras


def convenio_da_carteira(operadora_id: int, numero_carteira: str) -> Convenio | None:
    """That of the beneficiário's plano, else the operadora's principal one. Two queries at most."""
    beneficiario = (
        Beneficiario.objects.filter(operadora=operadora_id, numero_carteira=numero_carteira, plano__isnull=False)
        .select_related("plano__convenio")
        .first()
    )
    if beneficiario is not None and beneficiario.plano is not None:
        return beneficiario.plano.convenio
    return Convenio.objects.filter(operadora=operadora_id, principal=True).first()


def regras_da_guia(*, operadora_id: int, prestador_id: int, numero_carteira: str) -> Regras:
    """What holds today for such a guide; Conecta's own settings where nothing is registered. Five queries at most."""
    convenio = convenio_da_carteira(operadora_id, numero_carteira)
    contrato = Credenciamento.objects.filter(operadora=operadora_id, prestador=prestador_id).first()
    if convenio is None or contrato is None:
        return Regras()
    return do_prestador(convenio, contrato).regras
