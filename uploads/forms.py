"""Forms of uploads: filters of the history, justifications."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

DIAS_DO_PERIODO = 30
"""The history shows the last month unless asked for another period."""

_FORMATOS = ["%d/%m/%Y", "%d%m%Y", "%d/%m/%y", "%Y-%m-%d"]


def _dia(rotulo: str) -> forms.DateField:
    return forms.DateField(
        label=rotulo,
        required=False,
        input_formats=_FORMATOS,
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"inputmode": "numeric", "data-data": "", "autocomplete": "off", "size": "12"}
        ),
        error_messages={"invalid": "Esta data não existe. Escreva dia, mês e ano, como em 27/11/2026."},
    )


class FiltroDeArquivos(forms.Form):
    """*Nome de Arquivo* and *Período de Registros*."""

    nome = forms.CharField(
        label="Nome de Arquivo",
        required=False,
        max_length=255,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    de = _dia("De")
    ate = _dia("Até")

    def __init__(self, dados: Any) -> None:
        """`dados` is the query; a date that it does not name is the default's, one that it names empty is none."""
        hoje = timezone.localdate()
        padrao = {"de": f"{hoje - timedelta(days=DIAS_DO_PERIODO):%d/%m/%Y}", "ate": f"{hoje:%d/%m/%Y}"}
        super().__init__({"nome": dados.get("nome", ""), **{k: dados.get(k, v) for k, v in padrao.items()}})

    def clean(self) -> dict[str, Any]:
        """The period has to run forwards."""
        limpos: dict[str, Any] = super().clean() or self.cleaned_data
        de, ate = limpos.get("de"), limpos.get("ate")
        if isinstance(de, date) and isinstance(ate, date) and de > ate:
            self.add_error("ate", "O período termina antes de começar. Troque as datas.")
        return limpos


class FiltroDeCriticas(forms.Form):
    """Filter of the críticas of one file."""

    texto = forms.CharField(
        label="Crítica, guia ou campo",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    codigo = forms.ChoiceField(label="Código", required=False)
    severidade = forms.ChoiceField(label="Situação", required=False)

    def __init__(self, dados: Any, codigos: list[str]) -> None:
        super().__init__(dados)
        self.fields["codigo"].choices = [("", "Todos"), *((codigo, codigo) for codigo in codigos)]  # type: ignore[attr-defined]
        self.fields["severidade"].choices = [  # type: ignore[attr-defined]
            ("", "Todas"),
            ("impeditiva", "Impedem a importação"),
            ("ignoravel", "Podem ser ignoradas"),
            ("ignorada", "Ignoradas"),
            ("informativa", "Informativas"),
        ]
