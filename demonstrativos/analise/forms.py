"""What is filled in at the analysis desk."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django import forms

from convenios.precos.campos import CampoDeNumero
from demonstrativos.analise.models import ParametrosDaAnalise

_MAIOR: Final = Decimal("999999999999.99")
_MAIOR_QUANTIDADE: Final = Decimal("999999999.9999")
_MAIOR_PRAZO: Final = 365
"""Days."""
_PROCURA: Final = {"data-procura": "lista", "autocomplete": "off", "form": "f-glosa", "id": "codigo"}


class CodigoForm(forms.Form):
    """By which code something is refused, and why."""

    codigo = forms.CharField(label="Código da glosa", max_length=600, widget=forms.TextInput(attrs=_PROCURA))
    motivo = forms.CharField(
        label="Motivo para o prestador",
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "form": "f-glosa", "id": "motivo"}),
    )


class GlosaForm(CodigoForm):
    """A glosa of one item. Without quantity and amount: all that is left of it."""

    quantidade = CampoDeNumero(
        label="Qtde glosada", minimo=Decimal("0.0001"), maximo=_MAIOR_QUANTIDADE, casas=4, required=False
    )
    valor = CampoDeNumero(label="Valor da glosa", minimo=Decimal("0.01"), maximo=_MAIOR, casas=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nome in ("quantidade", "valor"):
            self.fields[nome].widget.attrs |= {"form": "f-glosa", "id": nome}


class ReprecoForm(forms.Form):
    """What the operadora takes as the base of an item."""

    valor_processado = CampoDeNumero(label="Valor processado", minimo=Decimal(0), maximo=_MAIOR, casas=2)


class ParametrosDaAnaliseForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the operadora decides about its analysis."""

    class Meta:
        model = ParametrosDaAnalise
        fields = (
            "conferencia_automatica",
            "exige_conferencia_das_guias",
            "permite_reprecificar",
            "prazo_de_analise",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        prazo = ParametrosDaAnalise._meta.get_field("prazo_de_analise").formfield(
            min_value=1,
            max_value=_MAIOR_PRAZO,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        )
        assert prazo is not None
        self.fields["prazo_de_analise"] = prazo
