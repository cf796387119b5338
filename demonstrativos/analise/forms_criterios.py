"""What the gestor fills in about a criterion."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from demonstrativos.analise.conferencia_decisao import Ajustado
from demonstrativos.analise.estados import AcaoDoCriterio

_MAIOR_TOLERANCIA: Final = 100_000


class CriterioForm(forms.Form):
    """What one criterion shall do: only what it may do can be chosen."""

    acao = forms.TypedChoiceField(
        label="O que fazer com o que ele acha", coerce=AcaoDoCriterio, widget=forms.RadioSelect
    )
    codigo = forms.CharField(
        label="Código da glosa",
        max_length=4,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    tolerancia_centavos = forms.IntegerField(
        label="Tolerância por item (centavos)",
        min_value=0,
        max_value=_MAIOR_TOLERANCIA,
        help_text="Uma diferença até este valor passa sem glosa.",
    )

    def __init__(self, dados: Any, ajustado: Ajustado) -> None:
        criterio = ajustado.criterio
        inicial = {
            "acao": ajustado.acao.value,
            "codigo": ajustado.codigo,
            "tolerancia_centavos": int(ajustado.tolerancia * 100),
        }
        super().__init__(dados, initial=inicial)
        self.fields["acao"].choices = [(acao.value, acao.label) for acao in criterio.acoes]  # type: ignore[attr-defined]
        self.fields["codigo"].help_text = (
            f"Quatro algarismos da Tabela 38. Vazio: {criterio.codigo}, ou o que a versão TISS do lote tiver no lugar "
            "dele."
        )
        if criterio.so_observa:
            del self.fields["codigo"]
        if not criterio.tolera:
            del self.fields["tolerancia_centavos"]
