"""Forms of authorisations: the search, a new one with its items, its cancelling, and since when all are registered."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar, Final

from django import forms
from django.http import QueryDict
from django.utils import timezone

from conecta.contas.models import Organizacao
from conecta.interface.campos import CampoDeData
from convenios.exigencias.consultas import CANCELADAS, VALIDAS, VENCIDAS
from convenios.exigencias.models import Autorizacao, ConferenciaDeAutorizacoes
from convenios.exigencias.models.procedimento import PREFIXO
from convenios.exigencias.transicoes import Item
from convenios.forms import TABELAS_COM_NOME

_TEXTO: Final = {"autocomplete": "off"}
_SITUACOES: Final = [("", "Todas"), (VALIDAS, "Válidas hoje"), (VENCIDAS, "Vencidas"), (CANCELADAS, "Canceladas")]
_LINHAS: Final = 5
"""Empty rows for items; for more there is the import of a file."""


class FiltroDeAutorizacoes(forms.Form):
    """The search over authorisations. What is wrong with it filters nothing."""

    numero = forms.CharField(
        label="Senha, nº da guia ou carteira",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"type": "search", **_TEXTO}),
    )
    com = forms.ModelChoiceField(Organizacao.objects.none(), required=False)
    situacao = forms.ChoiceField(label="Situação", required=False, choices=_SITUACOES)

    def __init__(self, endereco: QueryDict, organizacao: Organizacao) -> None:
        """`organizacao` is who looks; the other side of the contract is what it can choose."""
        super().__init__(endereco)
        outros = _contratados_de(organizacao)
        self.fields["com"].queryset = outros  # type: ignore[attr-defined]
        self.fields["com"].label = "Operadora" if organizacao.e_prestador else "Prestador"
        self.fields["com"].empty_label = (  # type: ignore[attr-defined]
            "Todas operadoras" if organizacao.e_prestador else "Todos prestadores"
        )


class AutorizacaoForm(forms.ModelForm):
    """A new authorisation."""

    emitida_em = CampoDeData(label="Emitida em")
    valida_ate = CampoDeData(label="Válida até", required=False, help_text="Vazio: não vence (G08).")

    class Meta:
        model = Autorizacao
        fields: ClassVar[list[str]] = [
            "prestador",
            "numero_carteira",
            "senha",
            "numero_guia_operadora",
            "emitida_em",
            "valida_ate",
            "codigo_validacao",
        ]
        help_texts: ClassVar[dict[str, str]] = {
            "numero_carteira": "A guia que traz a senha tem de ser desta carteira (A02).",
            "senha": "A senha ou o número da guia, ao menos um dos dois.",
        }

    def __init__(self, dados: Any, operadora: Organizacao) -> None:
        super().__init__(dados, instance=Autorizacao(operadora=operadora, emitida_em=timezone.localdate()))
        self.fields["prestador"].queryset = _contratados_de(operadora)  # type: ignore[attr-defined]
        self.fields["prestador"].empty_label = "Escolha"  # type: ignore[attr-defined]
        for nome in ("numero_carteira", "senha", "numero_guia_operadora", "codigo_validacao"):
            self.fields[nome].widget.attrs.update(_TEXTO)

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or {}
        if not dados.get("senha") and not dados.get("numero_guia_operadora") and not self.errors:
            self.add_error("senha", "Informe a senha ou o número da guia na operadora: é por eles que a guia a acha.")
        emitida, valida = dados.get("emitida_em"), dados.get("valida_ate")
        if emitida and valida and valida < emitida:
            self.add_error("valida_ate", "A validade acaba antes da emissão. Confira as duas datas.")
        return dados


class ItemForm(forms.Form):
    """A code and how much of it."""

    tabela = forms.ChoiceField(label="Tabela", choices=TABELAS_COM_NOME, required=False)
    codigo = forms.CharField(
        label="Código", max_length=10, required=False, validators=[PREFIXO], widget=forms.TextInput(attrs=_TEXTO)
    )
    quantidade = forms.DecimalField(
        label="Quantidade",
        min_value=Decimal("0.0001"),
        max_digits=9,
        decimal_places=4,
        localize=True,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "num", **_TEXTO}),
    )

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or {}
        if dados.get("codigo") and dados.get("quantidade") is None and "quantidade" not in self.errors:
            self.add_error("quantidade", "Informe quanto foi autorizado deste código.")
        if dados.get("quantidade") is not None and not dados.get("codigo") and "codigo" not in self.errors:
            self.add_error("codigo", "Informe o código desta quantidade.")
        return dados


class _Itens(forms.BaseFormSet):
    """The items of an authorisation: rows left empty do not count, and each code stands once."""

    def clean(self) -> None:
        if any(self.errors):
            return
        codigos = [item[:2] for item in self.itens]
        if len(set(codigos)) < len(codigos):
            raise forms.ValidationError("O mesmo código está em duas linhas. Junte as quantidades numa só.")

    @property
    def itens(self) -> list[Item]:
        """What was filled in."""
        dados = (linha.cleaned_data for linha in self.forms)
        return [(linha["tabela"], linha["codigo"], linha["quantidade"]) for linha in dados if linha.get("codigo")]


ItensForm: type[_Itens] = forms.formset_factory(  # type: ignore[assignment]
    ItemForm, formset=_Itens, extra=_LINHAS, max_num=_LINHAS, absolute_max=_LINHAS
)


class CancelamentoForm(forms.Form):
    """Why an authorisation is taken back."""

    motivo = forms.CharField(
        label="Motivo",
        max_length=300,
        help_text="O prestador o lê na autorização.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ConferenciaForm(forms.ModelForm):
    """Since when all authorisations are registered."""

    desde = CampoDeData(label="Conferir os atendimentos a partir de", required=False)

    class Meta:
        model = ConferenciaDeAutorizacoes
        fields: ClassVar[list[str]] = ["desde"]

    def __init__(self, *args: Any, **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        self.fields["desde"].help_text = (
            "Em atendimentos deste dia em diante, senha ou número de guia que não está neste registro é criticado "
            "(A02, G05). Vazio: não é."
        )


def _contratados_de(organizacao: Organizacao) -> Any:
    """The organisations that it has contracts with."""
    if organizacao.e_prestador:
        return Organizacao.objects.filter(credenciados__prestador=organizacao)
    return Organizacao.objects.filter(credenciamentos__operadora=organizacao)
