"""What all statements have: who issues, for whom, and amounts as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import time
from decimal import Decimal
from typing import Final

from conecta.interface.formatos import data, dinheiro
from tiss_schemas.demonstrativo.valores import CabecalhoDoDemonstrativo, DebitoOuCredito, Indicador

from .pecas import Campo, Fileira, Peca, Tabela

SEM_NUMERO: Final = ("", "", "", "")
"""For fields that ANS's form has no number of."""
_INDICADORES: Final = {Indicador.DEBITO: "1 - Débito", Indicador.CREDITO: "2 - Crédito"}
_OPERADORA: Final = Fileira(
    (
        Campo("registro", "1", "Registro ANS", 112),
        Campo("nome", "3", "Nome da Operadora", 618),
        Campo("cnpj", "4", "CNPJ da Operadora", 172),
        Campo("emissao", "5", "Data de emissão", 152),
    )
)
_CONTRATADO: Final = Fileira(
    (
        Campo("codigo", "6", "Código na Operadora", 200),
        Campo("nome", "7", "Nome do Contratado", 590),
        Campo("cnes", "8", "Código CNES", 152),
    ),
    "Dados do Prestador",
)


def topo(cabecalho: CabecalhoDoDemonstrativo) -> list[Peca]:
    """Fields 1 to 8, which stand on every page; 2 is in its title."""
    operadora, contratado = cabecalho.operadora, cabecalho.contratado
    return [
        _OPERADORA.peca(
            {
                "registro": operadora.registro_ans,
                "nome": operadora.nome,
                "cnpj": operadora.cnpj,
                "emissao": data(cabecalho.emitido_em),
            }
        ),
        _CONTRATADO.peca({"codigo": contratado.codigo, "nome": contratado.nome, "cnes": contratado.cnes}),
    ]


def totais(titulo: str, numeros: Sequence[str], rotulos: Sequence[str], valores: Iterable[Decimal]) -> Peca:
    """A row of amounts under a title: `numeros` are those of its fields, empty where the form has none."""
    campos = tuple(
        Campo(rotulo, numero, rotulo, 1, direita=True) for numero, rotulo in zip(numeros, rotulos, strict=True)
    )
    escritos = [dinheiro(valor) for valor in valores]
    return Fileira(campos, titulo).peca(dict(zip(rotulos, escritos, strict=True)))


def debitos_e_creditos(numeros: Sequence[str], linhas: Sequence[DebitoOuCredito]) -> list[Peca]:
    """The table of debits and credits with its head; nothing when there are none."""
    rotulos = ("Indicador", "Código do débito/crédito", "Descrição do débito/crédito", "Valor (R$)")
    larguras = (160, 190, 504, 200)
    campos = [Campo(r, n, r, largura) for r, n, largura in zip(rotulos, numeros, larguras, strict=True)]
    campos[-1] = Campo(rotulos[-1], numeros[-1], rotulos[-1], larguras[-1], direita=True)
    tabela = Tabela(tuple(campos))
    pecas = [tabela.cabeca] if linhas else []
    for linha in linhas:
        celulas = (_INDICADORES[linha.indicador], linha.tipo, linha.descricao, dinheiro(linha.valor))
        pecas += tabela.item(dict(zip(rotulos, celulas, strict=True)))
    return pecas


def hora(valor: time | None) -> str:
    """hh:mm, with the seconds where they are not zero; None → ""."""
    if valor is None:
        return ""
    return f"{valor:%H:%M:%S}" if valor.second else f"{valor:%H:%M}"
