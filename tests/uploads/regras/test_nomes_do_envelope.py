"""Names of the groups around the lot: written in other capitals they are one cause, and mended at once."""

from __future__ import annotations

import re

import pytest

from tests.uploads.regras.apoio import AGORA
from tiss_schemas import hash as epilogo
from tiss_schemas.edicao import aplicar
from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.leitura import ler
from uploads.veredito import julgar

LOTE = lote_exemplo("sadt", guias=2)
_NOME = re.compile(rb"(</?ans:)([\w-]+)")


def _chamado(de: str, para: str) -> bytes:
    trocado = LOTE.replace(f"ans:{de}>".encode(), f"ans:{para}>".encode())
    assert trocado != LOTE
    return _com_hash(trocado)


def _com_hash(conteudo: bytes) -> bytes:
    return re.sub(rb"(?i)(<ans:hash>)[^<]*", rb"\g<1>" + epilogo.calcular(ler(conteudo).raiz).encode(), conteudo)


@pytest.mark.parametrize(
    ("de", "para"),
    [
        ("Padrao", "padrao"),
        ("Padrao", "PADRAO"),
        ("cabecalho", "Cabecalho"),
        ("prestadorParaOperadora", "PrestadorParaOperadora"),
        ("loteGuias", "loteguias"),
        ("guiasTISS", "guiasTiss"),
    ],
)
def test_um_nome_em_outra_caixa_e_uma_critica_com_o_nome_certo(de: str, para: str) -> None:
    conteudo = _chamado(de, para)
    (achado,) = julgar(conteudo, agora=AGORA).achados
    assert achado.regra == "F06"
    assert achado.caminho.endswith(f"ans:{para}")
    assert f"é “{de}”" in achado.mensagem
    assert aplicar(conteudo, list(achado.edicoes)).conteudo == LOTE


def test_um_arquivo_todo_em_minusculas_fica_valido_de_uma_vez() -> None:
    minusculo = _NOME.sub(lambda nome: nome[1] + nome[2].lower(), LOTE).replace(b"mensagemtiss", b"mensagemTISS")
    conteudo = _com_hash(minusculo)
    achados = julgar(conteudo, agora=AGORA).achados
    assert {achado.regra for achado in achados} == {"F06"}
    depois = aplicar(conteudo, [edicao for achado in achados for edicao in achado.edicoes]).conteudo
    assert julgar(depois, agora=AGORA).achados == ()


def test_sem_corpo_nenhum_falta_o_lote() -> None:
    sem_corpo = re.sub(rb"(?s)<ans:prestadorParaOperadora>.*</ans:prestadorParaOperadora>\n", b"", LOTE)
    assert "M08" in [achado.regra for achado in julgar(_com_hash(sem_corpo), agora=AGORA).achados]


def test_sem_cabecalho_e_dito_que_ele_falta_e_nao_so_a_versao() -> None:
    (achado,) = julgar(re.sub(rb"(?s)<ans:cabecalho>.*</ans:cabecalho>\n", b"", LOTE), agora=AGORA).achados
    assert (achado.regra, achado.caminho) == ("M04", "/ans:mensagemTISS")
    assert "não tem o cabeçalho" in achado.mensagem
