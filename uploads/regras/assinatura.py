"""Checks on the digital signature of the message, where there is one.

What the signatures of single guides (`assinaturaDigitalGuia`) cover is laid down nowhere, so they are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Final

from cryptography import x509
from lxml import etree

from conecta.interface.formatos import data as em_data
from tiss_schemas.assinatura import Assinatura, Defeito, DefeitoDoCertificado
from tiss_schemas.edicoes import Remover
from uploads.regras.contexto import Contexto
from uploads.regras.mensagem_lida import Mensagem
from uploads.regras.registro import Apontamento, regra

_DESDE: Final = date(2026, 11, 22)
_MEIO_DIA: Final = time(12)
_ASSINAR: Final = "Assine o arquivo de novo no seu sistema, com um certificado ICP-Brasil válido, e envie-o"
_O_QUE_HA: Final = {
    Defeito.FORMA: (
        "A assinatura digital não é de uma forma aceita: ela deve ser uma só, da mensagem inteira (uma referência com "
        "URI vazia, “enveloped-signature” e canonicalização)"
    ),
    Defeito.ALGORITMO: "A assinatura digital usa um algoritmo que não é aceito. Use RSA ou ECDSA com SHA-256 ou maior",
    Defeito.CONTEUDO: (
        "A assinatura digital não confere: o arquivo foi alterado depois de assinado. Uma correção feita aqui também "
        "altera o arquivo"
    ),
    Defeito.VALOR: "A assinatura digital não confere: ela não foi feita com a chave do certificado que a acompanha",
}
_DO_CERTIFICADO: Final = {
    DefeitoDoCertificado.AUSENTE: "A assinatura digital veio sem o certificado de quem assinou (X509Certificate)",
    DefeitoDoCertificado.ILEGIVEL: "O certificado que acompanha a assinatura digital não pode ser lido",
    DefeitoDoCertificado.CHAVE: "A chave do certificado é de um tipo ou tamanho que a ICP-Brasil não usa",
    DefeitoDoCertificado.USO: "O certificado da assinatura digital não serve para assinar documentos",
}


@regra(
    "M11",
    codigo="3168",
    codigos_ate={"4.00.01": "5022"},
    alvo="mensagem",
    exemplo="A operadora exige assinatura digital, e o arquivo termina no epílogo.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def assinatura_ausente(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """A mensagem está assinada, se a operadora exige assinatura digital."""
    if contexto.parametros.assinatura_exigida and mensagem.assinatura is None:
        yield Apontamento(
            no=mensagem.documento.raiz,
            mensagem=(
                "A operadora exige a assinatura digital (“Signature”, depois do epílogo), e a mensagem não tem. "
                f"{_ASSINAR}: não é possível assinar aqui."
            ),
            esperado="Signature",
        )


@regra(
    "M12",
    codigo="5022",
    alvo="mensagem",
    exemplo="Um valor foi corrigido no arquivo depois de assinado.",
    desde=_DESDE,
)
def assinatura_nao_confere(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """A assinatura digital, se há, é da mensagem como ela está, feita com a chave do certificado."""
    assinatura = mensagem.assinatura
    if assinatura is None or assinatura.defeito is None:
        return
    exigida = contexto.parametros.assinatura_exigida
    retirar = "." if exigida else ", ou retire a assinatura, que não é exigida."
    yield Apontamento(
        no=assinatura.elemento,
        mensagem=f"{_O_QUE_HA[assinatura.defeito]}. {_ASSINAR}{retirar}",
        esperado="uma assinatura que confira",
        conserto=() if exigida else (Remover(mensagem.documento.caminho(assinatura.elemento)),),
    )


@regra(
    "M13",
    codigo="5018",
    alvo="mensagem",
    exemplo="A assinatura foi feita com o certificado de uma autoridade, que não serve para assinar documentos.",
    desde=_DESDE,
)
def certificado_invalido(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """O certificado da assinatura digital pode ser lido e serve para assinar."""
    assinatura = mensagem.assinatura
    if assinatura is not None and (defeito := assinatura.defeito_do_certificado) is not None:
        yield Apontamento(
            no=_no_certificado(assinatura),
            mensagem=f"{_DO_CERTIFICADO[defeito]}. {_ASSINAR}.",
            esperado="um certificado ICP-Brasil de assinatura",
        )


@regra(
    "M14",
    codigo="5019",
    alvo="mensagem",
    exemplo="O certificado venceu em 10/01/2026, e a transação é de 15/01/2026.",
    desde=_DESDE,
)
def certificado_vencido(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """O certificado da assinatura digital vale na data da transação."""
    assinatura = mensagem.assinatura
    if assinatura is None or (certificado := _usavel(assinatura)) is None:
        return
    dia, (inicio, fim) = _momento(mensagem, contexto).date(), _validade(certificado, contexto)
    if inicio.date() <= dia <= fim.date():
        return
    yield Apontamento(
        no=_no_certificado(assinatura),
        mensagem=(
            f"O certificado da assinatura digital vale de {em_data(inicio.date())} a {em_data(fim.date())}, e a "
            f"transação é de {em_data(dia)}. {_ASSINAR}."
        ),
        valor=fim.date().isoformat(),
        esperado=f"um certificado válido em {em_data(dia)}",
    )


@regra(
    "M15",
    codigo="5020",
    alvo="mensagem",
    exemplo="O titular perdeu o cartão, e a autoridade revogou o certificado.",
    desde=_DESDE,
)
def certificado_revogado(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """O certificado da assinatura digital não foi revogado, nem o de uma autoridade acima dele."""
    assinatura = mensagem.assinatura
    if assinatura is None or not (cadeia := _cadeia(mensagem, contexto)):
        return
    revogado = contexto.confianca.revogado(cadeia)
    if revogado is None:
        return
    qual = "O certificado da assinatura digital" if revogado is cadeia[0] else "O certificado da autoridade"
    yield Apontamento(
        no=_no_certificado(assinatura),
        mensagem=f"{qual} foi revogado por quem o emitiu. {_ASSINAR}.",
        esperado="um certificado que não foi revogado",
    )


@regra(
    "M16",
    codigo="5021",
    alvo="mensagem",
    exemplo="A assinatura foi feita com um certificado que a própria clínica gerou.",
    desde=_DESDE,
)
def cadeia_nao_confiavel(mensagem: Mensagem, contexto: Contexto) -> Iterator[Apontamento]:
    """O certificado da assinatura digital é da ICP-Brasil: há uma cadeia dele até uma raiz confiável."""
    assinatura = mensagem.assinatura
    if assinatura is None or _usavel(assinatura) is None or not contexto.confianca.raizes:
        return
    if not _cadeia(mensagem, contexto):
        yield Apontamento(
            no=_no_certificado(assinatura),
            mensagem=(
                "O certificado da assinatura digital não é da ICP-Brasil, ou faltam na assinatura os certificados das "
                f"autoridades acima dele. {_ASSINAR}."
            ),
            esperado="um certificado da ICP-Brasil",
        )


def _usavel(assinatura: Assinatura) -> x509.Certificate | None:
    """The signer's certificate, where M13 has nothing against it."""
    return assinatura.certificado if assinatura.defeito_do_certificado is None else None


def _no_certificado(assinatura: Assinatura) -> etree._Element:
    """Where the certificate is; the signature where it brought none."""
    no = assinatura.elemento.find("{*}KeyInfo/{*}X509Data/{*}X509Certificate")
    return assinatura.elemento if no is None else no


def _momento(mensagem: Mensagem, contexto: Contexto) -> datetime:
    """When the message was signed, as far as it says; now, where it does not."""
    cabecalho = mensagem.cabecalho
    if cabecalho.data_registro is None:
        return contexto.agora
    return datetime.combine(cabecalho.data_registro, cabecalho.hora_registro or _MEIO_DIA, contexto.agora.tzinfo)


def _validade(certificado: x509.Certificate, contexto: Contexto) -> tuple[datetime, datetime]:
    fuso = contexto.agora.tzinfo
    return certificado.not_valid_before_utc.astimezone(fuso), certificado.not_valid_after_utc.astimezone(fuso)


def _cadeia(mensagem: Mensagem, contexto: Contexto) -> tuple[x509.Certificate, ...]:
    """The chain at the moment of the message, or at the nearest one at which the signer's certificate was valid: what
    has expired is said once, by M14."""
    assinatura = mensagem.assinatura
    certificado = None if assinatura is None else _usavel(assinatura)
    if assinatura is None or certificado is None or not contexto.confianca.raizes:
        return ()
    inicio, fim = _validade(certificado, contexto)
    momento = min(max(_momento(mensagem, contexto), inicio), fim)
    return contexto.confianca.cadeia(certificado, assinatura.outros, momento)
