"""An invented public key infrastructure: a root, an authority under it, people's certificates, and what was revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, SignatureMethod
from signxml.signer import XMLSigner

INICIO, FIM = datetime(2025, 1, 1), datetime(2027, 1, 1)
Chave = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Titular:
    """Somebody with a key and a certificate; `cadeia` are the authorities above, which go along with a signature."""

    chave: Chave
    certificado: x509.Certificate
    cadeia: tuple[x509.Certificate, ...] = ()

    def assinar(
        self,
        conteudo: bytes,
        *,
        certificados: list[x509.Certificate] | None = None,
        canonica: CanonicalizationMethod = CanonicalizationMethod.CANONICAL_XML_1_0,
    ) -> bytes:
        """The message with an enveloped signature at its end, its text and indentation as they were."""
        metodo = (
            SignatureMethod.RSA_SHA256 if isinstance(self.chave, rsa.RSAPrivateKey) else SignatureMethod.ECDSA_SHA256
        )
        assinador = XMLSigner(signature_algorithm=metodo, c14n_algorithm=canonica)
        raiz = assinador.sign(
            etree.fromstring(conteudo), key=self.chave, cert=certificados or [self.certificado, *self.cadeia]
        )
        return etree.tostring(raiz, encoding="ISO-8859-1", xml_declaration=True)


def titular(
    nome: str,
    emissor: Titular | None = None,
    *,
    autoridade: bool = False,
    chave: Chave | None = None,
    inicio: datetime = INICIO,
    fim: datetime = FIM,
    assina: bool = True,
    assina_certificados: bool | None = None,
) -> Titular:
    """A new key and its certificate by `emissor`, or by itself; only an authority signs certificates, if not told."""
    propria = chave or ec.generate_private_key(ec.SECP256R1())
    assunto = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, nome)])
    construtor = (
        x509.CertificateBuilder()
        .subject_name(assunto)
        .issuer_name(assunto if emissor is None else emissor.certificado.subject)
        .public_key(propria.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(inicio)
        .not_valid_after(fim)
        .add_extension(x509.BasicConstraints(ca=autoridade, path_length=None), critical=True)
        .add_extension(_uso(autoridade if assina_certificados is None else assina_certificados, assina), critical=True)
    )
    certificado = construtor.sign(propria if emissor is None else emissor.chave, hashes.SHA256())
    acima = (
        () if emissor is None else tuple(um for um in (emissor.certificado, *emissor.cadeia) if um.issuer != um.subject)
    )
    return Titular(propria, certificado, acima)


def lista_de_revogados(emissor: Titular, *revogados: Titular) -> x509.CertificateRevocationList:
    """What an authority publishes of those whose certificates it has revoked."""
    construtor = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(emissor.certificado.subject)
        .last_update(INICIO)
        .next_update(FIM)
    )
    for revogado in revogados:
        construtor = construtor.add_revoked_certificate(
            x509.RevokedCertificateBuilder()
            .serial_number(revogado.certificado.serial_number)
            .revocation_date(datetime(2026, 1, 10))
            .build()
        )
    return construtor.sign(emissor.chave, hashes.SHA256())


def _uso(assina_certificados: bool, assina: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=assina and not assina_certificados,
        content_commitment=False,
        key_encipherment=not assina,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=assina_certificados,
        crl_sign=assina_certificados,
        encipher_only=False,
        decipher_only=False,
    )
