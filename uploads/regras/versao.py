"""Whether the message declares a version that can be judged. Nothing else is checked until it does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from conecta.interface.formatos import data as em_data
from tiss_schemas import catalogo
from uploads.regras.contexto import Contexto
from uploads.regras.mensagem_lida import Mensagem
from uploads.regras.palavras import citado
from uploads.regras.registro import Apontamento, regra

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
        achado, onde = f"A versão {citado(versao)} do padrão TISS não é conhecida", mensagem.no("cabecalho/Padrao")
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
    aceitas = _aceitas_em(dia, mensagem, contexto)
    if versao is None or aceitas is None or versao in aceitas or catalogo.obter(versao) is None:
        return
    quem = contexto.operadora.rotulo if contexto.operadora else "A operadora"
    em_que_dia = f" em {em_data(dia)}" if contexto.versoes else ""
    conselho = f"Gere o arquivo em: {_lista(aceitas)}." if aceitas else "Confira a data da transação com a operadora."
    yield Apontamento(
        no=mensagem.no("cabecalho/Padrao"),
        mensagem=f"{quem} não aceita a versão {versao} do padrão TISS{em_que_dia}. {conselho}",
        valor=versao,
        esperado=_lista(aceitas),
    )


def _aceitas_em(dia: date, mensagem: Mensagem, contexto: Contexto) -> tuple[str, ...] | None:
    """The versions taken on that day: by the dates of the convênio, else those of the operadora; None: any."""
    convenio = contexto.convenio_do(mensagem.lote)
    do_convenio = [versao for versao in contexto.versoes if convenio and versao.convenio == convenio.id]
    com_datas = do_convenio or [versao for versao in contexto.versoes if versao.convenio is None]
    if com_datas:
        return tuple(dict.fromkeys(versao.versao for versao in com_datas if versao.vigente_em(dia)))
    return contexto.parametros.versoes_aceitas or None


def _lista(versoes: list[str] | tuple[str, ...]) -> str:
    return ", ".join(sorted(versoes))
