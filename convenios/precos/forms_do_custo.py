"""The question "Quanto custa?"."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from conecta.interface.campos import CampoDeData
from convenios.forms import TABELAS_COM_NOME
from convenios.models import Convenio, Credenciamento
from convenios.precos.forms import campo_de_codigo
from convenios.precos.naturezas import Natureza
from tiss_schemas import dominios

_GRAUS: Final = [
    ("", "O procedimento inteiro"),
    *((c, f"{c} {nome}") for c, nome in dominios.TEXTOS["dm_grauPart"].items()),
]


class _ConvenioDaOperadora(forms.ModelChoiceField):
    """A convênio, by its name."""

    def label_from_instance(self, obj: Convenio) -> str:
        return str(obj.nome)


class _ConvenioDeOperadoras(forms.ModelChoiceField):
    """A convênio told with its operadora: a prestador has several of those."""

    def label_from_instance(self, obj: Convenio) -> str:
        return f"{obj.operadora.sigla}, {obj.nome}"


class _DoPrestador(forms.ModelChoiceField):
    def label_from_instance(self, obj: Credenciamento) -> str:
        return str(obj.prestador.rotulo)


class PerguntaForm(forms.Form):
    """What is asked: a code of a table, by a convênio, for a prestador, on a day.

    `contratos` are those that an operadora may choose from; None: a prestador asks, and only for itself.
    """

    convenio = _ConvenioDaOperadora(Convenio.objects.none(), label="Convênio", empty_label="Escolha o convênio")
    prestador = _DoPrestador(
        Credenciamento.objects.none(),
        label="Prestador",
        required=False,
        empty_label="Qualquer credenciado",
        to_field_name="prestador",
    )
    tabela = forms.ChoiceField(label="Tabela TISS", choices=TABELAS_COM_NOME)
    codigo = campo_de_codigo(ajuda="Como vai na guia, com o prefixo se houver.")
    natureza = forms.ChoiceField(
        label="Tipo de item",
        required=False,
        choices=[("", "Pela tabela e pelo código"), *Natureza.choices],
        help_text="Numa despesa, o código da despesa decide.",
    )
    grau = forms.ChoiceField(label="Grau de participação", required=False, choices=_GRAUS)
    dia = CampoDeData(label="Dia do atendimento")

    def __init__(
        self, dados: Any, convenios: QuerySet[Convenio], contratos: QuerySet[Credenciamento] | None, **opcoes: Any
    ) -> None:
        super().__init__(dados, **opcoes)
        if contratos is None:
            self.fields["convenio"] = _ConvenioDeOperadoras(
                convenios, label="Convênio", empty_label="Escolha o convênio"
            )
        self.fields["convenio"].queryset = convenios  # type: ignore[attr-defined]
        self.fields["dia"].initial = timezone.localdate()
        if contratos is None:
            del self.fields["prestador"]
        else:
            self.fields["prestador"].queryset = contratos  # type: ignore[attr-defined]
