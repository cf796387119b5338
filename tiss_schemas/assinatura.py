"""The digital signature of a message: whether it is of a form that is accepted, and whether it signs this very message.

XML Signature allows much that a message has no use for and an attacker has: references to parts, to other files, XSLT.
Accepted is one form only, the enveloped signature of the whole message, so that what was signed is what is judged. The
signature itself is verified by signxml. The digest of the message is taken here, from a parse of the bytes as they came
(the judged tree has lost its indentation) and without the three copies that would not fit beside a message of 15 MB.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.exceptions import InvalidDigest, SignXMLException
from signxml.verifier import SignatureConfiguration, XMLVerifier

from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.espacos import DS, NS
from tiss_schemas.leitor import leitor_seguro
from tiss_schemas.leitura import Documento

LIMITE_BYTES: Final = 100_000
"""The longest signature that is looked at. One with a chain of four certificates has about 12,000."""
LIMITE_CERTIFICADOS: Final = 8
TAMANHOS_RSA: Final = range(2048, 8193)
"""Bits of an RSA key: ICP-Brasil issues none shorter, and a longer one would only cost time."""

_ENVELOPED: Final = f"{DS}enveloped-signature"
_COMENTARIOS: Final = "WithComments"
_EXCLUSIVA: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"
_CANONICAS: Final = frozenset(
    base + comentarios
    for base in ("http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "http://www.w3.org/2006/12/xml-c14n11")
    for comentarios in ("", f"#{_COMENTARIOS}")
) | {_EXCLUSIVA, _EXCLUSIVA + _COMENTARIOS}
_PREFIXOS: Final = f"{{{_EXCLUSIVA}}}InclusiveNamespaces"
_RESUMOS: Final = {
    DigestAlgorithm.SHA256.value: "sha256",
    DigestAlgorithm.SHA384.value: "sha384",
    DigestAlgorithm.SHA512.value: "sha512",
}
_METODOS: Final = frozenset(
    {
        SignatureMethod.RSA_SHA256,
        SignatureMethod.RSA_SHA384,
        SignatureMethod.RSA_SHA512,
        SignatureMethod.SHA256_RSA_MGF1,
        SignatureMethod.SHA384_RSA_MGF1,
        SignatureMethod.SHA512_RSA_MGF1,
        SignatureMethod.ECDSA_SHA256,
        SignatureMethod.ECDSA_SHA384,
        SignatureMethod.ECDSA_SHA512,
    }
)
"""RSA and elliptic curves over SHA-2. SHA-1 can be forged, DSA is of no certificate of ICP-Brasil, HMAC of nobody."""
_ERROS: Final = (SignXMLException, UnsupportedAlgorithm, ValueError, TypeError, LookupError, etree.LxmlError)
"""What signxml and cryptography raise for what a stranger may write into a signature."""


class Defeito(StrEnum):
    """Why a signature does not verify."""

    FORMA = "forma"
    """Not one enveloped signature of the whole message."""
    ALGORITMO = "algoritmo"
    """An algorithm that is not accepted."""
    CONTEUDO = "conteudo"
    """The message is not what was signed."""
    VALOR = "valor"
    """Not made with the key of the certificate."""


class DefeitoDoCertificado(StrEnum):
    """Why a certificate is of no use for a signature."""

    AUSENTE = "ausente"
    ILEGIVEL = "ilegivel"
    CHAVE = "chave"
    """The key is of a kind or length that is not accepted."""
    USO = "uso"
    """It is of an authority, or not for signing."""


@dataclass(frozen=True, slots=True)
class Assinatura:
    """What the message's signature is worth.

    `defeito` is None where it verifies, and where a certificate that cannot be used (`defeito_do_certificado`) leaves
    nothing to verify it with. `certificado` is the signer's, None where it cannot be read; `outros` came along with it.
    """

    elemento: etree._Element
    defeito: Defeito | None
    defeito_do_certificado: DefeitoDoCertificado | None = None
    certificado: x509.Certificate | None = None
    outros: tuple[x509.Certificate, ...] = ()


def assinatura_em(raiz: etree._Element) -> etree._Element | None:
    """The signature of a whole message: `ds:Signature` below its root."""
    return raiz.find("ds:Signature", NS)


@coletor_em_pausa()
def conferir(documento: Documento) -> Assinatura | None:
    """Verify the signature at the end of the message; None where it has none. Trusts nobody: see `icp_brasil`.

    Never raises for what a file may hold.
    """
    elemento = assinatura_em(documento.raiz)
    if elemento is None:
        return None
    if (defeito := _defeito_da_forma(elemento)) is not None:
        return Assinatura(elemento, defeito)
    certificados = _certificados(elemento)
    if not certificados:
        ausente = elemento.find(".//ds:X509Certificate", NS) is None
        defeito_do_certificado = DefeitoDoCertificado.AUSENTE if ausente else DefeitoDoCertificado.ILEGIVEL
        return Assinatura(elemento, None, defeito_do_certificado)
    certificado = next((um for um in certificados if not _e_autoridade(um)), certificados[0])
    outros = tuple(um for um in certificados if um is not certificado)
    if (sem_uso := _defeito_do_certificado(certificado)) is not None:
        return Assinatura(elemento, None, sem_uso, certificado, outros)
    return Assinatura(elemento, _defeito(documento, certificado), None, certificado, outros)


def _defeito_da_forma(assinatura: etree._Element) -> Defeito | None:
    """Whether it is one reference to the whole message by accepted algorithms, before anything is worked out for it."""
    referencias = assinatura.findall("ds:SignedInfo/ds:Reference", NS)
    if len(referencias) != 1 or referencias[0].get("URI") != "" or len(_em_bytes(assinatura)) > LIMITE_BYTES:
        return Defeito.FORMA
    transformacoes = [no.get("Algorithm") for no in referencias[0].iterfind("ds:Transforms/ds:Transform", NS)]
    if transformacoes[:1] != [_ENVELOPED] or len(transformacoes) > 2 or not _CANONICAS.issuperset(transformacoes[1:]):
        return Defeito.FORMA
    if _algoritmo(assinatura, "ds:SignedInfo/ds:CanonicalizationMethod") not in _CANONICAS:
        return Defeito.ALGORITMO
    if _algoritmo(assinatura, "ds:SignedInfo/ds:SignatureMethod") not in {metodo.value for metodo in _METODOS}:
        return Defeito.ALGORITMO
    return None if _algoritmo(referencias[0], "ds:DigestMethod") in _RESUMOS else Defeito.ALGORITMO


def _algoritmo(pai: etree._Element, caminho: str) -> str | None:
    no = pai.find(caminho, NS)
    return None if no is None else no.get("Algorithm")


def _certificados(assinatura: etree._Element) -> list[x509.Certificate]:
    """Those that came with the signature and can be read, in the order of the file."""
    lidos = []
    for no in assinatura.findall("ds:KeyInfo/ds:X509Data/ds:X509Certificate", NS)[:LIMITE_CERTIFICADOS]:
        try:
            certificado = x509.load_der_x509_certificate(
                base64.b64decode("".join((no.text or "").split()), validate=True)
            )
            certificado.public_key()
            certificado.extensions  # noqa: B018 - parsed on first use, which raises
        except (ValueError, UnsupportedAlgorithm, x509.DuplicateExtension):
            continue
        lidos.append(certificado)
    return lidos


def _defeito_do_certificado(certificado: x509.Certificate) -> DefeitoDoCertificado | None:
    chave = certificado.public_key()
    aceita = (isinstance(chave, rsa.RSAPublicKey) and chave.key_size in TAMANHOS_RSA) or isinstance(
        chave, ec.EllipticCurvePublicKey
    )
    if not aceita:
        return DefeitoDoCertificado.CHAVE
    if _e_autoridade(certificado):
        return DefeitoDoCertificado.USO
    try:
        uso = certificado.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return None
    return None if uso.digital_signature or uso.content_commitment else DefeitoDoCertificado.USO


def _e_autoridade(certificado: x509.Certificate) -> bool:
    try:
        return certificado.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _defeito(documento: Documento, certificado: x509.Certificate) -> Defeito | None:
    raiz = _como_veio(documento)
    assinatura = assinatura_em(raiz)
    if assinatura is None:
        return Defeito.FORMA
    configuracao = SignatureConfiguration(
        location="./",
        signature_methods=_METODOS,
        ignore_ambiguous_key_info=True,
        verification_time=certificado.not_valid_before_utc,
    )
    try:
        _Verificador(raiz).verify(
            _em_bytes(assinatura), x509_cert=certificado, expect_config=configuracao, validate_schema=False
        )
    except InvalidDigest:
        return Defeito.CONTEUDO
    except _ERROS:
        return Defeito.VALOR
    return None


class _Verificador(XMLVerifier):
    """signxml over the signature alone; the one reference it may have is to the message, kept aside.

    Were the method renamed in signxml, no message would be found in the signature and none would verify.
    """

    def __init__(self, mensagem: etree._Element) -> None:
        self._mensagem = mensagem

    def _verify_reference(self, reference: etree._Element, *_args: Any, **_kwargs: Any) -> None:
        declarado = base64.b64decode(reference.findtext("ds:DigestValue", "", NS))
        algoritmo = _RESUMOS[_algoritmo(reference, "ds:DigestMethod") or ""]
        if declarado != _resumo(self._mensagem, algoritmo, reference):
            raise InvalidDigest("the message is not what was signed")


class _Resumo:
    """A file that keeps only the digest of what is written to it."""

    def __init__(self, algoritmo: str) -> None:
        self.resumo = hashlib.new(algoritmo)

    def write(self, pedaco: bytes) -> int:
        self.resumo.update(pedaco)
        return len(pedaco)


def _resumo(raiz: etree._Element, algoritmo: str, referencia: etree._Element) -> bytes:
    """The digest of the message without its signature, in the canonical form that the reference names."""
    _tira_assinatura(raiz)
    canonica = next(iter(referencia.findall("ds:Transforms/ds:Transform", NS)[1:]), None)
    forma = "" if canonica is None else canonica.get("Algorithm", "")
    prefixos = None if canonica is None else canonica.find(_PREFIXOS)
    destino = _Resumo(algoritmo)
    mensagem: Any = etree.ElementTree(raiz)  # the stubs know neither all arguments nor any file but io's
    mensagem.write_c14n(
        destino,
        exclusive=forma.startswith(_EXCLUSIVA),
        with_comments=forma.endswith(_COMENTARIOS),
        inclusive_ns_prefixes=None if prefixos is None else prefixos.get("PrefixList", "").split(),
    )
    return destino.resumo.digest()


def _tira_assinatura(raiz: etree._Element) -> None:
    """Take the signature out, and leave the blanks after it where they are."""
    assinatura = assinatura_em(raiz)
    if assinatura is None:
        return
    anterior = assinatura.getprevious()
    if assinatura.tail and anterior is not None:
        anterior.tail = (anterior.tail or "") + assinatura.tail
    raiz.remove(assinatura)


def _como_veio(documento: Documento) -> etree._Element:
    """A tree of the bytes with everything that a signature covers: blanks, comments and processing instructions.

    The bytes have passed `leitura.ler`, so they parse, within its limits.
    """
    return etree.fromstring(documento.conteudo, leitor_seguro(documento.codificacao, so_dados=False))


def _em_bytes(assinatura: etree._Element) -> bytes:
    return etree.tostring(assinatura, with_tail=False)
