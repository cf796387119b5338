"""What the lines charge beside what was agreed: tables, price lists and average cost, on the day of each service.

The fator of a line is its own (via de acesso, urgency, accommodation): what is compared is the unit price.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from conecta.interface.formatos import data as em_data
from conecta.interface.formatos import quantidade, reais
from convenios.precos.naturezas import Natureza
from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.contexto import Contexto
from uploads.regras.linhas import do_item, no_do_item
from uploads.regras.palavras import campo, em_xml
from uploads.regras.precificacao import Divergencia, Tolerancia, preco_e_fixo
from uploads.regras.registro import Apontamento, regra

_DESDE: Final = date(2026, 11, 22)
_OU_IGNORE: Final = "Use o preço do contrato, ou ignore com justificativa."
_VALORES: Final = ("valorUnitario", "valorProcedimento", "valorProc")


@regra(
    "I07",
    codigo="3142",
    codigo_antigo="1708",
    alvo="guia",
    exemplo="O procedimento 40304361 não está em nenhuma das tabelas de preço do contrato.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def codigo_sem_preco(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Cada item tem preço no contrato, onde uma tabela precifica itens do seu tipo."""
    for divergencia in _divergencias(guia, contexto):
        if divergencia.praticado is not None:
            continue
        linha = divergencia.linha
        no = linha.no("codigoProcedimento")
        yield Apontamento(
            no=no,
            mensagem=(
                f"{divergencia.resposta.passos[-1].texto} Corrija o código {do_item(linha, com_codigo=False)}, ou peça "
                "à operadora que o inclua na tabela."
            ),
            valor=linha.codigo,
            esperado="um código com preço no contrato",
        )


@regra(
    "I16",
    codigo="1705",
    codigo_antigo="1714",
    alvo="guia",
    exemplo="O valor unitário é R$ 30,00, e o preço do contrato é R$ 20,00.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def preco_acima(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O valor unitário de cada item não passa do preço do contrato, dentro da tolerância."""
    for divergencia, praticado, certo in _com_outro_preco(guia, contexto, fixo=False):
        if praticado > certo:
            yield _apontar(divergencia, praticado, certo, "acima do", _OU_IGNORE)


@regra(
    "I17",
    codigo="1706",
    codigo_antigo="1715",
    alvo="guia",
    exemplo="O valor unitário é R$ 12,00, e o preço do contrato é R$ 20,00.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def preco_abaixo(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O valor unitário de cada item não fica abaixo do preço do contrato, dentro da tolerância."""
    for divergencia, praticado, certo in _com_outro_preco(guia, contexto, fixo=False):
        if praticado < certo:
            yield _apontar(divergencia, praticado, certo, "abaixo do", _OU_IGNORE)


@regra(
    "I43",
    codigo="3311",
    codigo_antigo="5050",
    alvo="guia",
    exemplo="O convênio não deixa editar o valor de procedimentos, e o da linha é diferente do da tabela.",
    desde=_DESDE,
    cadastro=True,
)
def preco_que_nao_se_edita(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Onde o convênio não deixa editar o valor de procedimentos ou de OPME, ele é o do contrato."""
    for divergencia, praticado, certo in _com_outro_preco(guia, contexto, fixo=True):
        que = "OPME" if divergencia.item.natureza == Natureza.OPME else "procedimento"
        conselho = f"Use o preço do contrato: o convênio não deixa editar o valor de {que} na fatura."
        yield _apontar(divergencia, praticado, certo, "diferente do", conselho)


def _divergencias(guia: GuiaLida, contexto: Contexto) -> tuple[Divergencia, ...]:
    convenio = contexto.convenio_da(guia)
    if convenio is None:
        return ()
    tolerancia = Tolerancia(
        percentual=convenio.regras.tolerancia_de_preco, centavos=contexto.parametros.tolerancia_centavos
    )
    return contexto.precos.divergencias(guia, convenio.id, convenio.regras, tolerancia)


def _com_outro_preco(
    guia: GuiaLida, contexto: Contexto, *, fixo: bool
) -> Iterator[tuple[Divergencia, Decimal, Decimal]]:
    """The lines with another price, what they charge and what was agreed; `fixo`: where nobody may change it."""
    for divergencia in _divergencias(guia, contexto):
        praticado, certo = divergencia.praticado, divergencia.certo
        if praticado is None or certo is None:
            continue
        if preco_e_fixo(divergencia.item.natureza, contexto.regras_da(guia)) is fixo:
            yield divergencia, praticado, certo


def _apontar(divergencia: Divergencia, praticado: Decimal, certo: Decimal, lado: str, conselho: str) -> Apontamento:
    no = no_do_item(divergencia.linha, *_VALORES)
    no_balcao = divergencia.cobrado_no_balcao
    sem = f" já sem os {quantidade(no_balcao)} % de coparticipação" if no_balcao else ""
    return Apontamento(
        no=no,
        mensagem=(
            f"O campo {campo(no)} {do_item(divergencia.linha)} é {reais(praticado)}, {lado} preço do contrato em "
            f"{em_data(divergencia.item.dia)}, {reais(certo)}{sem} ({divergencia.resposta.passos[0].texto}). {conselho}"
        ),
        valor=no.text,
        esperado=em_xml(certo),
        sugestao=em_xml(certo),
    )
