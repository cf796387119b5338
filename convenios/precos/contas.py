"""The accounts of pricing, each step told in Portuguese. Nothing is rounded before the end."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from convenios.precos.conhecidos import Fonte, LinhaDePreco, Passo, Resposta, Tabela, Vinculo
from convenios.regras import CEM, ZERO
from tiss_schemas.valores import CENTAVO

_UM: Final = Decimal(1)
_ANESTESISTA: Final = "06"
_AUXILIARES: Final = {"01": (1, Decimal(30)), "02": (2, Decimal(20)), "03": (3, Decimal(20)), "04": (4, Decimal(20))}
"""Which auxiliary a grau de participação is, and what part of the surgeon's fee it has, in percent (CBHPM)."""
_INSTRUMENTADOR: Final = "05"
_DO_INSTRUMENTADOR: Final = Decimal(10)
SO_HONORARIOS: Final = frozenset({*_AUXILIARES, _INSTRUMENTADOR, _ANESTESISTA})
"""Graus de participação that have a part of the procedure, and not all of it."""


class Indefinido(Exception):
    """What is registered does not give a price; the text says why, and what is to be done."""


def responder(partes: Sequence[Passo], fonte: Fonte, antes: tuple[Passo, ...] = ()) -> Resposta:
    """The price as the sum of the parts, rounded half up to cents: the only rounding there is."""
    total = ZERO
    for parte in partes:
        if parte.valor:
            total += parte.valor
    return Resposta(total.quantize(CENTAVO, ROUND_HALF_UP), fonte, antes, tuple(partes))


def sem_valor(motivo: str, fonte: Fonte, antes: tuple[Passo, ...] = (), dados: tuple[object, ...] = ()) -> Resposta:
    """No price, and why: a template with its data."""
    return Resposta(None, fonte, antes, (Passo(motivo, dados),))


def pela_tabela(
    linha: LinhaDePreco, tabela: Tabela, vinculo: Vinculo, grau: str, valor_filme: Decimal | None
) -> list[Passo]:
    """What a row of a table gives for one professional, or for the whole procedure ("" or the surgeon).

    Raises `Indefinido` where the table lacks what the row needs.
    """
    if not tabela.de_portes:
        return [_pelo_valor(linha, vinculo, grau)]
    partes = [_pelo_porte(linha, tabela, vinculo, grau)]
    if grau not in SO_HONORARIOS:
        partes += _do_custo(linha, tabela, vinculo)
        partes += _do_filme(linha, valor_filme)
    return [_com_percentual(parte, vinculo.percentual) for parte in partes]


def apresentar_tabela(tabela: Tabela, vinculo: Vinculo, linha: LinhaDePreco, codigo: str) -> Passo:
    """Which row of which table decides, and by which agreement."""
    acordo = "do contrato com o prestador" if vinculo.do_contrato else "do convênio"
    return Passo("Tabela {}, {}: código {}, preço em vigor desde {:d}", (tabela.nome, acordo, codigo, linha.inicio))


def _pelo_valor(linha: LinhaDePreco, vinculo: Vinculo, grau: str) -> Passo:
    if linha.valor is None:
        raise Indefinido("A linha da tabela não tem valor. Informe-o no cadastro da tabela.")
    if grau == _ANESTESISTA:
        raise Indefinido(
            "A tabela não diz o que cabe ao anestesista: ela dá um valor por código, sem porte anestésico."
        )
    passo = Passo("Valor da tabela: {:n}", (linha.valor,), linha.valor)
    return _com_percentual(_vezes(passo, *_da_equipe(linha, grau)), vinculo.percentual)


def _pelo_porte(linha: LinhaDePreco, tabela: Tabela, vinculo: Vinculo, grau: str) -> Passo:
    """porte × fração × (1 + banda %), of the professional asked for."""
    nome, fracao = (linha.porte_anestesico, _UM) if grau == _ANESTESISTA else (linha.porte, linha.fracao)
    if not nome:
        if grau == _ANESTESISTA:
            raise Indefinido("A tabela não dá porte anestésico a este código.")
        return Passo("Sem porte", (), ZERO)
    unidade = tabela.portes.get(nome)
    if unidade is None:
        raise Indefinido(f"A tabela não tem o valor do porte {nome}. Informe-o no cadastro da tabela.")
    if fracao == _UM:
        passo = _com_banda("Porte {}: {:n}", (nome, unidade), unidade, vinculo.banda_porte)
    else:
        conta = "Porte {}: {:n} × {:q}"
        passo = _com_banda(conta, (nome, unidade, fracao), unidade * fracao, vinculo.banda_porte)
    return _vezes(passo, *_da_equipe(linha, grau))


def _do_custo(linha: LinhaDePreco, tabela: Tabela, vinculo: Vinculo) -> list[Passo]:
    """custo operacional in UCO × value of the UCO × (1 + banda %)."""
    custo = linha.custo_operacional
    if not custo:
        return []
    if tabela.uco is None:
        raise Indefinido("A tabela não tem o valor da UCO. Informe-o no cadastro da tabela.")
    conta = "Custo operacional: {:q} UCO × {:n}"
    return [_com_banda(conta, (custo, tabela.uco), custo * tabela.uco, vinculo.banda_uco)]


def _do_filme(linha: LinhaDePreco, valor_filme: Decimal | None) -> list[Passo]:
    if not linha.filme_m2:
        return []
    if valor_filme is None:
        raise Indefinido("O convênio não tem o valor do filme. Informe-o nos dados cadastrais do convênio.")
    valor = linha.filme_m2 * valor_filme
    return [Passo("Filme: {:q} m² × {:n} = {:n}", (linha.filme_m2, valor_filme, valor), valor)]


def _da_equipe(linha: LinhaDePreco, grau: str) -> tuple[Decimal, str]:
    """What part of the fee a professional has, in percent, and how that is told."""
    if grau == _INSTRUMENTADOR:
        return _DO_INSTRUMENTADOR, "instrumentador"
    if grau not in _AUXILIARES:
        return CEM, ""
    ordem, parte = _AUXILIARES[grau]
    if linha.auxiliares is not None and ordem > linha.auxiliares:
        raise Indefinido(f"A tabela prevê até {linha.auxiliares} auxiliar(es), e a cobrança é do {ordem}º.")
    return parte, f"{ordem}º auxiliar"


def _com_banda(conta: str, dados: tuple[object, ...], base: Decimal, banda: Decimal) -> Passo:
    """The account that gives `base`, times (1 + banda %), and its result told."""
    if not banda:
        return Passo(conta + " = {:n}", (*dados, base), base)
    valor = base * (CEM + banda) / CEM
    sinal = "+" if banda > 0 else "−"
    return Passo(conta + " × (1 {} {:q} %) = {:n}", (*dados, sinal, abs(banda), valor), valor)


def _vezes(passo: Passo, parte: Decimal, de_quem: str) -> Passo:
    if parte == CEM or passo.valor is None:
        return passo
    valor = passo.valor * parte / CEM
    return Passo(passo.molde + "; {}: × {:q} % = {:n}", (*passo.dados, de_quem, parte, valor), valor)


def _com_percentual(passo: Passo, percentual: Decimal) -> Passo:
    return _vezes(passo, percentual, "percentual do vínculo")
