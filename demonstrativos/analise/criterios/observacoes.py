"""What an analista should look at, and what refuses nothing by itself."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from conecta.interface.formatos import reais
from demonstrativos.analise.criterios.caso import Caso
from demonstrativos.analise.criterios.registro import Indicio, criterio, regras_com_criterio
from tiss_schemas.itens_lidos import ItemLido
from uploads.regras import REGRAS, Alvo, Regra

_PACOTES: Final = frozenset({"90", "98"})


@criterio(
    "pacote_e_avulsos", titulo="Pacote com itens avulsos", codigo="3211", antes={"4.02.00": "1711"}, so_observa=True
)
def pacote_e_avulsos(caso: Caso) -> Iterator[Indicio]:
    """A guia cobra um pacote e, no mesmo dia, outros itens: podem estar incluídos nele."""
    for guia in caso.lote.guias:
        pacotes = {item.data: item for item in guia.itens if item.tabela in _PACOTES}
        for item in guia.itens if pacotes else ():
            pacote: ItemLido | None = pacotes.get(item.data)
            if pacote is not None and item.tabela not in _PACOTES:
                yield Indicio(
                    guia=guia,
                    item=item,
                    motivo=f"No mesmo dia a guia cobra o pacote {pacote.codigo}: confira se este item está incluído.",
                )


@criterio(
    "total_acima_dos_itens", titulo="Total da guia acima dos itens", codigo="5042", regras=("S01",), so_observa=True
)
def total_acima_dos_itens(caso: Caso) -> Iterator[Indicio]:
    """O total que a guia informa passa da soma dos seus itens: só os itens são pagos."""
    for guia in caso.lote.guias:
        soma = sum((item.total or Decimal(0) for item in guia.itens), Decimal(0))
        if guia.valor_total is not None and guia.valor_total > soma:
            yield Indicio(
                guia=guia,
                motivo=f"O total da guia é {reais(guia.valor_total)}, e os itens somam {reais(soma)}.",
            )


@criterio("regra_observada", titulo="Regra que só se observa", codigo="1713", so_observa=True)
def regra_observada(caso: Caso) -> Iterator[Indicio]:
    """Uma regra do envio que a operadora só observa, e que não tem critério aqui, achou algo na guia: o código e o
    texto são os da regra."""
    for numero in sorted(caso.observadas - regras_com_criterio()):
        regra = REGRAS.get(numero)
        if regra is None or regra.funcao is None:
            continue
        sujeitos = caso.lote.guias if regra.alvo is Alvo.GUIA else [caso.lote] if regra.alvo is Alvo.LOTE else []
        for sujeito in sujeitos:
            yield from _da_regra(caso, regra, sujeito)


@criterio("critica_ignorada", titulo="Crítica ignorada pelo prestador", codigo="1713", so_observa=True)
def critica_ignorada(caso: Caso) -> Iterator[Indicio]:
    """O prestador enviou a guia com uma crítica que ignorou: a justificativa dele é mostrada ao analista."""
    por_numero = {guia.numero_prestador: guia for guia in caso.lote.guias}
    for ignorada in caso.ignoradas:
        guia, item = caso.lugar(caso.documento.no(ignorada.caminho))
        yield Indicio(
            guia=guia or por_numero.get(ignorada.guia),
            item=item,
            codigo=ignorada.codigo,
            motivo=f"Ignorada com a justificativa “{ignorada.justificativa}”: {ignorada.mensagem}",
        )


def _da_regra(caso: Caso, regra: Regra, sujeito: object) -> Iterator[Indicio]:
    assert regra.funcao is not None
    for apontamento in regra.funcao(sujeito, caso.contexto):
        guia, item = caso.lugar(apontamento.no)
        yield Indicio(
            guia=guia,
            item=item,
            codigo=regra.codigo_na(caso.lote.versao),
            motivo=f"Regra {regra.numero}: {apontamento.mensagem}",
        )
