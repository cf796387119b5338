"""What may be opened, and what a stranger is told whose file may not."""

from __future__ import annotations

import gzip

import pytest

from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.leitura import LIMITE_BYTES, ArquivoRecusado, ler

ABRE = b'<ans:mensagemTISS xmlns:ans="http://www.ans.gov.br/padroes/tiss/schemas">'
FECHA = b"</ans:mensagemTISS>"
LOTE = lote_exemplo("sadt")


def _mensagem(miolo: bytes) -> bytes:
    return ABRE + miolo + FECHA


def _recusa(conteudo: bytes, nome: str | None = None) -> tuple[str, str]:
    with pytest.raises(ArquivoRecusado) as recusa:
        ler(conteudo, nome)
    achado = recusa.value.achado
    assert achado.impede
    assert achado.mensagem.endswith(".")
    return achado.regra, achado.codigo


@pytest.mark.parametrize(
    "conteudo",
    [
        pytest.param(b"", id="vazio"),
        pytest.param(b" \r\n", id="só brancos"),
        pytest.param(b"PK\x03\x04resto", id="zip"),
        pytest.param(gzip.compress(LOTE), id="gzip"),
        pytest.param(b"%PDF-1.7", id="pdf"),
        pytest.param(b"\x89PNG\r\n", id="imagem"),
        pytest.param(b"numero;valor\n1;2", id="csv"),
        pytest.param(b"<!DOCTYPE html><html></html>", id="html"),
    ],
)
def test_o_que_nao_e_xml_e_f01(conteudo: bytes) -> None:
    assert _recusa(conteudo) == ("F01", "5002")


def test_so_a_extensao_do_nome_e_julgada() -> None:
    assert _recusa(LOTE, "lote.zip") == ("F01", "5002")
    assert ler(LOTE, "../qualquer coisa.XML").versao == "4.03.00"


def test_limite_e_de_15_mb_exatos() -> None:
    no_limite = LOTE.ljust(LIMITE_BYTES, b"\n")
    assert ler(no_limite[: 900_000 + len(LOTE)]).versao == "4.03.00"
    assert _recusa(no_limite + b"\n") == ("F02", "3166")


@pytest.mark.parametrize("codificacao", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf16_e_utf32_sao_f04(codificacao: str) -> None:
    assert _recusa(LOTE.decode("iso-8859-1").encode(codificacao)) == ("F04", "5001")


@pytest.mark.parametrize("declarada", [b"UTF-7", b"cp037", b"Shift_JIS", b"nenhuma"])
def test_outras_codificacoes_sao_f04(declarada: bytes) -> None:
    assert _recusa(LOTE.replace(b"ISO-8859-1", declarada)) == ("F04", "5001")


@pytest.mark.parametrize("codificacao", ["UTF-8", "ISO-8859-1", "windows-1252"])
def test_as_tres_codificacoes_aceitas_dao_o_mesmo_texto(codificacao: str) -> None:
    lido = ler(lote_exemplo("internacao", codificacao=codificacao))
    assert lido.codificacao == codificacao.lower()
    assert "".join(lido.raiz.itertext()) == "".join(ler(lote_exemplo("internacao")).raiz.itertext())


def test_bom_de_utf8_e_aceito_e_contradito_por_bytes_de_outra_nao() -> None:
    assert ler(b"\xef\xbb\xbf" + lote_exemplo("sadt", codificacao="UTF-8")).reparos == ()
    assert _recusa(b"\xef\xbb\xbf" + LOTE.replace(b"<ans:numeroLote>1", b"<ans:numeroLote>\xe9")) == ("F03", "5002")


def test_byte_que_nao_e_caractere_em_nenhuma_codificacao_e_f03() -> None:
    with pytest.raises(ArquivoRecusado) as recusa:
        ler(_mensagem(b"\n<ans:a>\x93\x81</ans:a>"))
    assert (recusa.value.achado.regra, recusa.value.achado.linha) == ("F03", 2)


@pytest.mark.parametrize(
    "prologo",
    [
        b'<!DOCTYPE a [<!ENTITY x "y">]>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        b'<!-- antes --><!DOCTYPE a [<!ENTITY % p SYSTEM "http://exemplo.invalid/x"> %p;]>',
        b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
def test_doctype_e_f04(prologo: bytes) -> None:
    assert _recusa(prologo + _mensagem(b"&x;")) == ("F04", "5001")


def test_mal_formado_diz_linha_e_coluna() -> None:
    with pytest.raises(ArquivoRecusado) as recusa:
        ler(_mensagem(b"\n<ans:a>1 & 2</ans:a>"))
    assert recusa.value.achado.regra == "F03"
    assert recusa.value.achado.linha == 2
    assert "linha 2, coluna" in recusa.value.achado.mensagem


@pytest.mark.parametrize("corte", [60, len(LOTE) // 3, len(LOTE) // 2, len(LOTE) - 3])
def test_arquivo_que_termina_cedo_e_f07(corte: int) -> None:
    assert _recusa(LOTE[:corte]) == ("F07", "5010")


@pytest.mark.parametrize(
    ("conteudo", "diz"),
    [
        (b"<nota/>", "“nota”"),
        (b'<a:loteGuias xmlns:a="http://www.ans.gov.br/padroes/tiss/schemas"/>', "o cabeçalho com a transação"),
    ],
)
def test_outra_raiz_e_f05(conteudo: bytes, diz: str) -> None:
    with pytest.raises(ArquivoRecusado) as recusa:
        ler(conteudo)
    assert (recusa.value.achado.regra, recusa.value.achado.codigo) == ("F05", "5001")
    assert diz in recusa.value.achado.mensagem


def _atributos(quantos: int) -> bytes:
    return b" ".join(b'a%d=""' % numero for numero in range(quantos))


@pytest.mark.parametrize(
    "conteudo",
    [
        pytest.param(_mensagem(b"<a>" * 100_000 + b"</a>" * 100_000), id="100.000 elementos aninhados"),
        pytest.param(_mensagem(b"<a>" * 3_000_000), id="aninhados sem fim"),
        pytest.param(_mensagem(b"<a/>" * 3_900_000), id="3,9 milhões de elementos vazios"),
        pytest.param(_mensagem((b"<b>" + b"<a/>" * 20_000 + b"</b>") * 40), id="elementos demais, bem distribuídos"),
        pytest.param(_mensagem(b"<a></a>" * 31_000), id="31.000 filhos"),
        pytest.param(_mensagem(b"<a " + _atributos(1_000_000) + b"/>"), id="um milhão de atributos"),
        pytest.param(_mensagem(b"<a " + _atributos(6_000) + b"/>"), id="6.000 atributos"),
        pytest.param(
            _mensagem(b"<a x='1'/>" * 20_000 + b"<b>" + b"<a x='1' y='1'/>" * 20_000 + b"</b>"), id="60.000 ao todo"
        ),
        pytest.param(_mensagem(b"<a>" + b"x" * 14_000_000 + b"</a>"), id="texto de 14 MB"),
        pytest.param(_mensagem(b"<a><![CDATA[" + b"<" * 14_000_000 + b"]]></a>"), id="CDATA de 14 MB"),
        pytest.param(_mensagem(b"<a>" + b"&#65;" * 2_000_000 + b"</a>"), id="referências de caractere"),
        pytest.param(_mensagem(b"<!--" + b"x" * 14_000_000 + b"-->"), id="comentário de 14 MB"),
        pytest.param(_mensagem(b"<" + b"a" * 14_000_000 + b"/>"), id="nome de 14 MB"),
        pytest.param(_mensagem(b'<a b="' + b"x" * 14_000_000 + b'"/>'), id="atributo de 14 MB"),
    ],
)
def test_bombas_sao_recusadas_como_arquivo_sem_proporcao(conteudo: bytes) -> None:
    assert _recusa(conteudo) == ("F03", "5002")


def test_comentarios_e_instrucoes_sao_ignorados_sem_perder_brancos_do_valor() -> None:
    documento = ler(_mensagem(b"<ans:a> <!-- c -->x<?p?> </ans:a>"))
    assert documento.raiz[0].text == " x "


def test_versao_antiga_e_lida_do_elemento_antigo() -> None:
    assert ler(_mensagem(b"<ans:cabecalho><ans:versaoPadrao> 3.02.00 </ans:versaoPadrao></ans:cabecalho>")).versao == (
        "3.02.00"
    )
    assert ler(_mensagem(b"<ans:cabecalho><ans:Padrao/></ans:cabecalho>")).versao is None
