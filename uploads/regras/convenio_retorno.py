"""Consultations inside the return period: the next one of the same beneficiário with the same professional is not paid.

Of earlier guides the platform keeps who was attended, by which prestador and with which code, and not by whom of its
people: there the sentence says so.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from lxml import etree

from conecta.interface.formatos import data as em_data
from tiss_schemas.espacos import NS
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import GuiaLida, LoteLido
from uploads.regras.campos_da_guia import texto_em
from uploads.regras.consultas import PRONTO_SOCORRO, e_consulta
from uploads.regras.contexto import Contexto
from uploads.regras.contratados import executante
from uploads.regras.palavras import a_guia
from uploads.regras.registro import Apontamento, regra
from uploads.regras.urgencia import e_urgente

_SEM_SABER_DE_QUEM: Final = (
    "em outro lote há uma consulta do beneficiário com este código (o portal não guarda quem a fez)"
)
_CONSELHO: Final = ("conselhoProfissional", "conselho")


@dataclass(frozen=True, slots=True)
class Consulta:
    """A consultation that the file bills, and the days of the return period that holds for it; 0: none does."""

    guia: GuiaLida
    item: ItemLido
    carteira: str
    codigo: str
    dia: date
    prazo: int

    @property
    def desde(self) -> date:
        """The first day on which an earlier consultation would make this one a return."""
        return self.dia - timedelta(days=self.prazo)


@regra(
    "I29",
    codigo="1823",
    alvo="lote",
    exemplo="O retorno é de 30 dias, e o mesmo médico cobra outra consulta do paciente depois de 12.",
    desde=date(2026, 11, 22),
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
)
def consulta_no_prazo_de_retorno(lote: LoteLido, contexto: Contexto) -> Iterator[Apontamento]:
    """Nenhuma consulta é do mesmo beneficiário com o mesmo profissional dentro dos dias de retorno do convênio."""
    ultimas: dict[Hashable, Consulta] = {}
    for consulta in sorted(consultas_com_retorno(lote, contexto), key=lambda consulta: consulta.dia):
        quem = _quem_atendeu(consulta)
        chave = (consulta.carteira, quem or consulta.codigo)
        ultima, ultimas[chave] = ultimas.get(chave), consulta
        if not consulta.prazo:
            continue
        if ultima is not None and ultima.dia >= consulta.desde:
            antes = a_guia(ultima.guia)
            yield _retorno(
                consulta,
                f"o mesmo profissional já atendeu o beneficiário na {antes}"
                if quem
                else f"o beneficiário tem outra com este código na {antes} (as guias não dizem quem a fez)",
                ultima.dia,
            )
        elif (dia := _antes_do_arquivo(consulta, contexto)) is not None:
            yield _retorno(consulta, _SEM_SABER_DE_QUEM, dia)


def consultas_com_retorno(lote: LoteLido, contexto: Contexto) -> Iterator[Consulta]:
    """The consultations of the lot in convênios that agreed on return periods, be it only for the other kind."""
    for guia in lote.guias:
        carteira, regras = guia.numero_carteira, contexto.regras_da(guia)
        if not carteira or not (regras.dias_retorno_eletivo or regras.dias_retorno_emergencia):
            continue
        if texto_em(guia, "atendimentoRN") == "S":
            continue  # of newborns on one card nobody can tell which of them it was
        for item in guia.itens:
            if not e_consulta(item) or item.data is None:
                continue
            prazo = regras.dias_retorno_emergencia if _e_urgente(guia, item) else regras.dias_retorno_eletivo
            yield Consulta(guia, item, carteira, item.codigo or "", item.data, prazo or 0)


def _retorno(consulta: Consulta, por_que: str, antes: date) -> Apontamento:
    dias = "1 dia" if consulta.prazo == 1 else f"{consulta.prazo} dias"
    return Apontamento(
        no=consulta.item.no("codigoProcedimento"),
        mensagem=(
            f"A consulta de {em_data(consulta.dia)} da {a_guia(consulta.guia)} está no prazo de retorno do convênio, "
            f"de {dias}: {por_que}, em {em_data(antes)}. Retire-a se é retorno; se é outro profissional ou outro "
            "problema, ignore com justificativa."
        ),
        valor=consulta.codigo,
        esperado=f"depois de {em_data(antes + timedelta(days=consulta.prazo))}",
    )


def _antes_do_arquivo(consulta: Consulta, contexto: Contexto) -> date | None:
    """The last day on which the prestador billed it before, inside the period."""
    dias = contexto.consultas_apresentadas.get((consulta.carteira, consulta.codigo), ())
    return max((dia for dia in dias if consulta.desde <= dia <= consulta.dia), default=None)


def _quem_atendeu(consulta: Consulta) -> tuple[str, ...] | None:
    """The professional by council, number and UF; where the guide names none, the executante, if that is a person."""
    if consulta.guia.tipo == "guiaConsulta":
        grupo = consulta.guia.elemento.find("ans:profissionalExecutante", NS)
    else:
        grupo = next(iter(consulta.item.equipe), None)
    if grupo is not None and (quem := _no_conselho(grupo)) is not None:
        return quem
    contratado = executante(consulta.guia)
    return (contratado.valor,) if contratado is not None and contratado.tipo == "CPF" else None


def _no_conselho(grupo: etree._Element) -> tuple[str, str, str] | None:
    textos = {etree.QName(no).localname: (no.text or "").strip() for no in grupo.iterchildren(etree.Element)}
    conselho = next((textos[nome] for nome in _CONSELHO if nome in textos), "")
    numero = textos.get("numeroConselhoProfissional", "").lstrip("0")
    return (conselho, numero, textos.get("UF", "")) if numero.strip("9") else None


def _e_urgente(guia: GuiaLida, item: ItemLido) -> bool:
    return item.codigo == PRONTO_SOCORRO or e_urgente(guia)
