"""Filters of the list of typed guides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from conecta.contas.models import Organizacao
from conecta.interface.campos import CampoDeData
from convenios.models import Convenio
from lotes.estados import TipoDeGuia
from lotes.forms import Filtros
from uploads.digitacao.models import GuiaDigitada


class FiltrosDaLista(Filtros):
    """*Guias digitadas*: all of a tab unless told."""

    convenio = forms.ModelChoiceField(
        Convenio.objects.none(), label="Convênio", required=False, empty_label="Todos os convênios"
    )
    tipo = forms.ChoiceField(label="Tipo de Guia", required=False, choices=[("", "Todos"), *TipoDeGuia.choices])
    beneficiario = forms.CharField(label="Beneficiário ou carteira", max_length=70, required=False)
    numero = forms.CharField(label="Nº Guia", max_length=20, required=False)
    digitador = forms.TypedChoiceField(label="Digitada por", required=False, coerce=int, empty_value=None)
    de = CampoDeData(label="Período de digitação, de", required=False)
    ate = CampoDeData(label="Período de digitação, até", required=False)

    def __init__(self, endereco: QueryDict, prestador: Organizacao) -> None:
        super().__init__(endereco)
        convenio, digitador = self.fields["convenio"], self.fields["digitador"]
        assert isinstance(convenio, forms.ModelChoiceField)
        assert isinstance(digitador, forms.ChoiceField)
        convenio.queryset = (
            Convenio.objects.filter(operadora__credenciados__prestador=prestador)
            .select_related("operadora")
            .order_by("operadora__sigla", "nome")
        )
        digitador.choices = [("", "Todos"), *_digitadores(prestador)]


def _digitadores(prestador: Organizacao) -> list[tuple[Any, str]]:
    """Whoever typed a guide, by name."""
    pessoas = GuiaDigitada.objects.do_prestador(prestador).order_by("criado_por_nome", "criado_por")
    return list(pessoas.values_list("criado_por", "criado_por_nome").distinct())
