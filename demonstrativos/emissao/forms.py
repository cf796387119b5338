"""Filters and forms of statements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from conecta.contas.models import Organizacao
from conecta.interface.campos import CampoDeData
from demonstrativos.emissao.models import NomeDeArquivo, ParametrosDosDemonstrativos, Tipo
from demonstrativos.emissao.nomes import LUGARES, conferir_padrao
from demonstrativos.emissao.selecao import Selecao
from demonstrativos.pagamentos.forms import CompetenciaOpcional, competencia_de
from lotes.forms import CampoDeNumero, Filtros, um_mes_antes

_DATA, _COMPETENCIA = "data", "competencia"


def _operadoras(organizacao: Organizacao) -> Any:
    return Organizacao.objects.filter(credenciados__prestador=organizacao)


def _prestadores(organizacao: Organizacao) -> Any:
    return Organizacao.objects.filter(credenciamentos__operadora=organizacao)


class _DeUmLado(Filtros):
    """Filters that name the other side."""

    operadora = forms.ModelChoiceField(Organizacao.objects.none(), required=False, empty_label="Todas operadoras")
    prestador = forms.ModelChoiceField(Organizacao.objects.none(), required=False, empty_label="Todos")

    def __init__(self, endereco: QueryDict, organizacao: Organizacao) -> None:
        super().__init__(endereco)
        if organizacao.e_prestador:
            del self.fields["prestador"]
            self.fields["operadora"].queryset = _operadoras(organizacao)  # type: ignore[attr-defined]
        else:
            del self.fields["operadora"]
            self.fields["prestador"].queryset = _prestadores(organizacao)  # type: ignore[attr-defined]


class FiltrosDeAnalise(_DeUmLado):
    """*Demonstrativos › Análise de Conta*."""

    protocolo = CampoDeNumero(label="Protocolo", required=False)
    lote = CampoDeNumero(label="Nº Lote", required=False)
    de = CampoDeData(label="Período de envio, de", required=False)
    ate = CampoDeData(label="Período de envio, até", required=False)


class FiltrosDeEmitidos(_DeUmLado):
    """*Demonstrativos › Emitidos*: the last month unless told."""

    numero = CampoDeNumero(label="Nº do demonstrativo", required=False)
    protocolo = CampoDeNumero(label="Protocolo", required=False)
    tipo = forms.ChoiceField(label="Tipo", required=False, choices=[("", "Todos"), *Tipo.choices])
    de = CampoDeData(label="Período de emissão, de", required=False)
    ate = CampoDeData(label="Período de emissão, até", required=False)
    substituidos = forms.BooleanField(label="Mostrar também os substituídos", required=False)

    def padroes(self) -> dict[str, str]:
        hoje = timezone.localdate()
        return {"de": f"{um_mes_antes(hoje):%d/%m/%Y}", "ate": f"{hoje:%d/%m/%Y}"}


class PagamentoForm(forms.Form):
    """*Demonstrativos › Pagamento*: by payment date or by competência."""

    operadora = forms.ModelChoiceField(Organizacao.objects.none(), label="Operadora", empty_label="Escolha")
    prestador = forms.ModelChoiceField(
        Organizacao.objects.none(), label="Prestador", required=False, empty_label="Todos os prestadores"
    )
    tipo = forms.ChoiceField(
        label="Demonstrativo",
        choices=[(Tipo.PAGAMENTO, "Pagamento"), (Tipo.ODONTO, "Tratamento Odontológico")],
        widget=forms.RadioSelect,
        initial=Tipo.PAGAMENTO,
    )
    por = forms.ChoiceField(
        label="Período",
        choices=[(_DATA, "Por Data de Pagamento"), (_COMPETENCIA, "Por Competência")],
        widget=forms.RadioSelect,
        initial=_DATA,
    )
    de = CampoDeData(label="Data de Pagamento", required=False, help_text="Só para “Por Data de Pagamento”.")
    ate = CampoDeData(label="até", required=False, help_text="Vazia: só o dia ao lado.")
    competencia = CompetenciaOpcional(label="Competência (mm/aaaa)", required=False)

    def __init__(self, dados: QueryDict | None, organizacao: Organizacao) -> None:
        super().__init__(dados)
        self.fields["competencia"].help_text = "Só para “Por Competência”: o mês que a operadora deu ao pagamento."
        if organizacao.e_prestador:
            del self.fields["prestador"]
            operadoras = _operadoras(organizacao)
            self.fields["operadora"].queryset = operadoras  # type: ignore[attr-defined]
            if operadoras.count() == 1:
                self.fields["operadora"].initial = operadoras.get()
        else:
            del self.fields["operadora"]
            self.fields["prestador"].queryset = _prestadores(organizacao)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen way needs."""
        dados: dict[str, Any] = super().clean() or {}
        de, ate = dados.get("de"), dados.get("ate")
        if dados.get("por") == _COMPETENCIA:
            if not dados.get("competencia") and "competencia" not in self.errors:
                self.add_error("competencia", "Informe a competência, como 04/2026.")
        elif not de and "de" not in self.errors:
            self.add_error("de", "Informe a data de pagamento, ou a primeira de um período.")
        elif de and ate and ate < de:
            self.add_error("ate", "O fim do período vem antes do começo. Troque as duas datas.")
        return dados

    def selecao(self) -> Selecao:
        """What a valid form asks for."""
        dados = self.cleaned_data
        tipo = Tipo(dados["tipo"])
        if dados["por"] == _COMPETENCIA:
            return Selecao(tipo=tipo, competencia=competencia_de(dados["competencia"]))
        return Selecao(tipo=tipo, de=dados["de"], ate=dados["ate"] or dados["de"])


class ParametrosForm(forms.ModelForm):  # type: ignore[type-arg]
    """From when on an operadora issues its statements."""

    class Meta:
        model = ParametrosDosDemonstrativos
        fields = ("status_minimo_analise", "status_minimo_pagamento")


class NomeForm(forms.ModelForm):  # type: ignore[type-arg]
    """How this person's files are called."""

    padrao = forms.CharField(
        label="Nome dos arquivos",
        max_length=100,
        validators=[conferir_padrao],
        help_text="Campos: " + " ".join(f"{{{lugar}}}" for lugar in LUGARES) + ".",
    )

    class Meta:
        model = NomeDeArquivo
        fields = ("padrao",)
