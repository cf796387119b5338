"""By what a typed guide is billed: its contract, the settings that hold, and who the sender says it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from convenios.camadas import do_prestador
from convenios.models import Credenciamento
from convenios.models.camadas import Origem
from convenios.regras import Regras
from uploads.digitacao.models import GuiaDigitada

_CNPJ: Final = 14


@dataclass(frozen=True, slots=True)
class Contrato:
    """The contract of the guide's prestador with its operadora, and what its convênio decides for it."""

    credenciamento: Credenciamento
    regras: Regras
    documento: str
    """CNPJ or CPF of the prestador."""

    @property
    def origem(self) -> tuple[str, str]:
        """Element and value by which the prestador names itself: as the convênio wants it, else by its document."""
        if self.regras.origem == Origem.CODIGO:
            return "codigoPrestadorNaOperadora", self.credenciamento.codigo_na_operadora
        return ("CNPJ" if len(self.documento) == _CNPJ else "CPF"), self.documento


def contrato_de(guia: GuiaDigitada) -> Contrato:
    """What holds for the guide today. Three queries at most beyond the guide's own row."""
    credenciamento = Credenciamento.objects.get(prestador=guia.prestador_id, operadora=guia.operadora_id)
    regras = do_prestador(guia.convenio, credenciamento).regras
    return Contrato(credenciamento, regras, guia.prestador.documento)
