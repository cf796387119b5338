"""Form fields that several apps have: what people type the Brazilian way."""

from __future__ import annotations

from typing import Any

from django import forms

FORMATOS_DE_DATA = ["%d/%m/%Y", "%d%m%Y", "%d/%m/%y", "%Y-%m-%d"]


class CampoDeData(forms.DateField):
    """A day, typed with or without slashes."""

    def __init__(self, **opcoes: Any) -> None:
        atributos = {"inputmode": "numeric", "data-data": "", "autocomplete": "off", "maxlength": "10"}
        super().__init__(
            input_formats=FORMATOS_DE_DATA,
            widget=forms.DateInput(format="%d/%m/%Y", attrs=atributos),
            error_messages={"invalid": "Esta não é uma data. Escreva dia, mês e ano, como 27/11/2026."},
            **opcoes,
        )
