"""The single fields of a guide: what they say, and where those belong that it should have and has not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from convenios.mascaras import arrumado
from tiss_schemas.achados import Tipo
from tiss_schemas.espacos import NS
from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.palavras import a_guia, campo, citado
from uploads.regras.registro import Apontamento

_AUTORIZACAO: Final = "dadosAutorizacao"
_COM_A_AUTORIZACAO: Final = f"{_AUTORIZACAO}/dataAutorizacao"
"""The XSD wants it wherever the group is."""

NUMERO_DA_OPERADORA: Final = {
    "guiaConsulta": "numeroGuiaOperadora",
    "guiaSP-SADT": f"{_AUTORIZACAO}/numeroGuiaOperadora",
    "guiaResumoInternacao": f"{_AUTORIZACAO}/numeroGuiaOperadora",
    "guiaHonorarios": "numeroGuiaOperadora",
    "guiaOdonto": "numeroGuiaOperadora",
}
SENHA: Final = {
    "guiaSP-SADT": f"{_AUTORIZACAO}/senha",
    "guiaResumoInternacao": f"{_AUTORIZACAO}/senha",
    "guiaHonorarios": "senha",
    "guiaOdonto": "senhaAutorizacao",
}
"""A guia de consulta has no senha."""
CODIGO_DE_VALIDACAO: Final = {
    "guiaConsulta": "codValidacao",
    "guiaSP-SADT": f"{_AUTORIZACAO}/codValidacao",
    "guiaResumoInternacao": f"{_AUTORIZACAO}/codValidacao",
    "guiaOdonto": "codValidacao",
}
"""A guia de honorários has none."""
GUIA_PRINCIPAL: Final = {"guiaSP-SADT": "cabecalhoGuia/guiaPrincipal", "guiaOdonto": "numeroGuiaPrincipal"}


@dataclass(frozen=True, slots=True)
class Falta:
    """A missing field: `no` is the group that lacks it, or the field itself where it is blank (`valor` "")."""

    no: etree._Element
    caminho: str
    esperado: str
    valor: str | None
    tipo: Tipo


def texto_em(guia: GuiaLida, nome: str) -> str:
    """What the field of that XML name says; "" where it is absent or blank."""
    no = guia.campos.get(nome)
    return "" if no is None else (no.text or "").strip()


def falta_de(guia: GuiaLida, caminho: str) -> Falta | None:
    """Where the field at a path below the guide belongs; None where it is there and says something."""
    grupo, _, nome = caminho.rpartition("/")
    no = guia.campos.get(nome)
    if no is not None:
        return None if (no.text or "").strip() else Falta(no, caminho, nome, no.text or "", Tipo.REGRA)
    pai = guia.elemento.find(f"ans:{grupo}", NS) if grupo else guia.elemento
    if pai is not None:
        return Falta(pai, caminho, nome, None, Tipo.FALTANDO)
    junto = [_COM_A_AUTORIZACAO] if grupo == _AUTORIZACAO else []
    return Falta(guia.elemento, caminho, ", ".join([*junto, caminho]), None, Tipo.FALTANDO)


def uma_das_faltas(guia: GuiaLida, caminhos: list[str]) -> Falta:
    """Where fields belong of which any will do and none says anything: one that is blank, else the group that lacks
    them, with all of them in `esperado`."""
    faltas = [falta for caminho in caminhos if (falta := falta_de(guia, caminho)) is not None]
    primeira = next((falta for falta in faltas if falta.tipo is Tipo.REGRA), faltas[0])
    if primeira.tipo is Tipo.REGRA:
        return primeira
    nomes = dict.fromkeys(nome for falta in faltas if falta.no is primeira.no for nome in falta.esperado.split(", "))
    return replace(primeira, esperado=", ".join(nomes))


def fora_da_mascara(guia: GuiaLida, nome: str, mascara: str) -> Apontamento:
    """What is said of a number that is not written by its mask; suggests the right signs where only they are wrong."""
    no = guia.no(nome)
    numero = (no.text or "").strip()
    return Apontamento(
        no=no,
        mensagem=(
            f"O campo {campo(no)} da {a_guia(guia)} é {citado(numero)}, e neste convênio ele tem a forma {mascara} "
            "(0 é um algarismo; X, uma letra ou um algarismo). Corrija o número."
        ),
        valor=numero,
        esperado=mascara,
        sugestao=arrumado(mascara, numero),
    )
