"""Why a whole guide is refused: it was billed before, too late, or outside of the contract."""

from __future__ import annotations

from collections.abc import Iterator

from conecta.interface.formatos import data as em_data
from demonstrativos.analise.criterios.caso import Caso
from demonstrativos.analise.criterios.registro import Indicio, criterio
from uploads.regras.calendario import fora_do_calendario


@criterio("guia_ja_apresentada", titulo="Guia já apresentada", codigo="1308", regras=("G04",))
def guia_ja_apresentada(caso: Caso) -> Iterator[Indicio]:
    """O número da guia já está em um protocolo anterior do mesmo prestador que foi pago ou ainda será, mesmo que em
    parte."""
    for guia in caso.lote.guias:
        antes = caso.apresentadas.get(guia.numero_prestador or "")
        if antes is not None:
            yield Indicio(
                guia=guia, motivo=f"A guia {guia.numero_prestador} já foi apresentada no protocolo {antes.protocolo}."
            )


@criterio(
    "fora_do_contrato",
    titulo="Atendimento fora da vigência do contrato",
    codigo="3278",
    regras=("P04",),
    antes={"4.02.00": "3142"},
)
def fora_do_contrato(caso: Caso) -> Iterator[Indicio]:
    """Todo o atendimento da guia é de antes do início ou de depois do fim do contrato com o prestador."""
    contrato = caso.contexto.credenciamento
    if contrato is None:
        return
    for guia in caso.lote.guias:
        inicio, fim = guia.data_atendimento, guia.data_fim or guia.data_atendimento
        if inicio is None or fim is None:
            continue
        if fim < contrato.inicio or (contrato.fim is not None and inicio > contrato.fim):
            ate = "" if contrato.fim is None else f" até {em_data(contrato.fim)}"
            yield Indicio(
                guia=guia,
                motivo=(
                    f"O atendimento é de {em_data(inicio)}, e o contrato com o prestador vigora desde "
                    f"{em_data(contrato.inicio)}{ate}."
                ),
            )


@criterio(
    "fora_do_prazo",
    titulo="Entrega depois do prazo",
    codigo="3161",
    regras=("L07",),
    antes={"3.05.00": "1713"},
)
def fora_do_prazo(caso: Caso) -> Iterator[Indicio]:
    """O lote chegou fora de todas as janelas do calendário de entrega da operadora, se ela tem um."""
    for _ in fora_do_calendario(caso.lote, caso.contexto):
        dia = em_data(caso.contexto.agora)
        for guia in caso.lote.guias:
            yield Indicio(
                guia=guia, motivo=f"O lote foi entregue em {dia}, quando nenhuma janela do calendário estava aberta."
            )
