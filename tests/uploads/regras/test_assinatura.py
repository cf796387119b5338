"""The digital signature: what verifies, what is not even looked at, and what a correction does to it."""

from __future__ import annotations

import hashlib
import time
from base64 import b64encode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from signxml.algorithms import CanonicalizationMethod

from tiss_schemas.assinatura import Defeito, DefeitoDoCertificado, conferir
from tiss_schemas.edicao import aplicar
from tiss_schemas.espacos import NS
from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.icp_brasil import Confianca, da_pasta
from tiss_schemas.leitura import ler
from uploads.veredito import Veredito, julgar

from .apoio import AGORA, cadastro_de
from .autoridades import Titular, lista_de_revogados, titular
from .casos_assinatura import AUTORIDADE, CLINICA, CONFIANCA, RAIZ, VENCIDA

MENSAGEM = lote_exemplo("consulta", "4.03.00")
EXCLUSIVA = CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0
COM_OUTRO_ESPACO = MENSAGEM.replace(b" xmlns:ans=", b' xmlns:outro="urn:outro" xmlns:ans=')
ASSINADA = CLINICA.assinar(MENSAGEM)
REFERENCIA = ASSINADA[ASSINADA.index(b"<ds:Reference") : ASSINADA.index(b"</ds:Reference>") + 15]
TRANSFORMACOES = ASSINADA[ASSINADA.index(b"<ds:Transforms>") : ASSINADA.index(b"</ds:Transforms>") + 16]
ENVELOPED = b'<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>'
XSLT = b'<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/>'
XPATH = (
    b'<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>//*</ds:XPath></ds:Transform>'
)


def _defeito(conteudo: bytes) -> Defeito | None:
    assinatura = conferir(ler(conteudo))
    assert assinatura is not None
    return assinatura.defeito


def _do_certificado(conteudo: bytes) -> DefeitoDoCertificado | None:
    assinatura = conferir(ler(conteudo))
    assert assinatura is not None
    return assinatura.defeito_do_certificado


def _julgar(conteudo: bytes, *, exigida: bool = False) -> Veredito:
    return julgar(
        conteudo,
        contexto_de=lambda lote, _: cadastro_de(lote, confianca=CONFIANCA, parametros={"assinatura_exigida": exigida}),
    )


@pytest.mark.parametrize("canonica", [um for um in CanonicalizationMethod if um.name.startswith(("CANON", "EXCL"))])
def test_every_canonical_form_verifies(canonica: CanonicalizationMethod) -> None:
    assert _defeito(CLINICA.assinar(COM_OUTRO_ESPACO, canonica=canonica)) is None


def test_a_prefix_that_the_exclusive_form_was_told_to_keep_is_kept() -> None:
    """signxml leaves the list of prefixes out of the reference, so this one is signed by hand."""
    raiz = etree.fromstring(COM_OUTRO_ESPACO)
    forma = {"method": "c14n", "exclusive": True, "with_comments": False}
    resumo = hashlib.sha256(etree.tostring(raiz, inclusive_ns_prefixes=["outro"], **forma)).digest()
    assinatura = etree.fromstring(CLINICA.assinar(COM_OUTRO_ESPACO, canonica=EXCLUSIVA)).find("ds:Signature", NS)
    raiz.append(assinatura)
    etree.SubElement(
        assinatura.findall(".//ds:Transform", NS)[1], f"{{{EXCLUSIVA.value}}}InclusiveNamespaces", PrefixList="outro"
    )
    assinatura.find(".//ds:DigestValue", NS).text = b64encode(resumo).decode()
    valor = CLINICA.chave.sign(etree.tostring(assinatura[0], **forma), ec.ECDSA(hashes.SHA256()))
    par = b"".join(numero.to_bytes(32, "big") for numero in decode_dss_signature(valor))
    assinatura.find("ds:SignatureValue", NS).text = b64encode(par).decode()
    assert _defeito(etree.tostring(raiz)) is None


def test_comments_instructions_and_cdata_do_not_get_in_the_way() -> None:
    marcada = MENSAGEM.replace(b"<ans:epilogo>", b"<!-- ok --><?nada?><ans:epilogo>")
    com_cdata = marcada.replace(b"<ans:numeroLote>1<", b"<ans:numeroLote><![CDATA[1]]><")
    assert _defeito(CLINICA.assinar(com_cdata)) is None


def test_blanks_around_the_signature_are_signed_with_the_message() -> None:
    assinada = CLINICA.assinar(MENSAGEM.replace(b"</ans:mensagemTISS>", b"  </ans:mensagemTISS>"))
    recuada = assinada.replace(b"  <ds:Signature ", b"<ds:Signature ").replace(b"</ds:Signature>", b"</ds:Signature>  ")
    assert recuada != assinada
    assert _defeito(recuada) is None


def test_an_rsa_key_signs_too() -> None:
    clinica = titular("Clínica RSA", AUTORIDADE, chave=rsa.generate_private_key(65537, 2048))
    assert _julgar(clinica.assinar(MENSAGEM)).achados == ()


def test_nothing_is_said_of_a_good_signature() -> None:
    assert _julgar(ASSINADA, exigida=True).achados == ()


@pytest.mark.parametrize(
    ("de", "para"),
    [
        (REFERENCIA, REFERENCIA * 2),
        (b'URI=""', b'URI="#outra"'),
        (b'URI=""', b'URI="https://example.org/mensagem.xml"'),
        (b'URI=""', b""),
        (TRANSFORMACOES, b""),
        (ENVELOPED, XSLT),
        (ENVELOPED, ENVELOPED + XSLT),
        (ENVELOPED, ENVELOPED + XPATH),
        (ENVELOPED, ENVELOPED * 10_000),
    ],
    ids=["duas", "parte", "de fora", "sem URI", "sem transformar", "xslt", "xslt depois", "xpath", "dez mil"],
)
def test_another_form_is_not_looked_into(de: bytes, para: bytes) -> None:
    assert de in ASSINADA
    antes = time.process_time()
    assert _defeito(ASSINADA.replace(de, para)) is Defeito.FORMA
    assert time.process_time() - antes < 1


@pytest.mark.parametrize(
    ("de", "para"),
    [
        (b"xmldsig-more#ecdsa-sha256", b"xmldsig-more#ecdsa-sha1"),
        (b"2001/04/xmldsig-more#ecdsa-sha256", b"2001/04/xmldsig-more#hmac-sha256"),
        (b"2001/04/xmlenc#sha256", b"2000/09/xmldsig#sha1"),
        (
            b'<ds:CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"',
            b'<ds:CanonicalizationMethod Algorithm="urn:outra"',
        ),
    ],
    ids=["sha1", "hmac", "resumo sha1", "canonica"],
)
def test_a_weak_or_unknown_algorithm_is_not_accepted(de: bytes, para: bytes) -> None:
    assert de in ASSINADA
    assert _defeito(ASSINADA.replace(de, para)) is Defeito.ALGORITMO


def test_a_signature_that_is_too_long_is_not_looked_into() -> None:
    enchimento = b"<ds:Object>" + b"a" * 200_000 + b"</ds:Object></ds:Signature>"
    assert _defeito(ASSINADA.replace(b"</ds:Signature>", enchimento)) is Defeito.FORMA


def test_a_value_that_is_no_base64_does_not_verify() -> None:
    inicio, fim = ASSINADA.index(b"<ds:SignatureValue>") + 19, ASSINADA.index(b"</ds:SignatureValue>")
    assert _defeito(ASSINADA[:inicio] + b"=" + ASSINADA[fim:]) is Defeito.VALOR


def test_a_message_hidden_in_its_signature_is_not_what_was_signed() -> None:
    """What was signed, moved into an Object of the signature, and something else in its place."""
    corpo = ASSINADA[ASSINADA.index(b"<ans:prestadorParaOperadora>") : ASSINADA.index(b"<ans:epilogo>")]
    outra = ASSINADA.replace(corpo, corpo.replace(b"<ans:numeroLote>1<", b"<ans:numeroLote>2<"))
    escondida = outra.replace(b"</ds:Signature>", b"<ds:Object>" + corpo + b"</ds:Object></ds:Signature>")
    assert _defeito(escondida) is Defeito.CONTEUDO


@pytest.mark.parametrize(
    ("certificado", "defeito"),
    [
        (None, DefeitoDoCertificado.AUSENTE),
        (b"QUJD", DefeitoDoCertificado.ILEGIVEL),
        (b"n\xe3o \xe9 base64", DefeitoDoCertificado.ILEGIVEL),
    ],
)
def test_a_certificate_that_cannot_be_read(certificado: bytes | None, defeito: DefeitoDoCertificado) -> None:
    inicio, fim = ASSINADA.index(b"<ds:X509Certificate>"), ASSINADA.rindex(b"</ds:X509Certificate>") + 21
    no = b"" if certificado is None else b"<ds:X509Certificate>" + certificado + b"</ds:X509Certificate>"
    assert _do_certificado(ASSINADA[:inicio] + no + ASSINADA[fim:]) is defeito


def test_a_short_key_is_of_no_use() -> None:
    curta = titular("Clínica antiga", AUTORIDADE, chave=rsa.generate_private_key(65537, 1024))
    assert _do_certificado(curta.assinar(MENSAGEM)) is DefeitoDoCertificado.CHAVE


def test_the_order_of_the_certificates_does_not_matter() -> None:
    ao_contrario = CLINICA.assinar(MENSAGEM, certificados=[CLINICA.certificado, AUTORIDADE.certificado])
    primeiro, segundo = b"<ds:X509Certificate>", b"</ds:X509Certificate>"
    partes = ao_contrario.split(primeiro)
    um, outro = (parte.split(segundo)[0] for parte in partes[1:])
    trocados = ao_contrario.replace(um, b"@").replace(outro, um).replace(b"@", outro)
    assert _julgar(trocados).achados == ()


def test_a_correction_undoes_the_signature_and_taking_it_out_is_suggested_where_it_is_not_demanded() -> None:
    corrigida = aplicar(ASSINADA, []).conteudo.replace(b"<ans:indicacaoAcidente>9", b"<ans:indicacaoAcidente>0")
    (achado,) = [um for um in _julgar(corrigida).achados if um.regra == "M12"]
    assert "Uma correção feita aqui também altera o arquivo" in achado.mensagem
    sem_assinatura = aplicar(corrigida, achado.edicoes).conteudo
    assert b"Signature" not in sem_assinatura
    assert _julgar(sem_assinatura).achados == ()


def test_taking_it_out_is_not_suggested_where_it_is_demanded() -> None:
    (achado,) = _julgar(ASSINADA.replace(b"<ans:epilogo>", b"\n<ans:epilogo>"), exigida=True).achados
    assert achado.regra == "M12"
    assert achado.edicoes == ()


def test_an_expired_certificate_is_said_once() -> None:
    assert [achado.regra for achado in _julgar(VENCIDA.assinar(MENSAGEM)).achados] == ["M14"]


class TestPasta:
    def test_roots_authorities_and_lists_are_told_apart(self, tmp_path: Path) -> None:
        (tmp_path / "raiz.crt").write_bytes(RAIZ.certificado.public_bytes(Encoding.DER))
        (tmp_path / "outras.pem").write_bytes(
            AUTORIDADE.certificado.public_bytes(Encoding.PEM) + RAIZ.certificado.public_bytes(Encoding.PEM)
        )
        (tmp_path / "lista.crl").write_bytes(lista_de_revogados(AUTORIDADE, CLINICA).public_bytes(Encoding.DER))
        (tmp_path / "lista.pem").write_bytes(lista_de_revogados(RAIZ).public_bytes(Encoding.PEM))
        confianca = da_pasta(tmp_path)
        assert set(confianca.raizes) == {RAIZ.certificado}
        assert confianca.autoridades == (AUTORIDADE.certificado,)
        cadeia = confianca.cadeia(CLINICA.certificado, (), AGORA)
        assert cadeia == (CLINICA.certificado, AUTORIDADE.certificado, RAIZ.certificado)
        assert confianca.revogado(cadeia) == CLINICA.certificado

    def test_a_new_file_is_seen(self, tmp_path: Path) -> None:
        assert da_pasta(tmp_path) == Confianca()
        (tmp_path / "raiz.crt").write_bytes(RAIZ.certificado.public_bytes(Encoding.DER))
        assert da_pasta(tmp_path).raizes == (RAIZ.certificado,)

    def test_a_file_that_is_something_else_is_passed_over_and_logged(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        (tmp_path / "leia-me.txt").write_text("nada")
        (tmp_path / "raiz.crt").write_bytes(RAIZ.certificado.public_bytes(Encoding.DER))
        assert da_pasta(tmp_path).raizes == (RAIZ.certificado,)
        assert "leia-me.txt" in caplog.text

    def test_without_the_folder_nobody_is_trusted(self, tmp_path: Path) -> None:
        assert da_pasta(tmp_path / "nenhuma") == Confianca()


class TestCadeia:
    def test_somebody_who_is_no_authority_vouches_for_nobody(self) -> None:
        falso = Titular(CLINICA.chave, CLINICA.certificado, CLINICA.cadeia)
        apadrinhado = titular("Clínica apadrinhada", falso)
        assert CONFIANCA.cadeia(apadrinhado.certificado, [CLINICA.certificado, AUTORIDADE.certificado], AGORA) == ()

    @pytest.mark.parametrize(("autoridade", "assina_certificados"), [(False, True), (True, False)])
    def test_nor_does_half_an_authority(self, autoridade: bool, assina_certificados: bool) -> None:
        meia = titular("AC pela metade", RAIZ, autoridade=autoridade, assina_certificados=assina_certificados)
        alguem = titular("Clínica confiante", meia)
        assert CONFIANCA.cadeia(alguem.certificado, [meia.certificado], AGORA) == ()

    def test_a_root_that_came_with_the_signature_is_not_trusted_for_that(self) -> None:
        outra_raiz = titular("AC Raiz Falsa", autoridade=True)
        alguem = titular("Clínica enganada", outra_raiz)
        assert CONFIANCA.cadeia(alguem.certificado, [outra_raiz.certificado], AGORA) == ()
