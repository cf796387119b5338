"""Who did and who asked for what the operadora demands something of: team, degrees, occupations, solicitante."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from lxml import etree

from tiss_schemas import dominios
from tiss_schemas.achados import Tipo
from tiss_schemas.espacos import NS, TAG_ANS
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.campos_da_guia import texto_em
from uploads.regras.contexto import Contexto
from uploads.regras.contratados import solicitante
from uploads.regras.exigidos import exigidos
from uploads.regras.linhas import GRAUS, do_item
from uploads.regras.palavras import a_guia, campo
from uploads.regras.profissionais import e_de_ninguem, e_desconhecido
from uploads.regras.registro import Apontamento, regra

_DESDE: Final = date(2026, 11, 22)
_EQUIPE: Final = {"guiaSP-SADT": "equipeSadt", "guiaResumoInternacao": "identEquipe/identificacaoEquipe"}
"""Where a member of the team stands in a line; in honorários the XSD itself demands one."""
_DO_MEMBRO: Final = (
    *("grauPart", "codProfissional/cpfContratado", "nomeProf"),
    *("conselho", "numeroConselhoProfissional", "UF", "CBOS"),
)
_CBOS: Final = (f"{TAG_ANS}CBOS", f"{TAG_ANS}CBO")
_CBO_DESCONHECIDO: Final = "999999"
_SOLICITANTE_DA_GTO: Final = ("nomeProfSolic", "croSolic", "ufSolic", "cbosSolic")
_DA_GTO: Final = "ans:dadosProfissionaisResponsaveis"
_NOME: Final = "ans:nomeProfissional"
_PROFISSIONAL: Final = "ans:dadosSolicitante/ans:profissionalSolicitante"
_CBO_DE_QUEM_EXECUTOU: Final = {"guiaConsulta": "CBOS", "guiaOdonto": "cbosExec2"}
"""Where the guide itself says it; in the others each item has its team."""


@regra(
    "I23",
    codigo="3233",
    codigo_antigo="1429",
    alvo="guia",
    exemplo="O ecocardiograma só pode ser feito por cardiologista, e o CBO de quem fez é 225125, de clínico.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def cbo_nao_permitido(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Alguém que executou o procedimento tem um CBO com que a operadora o aceita."""
    for item, exigencia in exigidos(guia, contexto):
        if not exigencia.cbos:
            continue
        nos = list(_cbos_de_quem_executou(guia, item))
        textos = {(no.text or "").strip() for no in nos}
        if not nos or _CBO_DESCONHECIDO in textos or not textos.isdisjoint(exigencia.cbos):
            continue
        permitidos = ", ".join(map(_cbo, exigencia.cbos))
        yield Apontamento(
            no=nos[0],
            mensagem=(
                f"O campo {campo(nos[0])} {do_item(item)} é {_cbo(nos[0].text)}, e a operadora só aceita esse código "
                f"de: {permitidos}. Corrija o CBO de quem executou; se está certo, ignore com justificativa."
            ),
            valor=nos[0].text,
            esperado=permitidos,
        )


@regra(
    "I24",
    codigo="3285",
    codigo_antigo="1310",
    alvo="guia",
    exemplo="A cirurgia está na guia sem nenhum profissional da equipe.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def sem_equipe(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O procedimento de que a operadora quer saber a equipe diz quem participou."""
    membro = _EQUIPE.get(guia.tipo)
    if membro is None:
        return
    for item, exigencia in exigidos(guia, contexto):
        if not exigencia.exige_equipe or item.especie == "despesa" or item.equipe:
            continue
        yield Apontamento(
            no=item.elemento,
            mensagem=(
                f"Falta a equipe {do_item(item)} da {a_guia(guia)}: a operadora quer saber quem participou deste "
                "procedimento. Informe cada profissional com o grau de participação, o conselho e o CBO."
            ),
            esperado=", ".join(f"{membro}/{nome}" for nome in _DO_MEMBRO),
            tipo=Tipo.FALTANDO,
        )


@regra(
    "I26",
    codigo="3241",
    codigo_antigo="1838",
    alvo="guia",
    exemplo="O procedimento não tem 2º auxiliar, e a equipe traz um.",
    desde=_DESDE,
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def grau_nao_permitido(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O grau de participação de cada profissional é um dos que o procedimento tem."""
    for item, exigencia in exigidos(guia, contexto):
        if not exigencia.graus:
            continue
        permitidos = ", ".join(map(_grau, exigencia.graus))
        for no in (no for membro in item.equipe for no in membro if no.tag in GRAUS):
            if (grau := (no.text or "").strip()) in exigencia.graus:
                continue
            yield Apontamento(
                no=no,
                mensagem=(
                    f"O campo {campo(no)} {do_item(item)} é {_grau(grau)}, e para este código a operadora só aceita: "
                    f"{permitidos}. Corrija o grau ou retire o profissional; se está certo, ignore com justificativa."
                ),
                valor=grau,
                esperado=permitidos,
            )


@regra(
    "P07",
    codigo="1411",
    alvo="guia",
    exemplo="O exame só é pago com pedido, e a guia não diz quem pediu.",
    desde=_DESDE,
    ajustavel=True,
    cadastro=True,
)
def sem_solicitante(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """A guia diz quem pediu o que a operadora só paga com pedido."""
    if not contexto.exigencias or (falta := _falta_do_solicitante(guia)) is None:
        return
    item = next((item for item, exigencia in exigidos(guia, contexto) if exigencia.exige_solicitante), None)
    if item is None:
        return
    no, esperado, tipo = falta
    yield Apontamento(
        no=no,
        mensagem=(
            f"A {a_guia(guia)} não diz quem pediu o código {item.codigo}, que a operadora só paga com pedido. Informe "
            "o profissional solicitante, com nome e conselho."
        ),
        valor=no.text if tipo is Tipo.REGRA else None,
        esperado=esperado,
        tipo=tipo,
    )


def _cbos_de_quem_executou(guia: GuiaLida, item: ItemLido) -> Iterator[etree._Element]:
    if (nome := _CBO_DE_QUEM_EXECUTOU.get(guia.tipo)) is not None:
        if (no := guia.campos.get(nome)) is not None:
            yield no
        return
    for membro in item.equipe:
        yield from (no for no in membro if no.tag in _CBOS)


def _falta_do_solicitante(guia: GuiaLida) -> tuple[etree._Element, str, Tipo] | None:
    """Where the guide should say who asked for the care, and does not: a field, or the group that lacks those named.
    None where it says so, or its type has no place for it."""
    if guia.tipo == "guiaOdonto":
        if any(texto_em(guia, nome) for nome in _SOLICITANTE_DA_GTO[:2]):
            return None
        em_branco = next((nome for nome in _SOLICITANTE_DA_GTO if nome in guia.campos), None)
        if em_branco is not None:
            return guia.campos[em_branco], em_branco, Tipo.REGRA
        grupo = guia.elemento.find(_DA_GTO, NS)
        return None if grupo is None else (grupo, ", ".join(_SOLICITANTE_DA_GTO), Tipo.FALTANDO)
    contratado, profissional = solicitante(guia), guia.elemento.find(_PROFISSIONAL, NS)
    if contratado is None or contratado.valor.strip("9") or profissional is None:
        return None
    nome, conselho = profissional.find(_NOME, NS), profissional.find("ans:numeroConselhoProfissional", NS)
    if nome is None:
        return profissional, "nomeProfissional", Tipo.FALTANDO
    if not (nome.text or "").strip():
        return nome, "nomeProfissional", Tipo.REGRA
    if conselho is not None and e_desconhecido(conselho) and e_de_ninguem(conselho.text):
        return conselho, "o número de quem pediu no conselho", Tipo.REGRA
    return None


def _cbo(codigo: str | None) -> str:
    return f"{codigo} {dominios.texto('dm_CBOS', codigo or '')}"


def _grau(codigo: str) -> str:
    return f"{codigo} {dominios.texto('dm_grauPart', codigo)}".strip()
