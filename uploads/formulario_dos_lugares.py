"""The form of one page of a cause's places: which are meant, and another value for one of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from tiss_schemas import formulario
from uploads.comparacao import DePara
from uploads.decisoes import ids
from uploads.formulario_da_causa import FormularioDaCausa
from uploads.models import Critica

Linha = tuple[Critica, bool, list[tuple[str, DePara | None]], forms.BoundField | None]
"""A place, whether it is meant, what becomes of it, and the control for a value of its own."""


class FormularioDosLugares(forms.Form):
    """`marcado` has the ids that are ticked, `em_ID` another value at one place."""

    def __init__(
        self, da_causa: FormularioDaCausa, lugares: Iterable[Critica], dados: Any = None, *, conferencia: str = ""
    ) -> None:
        """`conferencia` is the address that judges a value on leaving its field."""
        super().__init__(dados, auto_id="id_%s")
        self._conferencia = conferencia
        self.da_causa = da_causa
        self.lugares = list(lugares)
        if len(da_causa.controles) == 1:
            for lugar in self.lugares:
                self._fazer_campo(lugar)

    @property
    def tem_outros(self) -> bool:
        """Whether a place may have a value of its own."""
        return bool(self.fields)

    @property
    def mostrados(self) -> set[int]:
        """Ids of the places of this page."""
        return {lugar.pk for lugar in self.lugares}

    @property
    def marcados(self) -> set[int]:
        """Ids of those that are ticked."""
        if self.is_bound:
            return ids(self.data.getlist("marcado")) & self.mostrados  # type: ignore[attr-defined]
        return self.mostrados - self.da_causa.fora

    @property
    def outros(self) -> dict[int, str]:
        """The values of their own, as they were typed."""
        return {lugar.pk: self.data.get(f"em_{lugar.pk}", "") for lugar in self.lugares if self.fields}

    def linhas(self) -> list[Linha]:
        """The places as the page shows them."""
        marcados = self.marcados
        return [
            (
                lugar,
                lugar.pk in marcados,
                self.da_causa.depois(lugar),
                self[f"em_{lugar.pk}"] if f"em_{lugar.pk}" in self.fields else None,
            )
            for lugar in self.lugares
        ]

    def _fazer_campo(self, lugar: Critica) -> None:
        campo = formulario.campo_de_formulario(self.da_causa.controles[0].campo)
        campo.required = False
        campo.label = f"Outro valor na crítica {lugar.posicao}"
        campo.initial = self.da_causa.decisao.outros.get(str(lugar.pk))
        if isinstance(campo, forms.ChoiceField):
            campo.widget = forms.TextInput(attrs={"list": "opcoes-do-campo"})
        campo.widget.attrs["hx-post"] = self._conferencia
        self.fields[f"em_{lugar.pk}"] = campo

    @property
    def caminho_do_campo(self) -> str:
        """The path, positions apart, of the field that every place of the page may have another value in."""
        return self.da_causa.controles[0].caminho_em(self.da_causa.causa.exemplo.caminho) if self.fields else ""

    @property
    def opcoes(self) -> list[tuple[str, str]]:
        """Codes and meanings of a field that takes one of a list."""
        controles = self.da_causa.controles
        return list(controles[0].campo.opcoes) if len(controles) == 1 else []
