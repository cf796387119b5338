"""Where a protocol goes from the desk: released, taken up again, closed, opened again.

The path itself is `lotes.avanco`; here is what the desk adds to it. Documents are asked for in the lot's conversation.
"""

from __future__ import annotations

from django.db import transaction

from conecta.contas.models import Usuario
from demonstrativos.analise.models import Analise
from demonstrativos.analise.recusas import MotivoEmFalta
from demonstrativos.analise.trabalho import abrir_inteira
from lotes import avanco
from lotes.estados import SituacaoDoProtocolo
from lotes.models import Protocolo

_P = SituacaoDoProtocolo


@transaction.atomic
def liberar(*, analise: Analise, por: Usuario, versao: int | None = None, nota: str = "") -> Protocolo:
    """Freeze the analysis and show it to the prestador, as the person saw it (`versao`, see `abrir_inteira`).

    Raises `OutraPessoaMudou`, `AnaliseFechada`, and what `lotes.avanco` and the analysis itself refuse.
    """
    trabalho = abrir_inteira(analise, por, versao)
    return avanco.avancar(protocolo=trabalho.analise.protocolo, para=_P.LIBERADO, por=por, nota=nota)


def encerrar(*, analise: Analise, por: Usuario, motivo: str, versao: int | None = None) -> Protocolo:
    """Close without payment, with its reason. Raises as `liberar`, and `MotivoEmFalta`."""
    with transaction.atomic():
        trabalho = abrir_inteira(analise, por, versao)
        return avanco.avancar(
            protocolo=trabalho.analise.protocolo,
            para=_P.ENCERRADO_SEM_PAGAMENTO,
            por=por,
            nota=_motivo(motivo, "encerrar sem pagamento"),
        )


def retomar(*, protocolo: Protocolo, por: Usuario, nota: str = "") -> Protocolo:
    """Go on with a protocol that waited for documents."""
    return avanco.avancar(protocolo=protocolo, para=_P.EM_ANALISE, por=por, nota=nota, visto=_P.AGUARDANDO_INFORMACAO)


def reabrir(*, protocolo: Protocolo, por: Usuario, motivo: str) -> Protocolo:
    """Open a released analysis again, by a right of its own and with its reason. Raises `MotivoEmFalta`."""
    (mudado,) = avanco.desfazer(
        protocolos=[protocolo], para=_P.EM_ANALISE, por=por, motivo=_motivo(motivo, "reabrir a análise")
    )
    return mudado


def _motivo(texto: str, para_que: str) -> str:
    if not texto.strip():
        raise MotivoEmFalta(
            f"Falta o motivo: sem ele não se pode {para_que}. Escreva-o; o prestador o lê no histórico."
        )
    return texto.strip()
