"""Codes of the lines beside the tables of TUSS that the platform has.

Nothing is said of a code in a table of which nobody knows any code: the platform has not loaded it or, of the
operadora's own tables (00, 90, 98), the operadora has registered nothing in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from conecta.interface.formatos import data as em_data
from conecta.texto import para_busca
from convenios.regras import Regras
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.codigos import TABELAS_DA_OPERADORA, bem_escrito, possiveis, sem_mascara
from uploads.regras.contexto import Contexto, TermoConhecido
from uploads.regras.convenio_codigos import (
    como_o_convenio_escreve,
    do_tamanho_pedido,
    no_tamanho_pedido,
    tem_tamanho_pedido,
)
from uploads.regras.linhas import do_item, itens_com
from uploads.regras.palavras import a_guia, campo, citado
from uploads.regras.registro import Apontamento, regra

_DESDE: Final = date(2026, 11, 22)
_PROCEDIMENTOS: Final = frozenset({"22"})
_INSUMOS: Final = frozenset({"18", "19", "20"})
_SEM_CONSULTA: Final = ("30", "31", "40", "41")
"""Chapters of table 22 with surgery, invasive procedures, and exams."""
_PACOTES: Final = frozenset({"90", "98"})
_TAXAS: Final = frozenset({"05", "07"})
"""Códigos da despesa of daily rates and fees."""
_E_CONSULTA: Final = re.compile(r"consulta|visita|avaliac|atendimento|acompanhamento|aconselhamento|sessao|orientac")


@regra(
    "I02",
    codigo="3150",
    alvo="guia",
    exemplo="O item é da tabela 00, e o contrato só aceita as tabelas 18, 19, 20 e 22.",
    desde=_DESDE,
    cadastro=True,
)
def tabela_nao_aceita(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """A tabela de cada item é a que o convênio pede para procedimentos e taxas, ou uma das que a operadora aceita."""
    aceitas, regras = contexto.parametros.tabelas_aceitas, contexto.regras_da(guia)
    if not aceitas and not regras.tabela_tiss_procedimentos and not regras.tabela_tiss_taxas:
        return

    def errada(tabela: str | None, _: str | None, despesa: str | None, __: date | None) -> bool:
        pedida = _tabela_pedida(tabela, despesa, regras)
        return bool(tabela) and (tabela != pedida if pedida else bool(aceitas) and tabela not in aceitas)

    for item in itens_com(guia, errada):
        no, pedida = item.no("codigoTabela"), _tabela_pedida(item.tabela, item.codigo_despesa, regras)
        quem = f"o convênio pede {pedida}" if pedida else f"a operadora aceita só: {', '.join(aceitas)}"
        yield Apontamento(
            no=no,
            mensagem=(
                f"O campo {campo(no)} {do_item(item)} é {citado(item.tabela)}, e {quem}. Informe a tabela do contrato, "
                "com o código que ela tem lá."
            ),
            valor=item.tabela,
            esperado=pedida or ", ".join(aceitas),
            sugestao=pedida or None,
        )


@regra(
    "I03",
    codigo="1801",
    alvo="guia",
    exemplo="O procedimento 10101999 não existe na tabela 22 da TUSS.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def procedimento_desconhecido(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O código de cada procedimento existe na tabela 22 ou, nas tabelas 00, 90 e 98, no cadastro da operadora."""
    for item in _desconhecidos(guia, _PROCEDIMENTOS, contexto, despesa=False):
        yield _inexistente(item, "Confira o código; se é próprio da operadora, a tabela é a 00, a 90 ou a 98.")


@regra(
    "I04",
    codigo="3253",
    codigo_antigo="1801",
    alvo="guia",
    exemplo="O medicamento 99999999 não existe na tabela 20 da TUSS.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def insumo_desconhecido(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O código de cada despesa existe na tabela 18, 19 ou 20 ou, nas tabelas 00, 90 e 98, no cadastro da operadora."""
    # ANS changes these tables every month and leaves out what has ended, so an unknown code may be right after all.
    for item in _desconhecidos(guia, _INSUMOS, contexto, despesa=True):
        yield _inexistente(item, "Confira o código; se ele é novo na TUSS, ou já saiu dela, ignore com justificativa.")


@regra(
    "I05",
    codigo="1801",
    alvo="guia",
    exemplo="O código do exame saiu da TUSS em 30/04/2025, e o exame é de 02/05/2025.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def codigo_fora_da_vigencia(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O código de cada item está em vigor na data do item, na TUSS ou no cadastro da operadora."""
    termos = contexto.termos

    def fora(tabela: str | None, codigo: str | None, _: str | None, dia: date | None) -> bool:
        termo = termos.get((tabela or "", codigo or ""))
        return termo is not None and dia is not None and not termo.vigente_em(dia)

    for item in itens_com(guia, fora):
        termo, dia = termos[item.tabela or "", item.codigo or ""], item.data or date.min
        no = item.no("codigoProcedimento")
        yield Apontamento(
            no=no,
            mensagem=(
                f"O código {item.codigo} da tabela {item.tabela} não estava em vigor em {em_data(dia)}, a data "
                f"{do_item(item, com_codigo=False)}: vale {_vigencia(termo, dia)}. Use o código que o substitui, "
                "ou corrija a data; se a operadora o aceita, ignore com justificativa."
            ),
            valor=item.codigo,
            esperado=f"um código em vigor em {em_data(dia)}",
        )


@regra(
    "I06",
    codigo="3219",
    codigo_antigo="1318",
    alvo="guia",
    exemplo="O código está com máscara: 4030436-1, em vez de 40304361.",
    desde=_DESDE,
)
def codigo_mal_escrito(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Cada código tem os dígitos da sua tabela da TUSS, ou os que o convênio pede de materiais e medicamentos."""
    regras = contexto.regras_da(guia)

    def mal_escrito(tabela: str | None, codigo: str | None, despesa: str | None, _: date | None) -> bool:
        if not tabela or not codigo:
            return False
        if tem_tamanho_pedido(despesa, regras):
            return not do_tamanho_pedido(codigo, regras)
        return not bem_escrito(tabela, codigo)

    escritas: dict[tuple[str, str, str | None], tuple[str | None, str]] = {}
    for item in itens_com(guia, mal_escrito):
        tabela, codigo = item.tabela or "", item.codigo or ""
        if (escrita := escritas.get((tabela, codigo, item.codigo_despesa))) is None:
            escrita = _escrita(tabela, codigo, item.codigo_despesa, regras, contexto)
            escritas[tabela, codigo, item.codigo_despesa] = escrita
        certo, regra_da_escrita = escrita
        no = item.no("codigoProcedimento")
        yield Apontamento(
            no=no,
            mensagem=(
                f"O campo {campo(no)} {do_item(item)} está mal escrito: {regra_da_escrita}. Escreva só o código, sem "
                "pontos nem espaços."
            ),
            valor=codigo,
            esperado=certo or regra_da_escrita,
            sugestao=certo,
        )


@regra(
    "I08",
    codigo="3229",
    codigo_antigo="5007",
    alvo="guia",
    exemplo="A descrição do procedimento 40304361 é só um espaço.",
    desde=_DESDE,
    ignoravel=True,
)
def descricao_em_branco(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """A descrição de cada item não está em branco."""
    for item in guia.itens:
        if not item.descricao or not item.descricao.isspace():
            continue
        no = item.no("descricaoProcedimento")
        termo = contexto.termos.get((item.tabela or "", item.codigo or ""))
        yield Apontamento(
            no=no,
            mensagem=(
                f"O campo {campo(no)} {do_item(item)} está em branco. Informe o que foi cobrado"
                + (f"; na tabela {item.tabela}, o código é {citado(termo.termo)}." if termo else ".")
            ),
            valor=item.descricao,
            esperado=termo.termo[:150] if termo else "de 1 a 150 caracteres",
        )


@regra(
    "I30",
    codigo="5058",
    alvo="guia",
    exemplo="A guia de consulta cobra o código 40304361, que é um hemograma.",
    desde=_DESDE,
    cadastro=True,
)
def consulta_de_outra_coisa(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Uma guia de consulta não cobra exame nem cirurgia."""
    if guia.tipo != "guiaConsulta":
        return
    for item in guia.itens:
        termo = contexto.termos.get((item.tabela or "", item.codigo or ""))
        if termo is None or item.tabela not in _PROCEDIMENTOS or not (item.codigo or "").startswith(_SEM_CONSULTA):
            continue
        if _E_CONSULTA.search(para_busca(termo.termo)):
            continue
        no = item.no("codigoProcedimento")
        yield Apontamento(
            no=no,
            mensagem=(
                f"O código {item.codigo} da {a_guia(guia)} é {citado(termo.termo)}, que não é consulta. Cobre-o numa "
                "guia de SP/SADT, ou corrija o código."
            ),
            valor=item.codigo,
            esperado="o código de uma consulta",
        )


def _tabela_pedida(tabela: str | None, despesa: str | None, regras: Regras) -> str:
    """The table that the convênio wants for such a line; "" for any. Packages have tables of their own."""
    if despesa is None:
        return "" if tabela in _PACOTES else regras.tabela_tiss_procedimentos
    return regras.tabela_tiss_taxas if despesa in _TAXAS else ""


def _desconhecidos(guia: GuiaLida, tabelas: frozenset[str], contexto: Contexto, *, despesa: bool) -> Iterator[ItemLido]:
    """The lines of those tables whose code is well written and not in its table, of which codes are known.

    Of the operadora's own tables, which have codes of any kind, only despesas or only procedures.
    """
    termos = contexto.termos
    conhecidas = tabelas & contexto.tabelas_carregadas
    proprias = TABELAS_DA_OPERADORA & contexto.tabelas_carregadas

    def desconhecido(tabela: str | None, codigo: str | None, codigo_despesa: str | None, _: date | None) -> bool:
        if not codigo or (tabela or "", codigo) in termos:
            return False
        da_vez = tabela in conhecidas or (tabela in proprias and (codigo_despesa is not None) is despesa)
        return da_vez and bem_escrito(tabela or "", codigo)

    return itens_com(guia, desconhecido)


def _inexistente(item: ItemLido, conselho: str) -> Apontamento:
    no = item.no("codigoProcedimento")
    onde = f"não existe na tabela {item.tabela} da TUSS"
    if item.tabela in TABELAS_DA_OPERADORA:
        onde = f"não está entre os códigos que a operadora cadastrou na tabela {item.tabela}"
        conselho = "Confira o código na Terminologia; se ele está certo, peça à operadora que o cadastre."
    return Apontamento(
        no=no,
        mensagem=f"O código {item.codigo} {do_item(item, com_codigo=False)} {onde}. {conselho}",
        valor=item.codigo,
        esperado=f"um código da tabela {item.tabela}",
    )


def _escrita(
    tabela: str, codigo: str, despesa: str | None, regras: Regras, contexto: Contexto
) -> tuple[str | None, str]:
    """How such a code is written, where that is known, and the rule that it is written by."""
    if tem_tamanho_pedido(despesa, regras):
        return no_tamanho_pedido(codigo, regras), como_o_convenio_escreve(regras)
    return _o_que_existe(tabela, codigo, contexto), _como_se_escreve(tabela)


def _o_que_existe(tabela: str, codigo: str, contexto: Contexto) -> str | None:
    """What the code was meant to be: the one way of writing it that exists, or the only one where nobody knows."""
    candidatos = possiveis(tabela, codigo)
    if tabela in contexto.tabelas_carregadas:
        achados = [candidato for candidato in candidatos if (tabela, candidato) in contexto.termos]
    else:
        achados = [candidato for candidato in candidatos if candidato == sem_mascara(tabela, codigo)]
    return achados[0] if len(achados) == 1 else None


def _como_se_escreve(tabela: str) -> str:
    if tabela == "19":
        return "os códigos da tabela 19 têm 8 ou 9 dígitos"
    if tabela in _INSUMOS | _PROCEDIMENTOS:
        return f"os códigos da tabela {tabela} têm 8 dígitos"
    return "o código não tem espaços em volta"


def _vigencia(termo: TermoConhecido, dia: date) -> str:
    """When the code is valid, as near to that day as it ever was."""
    futuras = [inicio for inicio, _ in termo.vigencias if inicio > dia]
    if futuras:
        return f"desde {em_data(min(futuras))}"
    return f"até {em_data(max(fim for _, fim in termo.vigencias if fim is not None))}"
