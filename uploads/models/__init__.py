"""Uploaded files, their versions, what was found in them and what was corrected."""

from .arquivo import Alteracao, Arquivo, Versao
from .contagem import Contagem
from .critica import Critica
from .rascunho import Rascunho

__all__ = ["Alteracao", "Arquivo", "Contagem", "Critica", "Rascunho", "Versao"]
