"""Forms and filters of the registers."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models

from conecta.contas.models import Organizacao, Usuario
from conecta.interface.campos import CampoDeData
from conecta.texto import para_busca
from convenios import registros_transicoes as transicoes
from convenios.forms import TABELAS_COM_NOME
from convenios.layouts.coberturas import MAIOR_CARENCIA
from convenios.models import Beneficiario, CoberturaDoPlano, Convenio, Credenciamento, Plano
from convenios.tipos_de_guia import TIPOS_DE_GUIA


class DoRegistro(forms.ModelForm):
    """A row of one operadora; `unico` is the field that no other of its rows may share.

    `visto` is the last change that whoever fills it in has been shown.
    """

    unico: ClassVar[str]
    repetido: ClassVar[str]

    visto = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, dados: Any, *, operadora: Organizacao, **opcoes: Any) -> None:
        super().__init__(dados, **opcoes)
        self.operadora = operadora
        self.instance.operadora = operadora
        if self.instance.pk and not self.is_bound:
            self.initial["visto"] = transicoes.ultima(self.instance)

    def clean(self) -> dict[str, Any]:
        limpos: dict[str, Any] = super().clean() or {}
        outros = self._meta.model.objects.filter(operadora=self.operadora).exclude(pk=self.instance.pk)
        if limpos.get(self.unico) and outros.filter(**{self.unico: limpos[self.unico]}).exists():
            self.add_error(self.unico, self.repetido)
        self._conferir_periodo(limpos)
        return limpos

    def salvar(self, *, por: Usuario) -> bool:
        """Save what is valid; False, with the reason in the form, where somebody was faster."""
        try:
            transicoes.salvar(registro=self.instance, por=por, visto=self.cleaned_data["visto"] or 0)
        except transicoes.RegistroRepetido:
            self.add_error(self.unico, self.repetido)
            return False
        except transicoes.MudouNoMeio as recusa:
            self._mostrar_o_que_mudou(recusa)
            return False
        return True

    def _mostrar_o_que_mudou(self, recusa: transicoes.MudouNoMeio) -> None:
        """Refuse what was typed once: it stands now over the state that the refusal has told of."""
        enviados: Any = self.data
        self.data = copia = enviados.copy()
        copia["visto"] = str(transicoes.ultima(self.instance))
        self.add_error(None, recusa.frase)

    def _conferir_periodo(self, limpos: dict[str, Any]) -> None:
        for de, ate in (("inicio", "fim"), ("inclusao", "desligamento"), ("nascimento", "inclusao")):
            if limpos.get(de) and limpos.get(ate) and limpos[ate] < limpos[de]:
                self.add_error(ate, "Esta data vem antes da outra. Confira as duas.")


class PlanoForm(DoRegistro):
    """A plano and the convênio that bills it."""

    unico, repetido = "codigo", "Outro plano já tem este código."
    inicio = CampoDeData(label="Início", help_text="Primeiro dia em que o plano vale.")
    fim = CampoDeData(label="Fim", required=False, help_text="Último dia. Vazio: sem fim.")
    segmentacoes = forms.MultipleChoiceField(
        label="Segmentação",
        choices=Plano.Segmentacao.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Atendimento fora delas é criticado (B10, B11). Nenhuma marcada: todas.",
    )

    class Meta:
        model = Plano
        fields = ("codigo", "nome", "convenio", "inicio", "fim", "segmentacoes", "ativo")
        labels = {"convenio": "Convênio"}
        help_texts = {
            "convenio": "As guias de quem tem este plano seguem as regras deste convênio.",
            "ativo": "Plano inativo não é mais escolhido para beneficiários.",
        }

    def __init__(self, dados: Any, *, operadora: Organizacao, **opcoes: Any) -> None:
        super().__init__(dados, operadora=operadora, **opcoes)
        self.fields["convenio"].queryset = Convenio.objects.filter(operadora=operadora)  # type: ignore[attr-defined]
        self.fields["convenio"].empty_label = "Escolha o convênio"  # type: ignore[attr-defined]


class CoberturaForm(forms.ModelForm):
    """What a plano says of the codes that begin alike."""

    tabela = forms.ChoiceField(label="Tabela", choices=TABELAS_COM_NOME)
    prefixo = forms.RegexField(
        r"[0-9]{0,10}",
        label="Código, ou como ele começa",
        required=False,
        strip=True,
        help_text="Vazio: toda a tabela. O começo mais longo que serve decide.",
        error_messages={"invalid": "Escreva só algarismos, até 10."},
    )
    coberto = forms.BooleanField(label="Coberto", required=False, initial=True)
    carencia_dias = forms.IntegerField(
        label="Carência, em dias",
        min_value=0,
        max_value=MAIOR_CARENCIA,
        initial=0,
        help_text="Contados da inclusão do beneficiário. Atendimento antes é criticado.",
    )

    class Meta:
        model = CoberturaDoPlano
        fields = ("tabela", "prefixo", "coberto", "carencia_dias")


class BeneficiarioForm(DoRegistro):
    """A beneficiário; each date says what it does to guides."""

    unico, repetido = "numero_carteira", "Outro beneficiário já tem esta carteira."
    nascimento = CampoDeData(label="Nascimento", required=False, help_text="Idade incompatível é criticada (I22).")
    inclusao = CampoDeData(label="Inclusão", help_text="Atendimento antes é criticado; as carências contam daqui.")
    desligamento = CampoDeData(label="Desligamento", required=False, help_text="Atendimento depois é criticado.")
    validade_carteira = CampoDeData(
        label="Validade da carteira", required=False, help_text="Atendimento depois é criticado. Vazio: não vence."
    )
    suspenso_desde = CampoDeData(
        label="Suspenso desde", required=False, help_text="Atendimento a partir daí é criticado."
    )
    inadimplente_desde = CampoDeData(label="Em atraso desde", required=False, help_text="Vazio: está em dia.")

    class Meta:
        model = Beneficiario
        fields = (
            *("numero_carteira", "nome", "nascimento", "sexo", "plano", "inclusao", "desligamento"),
            *("validade_carteira", "suspenso_desde", "inadimplente_desde"),
        )

    def __init__(self, dados: Any, *, operadora: Organizacao, **opcoes: Any) -> None:
        super().__init__(dados, operadora=operadora, **opcoes)
        do_plano = models.Q(ativo=True) | models.Q(pk=self.instance.plano_id)
        self.fields["plano"].queryset = Plano.objects.filter(do_plano, operadora=operadora)  # type: ignore[attr-defined]
        self.fields["plano"].empty_label = "Sem plano: o convênio principal"  # type: ignore[attr-defined]
        self.fields["sexo"].choices = [("", "Não informado"), *Beneficiario.Sexo.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        limpos = super().clean()
        self.instance.nome_busca = para_busca(limpos.get("nome", ""))
        return limpos


class CredenciamentoForm(DoRegistro):
    """The contract with a prestador."""

    unico, repetido = "codigo_na_operadora", "Outro prestador já tem este código."
    inicio = CampoDeData(label="Início", help_text="Guias de antes são criticadas.")
    fim = CampoDeData(label="Fim", required=False, help_text="Guias de depois são criticadas. Vazio: sem fim.")
    tipos_de_guia = forms.MultipleChoiceField(
        label="Tipos de guia contratados",
        choices=list(TIPOS_DE_GUIA.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Guia de outro tipo é criticada (L06). Nenhum marcado: todos.",
    )

    class Meta:
        model = Credenciamento
        fields = ("codigo_na_operadora", "inicio", "fim", "grupo", "tipos_de_guia", "ativo")
        help_texts = {
            "codigo_na_operadora": "Como o prestador se identifica quando o convênio exige o código.",
            "ativo": "Inativo: o prestador não envia lotes novos; o que já enviou continua.",
        }


class FiltroDeBeneficiarios(forms.Form):
    """By card or name, plano and situation."""

    texto = forms.CharField(label="Carteira ou nome", required=False, max_length=70)
    plano = forms.ModelChoiceField(Plano.objects.none(), label="Plano", required=False, empty_label="Todos")
    situacao = forms.ChoiceField(
        label="Situação",
        required=False,
        choices=[
            ("", "Todas"),
            ("ativos", "Ativos"),
            ("suspensos", "Suspensos"),
            ("inadimplentes", "Em atraso"),
            ("desligados", "Desligados"),
        ],
    )

    def __init__(self, dados: Any, operadora: Organizacao) -> None:
        super().__init__(dados)
        self.fields["plano"].queryset = Plano.objects.filter(operadora=operadora)  # type: ignore[attr-defined]


class FiltroDeRegistros(forms.Form):
    """By words and by what is in force."""

    texto = forms.CharField(label="Código ou nome", required=False, max_length=70)
    situacao = forms.ChoiceField(
        label="Situação", required=False, choices=[("", "Todos"), ("ativos", "Ativos"), ("inativos", "Inativos")]
    )


class ConsultaDeBeneficiario(forms.Form):
    """A prestador looks up a card of an operadora that it has a contract with."""

    operadora = forms.ModelChoiceField(Organizacao.objects.none(), label="Operadora", empty_label="Escolha a operadora")
    carteira = forms.CharField(label="Número da carteira", max_length=20)

    def __init__(self, dados: Any, operadoras: models.QuerySet[Organizacao]) -> None:
        super().__init__(dados)
        self.fields["operadora"].queryset = operadoras  # type: ignore[attr-defined]
