"""How a convênio wants SP/SADT used: for consultations or not, how many exams, where done, equal lines grouped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from lxml import etree

from conecta.interface.formatos import quantidade as em_quantidade
from tiss_schemas.edicoes import Edicao, Remover, Valor
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.campos_da_guia import texto_em
from uploads.regras.consultas import CONSULTA, e_consulta
from uploads.regras.contexto import Contexto
from uploads.regras.itens_guia import item_em_duplicidade
from uploads.regras.linhas import do_item
from uploads.regras.palavras import a_guia, campo, citado, em_xml
from uploads.regras.prestador import cnes_invalido
from uploads.regras.registro import Apontamento, Caminho, conta, regra
from uploads.regras.urgencia import e_urgente

_DESDE: Final = date(2026, 11, 22)
_SADT: Final = "guiaSP-SADT"
_SEM_CNES: Final = "9999999"
_AGRUPAVEIS: Final = frozenset({"03", "05", "13", "23"})
"""Therapies, small care and exams, which were 05 until 4.00.01 and are 23 since."""
_MAIOR_QUANTIDADE: Final = 999


@regra(
    "C14",
    codigo="1304",
    alvo="guia",
    exemplo="A consulta 10101012 está numa guia de SP/SADT, e o convênio quer guia de consulta.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def consulta_em_sadt(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """A consulta eletiva, sem mais nada, vai em guia de consulta, onde o convênio não a aceita em SP/SADT."""
    if guia.tipo != _SADT or contexto.regras_da(guia).sadt_para_consulta or e_urgente(guia):
        return
    # A guia de consulta has room for one consultation by appointment, and for nothing else that was done or used then.
    item = next((item for item in guia.itens if e_consulta(item)), None)
    if len(guia.itens) > 1 if item is not None else texto_em(guia, "tipoAtendimento") != CONSULTA:
        return
    no = guia.no("tipoAtendimento") if item is None else item.no("codigoProcedimento")
    yield Apontamento(
        no=no,
        mensagem=(
            f"A {a_guia(guia)} é de SP/SADT, e o campo {campo(no)}, {citado(no.text)}, é de consulta. Este convênio "
            "recebe consulta em guia de consulta: cobre-a lá, ou corrija o campo."
        ),
        valor=no.text,
        esperado="consulta em guia de consulta",
    )


@regra(
    "C15",
    codigo="3210",
    codigo_antigo="1820",
    alvo="guia",
    exemplo="O convênio aceita 5 exames por guia, e a guia tem 7.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def exames_demais(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """A guia SP/SADT não tem mais procedimentos do que o convênio aceita em uma guia."""
    maximo = contexto.regras_da(guia).qtd_exame_guia if guia.tipo == _SADT else None
    if maximo is None or len(guia.itens) <= maximo:
        return
    procedimentos = [item for item in guia.itens if item.especie == "procedimento"]
    if len(procedimentos) <= maximo:
        return
    demais = procedimentos[maximo]
    yield Apontamento(
        no=demais.no("codigoProcedimento"),
        mensagem=(
            f"A {a_guia(guia)} tem {len(procedimentos)} procedimentos, e o convênio aceita até {maximo} em uma guia. A "
            f"partir {do_item(demais)} leve-os para outra guia; se a operadora aceita assim, ignore com justificativa."
        ),
        valor=str(len(procedimentos)),
        esperado=f"até {maximo} na guia",
    )


@regra(
    "C16",
    codigo="1202",
    alvo="guia",
    exemplo="O convênio exige o local de execução do exame, e o CNES da guia é 9999999.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def sem_local_de_execucao(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """A guia SP/SADT diz o CNES do local de execução, onde o convênio o exige."""
    no = guia.campos.get("CNES") if guia.tipo == _SADT else None
    if no is None or not contexto.regras_da(guia).obrigar_local_externo:
        return
    cnes = texto_em(guia, "CNES")
    if cnes != _SEM_CNES and (cnes or conta(cnes_invalido, contexto)):
        return
    yield Apontamento(
        no=no,
        mensagem=(
            f"O campo {campo(no)} da {a_guia(guia)} é {citado(no.text)}, e o convênio exige o local em que o exame foi "
            "feito. Informe o CNES do local."
        ),
        valor=no.text,
        esperado="o CNES do local de execução",
    )


@regra(
    "C17",
    codigo="3209",
    codigo_antigo="1702",
    alvo="guia",
    exemplo="Três sessões iguais do mesmo dia estão em três linhas, e o convênio as quer numa só.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def linhas_por_agrupar(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Procedimentos iguais do mesmo dia estão em uma linha só, onde o convênio os agrupa."""
    if guia.tipo != _SADT or not contexto.regras_da(guia).agrupar_no_xml:
        return
    if texto_em(guia, "tipoAtendimento") not in _AGRUPAVEIS:
        return
    iguais: defaultdict[Hashable, list[ItemLido]] = defaultdict(list)
    com_hora = not conta(item_em_duplicidade, contexto)  # that rule speaks of lines of the same hour
    for item in guia.itens:
        if item.especie == "procedimento" and (com_hora or not item.tem_hora):
            iguais[_mesma_cobranca(item)].append(item)
    vinculados = {item.item_vinculado for item in guia.itens}
    for primeiro, *outros in iguais.values():
        if outros and _cabem_em_uma([primeiro, *outros]):
            yield _por_agrupar(guia, primeiro, outros, vinculados)


def _por_agrupar(
    guia: GuiaLida, primeiro: ItemLido, outros: list[ItemLido], vinculados: set[int | None]
) -> Apontamento:
    soma = _soma([primeiro, *outros])

    def agrupado(caminho: Caminho) -> tuple[Edicao, ...]:
        if soma is None or any(item.sequencial in vinculados for item in outros if item.sequencial is not None):
            return ()
        quantidade, total = soma
        return (
            Valor(caminho(primeiro.no("quantidadeExecutada")), str(quantidade)),
            Valor(caminho(primeiro.no("valorTotal")), em_xml(total)),
            *(Remover(caminho(item.elemento)) for item in outros),
        )

    no = outros[0].no("codigoProcedimento")
    quantas = len(outros) + 1
    return Apontamento(
        no=no,
        mensagem=(
            f"O procedimento {primeiro.codigo} está em {quantas} linhas iguais do mesmo dia na {a_guia(guia)}, e este "
            "convênio as quer numa só, com a quantidade somada"
            + (f", {em_quantidade(Decimal(soma[0]))}" if soma else "")
            + ". Junte as linhas; se foram separadas de propósito, ignore com justificativa."
        ),
        valor=primeiro.codigo,
        esperado="uma linha, com a quantidade somada",
        conserto=agrupado,
    )


def _mesma_cobranca(item: ItemLido) -> Hashable:
    """What lines have in common that may be one: all that they say but quantity, total and sequencial."""
    horas = (item.hora_inicial, item.hora_final)
    equipe = tuple((no.text or "").strip() for membro in item.equipe for no in membro.iter(etree.Element))
    return item.tabela, item.codigo, item.data, horas, item.fator, item.unitario, item.modo, equipe


def _cabem_em_uma(itens: list[ItemLido]) -> bool:
    """Whether the quantity of one line, which has three digits, can be that of all."""
    return sum((item.quantidade or Decimal(0) for item in itens), Decimal(0)) <= _MAIOR_QUANTIDADE


def _soma(itens: list[ItemLido]) -> tuple[int, Decimal] | None:
    """Quantity and total of the lines as one; None where they cannot be read, or one line would cost something else."""
    quantidade, total = Decimal(0), Decimal(0)
    for item in itens:
        if item.quantidade is None or item.total is None or item.produto != item.total:
            return None
        quantidade, total = quantidade + item.quantidade, total + item.total
    unitario, fator = itens[0].unitario, itens[0].fator
    if unitario is None or fator is None or quantidade != int(quantidade):
        return None
    return (int(quantidade), total) if quantidade * unitario * fator == total else None
