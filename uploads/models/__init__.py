"""Uploaded files, their versions, what was found in them and what was corrected."""

from .arquivo import Alteracao, Arquivo, Versao
from .critica import Critica

__all__ = ["Alteracao", "Arquivo", "Critica", "Versao"]
