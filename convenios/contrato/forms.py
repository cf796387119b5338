"""What is filled in about a contract: codes, and guides that wait for a laboratory."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.db.models import QuerySet

from convenios.contrato.models import CodigoCredenciado, PendenciaDeExame
from convenios.forms import TABELAS_COM_NOME
from convenios.models import Convenio
from tiss_schemas import dominios
from tiss_schemas.lote_lido import TIPOS_DE_GUIA

_PROCEDIMENTO: Final = CodigoCredenciado.Por.PROCEDIMENTO.value
_MAIOR_NUMERO: Final = 20
_MAIS_NUMEROS: Final = 2_000
_SEM_COMPLETAR: Final = {"autocomplete": "off"}


def onde_vale(por: str, chave: str) -> str:
    """Where an agreed code holds, in words: "Guia de Consulta", "Procedimento 22 40304361"."""
    if por == _PROCEDIMENTO:
        return f"Procedimento {chave[:2]} {chave[2:]}".strip()
    return dict(_lugares()).get(f"{por}:{chave}", chave)


def _da_tabela(dominio: str) -> list[tuple[str, str]]:
    codigos = (f"{numero:02}" for numero in range(1, 100))
    return [(codigo, texto) for codigo in codigos if (texto := dominios.texto(dominio, codigo)) != codigo]


def _grupos() -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        ("Tipo de guia", [(f"entrada:{tipo}", f"Guia {nome}") for tipo, nome in TIPOS_DE_GUIA.items()]),
        (
            "Regime de atendimento",
            [(f"entrada:{codigo}", f"Regime {codigo} {texto}") for codigo, texto in _da_tabela("dm_regimeAtendimento")],
        ),
        (
            "Tipo de atendimento",
            [
                (f"atendimento:{codigo}", f"Atendimento {codigo} {texto}")
                for codigo, texto in _da_tabela("dm_tipoAtendimento")
            ],
        ),
    ]


def _lugares() -> list[tuple[str, str]]:
    return [lugar for _, lugares in _grupos() for lugar in lugares]


class CodigoForm(forms.Form):
    """A code and where it holds."""

    onde = forms.ChoiceField(label="Vale para")
    tabela = forms.ChoiceField(
        label="Tabela do procedimento",
        required=False,
        choices=[("", "Nenhuma"), *TABELAS_COM_NOME],
    )
    prefixo = forms.RegexField(
        r"^[0-9A-Z]{0,10}\Z",
        label="Código do procedimento",
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs=_SEM_COMPLETAR),
        help_text="O código, ou só o começo dele. Vazio: toda a tabela. Só para procedimento.",
        error_messages={"invalid": "Escreva só algarismos e letras maiúsculas, sem ponto nem traço."},
    )
    codigo = forms.RegexField(
        r"^[0-9A-Za-z./-]{1,14}\Z",
        label="Código na operadora",
        max_length=14,
        widget=forms.TextInput(attrs=_SEM_COMPLETAR),
        help_text="O que o prestador informa nestas guias, no lugar do código geral.",
        error_messages={"invalid": "Escreva até 14 algarismos, letras, pontos, barras ou traços."},
    )

    def __init__(self, dados: Any = None) -> None:
        super().__init__(dados)
        self.fields["onde"].choices = [  # type: ignore[attr-defined]
            ("", "Escolha"),
            *_grupos(),
            ("Procedimento", [(_PROCEDIMENTO, "Procedimento: informe a tabela e o código")]),
        ]

    def clean(self) -> dict[str, Any]:
        limpos: dict[str, Any] = super().clean() or {}
        if limpos.get("onde") == _PROCEDIMENTO and not limpos.get("tabela"):
            self.add_error("tabela", "Escolha a tabela do procedimento que tem código próprio.")
        return limpos

    def lugar(self) -> tuple[str, str]:
        """Por and chave, as `CodigoCredenciado` keeps them."""
        onde: str = self.cleaned_data["onde"]
        if onde == _PROCEDIMENTO:
            return onde, self.cleaned_data["tabela"] + self.cleaned_data["prefixo"]
        por, _, chave = onde.partition(":")
        return por, chave


class EscolhaDeConvenio(forms.ModelChoiceField):
    """A convênio, named with its operadora."""

    def label_from_instance(self, obj: Convenio) -> str:
        return f"{obj.operadora.sigla}: {obj.nome}"


class PendenciaForm(forms.Form):
    """Guides of a convênio that cannot be billed yet."""

    convenio = EscolhaDeConvenio(
        Convenio.objects.none(),
        label="Convênio",
        empty_label="Escolha",
        error_messages={"required": "Escolha o convênio."},
    )
    motivo = forms.ChoiceField(label="O que falta", choices=PendenciaDeExame.Motivo.choices)
    origem = forms.ChoiceField(
        label="De onde vem",
        choices=[
            (PendenciaDeExame.Origem.MANUAL.value, "Marcar à mão: acrescenta estas guias"),
            (
                PendenciaDeExame.Origem.LABORATORIO.value,
                "Lista do laboratório: as guias que não estão mais nela ficam liberadas",
            ),
        ],
        initial=PendenciaDeExame.Origem.MANUAL.value,
        widget=forms.RadioSelect,
    )
    numeros = forms.CharField(
        label="Números das guias",
        required=False,
        max_length=_MAIS_NUMEROS * (_MAIOR_NUMERO + 2),
        widget=forms.Textarea(attrs={"rows": 4, **_SEM_COMPLETAR}),
        help_text="Nº Guia Prestador, um por linha. Na lista do laboratório, vazio libera todas.",
    )

    def __init__(self, dados: Any, convenios: QuerySet[Convenio]) -> None:
        super().__init__(dados)
        self.fields["convenio"].queryset = convenios  # type: ignore[attr-defined]

    def clean_numeros(self) -> list[str]:
        numeros = list(dict.fromkeys(parte for parte in re.split(r"[\s,;]+", self.cleaned_data["numeros"]) if parte))
        if len(numeros) > _MAIS_NUMEROS:
            raise forms.ValidationError(f"São {len(numeros)} guias. Registre no máximo {_MAIS_NUMEROS} de cada vez.")
        if longo := next((numero for numero in numeros if len(numero) > _MAIOR_NUMERO), None):
            raise forms.ValidationError(
                f"“{longo[:30]}” não é número de guia: são no máximo {_MAIOR_NUMERO} caracteres. Escreva um por linha."
            )
        return numeros

    def clean(self) -> dict[str, Any]:
        limpos: dict[str, Any] = super().clean() or {}
        if not limpos.get("numeros") and not self.has_error("numeros") and not self.do_laboratorio:
            self.add_error("numeros", "Escreva o número de ao menos uma guia.")
        return limpos

    @property
    def do_laboratorio(self) -> bool:
        """Whether it is the laboratory's list."""
        return bool(self.cleaned_data.get("origem") == PendenciaDeExame.Origem.LABORATORIO)
