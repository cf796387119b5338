"""The hash of the epilogue, by the rule of ANS and by the habits of the field."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tiss_schemas.espacos import ANS, DS
from tiss_schemas.exemplos import TIPOS_DE_GUIA, lote_exemplo
from tiss_schemas.hash import calcular, conferir
from tiss_schemas.leitura import ler

_CAMPOS = ("tipo", "José", " x ", "a&b", "")


def _mensagem(declarado: str, *, recuo: str = "", antes: str = "", depois: str = "") -> bytes:
    campos = recuo.join(f"<ans:c>{texto.replace('&', '&amp;')}</ans:c>" for texto in _CAMPOS)
    return (
        f'<?xml version="1.0" encoding="ISO-8859-1"?><ans:mensagemTISS xmlns:ans="{ANS}" xmlns:ds="{DS}">{recuo}{antes}'
        f"<ans:g>{recuo}{campos}{recuo}</ans:g>{recuo}<ans:epilogo><ans:hash>{declarado}</ans:hash></ans:epilogo>"
        f"{depois}</ans:mensagemTISS>"
    ).encode("iso-8859-1")


def _md5(texto: str, codificacao: str) -> str:
    return hashlib.md5(texto.encode(codificacao), usedforsecurity=False).hexdigest()


TEXTO = "".join(_CAMPOS)


@pytest.mark.parametrize(
    ("declarado", "confere_com"),
    [
        (_md5(TEXTO, "iso-8859-1"), "iso-8859-1"),
        (_md5(TEXTO, "iso-8859-1").upper(), "iso-8859-1"),
        (f" {_md5(TEXTO, 'iso-8859-1')}\n", "iso-8859-1"),
        (_md5(TEXTO, "utf-8"), "utf-8"),
        (_md5("".join(texto.strip() for texto in _CAMPOS), "iso-8859-1"), "aparado"),
        ("0" * 32, None),
        ("", None),
    ],
)
@pytest.mark.parametrize("recuo", ["", "\n  "])
def test_com_o_que_confere(declarado: str, confere_com: str | None, recuo: str) -> None:
    assert conferir(ler(_mensagem(declarado, recuo=recuo))).confere_com == confere_com


def test_comentarios_cdata_e_assinatura_da_mensagem_ficam_de_fora() -> None:
    declarado = _md5(TEXTO, "iso-8859-1")
    assinatura = "<ds:Signature><ds:SignatureValue>abc</ds:SignatureValue></ds:Signature>"
    arquivo = _mensagem(declarado, antes="<!-- nada -->", depois=assinatura)
    assert conferir(ler(arquivo.replace(b"a&amp;b", b"<![CDATA[a&b]]>"))).confere_com == "iso-8859-1"


def test_exemplo_calculado_a_mao() -> None:
    raiz = etree.fromstring(
        f'<m xmlns="{ANS}">\n <a>ENVIO_LOTE_GUIAS</a>\n <b><c>1</c> <d> </d></b><epilogo><hash>x</hash></epilogo></m>'
    )
    assert calcular(raiz) == _md5("ENVIO_LOTE_GUIAS1 ", "iso-8859-1")


def test_caractere_fora_de_iso_8859_1_so_confere_em_utf8() -> None:
    arquivo = lote_exemplo("sadt", codificacao="UTF-8").replace(b"<ans:numeroLote>1", "<ans:numeroLote>€".encode())
    conferencia = conferir(ler(arquivo))
    assert conferencia.iso is None
    declarado = re.sub(rb"<ans:hash>[^<]*", b"<ans:hash>" + conferencia.utf8.encode(), arquivo)
    assert conferir(ler(declarado)).confere_com == "utf-8"


@pytest.mark.parametrize(
    ("declarado", "bem_formado"), [("a" * 32, True), ("a" * 31, False), ("", False), ("g" * 32, False)]
)
def test_hash_bem_formado_tem_32_digitos_hexadecimais(declarado: str, bem_formado: bool) -> None:
    assert conferir(ler(_mensagem(declarado))).bem_formado is bem_formado


@settings(deadline=None)
@given(st.sampled_from(TIPOS_DE_GUIA), st.booleans())
def test_recuo_nao_muda_o_hash(tipo: str, maximo: bool) -> None:
    arquivo = lote_exemplo(tipo, guias=2, maximo=maximo)
    recuado = etree.fromstring(arquivo)
    etree.indent(recuado, "    ")
    outro = etree.tostring(recuado, encoding="ISO-8859-1")
    assert conferir(ler(outro)).confere_com == "iso-8859-1"
    assert calcular(recuado) == calcular(ler(arquivo).raiz) == conferir(ler(arquivo)).declarado
