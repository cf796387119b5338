"""The accounts of pricing, each step told in Portuguese. Nothing is rounded here but what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from conecta.interface.formatos import data as em_data
from conecta.interface.formatos import quantidade, reais
from convenios.precos.conhecidos import Fonte, LinhaDePreco, Passo, Resposta, Tabela, Vinculo
from tiss_schemas.valores import CENTAVO

ZERO: Final = Decimal(0)
CEM: Final = Decimal(100)
_MOSTRADO: Final = Decimal("0.000001")
_CIRURGIAO: Final = "00"
_ANESTESISTA: Final = "06"
_AUXILIARES: Final = {"01": (1, Decimal(30)), "02": (2, Decimal(20)), "03": (3, Decimal(20)), "04": (4, Decimal(20))}
"""Which auxiliary a grau de participação is, and what part of the surgeon's fee it has, in percent (CBHPM)."""
_INSTRUMENTADOR: Final = "05"
_DO_INSTRUMENTADOR: Final = Decimal(10)
_SO_HONORARIOS: Final = frozenset({*_AUXILIARES, _INSTRUMENTADOR, _ANESTESISTA})


class Indefinido(Exception):
    """What is registered does not give a price; the text says why, and what is to be done."""


def responder(partes: Sequence[Passo], fonte: Fonte, antes: Iterable[Passo] = ()) -> Resposta:
    """The price as the sum of the parts, rounded half up to cents: the only rounding there is."""
    total = sum((parte.valor or ZERO for parte in partes), ZERO)
    valor = total.quantize(CENTAVO, ROUND_HALF_UP)
    passos = [*antes, *partes]
    if len(partes) > 1:
        passos.append(Passo(f"Soma: {numero(total)}", total))
    arredondado = "" if total == valor else f", arredondado ao centavo de {numero(total)}"
    passos.append(Passo(f"Valor unitário: {reais(valor)}{arredondado}", valor))
    return Resposta(valor, tuple(passos), fonte)


def sem_valor(motivo: str, fonte: Fonte, antes: Iterable[Passo] = ()) -> Resposta:
    """No price, and why."""
    return Resposta(None, (*antes, Passo(motivo)), fonte)


def pela_tabela(
    linha: LinhaDePreco, tabela: Tabela, vinculo: Vinculo, grau: str, valor_filme: Decimal | None
) -> list[Passo]:
    """What a row of a table gives for one professional, or for the whole procedure ("" or the surgeon).

    Raises `Indefinido` where the table lacks what the row needs.
    """
    if not tabela.de_portes:
        return [_pelo_valor(linha, vinculo, grau)]
    partes = [_pelo_porte(linha, tabela, vinculo, grau)]
    if grau not in _SO_HONORARIOS:
        partes += _do_custo(linha, tabela, vinculo)
        partes += _do_filme(linha, valor_filme)
    return [_com_percentual(parte, vinculo.percentual) for parte in partes]


def com_percentual(rotulo: str, base: Decimal, percentual: Decimal) -> Passo:
    """ "PFB 12,40 × 38 % = 4,712"."""
    valor = base * percentual / CEM
    return Passo(f"{rotulo} {numero(base)} × {quantidade(percentual)} % = {numero(valor)}", valor)


def apresentar_tabela(tabela: Tabela, vinculo: Vinculo, linha: LinhaDePreco, codigo: str) -> Passo:
    """Which row of which table decides, and by which agreement."""
    acordo = "do contrato com o prestador" if vinculo.do_contrato else "do convênio"
    return Passo(f"Tabela {tabela.nome}, {acordo}: código {codigo}, preço em vigor desde {em_data(linha.inicio)}")


def numero(valor: Decimal) -> str:
    """At least two places, at most six: 12.4 → "12,40"; 4.712 → "4,712"."""
    inteiro, _, casas = f"{valor.quantize(_MOSTRADO, ROUND_HALF_UP):,.6f}".partition(".")
    return f"{inteiro.replace(',', '.')},{casas.rstrip('0').ljust(2, '0')}"


def _pelo_valor(linha: LinhaDePreco, vinculo: Vinculo, grau: str) -> Passo:
    if linha.valor is None:
        raise Indefinido("A linha da tabela não tem valor. Informe-o no cadastro da tabela.")
    if grau == _ANESTESISTA:
        raise Indefinido(
            "A tabela não diz o que cabe ao anestesista: ela dá um valor por código, sem porte anestésico."
        )
    parte, texto = _da_equipe(linha, grau)
    passo = Passo(f"Valor da tabela: {numero(linha.valor)}", linha.valor)
    return _com_percentual(_vezes(passo, parte, texto), vinculo.percentual)


def _pelo_porte(linha: LinhaDePreco, tabela: Tabela, vinculo: Vinculo, grau: str) -> Passo:
    """porte × fração × (1 + banda %), of the professional asked for."""
    nome, fracao = (linha.porte_anestesico, Decimal(1)) if grau == _ANESTESISTA else (linha.porte, linha.fracao)
    if not nome:
        if grau == _ANESTESISTA:
            raise Indefinido("A tabela não dá porte anestésico a este código.")
        return Passo("Sem porte", ZERO)
    unidade = tabela.portes.get(nome)
    if unidade is None:
        raise Indefinido(f"A tabela não tem o valor do porte {nome}. Informe-o no cadastro da tabela.")
    valor = unidade * fracao
    conta = f"Porte {nome}: {numero(unidade)}"
    if fracao != 1:
        conta += f" × {quantidade(fracao)}"
    passo = _com_banda(conta, valor, vinculo.banda_porte)
    parte, texto = _da_equipe(linha, grau)
    return _vezes(passo, parte, texto)


def _do_custo(linha: LinhaDePreco, tabela: Tabela, vinculo: Vinculo) -> list[Passo]:
    """custo operacional in UCO × value of the UCO × (1 + banda %)."""
    if not linha.custo_operacional:
        return []
    if tabela.uco is None:
        raise Indefinido("A tabela não tem o valor da UCO. Informe-o no cadastro da tabela.")
    conta = f"Custo operacional: {quantidade(linha.custo_operacional)} UCO × {numero(tabela.uco)}"
    return [_com_banda(conta, linha.custo_operacional * tabela.uco, vinculo.banda_uco)]


def _do_filme(linha: LinhaDePreco, valor_filme: Decimal | None) -> list[Passo]:
    if not linha.filme_m2:
        return []
    if valor_filme is None:
        raise Indefinido("O convênio não tem o valor do filme. Informe-o nos dados cadastrais do convênio.")
    valor = linha.filme_m2 * valor_filme
    conta = f"Filme: {quantidade(linha.filme_m2)} m² × {numero(valor_filme)}"
    return [Passo(f"{conta} = {numero(valor)}", valor)]


def _da_equipe(linha: LinhaDePreco, grau: str) -> tuple[Decimal, str]:
    """What part of the fee a professional has, in percent, and how that is told."""
    if grau == _INSTRUMENTADOR:
        return _DO_INSTRUMENTADOR, "instrumentador"
    if grau not in _AUXILIARES:
        return CEM, ""
    ordem, parte = _AUXILIARES[grau]
    if linha.auxiliares is not None and ordem > linha.auxiliares:
        raise Indefinido(f"A tabela prevê {linha.auxiliares} auxiliares neste código, e a cobrança é do {ordem}º.")
    return parte, f"{ordem}º auxiliar"


def _com_banda(conta: str, valor: Decimal, banda: Decimal) -> Passo:
    if banda:
        valor = valor * (CEM + banda) / CEM
        sinal = "+" if banda > 0 else "−"
        conta += f" × (1 {sinal} {quantidade(abs(banda))} %)"
    return Passo(f"{conta} = {numero(valor)}", valor)


def _vezes(passo: Passo, parte: Decimal, de_quem: str) -> Passo:
    if parte == CEM or passo.valor is None:
        return passo
    valor = passo.valor * parte / CEM
    return Passo(f"{passo.texto}; {de_quem}: × {quantidade(parte)} % = {numero(valor)}", valor)


def _com_percentual(passo: Passo, percentual: Decimal) -> Passo:
    return _vezes(passo, percentual, "percentual do vínculo")
