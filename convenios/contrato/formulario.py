"""One tab of what holds between a convênio and a prestador: what this side may decide, and all else to be read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.http import QueryDict

from convenios.abas_do_convenio import Aba, Secao
from convenios.camadas import NOMES, Efetivas
from convenios.contrato.escolhas import Autor, acima_de, camada_de
from convenios.forms_do_convenio_camadas import CamadasForm, Linha
from convenios.forms_do_convenio_campos import modelo_de
from convenios.models import Convenio, Credenciamento
from convenios.palavras_do_convenio import efetivo_em_palavras, rotulo


@dataclass(frozen=True, slots=True)
class Vale:
    """A setting that this side only reads: its value in words, who decided it, and what it changes."""

    nome: str
    valor: str
    origem: str
    ajuda: str


@dataclass(frozen=True, slots=True)
class Parte:
    """A section of the tab."""

    secao: Secao
    linhas: list[Linha]
    valem: list[Vale]


class ContratoForm(CamadasForm):
    """One tab; `editaveis` are the settings that this side may decide, `efetivas` what holds today."""

    def __init__(
        self,
        dados: QueryDict | None,
        *,
        credenciamento: Credenciamento,
        convenio: Convenio,
        autor: Autor,
        editaveis: Collection[str],
        efetivas: Efetivas,
        aba: Aba,
    ) -> None:
        super().__init__(
            dados,
            linha=camada_de(credenciamento, convenio, autor),
            acima=acima_de(credenciamento, convenio, autor),
            em_camadas=[nome for nome in aba.em_camadas if nome in editaveis],
        )
        self.aba = aba
        self.efetivas = efetivas

    def partes(self) -> list[Parte]:
        """The tab as the screen shows it: sections in which nothing is layered are left out."""
        partes = [self._parte(secao) for secao in self.aba.secoes]
        return [parte for parte in partes if parte.linhas or parte.valem]

    def _parte(self, secao: Secao) -> Parte:
        nomes = [nome for nome in secao.campos if nome in NOMES]
        dela = [nome for nome in nomes if nome in self.herdados]
        return Parte(secao, self.linhas(dela), [self._vale(nome) for nome in nomes if nome not in dela])

    def _vale(self, nome: str) -> Vale:
        return Vale(
            rotulo(nome),
            efetivo_em_palavras(nome, getattr(self.efetivas.regras, nome)),
            str(self.efetivas.origem[nome]),
            str(modelo_de(nome).help_text),
        )
