"""What somebody who begins to type had begun before: guides not finished, and the choices of the last one."""

from __future__ import annotations

from typing import Any, Final

from conecta.contas.models import Organizacao, Usuario
from uploads.digitacao.estados import SituacaoDaGuia
from uploads.digitacao.models import GuiaDigitada

MOSTRADAS: Final = 8


def inacabadas(prestador: Organizacao, por: Usuario) -> list[GuiaDigitada]:
    """The guides that this person began and did not say were finished, the latest first; not what was only opened.

    One query.
    """
    guias = (
        GuiaDigitada.objects.do_prestador(prestador).soltas().select_related("operadora").defer("valores", "criticas")
    )
    comecadas = guias.filter(criado_por=por, situacao=SituacaoDaGuia.EM_DIGITACAO, revisao__gt=1)
    return list(comecadas.order_by("-mudado_em")[:MOSTRADAS])


def ultima_escolha(prestador: Organizacao, por: Usuario) -> dict[str, Any]:
    """Convênio and type of the last guide that this person began: the next is most often like it. One query."""
    guias = GuiaDigitada.objects.do_prestador(prestador).filter(criado_por=por).order_by("-criado_em", "-id")
    ultima = guias.values("convenio", "tipo").first()
    return dict(ultima) if ultima else {}
