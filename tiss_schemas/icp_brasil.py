"""Whom to trust: the roots of ICP-Brasil, the authorities under them, and the certificates that they revoked.

All of it is read from a folder that the installation keeps up to date; nothing is fetched.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509 import verification as verificacao

PROFUNDIDADE: Final = 5
"""Authorities between a certificate and its root; ICP-Brasil has two."""

_PEM: Final = b"-----BEGIN"
_registro: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Confianca:
    """What the platform trusts. Without `raizes` nothing can be said of a chain, nor of what was revoked."""

    raizes: tuple[x509.Certificate, ...] = ()
    autoridades: tuple[x509.Certificate, ...] = ()
    listas: tuple[x509.CertificateRevocationList, ...] = ()

    def cadeia(
        self, certificado: x509.Certificate, outros: Sequence[x509.Certificate], momento: datetime
    ) -> tuple[x509.Certificate, ...]:
        """The chain from the certificate up to a root that is trusted, valid at `momento` (aware); empty if none."""
        construtor = (
            verificacao.PolicyBuilder()
            .store(verificacao.Store(list(self.raizes)))
            .time(momento.astimezone(UTC).replace(tzinfo=None))
            .max_chain_depth(PROFUNDIDADE)
            .extension_policies(ca_policy=_POLITICA_DE_AUTORIDADE, ee_policy=verificacao.ExtensionPolicy.permit_all())
        )
        try:
            achado = construtor.build_client_verifier().verify(certificado, [*outros, *self.autoridades])
        except (verificacao.VerificationError, ValueError, UnsupportedAlgorithm):
            return ()
        return tuple(achado.chain)

    def revogado(self, cadeia: Sequence[x509.Certificate]) -> x509.Certificate | None:
        """The first of the chain that its issuer has revoked, as far as there is a list of the issuer's."""
        for certificado, emissor in pairwise(cadeia):
            if any(_revoga(lista, certificado, emissor) for lista in self.listas):
                return certificado
        return None


def _autoridade(
    _politica: verificacao.Policy, _certificado: x509.Certificate, restricoes: x509.BasicConstraints | None
) -> None:
    if restricoes is None or not restricoes.ca:
        raise ValueError("não é de uma autoridade")


def _assina_certificados(
    _politica: verificacao.Policy, _certificado: x509.Certificate, uso: x509.KeyUsage | None
) -> None:
    if uso is not None and not uso.key_cert_sign:
        raise ValueError("não é para assinar certificados")


_POLITICA_DE_AUTORIDADE: Final = (
    verificacao.ExtensionPolicy.permit_all()
    .require_present(x509.BasicConstraints, verificacao.Criticality.AGNOSTIC, _autoridade)
    .may_be_present(x509.KeyUsage, verificacao.Criticality.AGNOSTIC, _assina_certificados)
)
"""The default policies are those of web sites, whose names a person's certificate does not have."""


def da_pasta(pasta: Path) -> Confianca:
    """What the folder holds, in files of DER or PEM: self-signed certificates are roots, others authorities, and CRLs.

    Read again when a file changes. No such folder: nobody is trusted. A file that is neither is passed over with a
    warning in the log: it must not keep every file of every prestador from its verdict.
    """
    if not pasta.is_dir():
        return Confianca()
    arquivos = sorted(arquivo for arquivo in pasta.iterdir() if arquivo.is_file() and not arquivo.name.startswith("."))
    return _lida(tuple((arquivo, arquivo.stat().st_mtime_ns, arquivo.stat().st_size) for arquivo in arquivos))


@lru_cache(maxsize=2)
def _lida(arquivos: tuple[tuple[Path, int, int], ...]) -> Confianca:
    certificados: list[x509.Certificate] = []
    listas: list[x509.CertificateRevocationList] = []
    for arquivo, _mudado, _tamanho in arquivos:
        for lido in _do_arquivo(arquivo):
            if isinstance(lido, x509.Certificate):
                certificados.append(lido)
            else:
                listas.append(lido)
    raizes = tuple(um for um in certificados if um.issuer == um.subject)
    return Confianca(raizes, tuple(um for um in certificados if um.issuer != um.subject), tuple(listas))


def _do_arquivo(arquivo: Path) -> Iterator[x509.Certificate | x509.CertificateRevocationList]:
    conteudo = arquivo.read_bytes()
    pem = _PEM in conteudo
    try:
        if pem and b"X509 CRL" in conteudo:
            yield x509.load_pem_x509_crl(conteudo)
        elif pem:
            yield from x509.load_pem_x509_certificates(conteudo)
        else:
            yield _em_der(conteudo)
    except ValueError:
        _registro.warning("%s is neither a certificate nor a list of revoked ones", arquivo)


def _em_der(conteudo: bytes) -> x509.Certificate | x509.CertificateRevocationList:
    try:
        return x509.load_der_x509_certificate(conteudo)
    except ValueError:
        return x509.load_der_x509_crl(conteudo)


def _revoga(lista: x509.CertificateRevocationList, certificado: x509.Certificate, emissor: x509.Certificate) -> bool:
    """Whether the list is the issuer's and names the certificate."""
    if lista.issuer != emissor.subject:
        return False
    entrada = lista.get_revoked_certificate_by_serial_number(certificado.serial_number)
    if entrada is None:
        return False
    try:
        return lista.is_signature_valid(emissor.public_key())  # type: ignore[arg-type]
    except (TypeError, ValueError, UnsupportedAlgorithm):
        return False
