"""Forms of the catalogue: its filter, and the operadora's decision about a rule."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from conecta.contas.models import Organizacao
from conecta.interface.campos import CampoDeData
from tiss_schemas.achados import Severidade
from uploads.ajustes import MAIOR_MOTIVO, Decisao
from uploads.catalogo import GRUPOS, SEVERIDADES
from uploads.regras import Regra
from uploads.regras.contexto import Modo

_MODOS = {
    Modo.LIGADA: "Ligada: o que ela acha aparece para o prestador e conta no resultado do arquivo",
    Modo.OBSERVADA: "Observada: o que ela acha é contado para você; o prestador não vê, e o arquivo não para por isso",
    Modo.DESLIGADA: "Desligada: não é conferida",
}


class FiltroDeRegras(forms.Form):
    """The search over the catalogue. What is wrong with it filters nothing."""

    texto = forms.CharField(
        label="Número, código ou palavras",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    grupo = forms.ChoiceField(label="Assunto", required=False, choices=[("", "Todos"), *GRUPOS.items()])
    severidade = forms.ChoiceField(
        label="Severidade",
        required=False,
        choices=[("", "Todas"), *((severidade.value, nome) for severidade, nome in SEVERIDADES.items())],
    )
    operadora = forms.ModelChoiceField(
        Organizacao.objects.none(),
        label="Como estão na operadora",
        required=False,
        empty_label="Nenhuma: só o catálogo",
    )

    def __init__(self, endereco: QueryDict, organizacao: Organizacao) -> None:
        """`organizacao` is who looks: a prestador chooses one of its operadoras."""
        super().__init__(endereco)
        if organizacao.e_prestador:
            operadoras = Organizacao.objects.filter(credenciados__prestador=organizacao)
            self.fields["operadora"].queryset = operadoras  # type: ignore[attr-defined]
        else:
            del self.fields["operadora"]


class AjusteForm(forms.Form):
    """A decision about one rule: only what that rule lets be decided can be chosen."""

    modo = forms.TypedChoiceField(label="A regra fica", coerce=Modo, widget=forms.RadioSelect)
    severidade = forms.TypedChoiceField(
        label="Severidade do que ela acha", required=False, coerce=Severidade, empty_value=None
    )
    desde = CampoDeData(
        label="A partir de (dd/mm/aaaa)", help_text="Hoje ou um dia depois. Vale até a próxima mudança."
    )
    motivo = forms.CharField(
        label="Motivo",
        max_length=MAIOR_MOTIVO,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Fica na história da regra, com o seu nome.",
    )

    def __init__(self, dados: Any, regra: Regra, **opcoes: Any) -> None:
        super().__init__(dados, **opcoes)
        modos = _MODOS if regra.dispensavel else {Modo.LIGADA: _MODOS[Modo.LIGADA]}
        self.fields["modo"].choices = [(modo.value, nome) for modo, nome in modos.items()]  # type: ignore[attr-defined]
        self.initial.setdefault("desde", timezone.localdate())
        if not regra.ajustavel:
            del self.fields["severidade"]
            return
        propria = f"Como no catálogo: {SEVERIDADES[regra.severidade].lower()}"
        self.fields["severidade"].choices = [  # type: ignore[attr-defined]
            ("", propria),
            *((s.value, nome) for s, nome in SEVERIDADES.items() if s is not regra.severidade),
        ]

    @property
    def decisao(self) -> Decisao:
        """What was decided. After validation."""
        dados = self.cleaned_data
        return Decisao(
            modo=dados["modo"],
            severidade=dados.get("severidade"),
            desde=dados["desde"],
            motivo=dados["motivo"],
        )
