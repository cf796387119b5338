"""Forms of price tables, and of what is in them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar, Final

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone

from conecta.contas.models import Organizacao
from conecta.interface.campos import CampoDeData, conferir_periodo
from convenios.forms import TABELAS_COM_NOME
from convenios.precos.campos import TEXTO, CampoDeNumero
from convenios.precos.models import Preco, Produto, TabelaDePreco
from convenios.precos.naturezas import Grupo

ZERO: Final = Decimal(0)
MAIOR_VALOR: Final = Decimal("99999999.9999")
MAIOR_MEDIDA: Final = Decimal("9999.9999")
MAIOR_FRACAO: Final = Decimal("999.9999")
CODIGO: Final = RegexValidator(r"^[0-9A-Za-z][0-9A-Za-z.-]*$", "Escreva só as letras e os algarismos do código.")
PORTE: Final = RegexValidator(r"^[0-9A-Za-z]+$", "Escreva o porte como 3C, sem espaços.")
_BUSCA: Final = {"type": "search", **TEXTO}


_SO_DE_VALORES: Final = ("valor",)
_SO_DE_PORTES: Final = (
    *("porte", "fracao_do_porte", "custo_operacional", "filme_m2", "numero_de_auxiliares", "porte_anestesico"),
)
_VAZIOS: Final = {"fracao_do_porte": Decimal(1), "custo_operacional": ZERO, "filme_m2": ZERO}
_DAO_PRECO: Final = ("porte", "custo_operacional", "filme_m2", "porte_anestesico")


def campo_de_codigo(*, obrigatorio: bool = True, ajuda: str = "") -> forms.CharField:
    """A code of a TISS table, up to 10 characters."""
    return forms.CharField(
        label="Código",
        max_length=10,
        required=obrigatorio,
        validators=[CODIGO],
        widget=forms.TextInput(attrs=TEXTO),
        help_text=ajuda,
    )


def campo_de_porte(rotulo: str, ajuda: str = "", *, obrigatorio: bool = False) -> forms.CharField:
    """The name of a porte."""
    return forms.CharField(
        label=rotulo,
        max_length=4,
        required=obrigatorio,
        validators=[PORTE],
        widget=forms.TextInput(attrs=TEXTO),
        help_text=ajuda,
    )


class TabelaForm(forms.ModelForm):
    """A price table."""

    uco = CampoDeNumero(
        label="Valor da UCO",
        required=False,
        minimo=ZERO,
        maximo=MAIOR_VALOR,
        help_text="Só em tabela de portes, em reais: o custo operacional é contado em UCO.",
    )
    inicio = CampoDeData(label="Início", help_text="Antes deste dia ela não dá preço a nada.")
    fim = CampoDeData(label="Fim", required=False, help_text="Depois deste dia ela não dá preço a nada.")

    class Meta:
        model = TabelaDePreco
        fields: ClassVar[list[str]] = ["nome", "edicao", "tipo", "prestador", "uco", "inicio", "fim", "ativa"]
        help_texts: ClassVar[dict[str, str]] = {
            "nome": "Como a equipe a chama; o prestador o lê na explicação do preço.",
            "tipo": "Não muda depois que a tabela tem preços.",
            "ativa": "Sem esta marca, ela não dá preço a nada, em dia nenhum.",
        }

    def __init__(self, dados: Any, operadora: Organizacao, **opcoes: Any) -> None:
        super().__init__(dados, **opcoes)
        self.fields["prestador"].queryset = credenciados_de(operadora)  # type: ignore[attr-defined]
        self.fields["prestador"].empty_label = "Qualquer credenciado"  # type: ignore[attr-defined]
        self.fields["tipo"].choices = [("", "Escolha o tipo"), *TabelaDePreco.Tipo.choices]  # type: ignore[attr-defined]
        self.fields["nome"].widget.attrs.update(TEXTO)

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or {}
        conferir_periodo(self, dados)
        if dados.get("uco") is not None and dados.get("tipo") == TabelaDePreco.Tipo.VALORES:
            self.add_error("uco", "Tabela de valores não tem UCO. Apague este campo, ou mude o tipo.")
        return dados

    def _post_clean(self) -> None:
        """Whether a table may be is said where it is written."""


def credenciados_de(operadora: Organizacao) -> Any:
    """The prestadores with a contract with the operadora, by name."""
    return Organizacao.objects.filter(credenciamentos__operadora=operadora).order_by("nome")


class FiltroDeTabelas(forms.Form):
    """The search over the tables. What is wrong with it filters nothing."""

    texto = forms.CharField(label="Nome ou edição", required=False, max_length=60, widget=forms.TextInput(_BUSCA))
    tipo = forms.ChoiceField(label="Tipo", required=False, choices=[("", "Todos"), *TabelaDePreco.Tipo.choices])
    em = CampoDeData(label="Em vigor em", required=False)
    situacao = forms.ChoiceField(
        label="Situação",
        required=False,
        choices=[("", "Ativas"), ("inativas", "Inativas"), ("todas", "Todas")],
    )


class FiltroDePrecos(forms.Form):
    """The search over the prices of a table: those in force on a day, or all there ever were."""

    texto = forms.CharField(
        label="Código ou descrição", required=False, max_length=60, widget=forms.TextInput(attrs=_BUSCA)
    )
    tabela_tiss = forms.ChoiceField(label="Tabela TISS", required=False, choices=[("", "Todas"), *TABELAS_COM_NOME])
    em = CampoDeData(label="Em vigor em", required=False, help_text="Vazio: também os que acabaram e os que virão.")


class PrecoForm(forms.ModelForm):
    """What a code costs from a day on. The fields are those of the table's kind."""

    tabela_tiss = forms.ChoiceField(label="Tabela TISS", choices=TABELAS_COM_NOME)
    codigo = campo_de_codigo()
    valor = CampoDeNumero(label="Valor", minimo=ZERO, maximo=MAIOR_VALOR, help_text="Em reais, até 4 casas.")
    porte = campo_de_porte("Porte", "Como 3C.")
    fracao_do_porte = CampoDeNumero(
        label="Fração do porte",
        required=False,
        minimo=ZERO,
        maximo=MAIOR_FRACAO,
        help_text="1 é o porte inteiro; 0,1 a décima parte.",
    )
    custo_operacional = CampoDeNumero(
        label="Custo operacional", required=False, minimo=ZERO, maximo=MAIOR_VALOR, help_text="Em UCO."
    )
    filme_m2 = CampoDeNumero(label="Filme, em m²", required=False, minimo=ZERO, maximo=MAIOR_MEDIDA)
    numero_de_auxiliares = forms.TypedChoiceField(
        label="Auxiliares",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Sem limite"), *((str(n), str(n)) for n in range(5))],
    )
    porte_anestesico = campo_de_porte("Porte anestésico", "O do anestesista.")
    inicio = CampoDeData(label="Vale a partir de", help_text="O preço de antes acaba na véspera e fica no registro.")
    fim = CampoDeData(label="Até", required=False, help_text="Vazio: até que outro comece.")

    class Meta:
        model = Preco
        fields: ClassVar[list[str]] = [
            *("tabela_tiss", "codigo", "descricao", "valor", "porte", "fracao_do_porte", "custo_operacional"),
            *("filme_m2", "numero_de_auxiliares", "porte_anestesico", "inicio", "fim"),
        ]

    def __init__(self, dados: Any, tabela: TabelaDePreco, **opcoes: Any) -> None:
        super().__init__(dados, **opcoes)
        for nome in _SO_DE_PORTES if tabela.tipo == TabelaDePreco.Tipo.VALORES else _SO_DE_VALORES:
            del self.fields[nome]
        self.fields["inicio"].initial = max(timezone.localdate(), tabela.inicio)

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or {}
        conferir_periodo(self, dados)
        for nome, vazio in _VAZIOS.items():
            if nome in self.fields and dados.get(nome) is None:
                dados[nome] = vazio
        for nome in ("porte", "porte_anestesico"):
            dados[nome] = dados.get(nome, "").upper()
        if "porte" in self.fields and not self.errors and not any(dados[nome] for nome in _DAO_PRECO):
            self.add_error("porte", "Informe o porte, o custo operacional ou o filme: sem eles não há preço.")
        return dados

    def _post_clean(self) -> None:
        """Whether a row may be is said where it is written, with what stands beside it in the table."""


class PorteForm(forms.Form):
    """What a porte is worth."""

    porte = campo_de_porte("Porte", "Como 3C.", obrigatorio=True)
    valor = CampoDeNumero(label="Valor", minimo=ZERO, maximo=MAIOR_VALOR, help_text="Em reais, até 4 casas.")

    def clean_porte(self) -> str:
        return str(self.cleaned_data["porte"]).upper()


class FiltroDeItens(forms.Form):
    """The search over the items of an edition."""

    texto = forms.CharField(
        label="Código ou descrição",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs=_BUSCA),
        help_text="Do começo do código da lista, do TISS ou da TUSS.",
    )


class ProdutoForm(forms.ModelForm):
    """A product of a prestador with its average cost."""

    codigo = forms.CharField(
        label="Código", max_length=20, widget=forms.TextInput(attrs=TEXTO), help_text="O do seu estoque."
    )
    custo_medio = CampoDeNumero(
        label="Custo médio", minimo=ZERO, maximo=MAIOR_VALOR, help_text="Em reais, até 4 casas. Nenhuma operadora o vê."
    )

    class Meta:
        model = Produto
        fields: ClassVar[list[str]] = [
            *("codigo", "descricao", "grupo", "custo_medio", "codigo_tuss", "codigo_brasindice", "codigo_simpro"),
            "ativo",
        ]
        help_texts: ClassVar[dict[str, str]] = {
            "codigo_tuss": "Da tabela 19 ou 20: por ele o item da guia encontra este produto.",
            "codigo_brasindice": "Por ele o produto encontra o seu preço na lista.",
            "codigo_simpro": "Por ele o produto encontra o seu preço na lista.",
            "ativo": "Sem esta marca, o produto não dá preço a nada.",
        }

    def _post_clean(self) -> None:
        """Whether a product may be is said where it is written."""


class FiltroDeProdutos(forms.Form):
    """The search over a prestador's products."""

    texto = forms.CharField(
        label="Código ou descrição", required=False, max_length=60, widget=forms.TextInput(attrs=_BUSCA)
    )
    grupo = forms.ChoiceField(label="Grupo", required=False, choices=[("", "Todos"), *Grupo.choices])
    inativos = forms.BooleanField(label="Também os inativos", required=False)
