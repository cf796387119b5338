"""Systems that write every alternative of an identification and fill one: it is the blank ones that go."""

from __future__ import annotations

import re

import pytest

from tests.uploads.regras.apoio import AGORA
from tiss_schemas import hash as epilogo
from tiss_schemas.edicao import aplicar
from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.leitura import ler
from uploads.veredito import julgar

LOTE = lote_exemplo("sadt")
CNPJ = b"<ans:CNPJ>11222333000181</ans:CNPJ>\n"
EXECUTANTE = b"<ans:cnpjContratado>11222333000181</ans:cnpjContratado>\n"


@pytest.mark.parametrize(
    ("cheio", "escritos", "em_branco"),
    [
        (CNPJ, b"<ans:codigoPrestadorNaOperadora/>\n" + CNPJ, ["codigoPrestadorNaOperadora"]),
        (CNPJ, CNPJ + b"<ans:CPF></ans:CPF>\n", ["CPF"]),
        (EXECUTANTE, b"<ans:cpfContratado> </ans:cpfContratado>\n" + EXECUTANTE, ["cpfContratado"]),
        (
            EXECUTANTE,
            b"<ans:codigoPrestadorNaOperadora/>\n<ans:cpfContratado/>\n" + EXECUTANTE,
            ["codigoPrestadorNaOperadora", "cpfContratado"],
        ),
    ],
)
def test_a_alternativa_em_branco_e_que_sai(cheio: bytes, escritos: bytes, em_branco: list[str]) -> None:
    conteudo = _com_hash(LOTE.replace(cheio, escritos, 1))
    achados = julgar(conteudo, agora=AGORA).achados
    assert sorted(achado.caminho.rpartition(":")[2] for achado in achados) == sorted(em_branco)
    assert all("está vazio e não pode estar junto de" in achado.mensagem for achado in achados)
    depois = aplicar(conteudo, [edicao for achado in achados for edicao in achado.edicoes]).conteudo
    assert julgar(depois, agora=AGORA).achados == ()
    assert cheio.strip() in depois


def test_entre_duas_preenchidas_ninguem_escolhe_pela_clinica() -> None:
    dois = LOTE.replace(CNPJ, CNPJ + b"<ans:CPF>11144477735</ans:CPF>\n", 1)
    (achado,) = julgar(_com_hash(dois), agora=AGORA).achados
    assert "informe só um dos dois" in achado.mensagem
    assert achado.edicoes == ()


def _com_hash(conteudo: bytes) -> bytes:
    return re.sub(rb"(<ans:hash>)[^<]*", rb"\g<1>" + epilogo.calcular(ler(conteudo).raiz).encode(), conteudo)
