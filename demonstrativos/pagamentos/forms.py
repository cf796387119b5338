"""Filters and forms of payments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from conecta.contas.models import Organizacao
from conecta.interface.campos import CampoDeData
from convenios.calendario.forms import CampoDeCompetencia
from convenios.precos.campos import CampoDeNumero as CampoDeDecimal
from demonstrativos.pagamentos.composicao import MAIOR_LANCAMENTO
from demonstrativos.pagamentos.consultas import A_PAGAR
from demonstrativos.pagamentos.estados import IMPOSTOS, FormaDePagamento, Indicador, SituacaoDoPagamento
from demonstrativos.pagamentos.estados import TipoDeLancamento as Tipo
from demonstrativos.pagamentos.models import ContaBancaria, Pagamento, Retencao
from lotes.forms import CampoDeNumero, Filtros

NOVO = "novo"
_CENTAVO = Decimal("0.01")
_MOTIVO = forms.Textarea(attrs={"rows": 3})


def competencia_de(mes: date | None) -> str:
    """AAAAMM, or "" for none."""
    return f"{mes:%Y%m}" if mes else ""


class CompetenciaOpcional(CampoDeCompetencia):
    """A month, or none."""

    def clean(self, value: Any) -> Any:
        """Its first day; None when nothing was typed."""
        return super().clean(value) if (value or "").strip() else None


class FiltrosDePagamentos(Filtros):
    """Payments of either side."""

    numero = CampoDeNumero(label="Nº do pagamento", required=False)
    prestador = forms.ModelChoiceField(Organizacao.objects.none(), required=False, empty_label="Todos")
    operadora = forms.ModelChoiceField(Organizacao.objects.none(), required=False, empty_label="Todas operadoras")
    situacao = forms.ChoiceField(label="Situação", required=False)
    competencia = CompetenciaOpcional(label="Competência (mm/aaaa)", required=False)
    de = CampoDeData(label="Data de pagamento, de", required=False)
    ate = CampoDeData(label="Data de pagamento, até", required=False)

    def __init__(self, endereco: QueryDict, organizacao: Organizacao) -> None:
        super().__init__(endereco)
        situacoes = [("", "Todas"), (A_PAGAR, "A pagar"), *SituacaoDoPagamento.choices]
        if organizacao.e_prestador:
            del self.fields["prestador"]
            self.fields["operadora"].queryset = Organizacao.objects.filter(credenciados__prestador=organizacao)  # type: ignore[attr-defined]
            situacoes = [s for s in situacoes if s[0] != SituacaoDoPagamento.ABERTO]
        else:
            del self.fields["operadora"]
            self.fields["prestador"].queryset = Organizacao.objects.filter(credenciamentos__operadora=organizacao)  # type: ignore[attr-defined]
        self.fields["situacao"].choices = situacoes  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        dados = super().clean()
        dados["competencia"] = competencia_de(dados.get("competencia"))
        return dados


class PagamentoForm(forms.Form):
    """What may change of an open payment."""

    data_de_pagamento = CampoDeData(label="Data de pagamento (dd/mm/aaaa)")
    competencia = CampoDeCompetencia(label="Competência (mm/aaaa)")
    observacao = forms.CharField(
        label="Observação",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Sai no Demonstrativo de Pagamento.",
    )

    def clean_competencia(self) -> str:
        """AAAAMM."""
        return competencia_de(self.cleaned_data["competencia"])


class LancamentoForm(forms.Form):
    """A debit or a credit."""

    indicador = forms.TypedChoiceField(label="Débito ou crédito", choices=Indicador.choices, coerce=Indicador)
    tipo = forms.TypedChoiceField(label="Tipo", choices=[("", "Escolha"), *Tipo.choices], coerce=Tipo)
    descricao = forms.CharField(label="Descrição", max_length=40)
    valor = CampoDeDecimal(label="Valor (R$)", minimo=_CENTAVO, maximo=MAIOR_LANCAMENTO, casas=2)


class MotivoForm(forms.Form):
    """Why."""

    motivo = forms.CharField(
        label="Motivo", max_length=400, widget=_MOTIVO, help_text="O prestador lê o motivo no pagamento e no lote."
    )


class PagoForm(forms.Form):
    """When the money left."""

    pago_em = CampoDeData(label="Pago em (dd/mm/aaaa)")
    nota = forms.CharField(label="Observação", max_length=400, required=False, widget=_MOTIVO)


class DestinoForm(forms.Form):
    """Where what was chosen is paid: an open payment, or new ones of a date."""

    destino = forms.ChoiceField(label="Incluir em")
    data_de_pagamento = CampoDeData(
        label="Data de pagamento (dd/mm/aaaa)", required=False, help_text="Só para um novo pagamento."
    )

    def __init__(self, dados: QueryDict | None, abertos: list[Pagamento]) -> None:
        super().__init__(dados)
        self._abertos = {str(pagamento.pk): pagamento for pagamento in abertos}
        self.fields["destino"].choices = [  # type: ignore[attr-defined]
            (NOVO, "Novo pagamento (um para cada prestador)"),
            *(
                (pk, f"Pagamento {p.numero}, {p.prestador.sigla}, {p.data_de_pagamento:%d/%m/%Y}")
                for pk, p in self._abertos.items()
            ),
        ]

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or {}
        novo = dados.get("destino") == NOVO
        if novo and not dados.get("data_de_pagamento") and "data_de_pagamento" not in self.errors:
            self.add_error("data_de_pagamento", "Informe o dia em que o novo pagamento será feito.")
        dados["pagamento"] = self._abertos.get(dados.get("destino", ""))
        return dados


class GerarForm(forms.Form):
    """All that waits, in payments of one date."""

    data_de_pagamento = CampoDeData(label="Data de pagamento (dd/mm/aaaa)")
    liberados_ate = CampoDeData(
        label="Liberados até (dd/mm/aaaa)", required=False, help_text="Vazio: tudo o que espera pagamento."
    )
    competencia = CompetenciaOpcional(
        label="Competência (mm/aaaa)", required=False, help_text="Vazia: o mês da data de pagamento."
    )

    def clean_competencia(self) -> str:
        """AAAAMM, or ""."""
        return competencia_de(self.cleaned_data["competencia"])


class ContaForm(forms.ModelForm):  # type: ignore[type-arg]
    """Where a prestador is paid."""

    class Meta:
        model = ContaBancaria
        fields = ("forma", "banco", "agencia", "conta")

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or {}
        if dados.get("forma") == FormaDePagamento.DEPOSITO:
            for campo in ("banco", "agencia", "conta"):
                if not dados.get(campo) and campo not in self.errors:
                    self.add_error(campo, "Para depósito ou transferência é preciso banco, agência e conta.")
        return dados


class RetencoesForm(forms.Form):
    """What is withheld of a prestador: a percentage for each tax, empty for none, from a minimum base on."""

    def __init__(self, dados: QueryDict | None, retencoes: dict[str, Retencao]) -> None:
        super().__init__(dados)
        for imposto in IMPOSTOS:
            atual = retencoes.get(imposto)
            self.fields[f"percentual_{imposto}"] = CampoDeDecimal(
                label=f"{imposto.label} (%)",
                minimo=_CENTAVO,
                maximo=Decimal(100),
                casas=2,
                required=False,
                initial=atual and atual.percentual,
            )
            self.fields[f"base_{imposto}"] = CampoDeDecimal(
                label=f"{imposto.label}: a partir de (R$)",
                minimo=Decimal(0),
                maximo=MAIOR_LANCAMENTO,
                casas=2,
                required=False,
                initial=atual and atual.base_minima,
            )

    @property
    def pares(self) -> list[tuple[Any, Any]]:
        """The two fields of each tax."""
        return [(self[f"percentual_{imposto}"], self[f"base_{imposto}"]) for imposto in IMPOSTOS]

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or {}
        if sum((dados.get(f"percentual_{i}") or Decimal(0) for i in IMPOSTOS), Decimal(0)) > 100:
            self.add_error(None, "As retenções somam mais de 100% do valor liberado. Confira os percentuais.")
        return dados

    def valores(self) -> dict[str, tuple[Decimal, Decimal]]:
        """Tax → (percentage, minimum base), of those that are withheld."""
        return {
            str(imposto): (percentual, self.cleaned_data[f"base_{imposto}"] or Decimal(0))
            for imposto in IMPOSTOS
            if (percentual := self.cleaned_data[f"percentual_{imposto}"])
        }
