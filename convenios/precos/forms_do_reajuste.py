"""What is asked of a percentage adjustment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone

from conecta.interface.campos import CampoDeData
from convenios.forms import TABELAS_COM_NOME
from convenios.precos.campos import CampoDeNumero
from convenios.precos.forms import campo_de_codigo
from convenios.precos.models import TabelaDePreco
from convenios.precos.reajuste import MAIOR, MENOR, Pedido

_UM_DIA: Final = timedelta(days=1)


class ReajusteForm(forms.Form):
    """By how much, from when on, and which prices."""

    percentual = CampoDeNumero(
        label="Percentual",
        minimo=MENOR,
        maximo=MAIOR,
        casas=3,
        help_text="5,5 aumenta cinco e meio por cento; −5 diminui cinco por cento.",
    )
    inicio = CampoDeData(label="Vale a partir de", help_text="O preço de hoje acaba na véspera e fica no registro.")
    tabela_tiss = forms.ChoiceField(label="Tabela TISS", required=False, choices=[("", "Todas"), *TABELAS_COM_NOME])
    prefixo = campo_de_codigo(obrigatorio=False, ajuda="Como 403, só os que começam assim. Vazio: todos.")

    def __init__(self, dados: Any, tabela: TabelaDePreco, **opcoes: Any) -> None:
        super().__init__(dados, **opcoes)
        self.fields["prefixo"].label = "Começo do código"
        self.fields["inicio"].initial = max(timezone.localdate(), tabela.inicio + _UM_DIA)

    def clean_percentual(self) -> Any:
        if self.cleaned_data["percentual"] == 0:
            raise forms.ValidationError("Com 0 nada muda. Escreva quanto os preços aumentam ou diminuem.")
        return self.cleaned_data["percentual"]

    def pedido(self) -> Pedido:
        """What was asked, once the form is valid."""
        return Pedido(**self.cleaned_data)
