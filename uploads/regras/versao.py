"""Whether the message declares a version that can be judged. Nothing else is checked until it does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from conecta.interface.formatos import data as em_data
from tiss_schemas import catalogo
from tiss_schemas.lote_lido import LoteLido
from uploads.regras.contexto import Contexto
from uploads.regras.mensagem_lida import Mensagem
from uploads.regras.palavras import citado
from uploads.regras.registro import Apontamento, regra

_PUBLICADAS: Final = frozenset({"3.05.00", "4.00.00", "4.00.01", "4.01.00", "4.02.00", "4.03.00"})
"""Versions of the standard that exist, installed or not."""
_SEM_CABECALHO: Final = (
    "A mensagem não tem o cabeçalho (“cabecalho”), que vem primeiro e diz a transação, o prestador, a operadora e a "
    "versão do padrão TISS"
)


@regra(
    "M04",
    codigo="5028",
    alvo="versao",
    exemplo="O campo Padrao diz 9.99.00.",
    dispensavel=False,
    encerra=True,
)
def versao_desconhecida(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """A versão do padrão TISS que a mensagem declara em Padrao é conhecida."""
    versao = mensagem.documento.versao
    if versao is not None and catalogo.obter(versao) is not None:
        return
    conhecidas = _lista([conhecida.numero for conhecida in catalogo.versoes()])
    if versao is None:
        cabecalho, em_branco = mensagem.no("cabecalho"), mensagem.no("cabecalho/Padrao")
        onde = cabecalho if em_branco is None else em_branco
        achado = "A mensagem não diz a versão do padrão TISS" if cabecalho is not None else _SEM_CABECALHO
    elif (onde := mensagem.no("cabecalho/versaoPadrao")) is not None:
        achado = f"A versão {citado(versao)} está em “versaoPadrao”, de padrões antigos, e não é mais aceita"
    else:
        onde = mensagem.no("cabecalho/Padrao")
        falta = "ainda não é recebida aqui" if versao in _PUBLICADAS else "não é conhecida"
        achado = f"A versão {citado(versao)} do padrão TISS {falta}"
    yield Apontamento(
        no=mensagem.documento.raiz if onde is None else onde,
        mensagem=f"{achado}. Gere o arquivo em uma destas versões e informe-a em “Padrao”: {conhecidas}.",
        valor=versao,
        esperado=conhecidas,
    )


@regra(
    "M05",
    codigo="5028",
    alvo="versao",
    exemplo="O arquivo está na versão 4.01.00, e a operadora só aceita 4.02.00 e 4.03.00.",
    cadastro=True,
    encerra=True,
)
def versao_nao_aceita(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """A operadora aceita a versão do padrão TISS da mensagem na data da transação."""
    versao, dia = mensagem.documento.versao, mensagem.cabecalho.data_registro or contexto.agora.date()
    if versao is None or catalogo.obter(versao) is None or _aceita(versao, dia, mensagem.lote, contexto):
        return
    quem = contexto.operadora.rotulo if contexto.operadora else "A operadora"
    em_que_dia = f" em {em_data(dia)}" if contexto.versoes else ""
    aceitas = _aceitas_em(dia, mensagem.lote, contexto)
    conselho = f"Gere o arquivo em: {_lista(aceitas)}." if aceitas else "Confira a data da transação com a operadora."
    yield Apontamento(
        no=mensagem.no("cabecalho/Padrao"),
        mensagem=f"{quem} não aceita a versão {versao} do padrão TISS{em_que_dia}. {conselho}",
        valor=versao,
        esperado=_lista(aceitas),
    )


def _aceita(versao: str, dia: date, lote: LoteLido | None, contexto: Contexto) -> bool:
    """Whether it is taken on that day: by its dates in the convênio, else by those that the operadora set for all; a
    version without dates, on any day where the operadora takes it."""
    convenio = contexto.convenio_do(lote)
    com_datas = [conhecida for conhecida in contexto.versoes if conhecida.versao == versao]
    do_convenio = [conhecida for conhecida in com_datas if convenio and conhecida.convenio == convenio.id]
    if marcadas := do_convenio or [conhecida for conhecida in com_datas if conhecida.convenio is None]:
        return any(conhecida.vigente_em(dia) for conhecida in marcadas)
    sem_datas = contexto.parametros.versoes_aceitas
    return not sem_datas or versao in sem_datas


def _aceitas_em(dia: date, lote: LoteLido | None, contexto: Contexto) -> list[str]:
    todas = {*contexto.parametros.versoes_aceitas, *(conhecida.versao for conhecida in contexto.versoes)}
    return [versao for versao in todas if _aceita(versao, dia, lote, contexto)]


def _lista(versoes: list[str] | tuple[str, ...]) -> str:
    return ", ".join(sorted(versoes))
