"""The items of the invented guides: procedures with their teams, expenses, and the totals that they add up to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from tiss_schemas import exemplos_dados as dados
from tiss_schemas.exemplos_documentos import cpf_valido
from tiss_schemas.exemplos_escrita import Contexto, Escritor, um_de

CENTAVO = Decimal("0.01")

CAMPO_DO_TOTAL = {
    "procedimento": "valorProcedimentos",
    "05": "valorDiarias",
    "07": "valorTaxasAlugueis",
    "03": "valorMateriais",
    "02": "valorMedicamentos",
    "08": "valorOPME",
    "01": "valorGasesMedicinais",
}
"""The field of the block valorTotal that each kind of item adds to, in the order of the XSD."""

DIARIA = "05"
DIAS_DA_INTERNACAO = Decimal(5)
"""How many nights the invented stays last: a daily rate is charged on one line, and at most for each of them."""

EscreverEquipe = Callable[[Escritor, Contexto, int], None]


def preco(c: Contexto, *, maximo: int = 48000) -> Decimal:
    """An invented unit price in reais, with cents; `maximo` is in cents."""
    return Decimal(c.sorteio.randint(150, maximo)).scaleb(-2)


def procedimentos(
    e: Escritor,
    c: Contexto,
    dias: int,
    *,
    tabela: Sequence[dados.Procedimento],
    equipe: EscreverEquipe,
) -> dict[str, Decimal]:
    """Write the block procedimentosExecutados with every item of odd number; the totals by kind of item."""
    total = Decimal(0)
    with e.grupo("procedimentosExecutados"):
        for sequencial in range(1, c.itens + 1, 2):
            with e.grupo("procedimentoExecutado"):
                total += procedimento(e, c, sequencial, dias, tabela)
                equipe(e, c, sequencial)
    return {"procedimento": total}


def procedimento(
    e: Escritor,
    c: Contexto,
    sequencial: int,
    dias: int,
    tabela: Sequence[dados.Procedimento],
) -> Decimal:
    """Write what the procedures of SP/SADT, internação and honorários have in common; the item's total in reais."""
    codigo, descricao = um_de(tabela, sequencial)
    cirurgico = tabela is dados.CIRURGIAS or c.maximo
    quantidade, fator, unitario = (
        c.sorteio.randint(1, 3),
        um_de(("1.00", "1.00", "0.70", "1.30"), sequencial),
        preco(c),
    )
    total = _arredondar(quantidade * unitario * Decimal(fator))
    e.folhas(
        sequencialItem=str(sequencial),
        dataExecucao=c.dias_antes(dias),
        horaInicial=c.opcional(_hora(sequencial)),
        horaFinal=c.opcional(_hora(sequencial + 40)),
    )
    with e.grupo("procedimento"):
        e.folhas(
            codigoTabela="22",
            codigoProcedimento=codigo,
            descricaoProcedimento=descricao,
        )
    e.folhas(
        quantidadeExecutada=str(quantidade),
        viaAcesso="1" if cirurgico else None,
        tecnicaUtilizada="1" if cirurgico else None,
        reducaoAcrescimo=fator,
        valorUnitario=str(unitario),
        valorTotal=str(total),
    )
    return total


def equipe_sadt(e: Escritor, c: Contexto, sequencial: int) -> None:
    """The team of an SP/SADT item, which is optional."""
    if c.maximo:
        with e.grupo("equipeSadt"):
            e.folha("grauPart", "12")
            membro_da_equipe(e, c, sequencial)


def equipe_da_internacao(e: Escritor, c: Contexto, sequencial: int) -> None:
    """The team of an item of a hospital stay: the surgeon, and the anaesthetist where everything is wanted."""
    e.folhas(centroConsumo=c.desde("4.03.00", "6") if c.maximo else None)
    for grau in ("00", "06") if c.maximo else ("00",):
        with e.grupo("identEquipe"), e.grupo("identificacaoEquipe"):
            e.folha("grauPart", grau)
            membro_da_equipe(e, c, sequencial + int(grau))


def membro_da_equipe(
    e: Escritor,
    c: Contexto,
    numero: int,
    *,
    nome: str = "nomeProf",
    conselho: str = "conselho",
    cbo: str = "CBOS",
) -> None:
    """Code, name, council and occupation of one professional; the guides name these elements differently."""
    with e.grupo("codProfissional"):
        e.folhas(
            **c.alternativa(codigoPrestadorNaOperadora=f"{500000 + numero}", cpfContratado=cpf_valido(500000 + numero))
        )
    e.folha(nome, um_de(dados.PROFISSIONAIS, numero))
    e.folha(conselho, "06")
    e.folha("numeroConselhoProfissional", f"{100000 + numero}")
    e.folha("UF", "35")
    e.folha(cbo, "225125")


def despesas(e: Escritor, c: Contexto, dias: int, insumos: Sequence[dados.Insumo]) -> dict[str, Decimal]:
    """Write the block outrasDespesas with every item of even number; the totals by código da despesa."""
    totais: dict[str, Decimal] = {}
    if c.itens < 2:
        return totais
    with e.grupo("outrasDespesas"):
        for sequencial in range(2, c.itens + 1, 2):
            insumo = um_de(insumos, sequencial // 2 - 1)
            if insumo.codigo_despesa == DIARIA and DIARIA in totais:
                insumo = um_de(insumos, sequencial // 2)
            total = _despesa(e, c, sequencial, dias, insumo)
            totais[insumo.codigo_despesa] = totais.get(insumo.codigo_despesa, Decimal(0)) + total
    return totais


def _despesa(e: Escritor, c: Contexto, sequencial: int, dias: int, insumo: dados.Insumo) -> Decimal:
    quantidade, unitario = Decimal(c.sorteio.randint(1, 160)) / 4, preco(c, maximo=9000)
    if insumo.codigo_despesa == DIARIA:
        quantidade = min(quantidade, DIAS_DA_INTERNACAO)
    total = _arredondar(quantidade * unitario)
    with e.grupo("despesa"):
        e.folhas(sequencialItem=str(sequencial), codigoDespesa=insumo.codigo_despesa)
        with e.grupo("servicosExecutados"):
            e.folhas(
                dataExecucao=c.dias_antes(dias),
                horaInicial=c.opcional("09:00:00"),
                horaFinal=c.opcional("09:40:00"),
                codigoTabela=insumo.tabela,
                codigoProcedimento=insumo.codigo,
                quantidadeExecutada=f"{quantidade:.4f}",
                unidadeMedida=insumo.unidade,
                reducaoAcrescimo="1.00",
                valorUnitario=str(unitario),
                valorTotal=str(total),
                centroConsumo=c.desde("4.03.00", "2") if c.maximo else None,
                descricaoProcedimento=insumo.descricao,
                registroANVISA=c.opcional("10000000001"),
                codigoRefFabricante=c.opcional("REF-0001"),
                autorizacaoFuncionamento=c.opcional("8000001"),
            )
        e.folhas(itemVinculado=c.opcional("1"))
    return total


def valor_total(e: Escritor, c: Contexto, totais: dict[str, Decimal]) -> None:
    """Write the block valorTotal: the kinds of item that the guide has, or all of them, and the grand total."""
    with e.grupo("valorTotal"):
        for especie, campo in CAMPO_DO_TOTAL.items():
            if especie in totais or c.maximo:
                e.folha(campo, str(totais.get(especie, Decimal("0.00"))))
        e.folha("valorTotalGeral", str(sum(totais.values(), Decimal("0.00"))))


def _hora(minutos: int) -> str:
    """So many minutes after eight: no two items of a guide are done at the same time."""
    return f"{8 + minutos // 60 % 16:02d}:{minutos % 60:02d}:00"


def _arredondar(valor: Decimal) -> Decimal:
    return valor.quantize(CENTAVO, ROUND_HALF_UP)
