"""Whether what was agreed lets the guides be billed at all: mode, dates and version of the convênio, guide types."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from conecta.interface.formatos import data as em_data
from tiss_schemas.lote_lido import TIPOS_DE_GUIA, GuiaLida, LoteLido
from uploads.regras.contexto import Contexto, ConvenioConhecido
from uploads.regras.mensagem_lida import Mensagem
from uploads.regras.palavras import a_guia, citado, desde_ate
from uploads.regras.registro import Apontamento, regra
from uploads.regras.vigencias import fora_do_periodo

_DESDE: Final = date(2026, 11, 22)
_NAO_FATURADOS: Final = {"particular": "Particular", "cortesia": "Cortesia", "sus": "SUS"}
"""The modes of a convênio that bill nothing here, as the register calls them."""


@regra(
    "M17",
    codigo="5028",
    alvo="mensagem",
    exemplo="A versão padrão do convênio é 4.03.00, e o arquivo está em 4.02.00, que também é aceita.",
    desde=_DESDE,
    informativa=True,
    cadastro=True,
)
def versao_que_nao_e_a_padrao(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """A versão do padrão TISS da mensagem é a que o convênio usa."""
    convenio = contexto.convenio_do(mensagem.lote)
    padrao, versao = convenio.regras.versao_padrao if convenio else "", mensagem.documento.versao
    if convenio and padrao and versao and versao != padrao:
        yield Apontamento(
            no=mensagem.no("cabecalho/Padrao"),
            mensagem=(
                f"O convênio {convenio.nome} usa a versão {padrao} do padrão TISS, e o arquivo está em {versao}, que "
                f"ainda é aceita. Quando puder, gere os arquivos em {padrao}."
            ),
            valor=versao,
            esperado=padrao,
        )


@regra(
    "L06",
    codigo="1304",
    alvo="lote",
    exemplo="O contrato da clínica é de SP/SADT, e o lote tem guias de tratamento odontológico.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def tipo_nao_contratado(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """O tipo das guias é um dos que o contrato do prestador com a operadora tem."""
    contratados = contexto.credenciamento.tipos_de_guia if contexto.credenciamento else ()
    primeiras = {guia.tipo: guia for guia in reversed(lote.guias)}
    for tipo, guia in primeiras.items() if contratados else ():
        if tipo in contratados:
            continue
        nomes = ", ".join(TIPOS_DE_GUIA.get(contratado, contratado) for contratado in contratados)
        yield Apontamento(
            no=guia.elemento,
            mensagem=(
                f"O lote tem guias do tipo {TIPOS_DE_GUIA[tipo]}, e o seu contrato com a operadora é de: {nomes}. "
                "Cobre na guia do tipo contratado, ou peça à operadora que inclua este."
            ),
            valor=tipo,
            esperado=", ".join(contratados),
        )


@regra(
    "C10",
    codigo="1304",
    alvo="lote",
    exemplo="O beneficiário é de um convênio particular, que não se fatura por arquivo.",
    desde=_DESDE,
    dispensavel=False,
    cadastro=True,
)
def convenio_que_nao_fatura(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """O convênio das guias se fatura por arquivo: não é particular, cortesia nem SUS, nem só de solicitação."""
    recusadas = [
        (guia, convenio, motivo)
        for guia in lote.guias
        if (convenio := contexto.convenio_da(guia)) and (motivo := _por_que_nao_fatura(convenio))
    ]
    if len(recusadas) == len(lote.guias) > 1 and len({convenio.id for _, convenio, _ in recusadas}) == 1:
        _, convenio, motivo = recusadas[0]
        yield Apontamento(
            no=lote.no("guiasTISS"),
            mensagem=(
                f"As guias deste lote são do convênio {convenio.nome}, que {motivo}. Nada dele se fatura aqui: não "
                "envie este lote, e confira o convênio com a operadora."
            ),
            valor=convenio.nome,
            esperado="um convênio que se fatura",
        )
        return
    for guia, convenio, motivo in recusadas:
        yield Apontamento(
            no=guia.no("numeroCarteira"),
            mensagem=(
                f"A {a_guia(guia)} é do convênio {convenio.nome}, que {motivo}. Retire-a do lote, ou corrija a "
                "carteira se ela é de outra pessoa."
            ),
            valor=guia.numero_carteira,
            esperado="carteira de um convênio que se fatura",
        )


@regra(
    "C11",
    codigo="3278",
    codigo_antigo="1212",
    alvo="guia",
    exemplo="O contrato do convênio venceu em 31/10/2026, e a consulta é de 03/11/2026.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def fora_da_vigencia_do_convenio(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O convênio está ativo, e o atendimento é de dentro da vigência do contrato dele."""
    convenio = contexto.convenio_da(guia)
    if convenio is None:
        return
    periodo = desde_ate(convenio.inicio, convenio.vencimento)
    if not convenio.ativo:
        yield Apontamento(
            no=guia.no("numeroCarteira"),
            mensagem=(
                f"A {a_guia(guia)} é do convênio {convenio.nome}, que está inativo na operadora. Confira a carteira "
                f"{citado(guia.numero_carteira)}; se está certa, procure a operadora."
            ),
            valor=guia.numero_carteira,
            esperado="carteira de um convênio ativo",
        )
    elif (achado := fora_do_periodo(guia, convenio.inicio, convenio.vencimento)) is not None:
        dia, no = achado
        yield Apontamento(
            no=no,
            mensagem=(
                f"A {a_guia(guia)} tem atendimento em {em_data(dia)}, e o contrato do convênio {convenio.nome} "
                f"vigora {periodo}. Confira a data; se está certa, procure a operadora."
            ),
            valor=dia.isoformat(),
            esperado=periodo,
        )


def _por_que_nao_fatura(convenio: ConvenioConhecido) -> str:
    if (modo := _NAO_FATURADOS.get(convenio.modo)) is not None:
        return f"é do modo {modo}"
    return "é só para solicitação de exame e cirurgia" if convenio.regras.apenas_solicitacao else ""
