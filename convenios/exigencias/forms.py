"""Forms of what is demanded of procedures."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Final

from django import forms
from django.http import QueryDict
from django.utils import timezone

from conecta.contas.models import Organizacao
from conecta.interface.campos import CampoDeData, conferir_periodo
from convenios.exigencias.models import ExigenciaDoProcedimento
from convenios.forms import TABELAS_COM_NOME
from convenios.models import Convenio
from tiss_schemas import dominios

_TEXTO: Final = {"autocomplete": "off"}
_GRAUS: Final = [(codigo, f"{codigo} {nome}") for codigo, nome in dominios.TEXTOS["dm_grauPart"].items()]
NUMERICOS: Final = (
    "quantidade_maxima_por_guia",
    "quantidade_maxima_por_dia",
    "intervalo_minimo_dias",
    "idade_minima",
    "idade_maxima",
)
GRUPOS: Final = (
    ("Onde vale", ("tabela", "prefixo", "convenio", "inicio", "fim")),
    ("Autorização e pedido", ("exige_autorizacao", "exige_solicitante")),
    ("Quantidade e repetição", NUMERICOS[:3]),
    ("Quem executa", ("exige_equipe", "cbos", "graus")),
    ("Beneficiário", ("sexo", "idade_minima", "idade_maxima")),
    ("Odontologia", ("exige_dente_ou_regiao", "denticao")),
)
"""How the form is divided: the heading, and the fields under it."""


class CampoDeCbos(forms.CharField):
    """Codes of the CBO, typed as "225120, 225125"; each must be one of the standard's."""

    def clean(self, value: Any) -> list[str]:
        codigos = [parte for parte in re.split(r"[,;\s]+", super().clean(value)) if parte]
        for codigo in codigos:
            if dominios.texto("dm_CBOS", codigo) == codigo:
                raise forms.ValidationError(
                    f"{codigo[:20]} não é um CBO do padrão. Escreva os códigos de 6 dígitos, separados por vírgula."
                )
        return sorted(set(codigos))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value


class ExigenciaForm(forms.ModelForm):
    """One row of what is demanded."""

    tabela = forms.ChoiceField(label="Tabela", choices=TABELAS_COM_NOME)
    inicio = CampoDeData(label="Início", help_text="Conta a data de cada item.")
    fim = CampoDeData(label="Fim", required=False, help_text="Vazio: sem fim.")
    graus = forms.MultipleChoiceField(
        label="Graus de participação permitidos",
        required=False,
        choices=_GRAUS,
        widget=forms.CheckboxSelectMultiple,
        help_text="Outro grau na equipe é criticado (I26). Nenhum marcado: todos.",
    )
    cbos = CampoDeCbos(
        label="CBOs que podem executar",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs=_TEXTO),
        help_text="Se ninguém que executou tem um destes, o item é criticado (I23). Separe por vírgula, como em "
        "225120, 225125. Vazio: qualquer um.",
    )

    class Meta:
        model = ExigenciaDoProcedimento
        fields: ClassVar[list[str]] = [nome for _, nomes in GRUPOS for nome in nomes]

    def __init__(self, dados: Any, operadora: Organizacao, **opcoes: Any) -> None:
        super().__init__(dados, **opcoes)
        convenios = Convenio.objects.filter(operadora=operadora)
        self.fields["convenio"].queryset = convenios  # type: ignore[attr-defined]
        self.fields["convenio"].empty_label = "Todos"  # type: ignore[attr-defined]
        for nome in NUMERICOS:
            self.fields[nome].widget = forms.TextInput(attrs={"inputmode": "numeric", **_TEXTO})
        self.fields["prefixo"].widget.attrs.update(_TEXTO)
        for nome, vazio in (("sexo", "Qualquer um"), ("denticao", "O que diz a TUSS")):
            self.fields[nome].choices = [("", vazio), *self.fields[nome].choices[1:]]  # type: ignore[attr-defined]
        if self.instance.pk is None:
            self.fields["inicio"].initial = timezone.localdate()

    @property
    def grupos(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(titulo, [self[nome] for nome in nomes]) for titulo, nomes in GRUPOS]

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or {}
        conferir_periodo(self, dados)
        minima, maxima = dados.get("idade_minima"), dados.get("idade_maxima")
        if minima is not None and maxima is not None and maxima < minima:
            self.add_error("idade_maxima", "A idade máxima é menor que a mínima. Confira as duas.")
        return dados


class FiltroDeExigencias(forms.Form):
    """The search over what is demanded. What is wrong with it filters nothing."""

    codigo = forms.CharField(
        label="Código, ou como ele começa",
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"type": "search", **_TEXTO}),
    )
    tabela = forms.ChoiceField(label="Tabela", required=False, choices=[("", "Todas"), *TABELAS_COM_NOME])
    operadora = forms.ModelChoiceField(Organizacao.objects.none(), required=False, empty_label="Todas operadoras")

    def __init__(self, endereco: QueryDict, organizacao: Organizacao) -> None:
        """`organizacao` is who looks: a prestador chooses one of its operadoras."""
        super().__init__(endereco)
        if organizacao.e_prestador:
            operadoras = Organizacao.objects.filter(credenciados__prestador=organizacao)
            self.fields["operadora"].queryset = operadoras  # type: ignore[attr-defined]
        else:
            del self.fields["operadora"]
