"""Forms of the calendar: the pattern of a year, one window, and an exception."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from conecta.contas.models import Organizacao
from conecta.interface.campos import CampoDeData
from convenios.calendario.models import JanelaDeEntrega
from convenios.calendario.transicoes import Padrao
from convenios.models import Convenio, Credenciamento

MAIS_MESES = 24
_COMPETENCIA = re.compile(r"(\d{1,2})/?(\d{4})")


class CampoDeCompetencia(forms.CharField):
    """A month, typed as 11/2026 or 112026; gives its first day."""

    def __init__(self, **opcoes: Any) -> None:
        atributos = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "7"}
        super().__init__(max_length=7, widget=forms.TextInput(attrs=atributos), **opcoes)

    def clean(self, value: Any) -> date:
        casou = _COMPETENCIA.fullmatch(super().clean(value))
        mes, ano = map(int, casou.groups()) if casou and casou.group(0).isascii() else (0, 0)
        if not (1 <= mes <= 12 and 2000 <= ano <= 2100):
            raise forms.ValidationError("Esta não é uma competência. Escreva mês e ano, como 11/2026.")
        return date(ano, mes, 1)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%m/%Y}" if isinstance(value, date) else value


class CampoDeHora(forms.TimeField):
    """An hour of the day, typed as 18:00 or 1800."""

    def __init__(self, **opcoes: Any) -> None:
        super().__init__(
            input_formats=["%H:%M", "%H%M", "%Hh%M", "%Hh"],
            widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off", "maxlength": "5"}),
            error_messages={"invalid": "Esta não é uma hora. Escreva como 18:00."},
            **opcoes,
        )


def _dia(rotulo: str) -> forms.IntegerField:
    frase = "Escreva um dia do mês, de 1 a 31."
    return forms.IntegerField(
        label=rotulo,
        min_value=1,
        max_value=31,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "2"}),
        error_messages={"invalid": frase, "min_value": frase, "max_value": frase},
    )


class _ParaQuem(forms.Form):
    """Whom a window is for; the choices are what the operadora has."""

    grupo = forms.ChoiceField(label="Grupo de prestadores", required=False)
    convenio = forms.ModelChoiceField(Convenio.objects.none(), label="Convênio", required=False, empty_label="Todos")

    def __init__(self, dados: Any, operadora: Organizacao, **opcoes: Any) -> None:
        super().__init__(dados, **opcoes)
        grupos = Credenciamento.objects.filter(operadora=operadora).exclude(grupo="").order_by("grupo")
        nomes = [*grupos.values_list("grupo", flat=True).distinct()]
        escolhido = self.initial.get("grupo")
        if escolhido and escolhido not in nomes:
            nomes.append(escolhido)
        self.fields["grupo"].choices = [("", "Todos"), *((nome, nome) for nome in nomes)]  # type: ignore[attr-defined]
        self.fields["convenio"].queryset = Convenio.objects.filter(  # type: ignore[attr-defined]
            operadora=operadora
        ).order_by("codigo")


class PadraoForm(_ParaQuem):
    """From which day and hour to which, for how many months."""

    primeira = CampoDeCompetencia(label="Primeira competência (mm/aaaa)")
    meses = forms.IntegerField(
        label="Quantos meses",
        min_value=1,
        max_value=MAIS_MESES,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "2"}),
    )
    meses_depois = forms.TypedChoiceField(
        label="Os lotes são recebidos",
        coerce=int,
        choices=[
            (0, "no próprio mês da competência"),
            (1, "no mês seguinte à competência"),
            (2, "dois meses depois da competência"),
        ],
    )
    do_dia = _dia("Do dia")
    da_hora = CampoDeHora(label="Às (hh:mm)")
    ao_dia = _dia("Ao dia")
    a_hora = CampoDeHora(label="Às (hh:mm)", help_text="No minuto escrito já está fechado.")
    field_order = ("primeira", "meses", "meses_depois", "do_dia", "da_hora", "ao_dia", "a_hora", "grupo", "convenio")

    def padrao(self) -> Padrao:
        """What a valid form says."""
        return Padrao(**self.cleaned_data)


class JanelaForm(_ParaQuem):
    """One window."""

    competencia = CampoDeCompetencia(label="Competência (mm/aaaa)")
    abre_dia = CampoDeData(label="Abre em (dd/mm/aaaa)")
    abre_hora = CampoDeHora(label="Às (hh:mm)")
    fecha_dia = CampoDeData(label="Fecha em (dd/mm/aaaa)")
    fecha_hora = CampoDeHora(label="Às (hh:mm)", help_text="No minuto escrito já está fechado.")
    field_order = ("competencia", "abre_dia", "abre_hora", "fecha_dia", "fecha_hora", "grupo", "convenio")

    def __init__(self, dados: Any, operadora: Organizacao, janela: JanelaDeEntrega | None = None) -> None:
        super().__init__(dados, operadora, initial=_valores_da(janela))

    def valores(self) -> dict[str, Any]:
        """Values of the fields of a `JanelaDeEntrega`."""
        dados = self.cleaned_data
        return {
            "competencia": dados["competencia"],
            "abre": _instante(dados["abre_dia"], dados["abre_hora"]),
            "fecha": _instante(dados["fecha_dia"], dados["fecha_hora"]),
            "grupo": dados["grupo"],
            "convenio": dados["convenio"],
        }


class ExcecaoForm(forms.Form):
    """Another end of a window, for one prestador."""

    prestador = forms.ModelChoiceField(Organizacao.objects.none(), label="Prestador", empty_label="Escolha")
    fecha_dia = CampoDeData(label="Fecha em (dd/mm/aaaa)")
    fecha_hora = CampoDeHora(label="Às (hh:mm)")
    motivo = forms.CharField(label="Motivo", max_length=200, help_text="O prestador vê.")

    def __init__(self, dados: Any, operadora: Organizacao) -> None:
        super().__init__(dados, prefix="excecao")
        credenciados = Organizacao.objects.filter(credenciamentos__operadora=operadora).order_by("sigla")
        self.fields["prestador"].queryset = credenciados  # type: ignore[attr-defined]

    @property
    def fecha(self) -> datetime:
        """The instant of a valid form."""
        return _instante(self.cleaned_data["fecha_dia"], self.cleaned_data["fecha_hora"])


def padrao_de_hoje() -> dict[str, Any]:
    """What is offered for a new calendar: the first ten days of the month after each competência, for a year."""
    return {
        "primeira": timezone.localdate().replace(day=1),
        "meses": 12,
        "meses_depois": 1,
        "do_dia": 1,
        "da_hora": time(0),
        "ao_dia": 10,
        "a_hora": time(18),
    }


def _valores_da(janela: JanelaDeEntrega | None) -> dict[str, Any]:
    if janela is None:
        return {"abre_hora": time(0), "fecha_hora": time(18)}
    abre, fecha = timezone.localtime(janela.abre), timezone.localtime(janela.fecha)
    return {
        "competencia": janela.competencia,
        "abre_dia": abre.date(),
        "abre_hora": abre.time(),
        "fecha_dia": fecha.date(),
        "fecha_hora": fecha.time(),
        "grupo": janela.grupo,
        "convenio": janela.convenio_id,
    }


def _instante(dia: date, hora: time) -> datetime:
    return timezone.make_aware(datetime.combine(dia, hora))
