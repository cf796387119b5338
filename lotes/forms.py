"""Filters of the lists, and the form that advances protocols."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from conecta.contas.models import Organizacao
from conecta.interface.campos import CampoDeData, CampoDeTexto
from lotes.consultas import EM_ANDAMENTO, NAO_ENVIADO
from lotes.estados import SituacaoDoLote, SituacaoDoProtocolo, TipoDeGuia


class CampoDeNumero(forms.CharField):
    """A number that people look for: dots, spaces and leading zeros do not count."""

    def __init__(self, **opcoes: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}), **opcoes)

    def clean(self, value: Any) -> int | None:
        texto = super().clean(value).replace(".", "").replace(" ", "")
        if not texto:
            return None
        if not (texto.isascii() and texto.isdigit() and len(texto) <= 18):
            raise forms.ValidationError("Escreva só algarismos, até 18.")
        return int(texto)


class Filtros(forms.Form):
    """A search form that knows its defaults: what the address does not say, they say."""

    def __init__(self, endereco: QueryDict, **opcoes: Any) -> None:
        super().__init__({**self.padroes(), **endereco.dict()}, **opcoes)

    def padroes(self) -> dict[str, str]:
        """Values of a page that was opened without filters."""
        return {}

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or {}
        de, ate = dados.get("de"), dados.get("ate")
        if de and ate and de > ate:
            self.add_error("ate", "O fim do período vem antes do começo. Troque as duas datas.")
        return dados


class FiltrosDeLotes(Filtros):
    """*Pesquisa de Lotes*: the last month unless told."""

    operadora = forms.ModelChoiceField(Organizacao.objects.none(), required=False, empty_label="Todas operadoras")
    lote = CampoDeNumero(label="Nº Lote", required=False)
    protocolo = CampoDeNumero(label="Protocolo", required=False)
    tipo = forms.ChoiceField(label="Tipo de Guia", required=False, choices=[("", "Todos"), *TipoDeGuia.choices])
    situacao = forms.ChoiceField(
        label="Situação do Protocolo",
        required=False,
        choices=[("", "Todas"), (NAO_ENVIADO, "Lote não enviado"), *SituacaoDoProtocolo.choices],
    )
    situacao_lote = forms.ChoiceField(
        label="Situação Lote", required=False, choices=[("", "Todas, menos excluídos"), *SituacaoDoLote.choices]
    )
    de = CampoDeData(label="Período de Registros, de", required=False)
    ate = CampoDeData(label="Período de Registros, até", required=False)

    def __init__(self, endereco: QueryDict, prestador: Organizacao) -> None:
        super().__init__(endereco)
        self.fields["operadora"].queryset = Organizacao.objects.filter(credenciados__prestador=prestador)

    def padroes(self) -> dict[str, str]:
        hoje = timezone.localdate()
        return {"de": f"{um_mes_antes(hoje):%d/%m/%Y}", "ate": f"{hoje:%d/%m/%Y}"}


class FiltrosDeProtocolos(Filtros):
    """The operadora's work list: all that is not at an end, unless told."""

    protocolo = CampoDeNumero(label="Protocolo", required=False)
    lote = CampoDeNumero(label="Nº Lote", required=False)
    prestador = forms.ModelChoiceField(Organizacao.objects.none(), required=False, empty_label="Todos")
    tipo = forms.ChoiceField(label="Tipo de Guia", required=False, choices=[("", "Todos"), *TipoDeGuia.choices])
    situacao = forms.ChoiceField(
        label="Situação do Protocolo",
        required=False,
        choices=[(EM_ANDAMENTO, "Em andamento"), ("", "Todas"), *SituacaoDoProtocolo.choices],
    )
    de = CampoDeData(label="Período de envio, de", required=False)
    ate = CampoDeData(label="Período de envio, até", required=False)

    def __init__(self, endereco: QueryDict, operadora: Organizacao) -> None:
        super().__init__(endereco)
        self.fields["prestador"].queryset = Organizacao.objects.filter(credenciamentos__operadora=operadora)

    def padroes(self) -> dict[str, str]:
        return {"situacao": EM_ANDAMENTO}


class AvancarForm(forms.Form):
    """Where one or many protocols go next, from which day, and why."""

    para = forms.TypedChoiceField(label="Nova situação", coerce=lambda v: SituacaoDoProtocolo(int(v)))
    data = CampoDeData(label="Data (dd/mm/aaaa)", help_text="Dia a partir do qual a situação vale.")
    data_de_pagamento = CampoDeData(
        label="Data de pagamento (dd/mm/aaaa)", required=False, help_text="Só para “Faturado”, e obrigatória nele."
    )
    nota = CampoDeTexto(
        label="Observação",
        max_length=500,
        required=False,
        help_text="O prestador lê esta observação no histórico do lote.",
        linhas=3,
    )

    def __init__(self, *args: Any, opcoes: list[SituacaoDoProtocolo], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["para"].choices = [("", "Escolha"), *((int(s), s.label) for s in opcoes)]
        if SituacaoDoProtocolo.FATURADO not in opcoes:
            del self.fields["data_de_pagamento"]

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or {}
        faturado = dados.get("para") == SituacaoDoProtocolo.FATURADO
        if faturado and not dados.get("data_de_pagamento") and "data_de_pagamento" not in self.errors:
            self.add_error("data_de_pagamento", "Informe a data de pagamento: sem ela não se passa a “Faturado”.")
        if not faturado:
            dados["data_de_pagamento"] = None
        return dados


def um_mes_antes(dia: date) -> date:
    """The same day of the month before, or that month's last day: 17/04 → 17/03, 31/03 → 28/02."""
    ano, mes = (dia.year, dia.month - 1) if dia.month > 1 else (dia.year - 1, 12)
    return date(ano, mes, min(dia.day, calendar.monthrange(ano, mes)[1]))
