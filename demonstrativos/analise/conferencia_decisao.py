"""What the criteria say of a protocol, as the operadora lets each of them: judged in memory, nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from conecta.contas.models import Organizacao
from demonstrativos.analise.criterios import CRITERIOS, Caso, Criterio, Indicio
from demonstrativos.analise.criterios.registro import e_tecnico
from demonstrativos.analise.estados import AcaoDoCriterio
from demonstrativos.analise.models import AjusteDoCriterio
from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.valores import contas_exatas


@dataclass(frozen=True, slots=True)
class Ajustado:
    """A criterion as one operadora has it; `tolerancia` in reais."""

    criterio: Criterio
    acao: AcaoDoCriterio
    codigo: str = ""
    tolerancia: Decimal = Decimal(0)

    def codigo_na(self, versao: str) -> str:
        """The code for a lot of that version."""
        return self.criterio.codigo_na(versao, self.codigo)

    def acao_com(self, codigo: str) -> AcaoDoCriterio:
        """What it does with that code: what only an auditor may refuse by always waits for one."""
        if self.acao == AcaoDoCriterio.GLOSAR and e_tecnico(codigo):
            return AcaoDoCriterio.PROPOR
        return self.acao


@dataclass(frozen=True, slots=True)
class Decisao:
    """An indication with the code and the action that it comes to."""

    ajustado: Ajustado
    codigo: str
    acao: AcaoDoCriterio
    indicio: Indicio


def ajustados_de(operadora: Organizacao) -> list[Ajustado]:
    """Every criterion as that operadora has it, in order of precedence. One query."""
    ajustes = {ajuste.criterio: ajuste for ajuste in AjusteDoCriterio.objects.filter(operadora=operadora)}
    return [ajustado(criterio, ajustes) for criterio in CRITERIOS.values()]


def ajustado(criterio: Criterio, ajustes: Mapping[str, AjusteDoCriterio]) -> Ajustado:
    """That criterion with what was decided about it, if anything was."""
    ajuste = ajustes.get(criterio.nome)
    if ajuste is None:
        return Ajustado(criterio, criterio.acao)
    tolerancia = Decimal(ajuste.tolerancia_centavos) / 100 if criterio.tolera else Decimal(0)
    return Ajustado(criterio, AcaoDoCriterio(ajuste.acao), ajuste.codigo, tolerancia)


@coletor_em_pausa()
@contas_exatas()
def decidir(caso: Caso, criterios: list[Ajustado]) -> list[Decisao]:
    """What every criterion that is on finds, in order of precedence."""
    versao = caso.lote.versao or ""
    decisoes = []
    for um in criterios:
        if um.acao == AcaoDoCriterio.DESLIGADO:
            continue
        codigo = um.codigo_na(versao)
        acao = um.acao_com(codigo)
        decisoes += [Decisao(um, indicio.codigo or codigo, acao, indicio) for indicio in um.criterio.funcao(caso)]
    return decisoes
