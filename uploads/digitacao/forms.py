"""Choosing what to type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from conecta.contas.models import Organizacao
from convenios.models import Convenio
from lotes.estados import TipoDeGuia
from tiss_schemas import catalogo
from uploads.digitacao.abertura_convenios import Oferta, ofertas
from uploads.digitacao.iniciais_versao import versao_da_nova, versoes_para_digitar

_DO_CONVENIO = "A que o convênio usa"


class NovaGuiaForm(forms.Form):
    """By which convênio, of which type and in which version a guide is typed.

    After validation `cleaned_data` has the `convenio`, `tipo`, `versao` and `consulta_em_sadt`.
    """

    convenio = forms.ModelChoiceField(label="Convênio", queryset=Convenio.objects.none(), empty_label="Escolha")
    tipo = forms.ChoiceField(label="Tipo de guia", choices=TipoDeGuia.choices, widget=forms.RadioSelect)
    consulta_em_sadt = forms.BooleanField(
        label="É consulta, em guia de SP/SADT",
        required=False,
        help_text="A guia de SP/SADT já começa como consulta, nos convênios que a aceitam assim.",
    )
    versao = forms.ChoiceField(label="Versão TISS", required=False)

    def __init__(self, *args: Any, prestador: Organizacao, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._hoje = timezone.localdate()
        self._ofertas = {oferta.convenio.pk: oferta for oferta in ofertas(prestador)}
        campo = self.fields["convenio"]
        assert isinstance(campo, forms.ModelChoiceField)
        campo.queryset = Convenio.objects.filter(pk__in=self._ofertas)
        campo.choices = [("", "Escolha"), *((oferta.convenio.pk, _rotulo(oferta)) for oferta in self.oferecidas)]
        escolha = self.fields["versao"]
        assert isinstance(escolha, forms.ChoiceField)
        versoes = [versao.numero for versao in catalogo.versoes()]
        escolha.choices = [("", _DO_CONVENIO), *((numero, numero) for numero in reversed(versoes))]

    @property
    def oferecidas(self) -> list[Oferta]:
        """The convênios by which guides may be typed today, in order."""
        return [oferta for oferta in self._ofertas.values() if not oferta.por_que_nao(self._hoje)]

    def clean_convenio(self) -> Convenio:
        """One that is offered; of another, why it is not."""
        convenio: Convenio = self.cleaned_data["convenio"]
        if motivo := self._ofertas[convenio.pk].por_que_nao(self._hoje):
            raise forms.ValidationError(motivo)
        return self._ofertas[convenio.pk].convenio

    def clean(self) -> dict[str, Any]:
        """A type that the contract has, a version that is taken today, a consultation where it goes in that guide."""
        dados: dict[str, Any] = super().clean() or {}
        convenio, tipo = dados.get("convenio"), dados.get("tipo")
        if convenio is not None and tipo:
            oferta = self._ofertas[convenio.pk]
            if motivo := oferta.por_que_nao_o_tipo(tipo):
                self.add_error("tipo", motivo)
            self._conferir_consulta(oferta, tipo, consulta=dados.get("consulta_em_sadt", False))
            dados["versao"] = self._versao(oferta, dados.get("versao", ""))
        return dados

    def _conferir_consulta(self, oferta: Oferta, tipo: str, *, consulta: bool) -> None:
        if consulta and tipo != TipoDeGuia.SP_SADT:
            self.add_error("consulta_em_sadt", "Esta marca é só da guia de SP/SADT. Desmarque, ou escolha SP/SADT.")
        elif consulta and not oferta.regras.sadt_para_consulta:
            self.add_error(
                "consulta_em_sadt",
                f"O convênio {oferta.convenio.nome} só recebe consulta em guia de consulta. Escolha esse tipo.",
            )

    def _versao(self, oferta: Oferta, pedida: str) -> str:
        if not pedida:
            pedida = versao_da_nova(oferta.convenio, oferta.regras, self._hoje) or ""
            if not pedida:
                self.add_error(
                    "versao",
                    f"Nenhuma versão do padrão TISS que o convênio {oferta.convenio.nome} aceita hoje está instalada. "
                    "Fale com o suporte.",
                )
        elif pedida not in (aceitas := versoes_para_digitar(oferta.convenio, self._hoje)):
            self.add_error(
                "versao",
                f"O convênio {oferta.convenio.nome} não aceita hoje a {pedida}. Escolha: {', '.join(aceitas)}.",
            )
        return pedida


def _rotulo(oferta: Oferta) -> str:
    return f"{oferta.convenio.operadora.sigla}, {oferta.convenio.nome}"
