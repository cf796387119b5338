"""Form fields that several apps have: what people type the Brazilian way."""

from __future__ import annotations

from collections.abc import Mapping
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


class CampoDeTexto(forms.CharField):
    """Text of several lines, counted as the browser counts it: on the way each line's end becomes two characters."""

    def __init__(self, *, linhas: int, **opcoes: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": linhas}), **opcoes)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


def conferir_periodo(form: forms.BaseForm, dados: Mapping[str, Any], inicio: str = "inicio", fim: str = "fim") -> None:
    """Say at the field `fim` when it comes before `inicio`."""
    comeca, acaba = dados.get(inicio), dados.get(fim)
    if comeca and acaba and acaba < comeca:
        form.add_error(fim, "O fim vem antes do início. Confira as duas datas.")
