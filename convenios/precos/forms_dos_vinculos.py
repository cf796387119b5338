"""Forms of what tables price in a convênio, and of the percentages of its Lista de Produtos."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar, Final

from django import forms
from django.db.models import Q
from django.utils import timezone

from conecta.contas.models import Organizacao
from conecta.interface.campos import CampoDeData, conferir_periodo
from convenios.models import Convenio
from convenios.models.camadas import MAIOR_PERCENTUAL
from convenios.precos.campos import CampoDeNumero
from convenios.precos.models import TabelaDePreco, VinculoDeTabela
from convenios.precos.naturezas import Grupo, Natureza
from convenios.regras import CEM, ZERO

_MAIOR_BANDA: Final = Decimal("999.999")
_ULTIMA_ORDEM: Final = 99


def _percentual(rotulo: str, minimo: Decimal, ajuda: str) -> CampoDeNumero:
    return CampoDeNumero(label=rotulo, minimo=minimo, maximo=_MAIOR_BANDA, casas=3, help_text=ajuda)


class VinculoForm(forms.ModelForm):
    """That a table prices a kind of item, for every credenciado or, with `prestador`, in the contract with one."""

    natureza = forms.ChoiceField(
        label="O que precifica",
        choices=Natureza.choices,
        help_text="Consultas sem tabela própria usam a de procedimentos; OPME, a de materiais.",
    )
    ordem = forms.IntegerField(
        label="Ordem",
        min_value=1,
        max_value=_ULTIMA_ORDEM,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="Onde o código não está na primeira, vale a próxima.",
    )
    percentual = _percentual("Percentual", ZERO, "Sobre o preço da tabela: 100 o deixa como está, 80 dá um desconto.")
    banda_porte = _percentual("Banda do porte, em %", -CEM, "Soma ao porte: 20 o aumenta; −20 é um deflator.")
    banda_uco = _percentual("Banda da UCO, em %", -CEM, "Soma ao valor da UCO; com sinal de menos, é um deflator.")
    inicio = CampoDeData(label="Vale a partir de", help_text="Conta a data de cada item.")
    fim = CampoDeData(label="Até", required=False, help_text="Vazio: sem fim.")

    class Meta:
        model = VinculoDeTabela
        fields: ClassVar[list[str]] = [
            *("natureza", "tabela", "ordem", "percentual", "banda_porte", "banda_uco", "inicio", "fim"),
        ]
        help_texts: ClassVar[dict[str, str]] = {"tabela": "Cadastre a tabela antes, em Tabelas de preço."}

    def __init__(self, dados: Any, operadora: Organizacao, prestador_id: int | None, **opcoes: Any) -> None:
        super().__init__(dados, **opcoes)
        do_contrato = Q(prestador__isnull=True) | Q(prestador=prestador_id)
        tabelas = TabelaDePreco.objects.filter(do_contrato, operadora=operadora, ativa=True)
        if self.instance.pk is not None:
            tabelas = tabelas | TabelaDePreco.objects.filter(pk=self.instance.tabela_id)
        self.fields["tabela"].queryset = tabelas  # type: ignore[attr-defined]
        self.fields["tabela"].empty_label = "Escolha a tabela"  # type: ignore[attr-defined]
        if self.instance.pk is None:
            self.fields["inicio"].initial = timezone.localdate()
            for nome in ("percentual", "banda_porte", "banda_uco"):
                self.fields[nome].initial = getattr(self.instance, nome)

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or {}
        conferir_periodo(self, dados)
        return dados

    def _post_clean(self) -> None:
        """Whether a link may be is said where it is written."""


class GruposForm(forms.Form):
    """Lista de Produtos: the percentage of the average cost by group. Empty: the general one."""

    def __init__(self, dados: Any, **opcoes: Any) -> None:
        super().__init__(dados, **opcoes)
        for grupo, rotulo in Grupo.choices:
            self.fields[grupo] = CampoDeNumero(
                label=rotulo, required=False, minimo=ZERO, maximo=MAIOR_PERCENTUAL, casas=3
            )


class EscolhaDoContrato(forms.Form):
    """Whose links are shown: those of every credenciado, or those of the contract with one."""

    prestador = forms.ModelChoiceField(
        Organizacao.objects.none(), label="Para quem", required=False, empty_label="Todos os credenciados"
    )

    def __init__(self, dados: Any, convenio: Convenio) -> None:
        super().__init__(dados)
        credenciados = Organizacao.objects.filter(credenciamentos__operadora=convenio.operadora_id).order_by("nome")
        self.fields["prestador"].queryset = credenciados  # type: ignore[attr-defined]
