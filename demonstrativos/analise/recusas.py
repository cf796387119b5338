"""Why an analysis was not changed."""

from __future__ import annotations

from conecta.erros import ErroDeNegocio


class AnaliseFechada(ErroDeNegocio):
    """The protocol is not *Em análise*, so nothing of its analysis changes."""


class GlosaRecusada(ErroDeNegocio):
    """That glosa cannot be given or taken back as it was asked for."""


class CodigoRecusado(ErroDeNegocio):
    """No code of Tabela 38 by which something may be refused."""


class ReprecificacaoRecusada(ErroDeNegocio):
    """The base of an item cannot be changed like that, or the operadora does not allow it."""


class ConferenciaRecusada(ErroDeNegocio):
    """Something of the guide still waits for a decision."""


class NadaADesfazer(ErroDeNegocio):
    """The person has done nothing on this protocol that could be undone."""


class DesfazerRecusado(ErroDeNegocio):
    """What the person did is no longer the last thing that happened there."""


class FilaVazia(ErroDeNegocio):
    """No protocol waits for somebody to take it."""


class MotivoEmFalta(ErroDeNegocio):
    """A step back, or an end, needs its reason."""
