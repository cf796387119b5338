"""Uploaded files, their versions, what was found in them and what was corrected."""

from .arquivo import Alteracao, Arquivo, Versao
from .critica import Critica
from .rascunho import Rascunho

__all__ = ["Alteracao", "Arquivo", "Critica", "Rascunho", "Versao"]
