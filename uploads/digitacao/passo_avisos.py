"""What somebody who types should know and no field says."""

from __future__ import annotations

from conecta.interface.formatos import data as em_data
from convenios.contrato.models import PendenciaDeExame
from convenios.models import Convenio
from uploads.digitacao.juizo import Juizo
from uploads.digitacao.models import GuiaDigitada


def avisos_da_guia(guia: GuiaDigitada, juizo: Juizo) -> list[str]:
    """Sentences about the guide as a whole. Two queries at most."""
    avisos = []
    if juizo.convenio_id is not None and juizo.convenio_id != guia.convenio_id:
        nome = Convenio.objects.values_list("nome", flat=True).get(pk=juizo.convenio_id)
        avisos.append(
            f"O beneficiário é do convênio {nome}, e a guia está sendo digitada no {guia.convenio.nome}. Ela é "
            f"conferida pelas regras do {nome}: se não for engano na carteira, comece a guia por esse convênio."
        )
    if guia.lote is not None and juizo.impede:
        avisos.append(
            f"Esta guia está no lote {guia.lote.numero}, que não fecha enquanto ela tiver críticas. Resolva-as, ou "
            "tire a guia do lote."
        )
    return avisos + [da_pendencia(pendencia) for pendencia in pendencias_da_guia(guia)]


def pendencias_da_guia(guia: GuiaDigitada) -> list[PendenciaDeExame]:
    """What the laboratory, or somebody here, still waits for before the guide of that number may be billed."""
    if not guia.numero_do_prestador:
        return []
    return list(
        PendenciaDeExame.objects.filter(
            prestador=guia.prestador_id,
            operadora=guia.operadora_id,
            numero_da_guia=guia.numero_do_prestador,
            retirada_em=None,
        )
    )


def da_pendencia(pendencia: PendenciaDeExame) -> str:
    """The pendência as a sentence."""
    motivo = PendenciaDeExame.Motivo(pendencia.motivo).label
    return f"{motivo}, marcado por {pendencia.marcada_por_nome} em {em_data(pendencia.marcada_em)}."
