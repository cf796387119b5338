"""Whether the message declares a version that can be judged. Nothing else is checked until it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

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
    """A operadora aceita a versão do padrão TISS da mensagem."""
    versao, aceitas = mensagem.documento.versao, contexto.parametros.versoes_aceitas
    if versao is None or not aceitas or versao in aceitas or catalogo.obter(versao) is None:
        return
    quem = contexto.operadora.rotulo if contexto.operadora else "A operadora"
    yield Apontamento(
        no=mensagem.no("cabecalho/Padrao"),
        mensagem=f"{quem} não aceita a versão {versao} do padrão TISS. Gere o arquivo em: {_lista(aceitas)}.",
        valor=versao,
        esperado=_lista(aceitas),
    )


def _lista(versoes: list[str] | tuple[str, ...]) -> str:
    return ", ".join(sorted(versoes))
