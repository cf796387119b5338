"""Forms of the terminology: its search, an operadora's own code, and an edition of ANS."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils import timezone

from conecta.interface.campos import CampoDeData, conferir_periodo
from convenios.models import TermoProprio
from convenios.terminologia_busca import Criterios, tabelas
from convenios.terminologia_tabelas import rotulo

MAIOR_BUSCA = 80


class BuscaForm(forms.Form):
    """What to look for. The tables offered are those that have codes."""

    q = forms.CharField(
        label="Código ou palavras",
        required=False,
        max_length=MAIOR_BUSCA,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
        help_text="Com ou sem acentos, em qualquer ordem; o código, com ou sem ponto, hífen e zeros à esquerda.",
    )
    tabela = forms.ChoiceField(label="Tabela", required=False)
    dia = CampoDeData(label="Na data (dd/mm/aaaa)", required=False)
    vigentes = forms.BooleanField(label="Só os vigentes nessa data", required=False)

    def __init__(self, endereco: QueryDict) -> None:
        super().__init__({"dia": f"{timezone.localdate():%d/%m/%Y}", **endereco.dict()})
        opcoes = [(tabela, rotulo(tabela)) for tabela in tabelas()]
        self.fields["tabela"].choices = [("", "Todas"), *opcoes]  # type: ignore[attr-defined]

    def criterios(self) -> Criterios:
        """What a valid form asks for."""
        dados: dict[str, Any] = self.cleaned_data
        return Criterios(
            texto=dados["q"],
            dia=dados["dia"] or timezone.localdate(),
            tabela=dados["tabela"],
            so_vigentes=dados["vigentes"],
        )


class TermoProprioForm(forms.ModelForm):
    """An operadora's own code. The code of one that exists cannot be changed: guides already carry it."""

    vigencia_inicio = CampoDeData(
        label="Vale desde (dd/mm/aaaa)", help_text="Item de antes deste dia é criticado (I05)."
    )
    vigencia_fim = CampoDeData(
        label="Vale até (dd/mm/aaaa)",
        required=False,
        help_text="Item de depois deste dia é criticado (I05). Vazio: sem fim.",
    )

    class Meta:
        model = TermoProprio
        fields: ClassVar[list[str]] = ["tabela", "codigo", "descricao", "vigencia_inicio", "vigencia_fim"]

    def __init__(self, dados: Any, **opcoes: Any) -> None:
        super().__init__(dados, **opcoes)
        if self.instance.pk:
            del self.fields["tabela"], self.fields["codigo"]
        else:
            self.fields["tabela"].choices = [("", "Escolha a tabela"), *TermoProprio.Tabela.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or {}
        conferir_periodo(self, dados, "vigencia_inicio", "vigencia_fim")
        return dados


class FiltroDeProprios(forms.Form):
    """Which own codes to list."""

    q = forms.CharField(
        label="Código ou palavras",
        required=False,
        max_length=MAIOR_BUSCA,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    tabela = forms.ChoiceField(label="Tabela", required=False, choices=[("", "Todas"), *TermoProprio.Tabela.choices])
