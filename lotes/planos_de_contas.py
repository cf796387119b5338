"""The account of the financial department that each lot of an exported list belongs to, by its convênio."""

from __future__ import annotations

from lotes.models import Lote
from lotes.pagador import convenio_do, regras_do


class PlanosDeContas:
    """Asks once for each convênio and prestador of a list, however many lots it has."""

    def __init__(self) -> None:
        self._por_par: dict[tuple[int, int, int | None], tuple[str, str]] = {}

    def nome_e_conta(self, lote: Lote) -> tuple[str, str]:
        """The name of the lot's convênio and its plano de contas; "" where there is none."""
        par = (lote.operadora_id, lote.prestador_id, lote.convenio_id)
        if par not in self._por_par:
            convenio = convenio_do(lote)
            self._por_par[par] = (convenio.nome if convenio else "", regras_do(lote, convenio).plano_de_contas)
        return self._por_par[par]
