"""What cannot be imported, and what cannot be done with an import."""

from __future__ import annotations

from conecta.erros import ErroDeNegocio


class ArquivoRecusado(ErroDeNegocio):
    """A file of which no row can be imported; `frase` says why and what to do."""


class ForaDeHora(ErroDeNegocio):
    """Something that the import's state does not allow, or no longer."""


class CadastroMudou(ErroDeNegocio):
    """Rows that were good when the file was checked are not any more, and all or nothing was asked for."""
