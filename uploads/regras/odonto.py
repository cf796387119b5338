"""Teeth and faces of a guia de tratamento odontológico. Which teeth and regions there are, the schema knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from conecta.texto import para_busca
from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.contexto import Contexto
from uploads.regras.linhas import do_item
from uploads.regras.palavras import campo, citado
from uploads.regras.registro import Apontamento, regra

_DESDE: Final = date(2026, 11, 22)
_FACES: Final = "OLMVDIP"
_FORA_DAS_FACES: Final = re.compile(r"[\s,;./\-]+")
_DECIDUOS: Final = ("5", "6", "7", "8")
"""First digits of the quadrants of deciduous teeth."""


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
def so_em_deciduo(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Um procedimento que só se faz em dente decíduo não é cobrado num permanente."""
    if guia.tipo != "guiaOdonto":
        return
    for item in guia.itens:
        dente = item.lugar_na_boca[0]
        termo = contexto.termos.get((item.tabela or "", item.codigo or ""))
        if not dente or termo is None or dente.startswith(_DECIDUOS) or not _so_de_deciduo(termo.termo):
            continue
        no = item.no("codDente")
        yield Apontamento(
            no=no,
            mensagem=(
                f"O procedimento {item.codigo}, {citado(termo.termo)}, só se faz em dente decíduo, e o campo "
                f"{campo(no)} {do_item(item, com_codigo=False)} é {dente}, um dente permanente. Corrija o dente ou o "
                "código; se está certo, ignore com justificativa."
            ),
            valor=dente,
            esperado="um dente decíduo, de 51 a 89",
        )


def _sao_faces(texto: str) -> bool:
    return texto != "" and len(set(texto)) == len(texto) and set(texto) <= set(_FACES)


def _so_de_deciduo(termo: str) -> bool:
    plano = para_busca(termo)
    return "decidu" in plano and "permanente" not in plano
