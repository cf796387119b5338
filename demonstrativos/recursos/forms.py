"""Filters of the lists, and the forms of an appeal, of its answer and of the operadora's rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from conecta.contas.models import Organizacao
from convenios.models import Credenciamento
from convenios.precos.campos import CampoDeNumero as CampoDeValor
from demonstrativos.recursos.consultas import A_RESPONDER
from demonstrativos.recursos.estados import SituacaoDoRecurso
from demonstrativos.recursos.models import ParametrosDoRecurso
from lotes.forms import CampoDeNumero, Filtros

MAIOR_TEXTO = 500
_SIMPLES = {"autocomplete": "off"}


class FiltrosDeGlosas(Filtros):
    """*A recorrer*: everything, unless told."""

    operadora = forms.ModelChoiceField(Organizacao.objects.none(), required=False, empty_label="Todas operadoras")
    protocolo = CampoDeNumero(label="Protocolo", required=False)
    codigo = forms.CharField(
        label="Código da glosa",
        max_length=4,
        required=False,
        widget=forms.TextInput(attrs={**_SIMPLES, "inputmode": "numeric"}),
    )
    procedimento = forms.CharField(
        label="Procedimento", max_length=10, required=False, widget=forms.TextInput(attrs=_SIMPLES)
    )
    carteira = forms.CharField(
        label="Carteira do beneficiário", max_length=20, required=False, widget=forms.TextInput(attrs=_SIMPLES)
    )
    prazo = forms.ChoiceField(
        label="Prazo",
        required=False,
        choices=[("", "Qualquer"), ("0", "Vence hoje"), ("5", "Até 5 dias"), ("15", "Até 15 dias")],
    )
    valor = CampoDeValor(
        label="Valor a partir de", required=False, minimo=Decimal(0), maximo=Decimal("999999999999.99"), casas=2
    )

    def __init__(self, endereco: QueryDict, prestador: Organizacao) -> None:
        super().__init__(endereco)
        self.fields["operadora"].queryset = Organizacao.objects.filter(  # type: ignore[attr-defined]
            credenciados__prestador=prestador
        )


class FiltrosDeRecursos(Filtros):
    """Appeals of a prestador: all but the excluded, unless told."""

    numero = CampoDeNumero(label="Nº do recurso", required=False)
    protocolo = CampoDeNumero(label="Protocolo", required=False)
    operadora = forms.ModelChoiceField(Organizacao.objects.none(), required=False, empty_label="Todas operadoras")
    situacao = forms.ChoiceField(
        label="Situação", required=False, choices=[("", "Todas, menos excluídos"), *SituacaoDoRecurso.choices]
    )

    def __init__(self, endereco: QueryDict, prestador: Organizacao) -> None:
        super().__init__(endereco)
        self.fields["operadora"].queryset = Organizacao.objects.filter(  # type: ignore[attr-defined]
            credenciados__prestador=prestador
        )


class FiltrosDeRecebidos(Filtros):
    """Appeals that an operadora received: those that wait for her, unless told."""

    numero = CampoDeNumero(label="Nº do recurso", required=False)
    protocolo = CampoDeNumero(label="Protocolo", required=False)
    prestador = forms.ModelChoiceField(Organizacao.objects.none(), required=False, empty_label="Todos")
    situacao = forms.ChoiceField(
        label="Situação",
        required=False,
        choices=[
            (A_RESPONDER, "A responder"),
            ("", "Todas"),
            *(
                escolha
                for escolha in SituacaoDoRecurso.choices
                if escolha[0] not in {SituacaoDoRecurso.RASCUNHO, SituacaoDoRecurso.EXCLUIDO}
            ),
        ],
    )

    def __init__(self, endereco: QueryDict, operadora: Organizacao) -> None:
        super().__init__(endereco)
        self.fields["prestador"].queryset = Organizacao.objects.filter(  # type: ignore[attr-defined]
            credenciamentos__operadora=operadora
        )

    def padroes(self) -> dict[str, str]:
        return {"situacao": A_RESPONDER}


class JustificarForm(forms.Form):
    """One justification for a code, in these drafts."""

    codigo = forms.CharField(max_length=4, widget=forms.HiddenInput)
    usual = forms.ChoiceField(label="Texto já usado", required=False)
    texto = forms.CharField(
        label="Justificativa",
        max_length=MAIOR_TEXTO,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Até {MAIOR_TEXTO} caracteres. Vazia: vale o texto escolhido acima.",
    )
    so_vazias = forms.BooleanField(label="Só nas glosas sem justificativa", required=False)

    def __init__(self, *args: Any, usuais: list[str], **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        if not usuais:
            del self.fields["usual"]
            return
        escolhas = [(str(lugar), _resumo(texto)) for lugar, texto in enumerate(usuais)]
        self.fields["usual"].choices = [("", "Escrever outro"), *escolhas]  # type: ignore[attr-defined]
        self.usuais = usuais

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or {}
        if not dados.get("texto") and dados.get("usual"):
            dados["texto"] = self.usuais[int(dados["usual"])]
        if not dados.get("texto") and "texto" not in self.errors:
            self.add_error("texto", "Escreva a justificativa: por que a glosa não procede.")
        return dados


class ParametrosForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the operadora decides about all appeals."""

    class Meta:
        model = ParametrosDoRecurso
        fields = ("desde", "prazo_de_recurso", "segunda_instancia")
        widgets = {"desde": forms.RadioSelect}

    def __init__(self, *args: Any, **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        self.fields["prazo_de_recurso"].min_value = 1  # type: ignore[attr-defined]


class PrazoForm(forms.Form):
    """The term of one contract; empty: the operadora's."""

    prestador = forms.ModelChoiceField(Organizacao.objects.none(), empty_label="Escolha")
    prazo_de_recurso = forms.IntegerField(
        label="Prazo (dias)",
        required=False,
        min_value=1,
        max_value=365,
        help_text="Vazio: volta a valer o prazo geral.",
        widget=forms.TextInput(attrs={**_SIMPLES, "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, operadora: Organizacao, **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        contratados = Credenciamento.objects.filter(operadora=operadora).values("prestador")
        self.fields["prestador"].queryset = Organizacao.objects.filter(  # type: ignore[attr-defined]
            pk__in=contratados
        )


def _resumo(texto: str) -> str:
    return texto if len(texto) <= 90 else f"{texto[:89]}…"
