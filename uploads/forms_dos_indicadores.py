"""Filters of the pages to learn from: what is wrong with a filter filters nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from conecta.contas.models import Organizacao
from uploads.catalogo import entradas
from uploads.series import ultimos_meses

PERIODOS = {3: "Últimos 3 meses", 6: "Últimos 6 meses", 12: "Últimos 12 meses"}
PERIODO_PADRAO = 6


class FiltroDeIndicadores(forms.Form):
    """The clinic's: one of its operadoras, or all."""

    operadora = forms.ModelChoiceField(
        Organizacao.objects.none(), label="Operadora", required=False, empty_label="Todas"
    )

    def __init__(self, endereco: QueryDict, prestador: Organizacao) -> None:
        super().__init__(endereco)
        operadoras = Organizacao.objects.filter(credenciados__prestador=prestador)
        self.fields["operadora"].queryset = operadoras  # type: ignore[attr-defined]

    @property
    def operadora_escolhida(self) -> Organizacao | None:
        """The chosen one; None for all."""
        return self.cleaned_data["operadora"] if self.is_valid() else None


class FiltroDoMapa(forms.Form):
    """The operadora's: how many months, which prestador, which rule."""

    meses = forms.TypedChoiceField(label="Período", coerce=int, choices=list(PERIODOS.items()), required=False)
    prestador = forms.ModelChoiceField(
        Organizacao.objects.none(), label="Prestador", required=False, empty_label="Todos"
    )
    regra = forms.ChoiceField(label="Regra", required=False)

    def __init__(self, endereco: QueryDict, operadora: Organizacao) -> None:
        super().__init__({"meses": PERIODO_PADRAO, **endereco.dict()})
        prestadores = Organizacao.objects.filter(credenciamentos__operadora=operadora)
        self.fields["prestador"].queryset = prestadores  # type: ignore[attr-defined]
        regras = ((entrada.numero, f"{entrada.numero} {_curta(entrada.regra.frase)}") for entrada in entradas())
        self.fields["regra"].choices = [("", "Todas"), *regras]  # type: ignore[attr-defined]

    @property
    def criterios(self) -> dict[str, Any]:
        """What `indicadores.mapa` is asked; the defaults where the filter is wrong."""
        if not self.is_valid():
            return {"meses": ultimos_meses(PERIODO_PADRAO), "prestador": None, "regra": ""}
        return {**self.cleaned_data, "meses": ultimos_meses(self.cleaned_data["meses"] or PERIODO_PADRAO)}


def _curta(frase: str) -> str:
    return frase if len(frase) <= 60 else f"{frase[:60].rsplit(' ', 1)[0]}…"
