"""What cannot be done with messages, attachments and informativos, each with the sentence that people read."""

from __future__ import annotations

from conecta.erros import ErroDeNegocio


class MensagemRecusada(ErroDeNegocio):
    """A message that says nothing, says too much, or asks or answers what it cannot."""


class AnexoRecusado(ErroDeNegocio):
    """A document that is not taken: its bytes, its size, or what was said of it."""


class AnexoJaEntregue(ErroDeNegocio):
    """A document that the operadora has already cannot be removed."""


class InformativoRecusado(ErroDeNegocio):
    """A change that an informativo's state does not allow, or a file that it cannot carry."""
