"""A file that is no XML at all: a biller reads what stands at the place, not only the place."""

from __future__ import annotations

import pytest

from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.leitura import ArquivoRecusado, ler

LOTE = lote_exemplo("sadt")
SENHA = b"<ans:senha>S0000001</ans:senha>"
LINHA = LOTE[: LOTE.index(SENHA)].count(b"\n") + 1


def _recusa(conteudo: bytes) -> tuple[str, int | None, str]:
    with pytest.raises(ArquivoRecusado) as recusa:
        ler(conteudo)
    achado = recusa.value.achado
    return achado.regra, achado.linha, achado.mensagem


@pytest.mark.parametrize(
    ("escrito", "diz"),
    [
        pytest.param(b"<ans:senha>A & B</ans:senha>", "“&” solto. Em XML ele se escreve “&amp;”", id="e comercial"),
        pytest.param(b"<ans:senha>A&B</ans:senha>", "“&” solto. Em XML ele se escreve “&amp;”", id="e sem brancos"),
        pytest.param(b"<ans:senha>A < B</ans:senha>", "No meio de um texto ele se escreve “&lt;”", id="menor que"),
        pytest.param(b"<ans:senha>A&nbsp;B</ans:senha>", "“&nbsp;” não existe em XML", id="entidade da internet"),
        pytest.param(b"<ans:senha>A\x0bB</ans:senha>", "caractere de controle", id="caractere de controle"),
        pytest.param(b"<tiss:senha>A</tiss:senha>", "prefixo “tiss” de “tiss:senha” não foi declarado", id="prefixo"),
        pytest.param(b'<ans:senha a="1" a="2"/>', "“a” aparece duas vezes", id="atributo repetido"),
        pytest.param(b"<ans:senha a=1/>", "não está entre aspas", id="atributo sem aspas"),
        pytest.param(b"<ans:senha>A</ans:Senha>", "o que se fecha ali é “Senha”", id="fechado com outro nome"),
    ],
)
def test_a_critica_diz_o_que_esta_errado_na_linha(escrito: bytes, diz: str) -> None:
    regra, linha, mensagem = _recusa(LOTE.replace(SENHA, escrito, 1))
    assert (regra, linha) == ("F03", LINHA)
    assert diz in mensagem


def test_um_elemento_que_nao_se_fecha_e_dito_com_a_linha_em_que_começa() -> None:
    regra, _, mensagem = _recusa(LOTE.replace(SENHA, b"<ans:senha>S0000001", 1))
    assert regra == "F03"
    assert f"“senha”, aberto na linha {LINHA}, devia ser fechado antes" in mensagem


@pytest.mark.parametrize(
    ("conteudo", "diz"),
    [
        pytest.param(b"\n" + LOTE, "antes da declaração “<?xml”", id="linha em branco antes"),
        pytest.param(LOTE + b"fim", "depois do fim da mensagem", id="texto depois"),
    ],
)
def test_o_que_esta_fora_da_mensagem_e_dito(conteudo: bytes, diz: str) -> None:
    regra, _, mensagem = _recusa(conteudo)
    assert regra == "F03"
    assert diz in mensagem


def test_um_nome_sem_fim_nao_toma_a_frase_inteira() -> None:
    assert len(_recusa(LOTE.replace(SENHA, b"<" + b"x" * 9_000 + b":senha/>", 1))[2]) < 400
