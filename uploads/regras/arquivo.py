"""Checks on the file as a whole. Most are the engine's, made before there is a message to look at."""

from __future__ import annotations

from collections.abc import Iterator

from conecta.interface.formatos import datahora
from uploads.regras.contexto import Contexto
from uploads.regras.mensagem_lida import Mensagem
from uploads.regras.registro import Apontamento, do_motor, regra

do_motor(
    "F01",
    codigo="5002",
    frase="O arquivo é um XML, e o nome dele termina em .xml.",
    exemplo="Foi enviado o ZIP com o XML dentro, e não o XML.",
)
do_motor(
    "F02",
    codigo="3166",
    codigos_ate={"3.05.00": "5002"},
    frase="O arquivo tem no máximo 15 MB.",
    exemplo="O arquivo tem 18,40 MB.",
)
do_motor(
    "F03",
    codigo="5002",
    frase="O XML está bem formado, na codificação que declara.",
    exemplo="O arquivo declara ISO-8859-1, mas está em UTF-8: “São” vira “SÃ£o”.",
)
do_motor(
    "F04",
    codigo="5001",
    frase="O arquivo não está em UTF-16 ou UTF-32 nem declara DOCTYPE ou entidades.",
    exemplo="O arquivo foi salvo pelo Bloco de Notas como “Unicode”, que é UTF-16.",
)
do_motor(
    "F05",
    codigo="5001",
    frase="O arquivo começa por mensagemTISS, no espaço de nomes da ANS.",
    exemplo="O arquivo começa direto por loteGuias, sem cabeçalho nem epílogo.",
)
do_motor(
    "F06",
    codigo="5002",
    frase="A estrutura e os valores seguem o padrão TISS, na versão que o arquivo declara.",
    exemplo="A data do atendimento é 15/01/2026, e o padrão pede 2026-01-15.",
)
do_motor(
    "F07",
    codigo="5010",
    frase="O envio do arquivo chegou ao fim.",
    exemplo="A conexão caiu, e o arquivo acaba no meio da terceira guia.",
)


@regra(
    "F08",
    codigo="3268",
    codigo_antigo="5053",
    alvo="arquivo",
    exemplo="O mesmo arquivo já foi enviado na semana passada e recebeu um lote.",
    ignoravel=True,
    cadastro=True,
)
def arquivo_repetido(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """O mesmo arquivo, byte a byte, ainda não foi enviado."""
    if (igual := contexto.arquivo_igual) is not None:
        yield Apontamento(
            no=None,
            mensagem=(
                f"Este mesmo arquivo já foi enviado em {datahora(igual.criado_em)} e recebeu o lote "
                f"{igual.numero_lote}. Confira aquele lote antes de continuar; se o envio repetido for intencional, "
                "ignore esta crítica com uma justificativa."
            ),
            valor=str(igual.numero_lote),
        )
