"""What an operadora lets each criterion do, and what the criteria came to in the last months."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Final

from django.db.models import Count, Q, Sum
from django.utils import timezone

from conecta.contas.models import Organizacao
from conecta.erros import ErroDeNegocio
from demonstrativos.analise.codigos import codigo_de_glosa
from demonstrativos.analise.conferencia_decisao import Ajustado, ajustado, ajustados_de
from demonstrativos.analise.criterios import CRITERIOS, Criterio
from demonstrativos.analise.criterios.registro import e_tecnico
from demonstrativos.analise.estados import AcaoDoCriterio, Origem
from demonstrativos.analise.models import AjusteDoCriterio, Glosa, ResultadoDoCriterio

DIAS: Final = 90
"""How far back results are counted."""


class AjusteRecusado(ErroDeNegocio):
    """The criterion cannot be set like that."""


@dataclass(frozen=True, slots=True)
class Resultado:
    """What a criterion came to: glosas and observations found, in reais, and what people said of the glosas."""

    glosas: int = 0
    valor: Decimal = Decimal(0)
    observacoes: int = 0
    retiradas: int = 0
    esperam: int = 0

    @property
    def parte_retirada(self) -> int | None:
        """Percentage of the glosas that people decided about which they took away; None before they decided any."""
        decididas = self.glosas + self.retiradas - self.esperam
        return round(100 * self.retiradas / decididas) if decididas > 0 else None


@dataclass(frozen=True, slots=True)
class Linha:
    """A criterion as the operadora has it, and what it came to."""

    ajustado: Ajustado
    resultado: Resultado


def linhas_de(operadora: Organizacao) -> list[Linha]:
    """Every criterion, in order of precedence, with its last `DIAS` days. Three queries."""
    resultados = _resultados(operadora)
    return [Linha(um, resultados.get(um.criterio.nome, Resultado())) for um in ajustados_de(operadora)]


def ajustado_de(operadora: Organizacao, criterio: Criterio) -> Ajustado:
    """That criterion as the operadora has it. One query."""
    ajustes = AjusteDoCriterio.objects.filter(operadora=operadora, criterio=criterio.nome)
    return ajustado(criterio, {ajuste.criterio: ajuste for ajuste in ajustes})


def ajustar(
    *, operadora: Organizacao, criterio: str, acao: AcaoDoCriterio, codigo: str = "", tolerancia_centavos: int = 0
) -> AjusteDoCriterio:
    """Decide what a criterion does from its next pass on; who did it is in the audit trail.

    `codigo` of Tabela 38, "": the criterion's own. Raises `AjusteRecusado`, and `CodigoRecusado` where there is none
    such.
    """
    catalogado = CRITERIOS.get(criterio)
    if catalogado is None or acao not in catalogado.acoes:
        raise AjusteRecusado("O critério não mudou: ele não pode fazer isso. Escolha uma das opções da tela.")
    codigo = codigo_de_glosa(codigo) if codigo.strip() else ""
    if acao == AcaoDoCriterio.GLOSAR and e_tecnico(codigo or catalogado.codigo):
        raise AjusteRecusado(
            f"O código {codigo or catalogado.codigo} é de glosa técnica, que um auditor confirma. Escolha propor a "
            "glosa, ou outro código."
        )
    ajuste, _ = AjusteDoCriterio.objects.update_or_create(
        operadora=operadora,
        criterio=catalogado.nome,
        defaults={
            "acao": acao,
            "codigo": "" if codigo == catalogado.codigo else codigo,
            "tolerancia_centavos": tolerancia_centavos if catalogado.tolera else 0,
        },
    )
    return ajuste


def _resultados(operadora: Organizacao) -> dict[str, Resultado]:
    desde = timezone.now() - timedelta(days=DIAS)
    somas = (
        ResultadoDoCriterio.objects.filter(operadora=operadora, quando__gte=desde)
        .order_by()
        .values_list("criterio")
        .annotate(Sum("glosas"), Sum("valor"), Sum("observacoes"), Sum("retiradas"))
    )
    resultados = {criterio: Resultado(*valores) for criterio, *valores in somas}
    da_regra = Glosa.objects.filter(operadora=operadora, origem=Origem.REGRA, criada_em__gte=desde).order_by()
    restam = da_regra.values_list("criterio").annotate(quantas=Count("pk"), esperam=Count("pk", Q(confirmada=False)))
    ficaram = {criterio: (quantas, esperam) for criterio, quantas, esperam in restam}
    return {nome: _com_o_que_ficou(um, *ficaram.get(nome, (0, 0))) for nome, um in resultados.items()}


def _com_o_que_ficou(resultado: Resultado, quantas: int, esperam: int) -> Resultado:
    """What was found and is not there any more was taken away by somebody."""
    tiradas = max(resultado.glosas - quantas, 0)
    return replace(
        resultado,
        glosas=resultado.glosas - tiradas,
        retiradas=resultado.retiradas + tiradas,
        esperam=esperam,
    )
