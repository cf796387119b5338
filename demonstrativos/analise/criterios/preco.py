"""How much of a line is not paid: prices above what was agreed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from conecta.interface.formatos import data as em_data
from conecta.interface.formatos import reais
from demonstrativos.analise.criterios.caso import Caso
from demonstrativos.analise.criterios.registro import AlemDe, Indicio, criterio
from tiss_schemas.lote_lido import GuiaLida
from tiss_schemas.valores import CENTAVO, produto
from uploads.regras.contexto import Contexto
from uploads.regras.precificacao import Divergencia, Tolerancia


@criterio("preco_acima", titulo="Preço acima do contrato", codigo="1705", regras=("I16", "I43"), tolera=True)
def preco_acima(caso: Caso) -> Iterator[Indicio]:
    """O valor do item passa do preço do contrato no dia, além da tolerância do convênio."""
    for guia in caso.lote.guias:
        for divergencia in divergencias(guia, caso.contexto):
            praticado, certo = divergencia.praticado, divergencia.certo
            if praticado is None or certo is None or praticado <= certo:
                continue
            yield Indicio(
                guia=guia,
                item=divergencia.linha,
                quanto=AlemDe(_certo_da_linha(divergencia, praticado, certo)),
                motivo=(
                    f"Foi cobrado {reais(praticado)}, e o preço do contrato em {em_data(divergencia.item.dia)} é "
                    f"{reais(certo)} ({divergencia.resposta.passos[0].texto})."
                ),
            )


def divergencias(guia: GuiaLida, contexto: Contexto) -> tuple[Divergencia, ...]:
    """The lines of the guide that do not cost what was agreed, as the verdict works them out."""
    convenio = contexto.convenio_da(guia)
    if convenio is None:
        return ()
    tolerancia = Tolerancia(
        percentual=convenio.regras.tolerancia_de_preco, centavos=contexto.parametros.tolerancia_centavos
    )
    return contexto.precos.divergencias(guia, convenio.id, convenio.regras, tolerancia)


def _certo_da_linha(divergencia: Divergencia, praticado: Decimal, certo: Decimal) -> Decimal:
    """What the whole line should have cost, in reais: its quantity at the agreed price, with its own fator."""
    linha = divergencia.linha
    if linha.unitario is not None and linha.quantidade is not None:
        return produto((linha.quantidade, certo, linha.fator or Decimal(1))) or Decimal(0)
    total = linha.total if linha.total is not None else praticado
    return (total * certo / praticado).quantize(CENTAVO, ROUND_HALF_UP)
