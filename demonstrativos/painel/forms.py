"""What the panel is asked for: months, and one of those on the other side."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import QueryDict

from conecta.contas.models import Organizacao
from uploads.series import ultimos_meses

PERIODOS = {1: "Este mês", 3: "Últimos 3 meses", 6: "Últimos 6 meses", 12: "Últimos 12 meses"}
PADRAO = 6


class FiltroDoPainel(forms.Form):
    """What is wrong with it filters nothing. `outro` is the operadora of a prestador, the prestador of an operadora."""

    meses = forms.TypedChoiceField(label="Período", coerce=int, choices=list(PERIODOS.items()), required=False)
    outro = forms.ModelChoiceField(Organizacao.objects.none(), required=False)

    def __init__(self, endereco: QueryDict, organizacao: Organizacao) -> None:
        super().__init__({"meses": PADRAO, **endereco.dict()})
        outro = self.fields["outro"]
        assert isinstance(outro, forms.ModelChoiceField)
        if organizacao.e_prestador:
            outro.label, outro.empty_label = "Operadora", "Todas"
            outro.queryset = Organizacao.objects.filter(credenciados__prestador=organizacao).distinct()
        else:
            outro.label, outro.empty_label = "Prestador", "Todos"
            outro.queryset = Organizacao.objects.filter(credenciamentos__operadora=organizacao).distinct()

    @property
    def escolhidos(self) -> tuple[Organizacao | None, list[date]]:
        """The other organisation, None for all, and the months."""
        if not self.is_valid():
            return None, ultimos_meses(PADRAO)
        return self.cleaned_data["outro"], ultimos_meses(self.cleaned_data["meses"] or PADRAO)
