"""The form of an informativo, and the filter of their list."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils import timezone

from conecta.contas.models import Organizacao
from conecta.interface.campos import CampoDeData, CampoDeTexto, conferir_periodo
from lotes.mensagens.models import Informativo
from lotes.mensagens.models.informativo import MAIOR_TEXTO_DO_INFORMATIVO

TODOS, ESCOLHIDOS = "todos", "escolhidos"


class InformativoForm(forms.Form):
    """What an informativo says, to whom, and when."""

    titulo = forms.CharField(label="Título", max_length=120)
    texto = CampoDeTexto(
        label="Texto",
        max_length=MAIOR_TEXTO_DO_INFORMATIVO,
        linhas=10,
        help_text="Uma linha em branco separa parágrafos. Endereços que começam com https:// viram links.",
    )
    importante = forms.BooleanField(
        label="Importante", required=False, help_text="Fica no Início de cada pessoa do prestador até que ela o leia."
    )
    mostrar_de = CampoDeData(label="Mostrar de (dd/mm/aaaa)")
    mostrar_ate = CampoDeData(label="Até (dd/mm/aaaa)", required=False, help_text="Vazio: até ser arquivado.")
    para = forms.ChoiceField(
        label="Para quem",
        choices=[(TODOS, "Todos os credenciados, também os que vierem"), (ESCOLHIDOS, "Só os que eu escolher abaixo")],
        widget=forms.RadioSelect,
        initial=TODOS,
    )
    prestadores = forms.ModelMultipleChoiceField(
        Organizacao.objects.none(), label="Prestadores", required=False, widget=forms.CheckboxSelectMultiple
    )
    pdf = forms.FileField(
        label="Documento em PDF",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        help_text="Opcional, até 5 MB.",
    )
    sem_pdf = forms.BooleanField(label="Remover o documento", required=False)

    def __init__(self, dados: QueryDict | None, operadora: Organizacao, informativo: Informativo | None) -> None:
        super().__init__(dados, initial=_inicial(informativo))
        credenciados = Organizacao.objects.filter(credenciamentos__operadora=operadora).distinct()
        self.fields["prestadores"].queryset = credenciados.order_by("sigla")  # type: ignore[attr-defined]
        if informativo is None or not hasattr(informativo, "pdf"):
            del self.fields["sem_pdf"]

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or {}
        conferir_periodo(self, dados, "mostrar_de", "mostrar_ate")
        if dados.get("para") == ESCOLHIDOS and not dados.get("prestadores") and "prestadores" not in self.errors:
            self.add_error("prestadores", "Marque ao menos um prestador.")
        return dados

    @property
    def valores(self) -> dict[str, Any]:
        """What `informativos.gravar` takes."""
        iguais = ("titulo", "texto", "importante", "mostrar_de", "mostrar_ate")
        return {nome: self.cleaned_data[nome] for nome in iguais} | {
            "para_todos": self.cleaned_data["para"] == TODOS,
        }


class FiltroDeInformativos(forms.Form):
    """Which of them the operadora looks at."""

    CHOICES: Final = [("", "Todos"), *Informativo.Situacao.choices]
    situacao = forms.ChoiceField(label="Situação", required=False, choices=CHOICES)


def _inicial(informativo: Informativo | None) -> dict[str, Any]:
    if informativo is None:
        return {"mostrar_de": timezone.localdate()}
    return {
        "titulo": informativo.titulo,
        "texto": informativo.texto,
        "importante": informativo.importante,
        "mostrar_de": informativo.mostrar_de,
        "mostrar_ate": informativo.mostrar_ate,
        "para": TODOS if informativo.para_todos else ESCOLHIDOS,
        "prestadores": list(informativo.destinatarios.values_list("prestador_id", flat=True)),
    }
