"""Teeth and faces of a guia de tratamento odontológico. Which teeth and regions there are, the schema knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from conecta.texto import para_busca
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.contexto import Contexto
from uploads.regras.exigidos import exigidos
from uploads.regras.linhas import do_item
from uploads.regras.palavras import campo, citado
from uploads.regras.registro import Apontamento, regra

_DESDE: Final = date(2026, 11, 22)
_FACES: Final = "OLMVDIP"
_FORA_DAS_FACES: Final = re.compile(r"[\s,;./\-]+")
_DECIDUOS: Final = "deciduos"
_PERMANENTES: Final = "permanentes"
_QUADRANTES_DE_DECIDUOS: Final = ("5", "6", "7", "8")
"""First digits of their teeth."""
_DENTICOES: Final = {
    _DECIDUOS: ("decíduo", "permanente", "51 a 85"),
    _PERMANENTES: ("permanente", "decíduo", "11 a 48"),
}
"""What a tooth of it is called, what one of the other is called, and which teeth there are."""


@regra(
    "I38",
    codigo="5039",
    alvo="guia",
    exemplo="A face do dente é “X”, ou “OO”.",
    desde=_DESDE,
)
def face_do_dente(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """As faces de um dente são letras de OLMVDIP, cada uma uma vez."""
    if guia.tipo != "guiaOdonto":
        return
    for item in guia.itens:
        face = item.lugar_na_boca[2]
        if not face or _sao_faces(face):
            continue
        limpa = "".join(dict.fromkeys(_FORA_DAS_FACES.sub("", face).upper()))
        no = item.no("denteFace")
        yield Apontamento(
            no=no,
            mensagem=(
                f"O campo {campo(no)} {do_item(item)} é {citado(face)}. Escreva só as letras das faces, sem espaços: "
                "O, L, M, V, D, I ou P, cada uma uma vez."
            ),
            valor=face,
            esperado="letras de OLMVDIP, cada uma uma vez",
            sugestao=limpa if _sao_faces(limpa) else None,
        )


@regra(
    "I40",
    codigo="3024",
    alvo="guia",
    exemplo="Exodontia de dente decíduo cobrada no dente 36, que é permanente.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def dente_de_outra_denticao(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Um procedimento que só se faz em dentes decíduos, ou só em permanentes, não é cobrado num dos outros."""
    if guia.tipo != "guiaOdonto":
        return
    exigidas = {id(item): exigencia.denticao for item, exigencia in exigidos(guia, contexto)}
    for item in guia.itens:
        dente = item.lugar_na_boca[0]
        denticao = exigidas.get(id(item)) or _denticao_na_tuss(item, contexto)
        if not dente or not denticao or _denticao_do(dente) == denticao:
            continue
        no = item.no("codDente")
        certa, errada, dentes = _DENTICOES[denticao]
        yield Apontamento(
            no=no,
            mensagem=(
                f"O procedimento {_procedimento(item, contexto)} só se faz em dente {certa}, e o campo {campo(no)} "
                f"{do_item(item, com_codigo=False)} é {dente}, um dente {errada}. Corrija o dente ou o código; se está "
                "certo, ignore com justificativa."
            ),
            valor=dente,
            esperado=f"um dente {certa}, de {dentes}",
        )


def _sao_faces(texto: str) -> bool:
    return texto != "" and len(set(texto)) == len(texto) and set(texto) <= set(_FACES)


def _denticao_do(dente: str) -> str:
    return _DECIDUOS if dente.startswith(_QUADRANTES_DE_DECIDUOS) else _PERMANENTES


def _denticao_na_tuss(item: ItemLido, contexto: Contexto) -> str:
    """What the term of the code says, where the operadora says nothing."""
    termo = contexto.termos.get((item.tabela or "", item.codigo or ""))
    plano = "" if termo is None else para_busca(termo.termo)
    return _DECIDUOS if "decidu" in plano and "permanente" not in plano else ""


def _procedimento(item: ItemLido, contexto: Contexto) -> str:
    termo = contexto.termos.get((item.tabela or "", item.codigo or ""))
    return f"{item.codigo}" if termo is None else f"{item.codigo}, {citado(termo.termo)},"
