"""Files that lie about their encoding or their namespace: understood, said in one finding, and mended by saving."""

from __future__ import annotations

from time import process_time

import pytest
from lxml import etree

from tiss_schemas.achados import Achado
from tiss_schemas.edicao import aplicar
from tiss_schemas.edicoes import Reler
from tiss_schemas.espacos import ANS
from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.hash import conferir
from tiss_schemas.leitura import Documento, ler
from tiss_schemas.validacao import validar_estrutura
from uploads.veredito import julgar

ISO = lote_exemplo("internacao", maximo=True)
UTF8 = lote_exemplo("internacao", maximo=True, codificacao="UTF-8")
RAIZ = "/ans:mensagemTISS"
LOTE = f"{RAIZ}/ans:prestadorParaOperadora/ans:loteGuias"


def _textos(documento: Documento) -> list[str | None]:
    return [no.text for no in documento.raiz.iter() if len(no) == 0]


CERTO = _textos(ler(ISO))


def _sem_prefixo_no_lote(lote: bytes) -> bytes:
    """What some serializers do: an empty default namespace on one element, and all below it without one."""
    inicio, fim = lote.index(b"<ans:loteGuias"), lote.index(b"</ans:prestadorParaOperadora")
    miolo = lote[inicio:fim].replace(b"<ans:loteGuias", b'<loteGuias xmlns=""').replace(b"ans:", b"")
    return lote[:inicio] + miolo + lote[fim:]


ENCODING = [
    pytest.param(UTF8.replace(b'"UTF-8"', b'"ISO-8859-1"'), "utf-8", 1, id="declara ISO-8859-1 e é UTF-8"),
    pytest.param(UTF8.replace(b'"UTF-8"', b'"windows-1252"'), "utf-8", 1, id="declara Windows-1252 e é UTF-8"),
    pytest.param(b"\xef\xbb\xbf" + UTF8.replace(b'"UTF-8"', b'"ISO-8859-1"'), "utf-8", 1, id="marca de UTF-8"),
    pytest.param(ISO.replace(b'"ISO-8859-1"', b'"UTF-8"'), "iso-8859-1", None, id="declara UTF-8 e é ISO-8859-1"),
    pytest.param(ISO.replace(b' encoding="ISO-8859-1"', b""), "iso-8859-1", None, id="nada declara"),
]
NAMES = [
    pytest.param(ISO.replace(b"ans:", b"").replace(b":ans=", b"="), None, id="só o espaço padrão, que é certo"),
    pytest.param(ISO.replace(b"ans:", b"").replace(b" xmlns:ans=", b" xmlns:x="), RAIZ, id="raiz sem espaço"),
    pytest.param(ISO.replace(b"tiss/schemas", b"tiss/schema"), RAIZ, id="raiz em outro espaço"),
    pytest.param(ISO.replace(b"mensagemTISS", b"MensagemTiss"), RAIZ, id="raiz com outras maiúsculas"),
    pytest.param(_sem_prefixo_no_lote(ISO), LOTE, id="lote sem espaço"),
    pytest.param(
        ISO.replace(b"<ans:loteGuias>", b'<x:loteGuias xmlns:x="urn:x">').replace(b"/ans:loteGuias", b"/x:loteGuias"),
        LOTE,
        id="só um grupo em outro espaço",
    ),
]


def _um_reparo(conteudo: bytes) -> tuple[Documento, Achado]:
    documento = ler(conteudo)
    (reparo,) = documento.reparos
    assert (reparo.impede, reparo.conserto) == (True, (Reler(),))
    assert validar_estrutura(documento) == []
    return documento, reparo


@pytest.mark.parametrize(("conteudo", "codificacao", "linha"), ENCODING)
def test_o_que_declara_outra_codificacao_e_lido_como_foi_gravado(
    conteudo: bytes, codificacao: str, linha: int | None
) -> None:
    documento, reparo = _um_reparo(conteudo)
    assert documento.codificacao == codificacao
    assert _textos(documento) == CERTO
    assert (reparo.regra, reparo.caminho) == ("F03", "/")
    assert linha is None or reparo.linha == linha


@pytest.mark.parametrize(("conteudo", "caminho"), NAMES)
def test_nomes_certos_em_outro_espaco_sao_uma_so_critica(conteudo: bytes, caminho: str | None) -> None:
    if caminho is None:
        assert ler(conteudo).reparos == ()
        return
    documento, reparo = _um_reparo(conteudo)
    assert (reparo.regra, reparo.caminho) == ("F05", caminho)
    assert {etree.QName(no).namespace for no in documento.raiz.iter()} == {ANS}


@pytest.mark.parametrize("conteudo", [p.values[0] for p in [*ENCODING, *NAMES[1:]]])
def test_salvar_grava_como_foi_entendido(conteudo: bytes) -> None:
    salvo = aplicar(conteudo, [Reler()]).conteudo
    documento = ler(salvo)
    assert salvo.startswith(b'<?xml version="1.0" encoding="ISO-8859-1"?>')
    assert (documento.codificacao, documento.reparos, documento.raiz.prefix) == ("iso-8859-1", (), "ans")
    assert _textos(documento) == CERTO
    assert conferir(documento).confere_com == "iso-8859-1"
    assert aplicar(salvo, []).conteudo == salvo


def test_caracteres_tipograficos_viram_simples_e_comentarios_ficam() -> None:
    miolo = b"<ans:observacao>\x93alta\x94 \x96 hoje\x85<!-- \x91v\xe1\x92 -->"
    conteudo = ISO.replace(b"<ans:observacao>", miolo)
    documento, reparo = _um_reparo(conteudo)
    assert (documento.codificacao, reparo.esperado) == ("windows-1252", "Windows-1252")
    salvo = aplicar(conteudo, [Reler()]).conteudo
    assert "<ans:observacao>\"alta\" - hoje...<!-- 'vá' -->".encode("iso-8859-1") in salvo
    assert conferir(ler(salvo)).confere_com == "iso-8859-1"


def test_o_que_e_estranho_de_verdade_nao_e_tomado_por_da_ans() -> None:
    estranho = b'<x:extra xmlns:x="urn:x"><x:campo>1</x:campo></x:extra>'
    documento = ler(ISO.replace(b"<ans:numeroLote>", estranho + b"<ans:numeroLote>"))
    assert documento.reparos == ()
    assert [achado.caminho for achado in validar_estrutura(documento)] == [f"{LOTE}/*[1]"]


def test_o_veredito_diz_primeiro_como_o_arquivo_foi_entendido_e_julga_o_resto() -> None:
    errado = UTF8.replace(b'"UTF-8"', b'"ISO-8859-1"').replace(b"<ans:numeroLote>1<", b"<ans:numeroLote><")
    assert [achado.regra for achado in julgar(errado).achados][:2] == ["F03", "F06"]


def test_um_texto_que_so_comeca_declaracoes_nao_demora() -> None:
    muitas = b"xmlns:" * 100_000
    inicio = process_time()
    ler(ISO.replace(b"<ans:observacao>", b"<ans:observacao>" + muitas))
    # Milliseconds; looked through once for each of them, it would be a quarter of an hour.
    assert process_time() - inicio < 5
