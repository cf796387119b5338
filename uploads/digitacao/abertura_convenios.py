"""By which convênios a prestador may type guides today, and why not by the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from conecta.contas.models import Organizacao
from conecta.interface.formatos import data as em_data
from convenios.camadas import resolver
from convenios.models import Convenio, Credenciamento, RegrasDoCredenciamento
from convenios.regras import Regras
from lotes.estados import TipoDeGuia

_AUTOR = RegrasDoCredenciamento.Autor


@dataclass(frozen=True, slots=True)
class Oferta:
    """A convênio of an operadora with which the prestador has a contract, and what holds between them."""

    convenio: Convenio
    credenciamento: Credenciamento
    regras: Regras

    def por_que_nao(self, dia: date) -> str:
        """Why no guide is typed by it on that day, as a sentence; "" where one may be."""
        nome = self.convenio.nome
        if not self.credenciamento.vigente_em(dia):
            return f"O contrato com {self.convenio.operadora.sigla} não está em vigor. Fale com a operadora."
        if not self.convenio.ativo:
            return f"O convênio {nome} está inativo. Escolha outro, ou fale com a operadora."
        if self.convenio.modo != Convenio.Modo.CONVENIO:
            modo = Convenio.Modo(self.convenio.modo).label
            return f"O convênio {nome} é recebido como {modo}, que não se fatura por guia TISS. Escolha outro."
        if dia < self.convenio.inicio:
            return f"O convênio {nome} começa em {em_data(self.convenio.inicio)}. Escolha outro."
        if self.convenio.vencimento is not None and dia > self.convenio.vencimento:
            return f"O convênio {nome} venceu em {em_data(self.convenio.vencimento)}. Escolha outro."
        if self.regras.apenas_solicitacao:
            return f"O convênio {nome} só recebe solicitações, e não gera faturamento. Escolha outro."
        return ""

    def por_que_nao_o_tipo(self, tipo: str) -> str:
        """Why no guide of that type is typed by it, as a sentence; "" where one may be."""
        tipos = self.credenciamento.tipos_de_guia
        if not tipos or tipo in tipos:
            return ""
        contratados = ", ".join(TipoDeGuia(contratado).label for contratado in TipoDeGuia.values if contratado in tipos)
        return (
            f"O contrato com {self.convenio.operadora.sigla} não tem guia de {TipoDeGuia(tipo).label}: tem "
            f"{contratados}. Escolha um destes tipos."
        )


def ofertas(prestador: Organizacao) -> list[Oferta]:
    """Every convênio of the operadoras with which the prestador has a contract, whether it may be typed by or not.

    Three queries, however many there are.
    """
    contratos = {
        contrato.operadora_id: contrato
        for contrato in Credenciamento.objects.filter(prestador=prestador).select_related("operadora__parametros")
    }
    convenios = (
        Convenio.objects.filter(operadora__in=contratos, operadora__ativa=True)
        .select_related("operadora")
        .order_by("operadora__sigla", "-principal", "codigo")
    )
    return list(_com_regras(contratos, convenios))


def _com_regras(contratos: dict[int, Credenciamento], convenios: Iterable[Convenio]) -> Iterable[Oferta]:
    linhas = {
        (linha.credenciamento_id, linha.convenio_id, linha.autor): linha
        for linha in RegrasDoCredenciamento.objects.filter(credenciamento__in=contratos.values())
    }
    for convenio in convenios:
        contrato = contratos[convenio.operadora_id]
        efetivas = resolver(
            getattr(contrato.operadora, "parametros", None),
            convenio,
            linhas.get((contrato.pk, convenio.pk, _AUTOR.OPERADORA)),
            linhas.get((contrato.pk, convenio.pk, _AUTOR.PRESTADOR)),
            abertos=convenio.abertos,
        )
        yield Oferta(convenio, contrato, efetivas.regras)
