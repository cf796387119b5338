"""Opening a lot, looking for guides that may enter it, checking it against paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from conecta.contas.models import Organizacao
from conecta.interface.campos import CampoDeData, conferir_periodo
from conecta.texto import para_busca
from convenios.models import Convenio
from lotes.estados import TipoDeGuia
from lotes.forms import Filtros
from uploads.digitacao.forms import NovaGuiaForm
from uploads.digitacao.geracao import Escolha
from uploads.digitacao.models import GuiaDigitada, GuiaDigitadaQuerySet


class NovoLoteForm(NovaGuiaForm):
    """By which convênio, of which type and in which version the guides of a lot are."""

    def __init__(self, *args: Any, prestador: Organizacao, **kwargs: Any) -> None:
        super().__init__(*args, prestador=prestador, **kwargs)
        self.fields.pop("consulta_em_sadt", None)  # says how one guide begins


class CampoDeDinheiro(forms.DecimalField):
    """Reais as people write them: 1.234,56 or 1234,56."""

    def __init__(self, **opcoes: Any) -> None:
        atributos = {"inputmode": "decimal", "data-dinheiro": "", "autocomplete": "off"}
        super().__init__(
            decimal_places=2,
            max_digits=14,
            min_value=0,
            widget=forms.TextInput(attrs=atributos),
            error_messages={"invalid": "Este não é um valor. Escreva como 1234,56."},
            **opcoes,
        )

    def to_python(self, value: Any) -> Any:
        texto = str(value or "").replace("R$", "").strip()
        return super().to_python(texto.replace(".", "").replace(",", ".") if "," in texto else texto)


class PapelForm(forms.Form):
    """What the paper list sums up to."""

    guias = forms.IntegerField(
        label="Guias no papel",
        min_value=0,
        max_value=9_999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    valor = CampoDeDinheiro(label="Total no papel (R$)")


class FiltrosDeGuias(Filtros):
    """Which of the guides that may enter a lot are shown: by the days of attendance, who typed, for whom."""

    de = CampoDeData(label="Data de atendimento, de", required=False)
    ate = CampoDeData(label="Data de atendimento, até", required=False)
    digitada_por = forms.ChoiceField(label="Digitada por", required=False)
    beneficiario = forms.CharField(label="Beneficiário ou carteira", required=False, max_length=70)

    def __init__(self, endereco: QueryDict, candidatas: GuiaDigitadaQuerySet) -> None:
        super().__init__(endereco)
        self._candidatas = candidatas
        nomes = candidatas.order_by("criado_por_nome").values_list("criado_por_nome", flat=True).distinct()
        escolha = self.fields["digitada_por"]
        assert isinstance(escolha, forms.ChoiceField)
        escolha.choices = [("", "Todos"), *((nome, nome) for nome in nomes)]

    def guias(self) -> GuiaDigitadaQuerySet:
        """What the filters leave, by day and number; nothing while one of them is wrong."""
        if not self.is_valid():
            return self._candidatas.none()
        return filtradas(self._candidatas, self.cleaned_data)


def filtradas(guias: GuiaDigitadaQuerySet, filtros: dict[str, Any]) -> GuiaDigitadaQuerySet:
    """These guides by period of attendance, who typed them and for whom, by day and number."""
    if filtros.get("de"):
        guias = guias.filter(data_de_atendimento__gte=filtros["de"])
    if filtros.get("ate"):
        guias = guias.filter(data_de_atendimento__lte=filtros["ate"])
    if filtros.get("digitada_por"):
        guias = guias.filter(criado_por_nome=filtros["digitada_por"])
    if procurado := filtros.get("beneficiario"):
        por_nome = guias.filter(nome_busca__contains=para_busca(procurado))
        guias = por_nome | guias.filter(numero_carteira__contains=procurado.strip())
    return guias.order_by("data_de_atendimento", "numero_do_prestador", "pk")


class GeracaoForm(forms.Form):
    """Which guides *Geração Automática* gathers; what is left open does not narrow."""

    convenio = forms.ModelChoiceField(
        label="Operadora e convênio", queryset=Convenio.objects.none(), required=False, empty_label="Todos"
    )
    tipos = forms.MultipleChoiceField(
        label="Tipos de guia",
        choices=TipoDeGuia.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nenhum marcado: todos.",
    )
    de = CampoDeData(label="Data de atendimento, de", required=False)
    ate = CampoDeData(label="Data de atendimento, até", required=False)

    def __init__(self, *args: Any, prestador: Organizacao, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        com_guias = GuiaDigitada.objects.soltas().filter(prestador=prestador).values("convenio")
        campo = self.fields["convenio"]
        assert isinstance(campo, forms.ModelChoiceField)
        campo.queryset = Convenio.objects.filter(pk__in=com_guias).select_related("operadora").order_by("nome")
        campo.choices = [("", "Todos"), *((convenio.pk, _rotulo(convenio)) for convenio in campo.queryset)]

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or {}
        conferir_periodo(self, dados, "de", "ate")
        return dados

    @property
    def escolha(self) -> Escolha:
        """What was chosen, once the form is valid."""
        dados = self.cleaned_data
        convenios = frozenset([dados["convenio"].pk]) if dados["convenio"] else frozenset()
        return Escolha(convenios=convenios, tipos=frozenset(dados["tipos"]), de=dados["de"], ate=dados["ate"])


def _rotulo(convenio: Convenio) -> str:
    return f"{convenio.operadora.rotulo}, {convenio.nome}"
