"""Totals of a guide beside the sums of its lines.

The sums are over amounts already rounded to cents, so they must agree to the cent: the operadora's tolerance is for the
rounding of one line, and is given there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from conecta.interface.formatos import reais
from tiss_schemas.espacos import NS
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import GuiaLida
from tiss_schemas.valores import decimal_de
from uploads.regras.contexto import Contexto
from uploads.regras.palavras import a_guia, campo, em_xml
from uploads.regras.registro import Apontamento, regra

_ZERO: Final = Decimal(0)
_TOTAL_DA_GUIA: Final = {
    "guiaSP-SADT": "valorTotalGeral",
    "guiaResumoInternacao": "valorTotalGeral",
    "guiaHonorarios": "valorTotalHonorarios",
    "guiaOdonto": "valorTotalProc",
}
"""The field with the guide's total; a consulta has no other amount than its one procedure's."""
_TOTAL_DA_DESPESA: Final = {
    "01": "valorGasesMedicinais",
    "02": "valorMedicamentos",
    "03": "valorMateriais",
    "05": "valorDiarias",
    "07": "valorTaxasAlugueis",
    "08": "valorOPME",
}
_COM_DESPESAS: Final = frozenset({"guiaSP-SADT", "guiaResumoInternacao"})


@regra("S01", codigo="5042", alvo="guia")
def total_da_guia(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O total da guia é a soma dos valores totais dos seus itens."""
    no = guia.totais.get(_TOTAL_DA_GUIA.get(guia.tipo, ""))
    soma = _soma(item.total for item in guia.itens)
    if no is None or guia.valor_total is None or soma is None or guia.valor_total == soma:
        return
    yield Apontamento(
        no=no,
        mensagem=(
            f"O campo {campo(no)} da {a_guia(guia)} é {reais(guia.valor_total)}, mas os itens somam {reais(soma)}. "
            "Recalcule os totais, ou corrija o item errado."
        ),
        valor=no.text,
        esperado=em_xml(soma),
        sugestao=em_xml(soma),
    )


@regra("S02", codigo="5042", alvo="guia")
def total_por_categoria(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Cada total informado por categoria é a soma dos itens dela."""
    for nome, itens in _categorias(guia).items():
        no = guia.totais.get(nome)
        informado = None if no is None else decimal_de(no.text)
        soma = _soma(itens)
        if no is None or informado is None or soma is None or informado == soma:
            continue
        yield Apontamento(
            no=no,
            mensagem=(
                f"O campo {campo(no)} da {a_guia(guia)} é {reais(informado)}, mas os itens dessa categoria somam "
                f"{reais(soma)}. Recalcule os totais, ou corrija o item errado."
            ),
            valor=no.text,
            esperado=em_xml(soma),
            sugestao=em_xml(soma),
        )


@regra("S03", codigo="5049", alvo="guia")
def total_negativo(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Nenhum total da guia é negativo."""
    for no in guia.totais.values():
        valor = decimal_de(no.text)
        if valor is not None and valor < _ZERO:
            yield Apontamento(
                no=no,
                mensagem=f"O campo {campo(no)} da {a_guia(guia)} é {reais(valor)}, negativo. Corrija o total.",
                valor=no.text,
                esperado="zero ou mais",
            )


@regra("S04", codigo="5040", alvo="guia", ignoravel=True, cadastro=True)
def total_zero(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O total da guia não é zero onde o contrato não aceita zero."""
    no = guia.totais.get(_TOTAL_DA_GUIA.get(guia.tipo, "valorProcedimento"))
    if no is not None and guia.valor_total == _ZERO and not contexto.parametros.valor_unitario_zero:
        yield Apontamento(
            no=no,
            mensagem=(
                f"O campo {campo(no)} da {a_guia(guia)} é zero. Informe os valores; se a guia não tem mesmo cobrança, "
                "ignore com justificativa."
            ),
            valor=no.text,
            esperado="maior que zero",
        )


@regra("S05", codigo="5007", alvo="guia")
def guia_sem_itens(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Uma guia de SP/SADT ou de internação cobra ao menos um procedimento ou uma despesa."""
    if guia.tipo in _COM_DESPESAS and not guia.itens:
        yield Apontamento(
            no=guia.elemento,
            mensagem=(
                f"A {a_guia(guia)} não tem nenhum procedimento nem despesa. Inclua os itens cobrados, ou retire a guia."
            ),
            esperado="ao menos um item",
        )


def _categorias(guia: GuiaLida) -> dict[str, list[Decimal | None]]:
    """The amounts behind each category that the guide declares. One that it leaves out is optional, and not judged."""
    if guia.tipo == "guiaOdonto":
        return {"valorTotalFranquia": [_franquia(item) for item in guia.itens]}
    if guia.tipo not in _COM_DESPESAS:
        return {}
    categorias: dict[str, list[Decimal | None]] = {
        nome: [] for nome in ("valorProcedimentos", *_TOTAL_DA_DESPESA.values())
    }
    for item in guia.itens:
        nome = (
            "valorProcedimentos" if item.especie == "procedimento" else _TOTAL_DA_DESPESA.get(item.codigo_despesa or "")
        )
        if nome is not None:
            categorias[nome].append(item.total)
    return categorias


def _franquia(item: ItemLido) -> Decimal | None:
    texto = item.elemento.findtext("ans:valorFranquia", namespaces=NS)
    return _ZERO if texto is None else decimal_de(texto)


def _soma(valores: Iterable[Decimal | None]) -> Decimal | None:
    """None where one of them cannot be read: then nobody knows the sum."""
    soma = _ZERO
    for valor in valores:
        if valor is None:
            return None
        soma += valor
    return soma
