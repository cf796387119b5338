"""What is typed about requests of access."""

from __future__ import annotations

from typing import Any

from django import forms

from conecta.contas.models import Organizacao
from conecta.importacao.celulas import ErroDaCelula, cnpj_ou_cpf
from conecta.interface.campos import CampoDeData
from convenios.tipos_de_guia import TIPOS_DE_GUIA


class CampoDeDocumento(forms.CharField):
    """A CNPJ or CPF with right check digits, typed with or without punctuation."""

    def clean(self, value: Any) -> str:
        escrito = super().clean(value)
        try:
            return cnpj_ou_cpf(escrito) if escrito else ""
        except ErroDaCelula as erro:
            raise forms.ValidationError(erro.frase) from erro


class TermosForm(forms.Form):
    """The terms of a contract."""

    codigo = forms.CharField(
        label="Código na operadora",
        max_length=14,
        help_text="Como o prestador se identifica quando o convênio exige o código.",
    )
    inicio = CampoDeData(label="Início do contrato", help_text="Guias de antes são criticadas.")
    tipos_de_guia = forms.MultipleChoiceField(
        label="Tipos de guia contratados",
        choices=list(TIPOS_DE_GUIA.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Guia de outro tipo é criticada (L06). Nenhum marcado: todos.",
    )


class ConviteForm(TermosForm):
    """An invitation: whom, and on what terms."""

    documento = CampoDeDocumento(label="CNPJ ou CPF do prestador", max_length=20)
    mensagem = forms.CharField(
        label="Mensagem",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="O prestador a lê junto do convite.",
    )
    field_order = ("documento", "codigo", "inicio", "tipos_de_guia", "mensagem")


class RecusaForm(forms.Form):
    """Why a request is refused."""

    motivo = forms.CharField(
        label="Motivo da recusa",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="O prestador lê: diga o que falta, ou a quem falar.",
    )


class PedidoForm(forms.Form):
    """Which operadora is asked, and what it is told."""

    operadora = forms.ModelChoiceField(Organizacao.objects.none())
    mensagem = forms.CharField(max_length=500, required=False)

    def __init__(self, dados: Any) -> None:
        super().__init__(dados)
        todas = Organizacao.objects.filter(tipo=Organizacao.Tipo.OPERADORA, ativa=True)
        self.fields["operadora"].queryset = todas  # type: ignore[attr-defined]
