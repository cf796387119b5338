"""What arithmetic and order decide: the numbers of the lines of a guide, and the epilogue with its hash."""

from __future__ import annotations

import re

import pytest

from tests.uploads.regras.apoio import AGORA
from tiss_schemas import hash as epilogo
from tiss_schemas.edicao import aplicar
from tiss_schemas.exemplos import TIPOS_DE_GUIA, lote_exemplo
from tiss_schemas.leitura import ler
from uploads.veredito import julgar

_NUMERO = re.compile(rb"<ans:sequencialItem>(\d+)</ans:sequencialItem>\n")
COM_LINHAS = [tipo for tipo in TIPOS_DE_GUIA if tipo != "consulta"]


def _sem_numeros(conteudo: bytes, quantos: int) -> bytes:
    sem = _NUMERO.sub(b"", conteudo, count=quantos)
    return re.sub(rb"(<ans:hash>)[^<]*", rb"\g<1>" + epilogo.calcular(ler(sem).raiz).encode(), sem)


@pytest.mark.parametrize("quantos", [0, 1, 3, 4], ids=["todos", "um", "três", "quatro"])
@pytest.mark.parametrize("tipo", COM_LINHAS)
def test_linhas_sem_numero_recebem_cada_uma_o_seu(tipo: str, quantos: int) -> None:
    conteudo = _sem_numeros(lote_exemplo(tipo, guias=2, itens=6), quantos)
    achados = julgar(conteudo, agora=AGORA).achados
    assert len(achados) == (quantos or 12)
    depois = aplicar(conteudo, [edicao for achado in achados for edicao in achado.edicoes]).conteudo
    assert julgar(depois, agora=AGORA).achados == ()


@pytest.mark.parametrize("tipo", COM_LINHAS)
def test_sem_numero_nenhum_a_guia_e_numerada_a_partir_do_um(tipo: str) -> None:
    conteudo = _sem_numeros(lote_exemplo(tipo, itens=6), 0)
    edicoes = [edicao for achado in julgar(conteudo, agora=AGORA).achados for edicao in achado.edicoes]
    assert [int(numero) for numero in _NUMERO.findall(aplicar(conteudo, edicoes).conteudo)] == [1, 2, 3, 4, 5, 6]


def test_um_epilogo_que_falta_inteiro_e_sugerido_com_o_seu_hash() -> None:
    original = lote_exemplo("sadt", guias=2)
    conteudo = re.sub(rb"(?s)<ans:epilogo>.*</ans:epilogo>\n", b"", original)
    (achado,) = julgar(conteudo, agora=AGORA).achados
    assert achado.caminho == "/ans:mensagemTISS"
    depois = aplicar(conteudo, list(achado.edicoes)).conteudo
    assert julgar(depois, agora=AGORA).achados == ()
    assert re.findall(rb"<ans:hash>.*?</ans:hash>", depois) == re.findall(rb"<ans:hash>.*?</ans:hash>", original)
