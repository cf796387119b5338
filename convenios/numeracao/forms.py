"""What is filled in about ranges of numbers."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from convenios.numeracao.models import MAIOR_NUMERO, FaixaDeNumeracao

_FRASE: Final = "Escreva um número inteiro, só com algarismos, de até 18 deles."


def _numero(rotulo: str, ajuda: str = "", menor: int = 1) -> forms.IntegerField:
    return forms.IntegerField(
        label=rotulo,
        min_value=menor,
        max_value=MAIOR_NUMERO + 1,
        help_text=ajuda,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _FRASE, "min_value": _FRASE, "max_value": _FRASE},
    )


def _automatica() -> forms.BooleanField:
    modelo = FaixaDeNumeracao._meta.get_field("automatica")
    return forms.BooleanField(
        label="Numeração automática", required=False, initial=True, help_text=str(modelo.help_text)
    )


class NovaFaixaForm(forms.Form):
    """A range that is not registered yet."""

    tipo = forms.ChoiceField(
        label="Tipo",
        choices=FaixaDeNumeracao.Tipo.choices,
        help_text="Tipo sem faixa própria usa as da Regra Geral.",
    )
    de = _numero("De")
    ate = _numero("Até")
    automatica = _automatica()

    def clean(self) -> dict[str, Any]:
        limpos: dict[str, Any] = super().clean() or {}
        de, ate = limpos.get("de"), limpos.get("ate")
        if ate is not None and ate > MAIOR_NUMERO:
            self.add_error("ate", _FRASE)
        elif de is not None and ate is not None and ate < de:
            self.add_error("ate", f"A faixa começa em {de}: o fim não pode ser antes.")
        return limpos


class FaixaForm(forms.Form):
    """A range that guides may have been numbered from."""

    ate = _numero("Até")
    atual = _numero("Próximo número", "O que a próxima guia recebe. Só vai para a frente.")
    automatica = _automatica()

    def clean_ate(self) -> int:
        ate: int = self.cleaned_data["ate"]
        if ate > MAIOR_NUMERO:
            raise forms.ValidationError(_FRASE)
        return ate
