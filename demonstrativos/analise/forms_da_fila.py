"""The work list: its filters, and what is done to many protocols at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.http import QueryDict

from conecta.contas.models import Organizacao, Usuario
from conecta.interface.campos import CampoDeData
from convenios.precos.campos import CampoDeNumero as CampoDeValor
from demonstrativos.analise.consultas import A_ANALISAR, DE_NINGUEM, MEUS, PRAZOS
from demonstrativos.analise.estados import Prioridade
from lotes.estados import SituacaoDoProtocolo, TipoDeGuia
from lotes.forms import CampoDeNumero, Filtros

_MAIOR: Final = Decimal("999999999999.99")


class FiltrosDaFila(Filtros):
    """The work list: all that still wants an analista, unless told."""

    protocolo = CampoDeNumero(label="Protocolo", required=False)
    lote = CampoDeNumero(label="Nº Lote", required=False)
    prestador = forms.ModelChoiceField(Organizacao.objects.none(), required=False, empty_label="Todos")
    situacao = forms.ChoiceField(
        label="Situação",
        required=False,
        choices=[(A_ANALISAR, "A analisar"), ("", "Todas"), *SituacaoDoProtocolo.choices],
    )
    responsavel = forms.ChoiceField(label="Responsável", required=False)
    prazo = forms.ChoiceField(label="Prazo", required=False, choices=[("", "Todos"), *PRAZOS.items()])
    prioridade = forms.ChoiceField(label="Prioridade", required=False, choices=[("", "Todas"), *Prioridade.choices])
    tipo = forms.ChoiceField(label="Tipo de Guia", required=False, choices=[("", "Todos"), *TipoDeGuia.choices])
    valor_de = CampoDeValor(label="Valor, de (R$)", minimo=Decimal(0), maximo=_MAIOR, casas=2, required=False)
    valor_ate = CampoDeValor(label="Valor, até (R$)", minimo=Decimal(0), maximo=_MAIOR, casas=2, required=False)
    de = CampoDeData(label="Período de envio, de", required=False)
    ate = CampoDeData(label="Período de envio, até", required=False)

    def __init__(self, endereco: QueryDict, operadora: Organizacao, pessoas: Sequence[Usuario]) -> None:
        super().__init__(endereco)
        campos: dict[str, Any] = self.fields
        campos["prestador"].queryset = Organizacao.objects.filter(credenciamentos__operadora=operadora)
        campos["responsavel"].choices = [
            ("", "Todos"),
            (MEUS, "Meus"),
            (DE_NINGUEM, "Sem responsável"),
            *((str(pessoa.pk), str(pessoa)) for pessoa in pessoas),
        ]

    def padroes(self) -> dict[str, str]:
        return {"situacao": A_ANALISAR}


class AtribuirForm(forms.Form):
    """Who, in what order and by when: each only where it is filled in."""

    responsavel = forms.ChoiceField(label="Responsável", required=False)
    prioridade = forms.TypedChoiceField(
        label="Prioridade",
        required=False,
        coerce=lambda valor: Prioridade(int(valor)),
        empty_value=None,
        choices=[("", "Não mudar"), *Prioridade.choices],
    )
    prazo = CampoDeData(label="Prazo (dd/mm/aaaa)", required=False)

    def __init__(self, dados: QueryDict | None, pessoas: Sequence[Usuario]) -> None:
        super().__init__(dados)
        self._pessoas = {str(pessoa.pk): pessoa for pessoa in pessoas}
        campos: dict[str, Any] = self.fields
        campos["responsavel"].choices = [
            ("", "Não mudar"),
            (DE_NINGUEM, "Ninguém"),
            *((pk, str(pessoa)) for pk, pessoa in self._pessoas.items()),
        ]

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(dados.get(nome) not in (None, "") for nome in self.fields):
            raise forms.ValidationError("Nada foi escolhido para mudar: diga o responsável, a prioridade ou o prazo.")
        return dados

    @property
    def muda_responsavel(self) -> bool:
        """Whether somebody, or nobody, was chosen."""
        return bool(self.cleaned_data["responsavel"])

    @property
    def escolhido(self) -> Usuario | None:
        """Who was chosen; None for nobody."""
        return self._pessoas.get(self.cleaned_data["responsavel"])

    @property
    def dia(self) -> date | None:
        """The new deadline."""
        dia: date | None = self.cleaned_data["prazo"]
        return dia
