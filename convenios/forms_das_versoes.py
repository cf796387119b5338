"""What is filled in about the versions that are taken from one day to another."""

from __future__ import annotations

from typing import Any

from django import forms

from conecta.interface.campos import CampoDeData
from tiss_schemas import catalogo


class VersaoForm(forms.Form):
    """A version, its days, and whether they hold in all convênios."""

    versao = forms.ChoiceField(label="Versão", help_text="A que o arquivo declara em Padrao.")
    desde = CampoDeData(label="Aceita desde", help_text="Conta a data da transação do arquivo.")
    ate = CampoDeData(label="Aceita até", required=False, help_text="Último dia. Vazio: sem fim marcado.")
    de_todos = forms.BooleanField(
        label="Vale em todos os convênios da operadora",
        required=False,
        help_text="Sem esta marca, só neste, no lugar do que vale em todos.",
    )

    def __init__(self, *argumentos: Any, **opcoes: Any) -> None:
        super().__init__(*argumentos, **opcoes)
        instaladas = [versao.numero for versao in catalogo.versoes()]
        self.fields["versao"].choices = [(numero, numero) for numero in reversed(instaladas)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        limpos: dict[str, Any] = super().clean() or self.cleaned_data
        desde, ate = limpos.get("desde"), limpos.get("ate")
        if desde and ate and ate < desde:
            self.add_error("ate", "O último dia é anterior ao primeiro. Corrija um dos dois.")
        return limpos

    @property
    def valores(self) -> dict[str, Any]:
        """What a `VersaoAceita` has."""
        return {nome: self.cleaned_data[nome] for nome in ("versao", "desde", "ate")}
