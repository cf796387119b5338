"""Choosing what to type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from conecta.contas.models import Organizacao
from convenios.models import Convenio
from lotes.estados import TipoDeGuia
from tiss_schemas import catalogo


class NovaGuiaForm(forms.Form):
    """By which convênio, of which type and in which version a guide is typed."""

    convenio = forms.ModelChoiceField(label="Convênio", queryset=Convenio.objects.none(), empty_label="Escolha")
    tipo = forms.ChoiceField(label="Tipo de guia", choices=TipoDeGuia.choices, widget=forms.RadioSelect)
    versao = forms.ChoiceField(label="Versão TISS", required=False)

    def __init__(self, *args: Any, prestador: Organizacao, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hoje = timezone.localdate()
        campo = self.fields["convenio"]
        assert isinstance(campo, forms.ModelChoiceField)
        campo.queryset = Convenio.objects.filter(
            operadora__credenciados__prestador=prestador,
            operadora__credenciados__ativo=True,
            ativo=True,
            inicio__lte=hoje,
        ).select_related("operadora")
        versoes = [versao.numero for versao in catalogo.versoes()]
        escolha = self.fields["versao"]
        assert isinstance(escolha, forms.ChoiceField)
        escolha.choices = [("", "A que o convênio usa"), *((numero, numero) for numero in reversed(versoes))]
