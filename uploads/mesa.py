"""The correction screen of one person and one file: its causes, what was decided about them, and the forms for it."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from django.core.paginator import Page, Paginator

from conecta.contas.models import Usuario
from tiss_schemas.leitura import ArquivoRecusado, Documento, ler
from uploads.causas import causas, montar
from uploads.controles import precisa_do_documento
from uploads.correcao import Correcao, correcao_de
from uploads.decisoes import Decisoes, carregar
from uploads.formulario_da_causa import FormularioDaCausa
from uploads.models import Arquivo
from uploads.versoes import conteudo_de

CAUSAS_POR_PAGINA = 20


class Mesa:
    """All causes are counted by one query; forms are made for those that are asked for."""

    def __init__(self, arquivo: Arquivo, usuario: Usuario, decisoes: Decisoes | None = None) -> None:
        self.arquivo = arquivo
        self.decisoes = carregar(arquivo, usuario) if decisoes is None else decisoes
        self.linhas = {linha["causa"]: linha for linha in causas(arquivo)}

    def pagina(self, numero: str | None) -> Page[str]:
        """One page of the ids of the causes."""
        return Paginator(list(self.linhas), CAUSAS_POR_PAGINA).get_page(numero)

    def pagina_de(self, causa: str) -> int:
        """The number of the page that a cause is on."""
        return list(self.linhas).index(causa) // CAUSAS_POR_PAGINA + 1

    def formularios(self, ids: Collection[str]) -> list[FormularioDaCausa]:
        """The forms of these causes, in the order of the screen, with what was decided about each."""
        todas = montar(self.arquivo, [linha for causa, linha in self.linhas.items() if causa in ids])
        documento = None
        if any(precisa_do_documento(causa.exemplo, self.arquivo.versao_tiss) for causa in todas):
            documento = self._documento
        return [
            FormularioDaCausa(
                causa,
                self.arquivo.versao_tiss,
                documento,
                self.decisoes.por_causa.get(causa.id),
                sugestoes=self.decisoes.sugestoes,
            )
            for causa in todas
        ]

    def correcao(self, formularios: Collection[FormularioDaCausa]) -> Correcao:
        """What these forms, which are valid, and the suggestions that are marked come to."""
        return correcao_de(self.arquivo, list(formularios), sugestoes=self.decisoes.sugestoes)

    @cached_property
    def decididas(self) -> list[str]:
        """Ids of the causes about which something was decided."""
        return [
            causa for causa, decisao in self.decisoes.por_causa.items() if causa in self.linhas and not decisao.vazia
        ]

    @cached_property
    def sugestoes(self) -> int:
        """Places with a suggestion."""
        return sum(self._conta(causa, "sugestoes") for causa in self.linhas)

    @cached_property
    def causas_marcadas(self) -> list[str]:
        """Ids of the causes whose suggestion is marked."""
        return [causa for causa in self.linhas if self._conta(causa, "sugestoes") and self.decisoes.usa_sugestao(causa)]

    @property
    def marcadas(self) -> int:
        """Places whose suggestion is marked."""
        por_causa = self.decisoes.por_causa
        fora = sum(len(por_causa[causa].fora) for causa in self.causas_marcadas if causa in por_causa)
        return sum(self._conta(causa, "sugestoes") for causa in self.causas_marcadas) - fora

    @property
    def impedem(self) -> int:
        """Críticas that stop the file as it stands."""
        return sum(self._conta(causa, "impedem") for causa in self.linhas)

    def _conta(self, causa: str, nome: str) -> int:
        return int(self.linhas[causa][nome])

    @cached_property
    def _documento(self) -> Documento | None:
        try:
            return ler(conteudo_de(self.arquivo))
        except ArquivoRecusado:
            return None
