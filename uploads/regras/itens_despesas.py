"""Expenses of a guide: their kind beside their table, and what goes with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from conecta.interface.formatos import quantidade as em_quantidade
from tiss_schemas.lote_lido import GuiaLida
from tiss_schemas.valores import data_de
from uploads.regras.contexto import Contexto
from uploads.regras.linhas import do_item, itens_com
from uploads.regras.palavras import a_guia, campo, citado
from uploads.regras.registro import Apontamento, regra

_DESDE: Final = date(2026, 11, 22)
_DESPESAS_DA_TABELA: Final = {
    "18": {"01": "gases medicinais", "05": "diárias", "07": "taxas e aluguéis"},
    "19": {"03": "materiais", "08": "OPME"},
    "20": {"02": "medicamentos"},
}
"""The kinds of expense (table 25) that each table of TUSS is of. The operadora's own tables have any."""
_DIARIA: Final = "05"
_OPME: Final = "08"
_PROPRIA: Final = "00"


@regra(
    "I11",
    codigo="3189",
    codigo_antigo="1914",
    alvo="guia",
    exemplo="O período tem 3 dias, e a mesma diária foi cobrada 5 vezes.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
)
def diarias_demais(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Uma diária não é cobrada mais vezes que os dias do período faturado da internação."""
    if guia.tipo != "guiaResumoInternacao":
        return
    inicio, fim = (data_de(guia.no(nome).text) for nome in ("dataInicioFaturamento", "dataFinalFaturamento"))
    if inicio is None or fim is None or fim < inicio:
        return
    dias = (fim - inicio).days + 1
    cobradas: defaultdict[str | None, Decimal] = defaultdict(Decimal)
    for item in guia.itens:
        if item.codigo_despesa != _DIARIA or item.quantidade is None or item.quantidade <= 0:
            continue
        antes = cobradas[item.codigo]
        cobradas[item.codigo] = antes + item.quantidade
        if antes > dias or cobradas[item.codigo] <= dias:
            continue
        no = item.no("quantidadeExecutada")
        yield Apontamento(
            no=no,
            mensagem=(
                f"Até o campo {campo(no)} {do_item(item)} a {a_guia(guia)} cobra "
                f"{em_quantidade(cobradas[item.codigo])} vezes a mesma diária, e o período faturado tem {dias} dias. "
                "Corrija a quantidade ou o período; se está certo, ignore com justificativa."
            ),
            valor=no.text,
            esperado=f"no máximo {dias} no período",
        )


@regra(
    "I32",
    codigo="3192",
    codigo_antigo="1713",
    alvo="guia",
    exemplo="Um código da tabela 20, de medicamentos, está como despesa 03, materiais.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
)
def despesa_de_outra_tabela(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O código da despesa é de um tipo que a tabela do item tem."""
    for item in itens_com(guia, _de_outra_tabela):
        despesa, da_tabela = item.codigo_despesa, _DESPESAS_DA_TABELA[item.tabela or ""]
        no = item.no("codigoDespesa")
        certas = " ou ".join(f"{codigo} ({nome})" for codigo, nome in da_tabela.items())
        yield Apontamento(
            no=no,
            mensagem=(
                f"O campo {campo(no)} {do_item(item)} é {citado(despesa)}, e os itens da tabela {item.tabela} são "
                f"{certas}. Corrija o código da despesa ou a tabela; se está certo, ignore com justificativa."
            ),
            valor=despesa,
            esperado=" ou ".join(da_tabela),
        )


@regra(
    "I34",
    codigo="3106",
    alvo="guia",
    exemplo="Uma prótese da tabela 00 foi cobrada sem o registro na ANVISA.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
)
def opme_sem_registro(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Uma OPME que não está na TUSS leva o registro do material na ANVISA."""
    for item in itens_com(guia, lambda tabela, _, despesa, __: despesa == _OPME and tabela == _PROPRIA):
        if (item.registro_anvisa or "").strip():
            continue
        no = item.no("registroANVISA")
        if no is item.elemento:
            no = item.no("servicosExecutados")
        yield Apontamento(
            no=no,
            mensagem=(
                f"Falta o campo “OD 17 Registro ANVISA do material” {do_item(item)} que não é da TUSS. Informe o "
                "registro que está na embalagem ou na nota fiscal; se não há, ignore com justificativa."
            ),
            valor=item.registro_anvisa,
            esperado="o registro na ANVISA",
        )


def _de_outra_tabela(tabela: str | None, _: str | None, despesa: str | None, __: date | None) -> bool:
    da_tabela = _DESPESAS_DA_TABELA.get(tabela or "")
    return despesa is not None and da_tabela is not None and despesa not in da_tabela
