"""The documents and the position by which a convênio wants professionals named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from lxml import etree

from convenios.regras import Regras
from tiss_schemas import dominios
from tiss_schemas.achados import Tipo
from tiss_schemas.edicoes import Incluir
from tiss_schemas.espacos import NS, TAG_ANS
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.contexto import Contexto
from uploads.regras.contratados import solicitante
from uploads.regras.linhas import do_item
from uploads.regras.palavras import a_guia, campo, campo_ausente, citado
from uploads.regras.profissionais import e_de_ninguem, e_desconhecido, numero_no_conselho
from uploads.regras.registro import Apontamento, Caminho, conta, regra

_DESDE: Final = date(2026, 11, 22)
_CODIGO_DO_PROFISSIONAL: Final = f"{TAG_ANS}codProfissional"
_CONSELHOS: Final = ("ans:conselho", "ans:conselhoProfissional")
_GRAU: Final = "grauPart"
_QUEM_PEDIU: Final = "ans:dadosSolicitante/ans:profissionalSolicitante"
_DOCUMENTOS: Final = {
    TAG_ANS + nome: documento
    for nome, documento in {
        "cpfContratado": "cpf",
        "cnpjContratado": "cnpj",
        "codigoPrestadorNaOperadora": "codigo",
    }.items()
}
_DA_EQUIPE: Final = frozenset({"cpf", "codigo"})
"""What codProfissional can hold. The council's number stands beside it in every team."""
_NOMES: Final = {
    "cpf": "o CPF",
    "cnpj": "o CNPJ",
    "codigo": "o código na operadora",
    "conselho": "o número no conselho",
}


@regra(
    "C18",
    codigo="3111",
    alvo="guia",
    exemplo="O convênio pede o CPF de quem executa, e a equipe do procedimento traz o código na operadora.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def documento_do_profissional_executante(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Cada profissional da equipe traz o documento que o convênio pede de quem executa."""
    regras = contexto.regras_da(guia)
    if not _pedem(regras, "executante", regras.documento_executante):
        return
    for item in guia.itens:
        for membro in item.equipe:
            pedido = _pedido(regras, "executante", _conselho(membro))
            achado = _documento_em(membro.find(_CODIGO_DO_PROFISSIONAL))
            if achado is None or pedido not in _DA_EQUIPE or pedido == achado[0]:
                continue
            documento, no = achado
            yield Apontamento(
                no=no,
                mensagem=(
                    f"O profissional da equipe {do_item(item)} traz {_NOMES[documento]}, no campo {campo(no)}, e o "
                    f"convênio pede {_NOMES[pedido]} de quem executa. Troque o documento; se a operadora aceita este, "
                    "ignore com justificativa."
                ),
                valor=no.text,
                esperado=_NOMES[pedido],
            )


@regra(
    "C19",
    codigo="3111",
    alvo="guia",
    exemplo="O convênio pede o número no conselho de quem solicita, e a guia diz que ele não é conhecido.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def documento_de_quem_solicita(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O solicitante traz o documento que o convênio pede."""
    regras, contratado = contexto.regras_da(guia), solicitante(guia)
    if contratado is None or not _pedem(regras, "solicitante", regras.documento_solicitante):
        return
    quem = guia.elemento.find(_QUEM_PEDIU, NS)
    pedido = _pedido(regras, "solicitante", "" if quem is None else _conselho(quem))
    if pedido == "conselho":
        yield from _sem_conselho(guia, quem, contexto)
        return
    tem = _DOCUMENTOS[contratado.elemento.tag]
    if pedido and pedido != tem:
        yield Apontamento(
            no=contratado.elemento,
            mensagem=(
                f"O solicitante da {a_guia(guia)} traz {_NOMES[tem]}, no campo {campo(contratado.elemento)}, e o "
                f"convênio pede {_NOMES[pedido]}. Troque o documento; se a operadora aceita este, ignore com "
                "justificativa."
            ),
            valor=contratado.valor,
            esperado=_NOMES[pedido],
        )


@regra(
    "C20",
    codigo="3111",
    alvo="guia",
    exemplo="A equipe do exame não diz o grau de participação, que no convênio é 12, clínico.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def sem_posicao(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Cada profissional da equipe diz o grau de participação, onde o convênio tem um padrão para ele."""
    posicao = contexto.regras_da(guia).posicao_profissional if guia.tipo == "guiaSP-SADT" else ""
    if not posicao:
        return
    for item in guia.itens:
        for membro in item.equipe:
            if membro.find(f"ans:{_GRAU}", NS) is None:
                yield _sem_grau(guia, item, membro, posicao)


def _sem_grau(guia: GuiaLida, item: ItemLido, membro: etree._Element, posicao: str) -> Apontamento:
    posicao_por_extenso = dominios.texto("dm_grauPart", posicao)
    caminho_do_grau = f"procedimentosExecutados/procedimentoExecutado/equipeSadt/{_GRAU}"

    def com_grau(caminho: Caminho) -> tuple[Incluir, ...]:
        return (Incluir(caminho(membro), _GRAU, posicao),)

    return Apontamento(
        no=membro,
        mensagem=(
            f"Falta o campo {campo_ausente(guia, caminho_do_grau)} de um profissional da equipe "
            f"{do_item(item, com_codigo=False)}. O padrão do convênio é {posicao}, {posicao_por_extenso}: confirme, ou "
            "informe o grau dele."
        ),
        esperado=_GRAU,
        conserto=com_grau,
        tipo=Tipo.FALTANDO,
    )


def _sem_conselho(guia: GuiaLida, quem: etree._Element | None, contexto: Contexto) -> Iterator[Apontamento]:
    """A number at the council that is nobody's. P08 speaks of those that are blank or zeros, but for the unknown."""
    no = None if quem is None else quem.find("ans:numeroConselhoProfissional", NS)
    numero = "" if no is None else (no.text or "").strip()
    if no is None or not e_de_ninguem(numero):
        return
    if not numero.strip("0") and not e_desconhecido(no) and conta(numero_no_conselho, contexto):
        return
    yield Apontamento(
        no=no,
        mensagem=(
            f"O campo {campo(no)} da {a_guia(guia)} é {citado(numero)}, e o convênio pede o número no conselho de quem "
            "solicita. Informe-o; se o solicitante não é mesmo conhecido, ignore com justificativa."
        ),
        valor=numero,
        esperado="o número no conselho",
    )


def _pedem(regras: Regras, papel: str, documento: str) -> bool:
    """Whether the convênio demands anything at all of who has that part."""
    return bool(documento or regras.documentos_por_conselho.get(papel))


def _pedido(regras: Regras, papel: str, conselho: str) -> str:
    """Which document is demanded: that of the council, else that of all; "" for none."""
    pedido = regras.documento_pedido(papel, conselho)
    return pedido if pedido in _NOMES else ""


def _conselho(quem: etree._Element) -> str:
    return next((texto.strip() for nome in _CONSELHOS if (texto := quem.findtext(nome, namespaces=NS))), "")


def _documento_em(grupo: etree._Element | None) -> tuple[str, etree._Element] | None:
    achados = ((_DOCUMENTOS.get(no.tag), no) for no in grupo) if grupo is not None else ()
    return next(((documento, no) for documento, no in achados if documento is not None), None)
