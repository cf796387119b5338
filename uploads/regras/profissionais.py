"""Checks on the people who asked for the care and gave it: name, council, number, occupation and CPF.

A lot may name a professional on each of 22,000 lines, so each rule leaves the expenses out and first judges what a
guide says, each text once; only where that is wrong does it look for the fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from lxml import etree

from tiss_schemas import dominios
from tiss_schemas.achados import Tipo
from tiss_schemas.documentos import documento_valido
from tiss_schemas.espacos import NS, TAG_ANS
from tiss_schemas.lote_lido import GuiaLida, LoteLido
from uploads.regras.bases import Base
from uploads.regras.contexto import Contexto
from uploads.regras.contratados import e_empresa, executante, solicitante
from uploads.regras.palavras import a_guia, campo, campo_ausente, citado
from uploads.regras.registro import Apontamento, regra

_DESDE: Final = date(2026, 11, 22)
_DESPESAS: Final = f"{TAG_ANS}outrasDespesas"
_CPF: Final = f"{TAG_ANS}cpfContratado"
_EQUIPE: Final = f"{TAG_ANS}codProfissional"
_NUMEROS: Final = tuple(TAG_ANS + nome for nome in ("numeroConselhoProfissional", "croSolic", "croExec", "croExec2"))
_CONSELHOS: Final = (f"{TAG_ANS}conselhoProfissional", f"{TAG_ANS}conselho")
_CROS: Final = (f"{TAG_ANS}croSolic", f"{TAG_ANS}croExec2")
_CBOS: Final = frozenset(TAG_ANS + nome for nome in ("CBOS", "CBO", "cbosSolic", "cbosExec2"))
_CRO: Final = "08"
_OUTROS: Final = "10"
_CBO_DESCONHECIDO: Final = "999999"
_DIGITOS_DO_CPF: Final = 11

_CONSELHOS_DA_FAMILIA: Final = {
    "2212": {"12"},
    "2232": {"08"},
    "2234": {"03"},
    "2235": {"02"},
    "2236": {"05"},
    "2237": {"07"},
    "2238": {"04"},
    "2241": {"13"},
    "2251": {"06"},
    "2252": {"06"},
    "2253": {"06"},
    "2516": {"01"},
}
"""Families of the CBO whose profession has one council. "Outros conselhos" says nothing and fits them all."""
_CONSELHOS_DO_CBO: Final = {
    "223268": {"06", "08"},
    "223905": {"05"},
    "251510": {"09"},
    "251545": {"09"},
    "251555": {"09"},
    "322205": {"02"},
    "322220": {"02"},
    "322230": {"02"},
}
"""Occupations in families that mix professions, and the surgery of the face, which physicians and dentists share."""
_CBOS_DE_VARIOS: Final = frozenset({"223570"})
"""Perfusion is learnt by nurses, biomedics, physiotherapists and others."""


@regra(
    "P08",
    codigo="3269",
    codigo_antigo="1416",
    alvo="lote",
    exemplo="O número no conselho do profissional é 0, ou é o CPF dele.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
)
def numero_no_conselho(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """O número do profissional no conselho está preenchido, não é só de zeros e não é um CPF."""
    certos: set[str] = set()
    for guia in lote.guias:
        defeitos = {texto: _defeito_do_numero(texto) for texto in _textos(guia, *_NUMEROS) - certos}
        certos.update(texto for texto, defeito in defeitos.items() if defeito is None)
        for no in _campos(guia, *_NUMEROS) if any(defeitos.values()) else ():
            numero = (no.text or "").strip()
            if (defeito := defeitos.get(numero)) is not None and not e_desconhecido(no):
                yield Apontamento(
                    no=no,
                    mensagem=(
                        f"O campo {campo(no)} da {a_guia(guia)} {defeito}. Informe o número com que o profissional "
                        "está inscrito no conselho."
                    ),
                    valor=numero,
                    esperado="número da inscrição no conselho",
                )


@regra(
    "P09",
    codigo="1213",
    alvo="lote",
    depende=(Base.GRUPO,),
    exemplo="O profissional é do CRM, e o CBO informado é 223505, de enfermeiro.",
    desde=_DESDE,
    ignoravel=True,
)
def cbo_de_outro_conselho(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """O CBO do profissional é de uma profissão do conselho informado."""
    for guia in lote.guias:
        conselhos = {_CRO} if guia.tipo == "guiaOdonto" else _textos(guia, *_CONSELHOS)
        if all(_combinam(conselho, cbo) for cbo in _textos(guia, *_CBOS) for conselho in conselhos):
            continue
        conselho = ""
        for no in _campos(guia, *_CONSELHOS, *_CROS, *_CBOS):
            texto = (no.text or "").strip()
            if no.tag not in _CBOS:
                conselho = _CRO if no.tag in _CROS else texto
                continue
            if not _combinam(conselho, texto):
                yield _cbo_errado(guia, no, texto, conselho)
            conselho = ""


@regra(
    "P11",
    codigo="3111",
    alvo="guia",
    exemplo="A guia de consulta é de uma clínica, com CNPJ, e não diz o nome do profissional que atendeu.",
    desde=_DESDE,
)
def nome_do_profissional(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O nome do profissional está preenchido quando o contratado é uma empresa."""
    for caminho, contratado in (
        (_NOME_DO_EXECUTANTE.get(guia.tipo), executante),
        (_NOME_DO_SOLICITANTE.get(guia.tipo), solicitante),
    ):
        if caminho is None or (quem := contratado(guia)) is None or not e_empresa(quem, contexto):
            continue
        grupo = guia.elemento.find(f"ans:{caminho.partition('/')[0]}", NS)
        no = guia.elemento.find("/".join(f"ans:{passo}" for passo in caminho.split("/")), NS)
        if grupo is not None and (no is None or not (no.text or "").strip()):
            nome = campo_ausente(guia, caminho)
            yield Apontamento(
                no=grupo if no is None else no,
                mensagem=(
                    f"Falta o campo {nome} na {a_guia(guia)}: ele é obrigatório porque o contratado é uma empresa. "
                    "Informe o nome do profissional."
                ),
                valor=None if no is None else "",
                esperado=caminho.rpartition("/")[2],
                tipo=Tipo.FALTANDO if no is None else Tipo.REGRA,
            )


@regra(
    "P12",
    codigo="1206",
    alvo="lote",
    exemplo="O CPF do cirurgião é 12345678900, e os dígitos verificadores não conferem.",
    desde=_DESDE,
)
def cpf_da_equipe(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """O CPF de cada profissional da equipe tem dígitos verificadores certos."""
    certos: set[str] = {""}
    for guia in lote.guias:
        novos = _textos(guia, _CPF) - certos
        errados = {cpf for cpf in novos if not documento_valido(cpf)}
        certos |= novos - errados
        for no in _campos(guia, _CPF) if errados else ():
            cpf = (no.text or "").strip()
            if cpf in errados and _pai(no).tag == _EQUIPE:
                yield Apontamento(
                    no=no,
                    mensagem=(
                        f"O CPF {citado(cpf)} do campo {campo(no)} da {a_guia(guia)} não existe: os dígitos "
                        "verificadores não conferem. Confira-o no cadastro do profissional e corrija."
                    ),
                    valor=cpf,
                    esperado="CPF com dígitos verificadores certos",
                )


_NOME_DO_EXECUTANTE: Final = {
    "guiaConsulta": "profissionalExecutante/nomeProfissional",
    "guiaOdonto": "dadosProfissionaisResponsaveis/nomeProfExec2",
}
_NOME_DO_SOLICITANTE: Final = {"guiaSP-SADT": "dadosSolicitante/profissionalSolicitante/nomeProfissional"}
"""Where the name is optional in the XSD; everywhere else the schema itself asks for it."""


def _campos(guia: GuiaLida, *tags: str) -> Iterator[etree._Element]:
    """The guide's fields of these names, in document order; expenses name nobody."""
    for bloco in guia.elemento:
        if bloco.tag != _DESPESAS:
            yield from bloco.iter(*tags)


def _textos(guia: GuiaLida, *tags: str) -> set[str]:
    """What those fields say, each once: enough to know that a guide is right, which most are."""
    textos: set[str | None] = set()
    for bloco in guia.elemento:
        if bloco.tag != _DESPESAS:
            textos.update([no.text for no in bloco.iter(*tags)])
    return {(texto or "").strip() for texto in textos}


def _defeito_do_numero(numero: str) -> str | None:
    if not numero:
        return "está em branco"
    if not any(letra in "123456789" for letra in numero):
        return f"é {citado(numero)}, que não é número de ninguém"
    if len(numero) == _DIGITOS_DO_CPF and documento_valido(numero):
        return f"é {citado(numero)}, um CPF"
    return None


def e_desconhecido(numero: etree._Element) -> bool:
    """Whether the occupation beside it says that nobody knows who asked for the care."""
    return any(no.tag in _CBOS and (no.text or "").strip() == _CBO_DESCONHECIDO for no in _pai(numero))


def e_de_ninguem(numero: str | None) -> bool:
    """Whether the number at the council says only that it is not known: blank, zeros or nines."""
    texto = (numero or "").strip()
    return not texto.strip("0") or not texto.strip("9")


def _combinam(conselho: str, cbo: str) -> bool:
    """Whether somebody of that council may have that occupation; so may anybody of whom one of them is not known."""
    if not conselho or conselho == _OUTROS or cbo in _CBOS_DE_VARIOS:
        return True
    conselhos = _CONSELHOS_DO_CBO.get(cbo) or _CONSELHOS_DA_FAMILIA.get(cbo[:4])
    return conselhos is None or conselho in conselhos


def _cbo_errado(guia: GuiaLida, no: etree._Element, cbo: str, conselho: str) -> Apontamento:
    profissao = dominios.texto("dm_CBOS", cbo)
    nome = dominios.texto("dm_conselhoProfissional", conselho)
    return Apontamento(
        no=no,
        mensagem=(
            f"O campo {campo(no)} da {a_guia(guia)} é {citado(cbo)}, de {profissao}, mas o conselho do profissional é "
            f"{nome}. Corrija o que estiver errado; se os dois estão certos, ignore com justificativa."
        ),
        valor=cbo,
        esperado=f"um CBO de quem é do conselho {nome}",
    )


def _pai(no: etree._Element) -> etree._Element:
    """Its parent: the fields asked about stand inside a guide."""
    pai = no.getparent()
    assert pai is not None
    return pai
