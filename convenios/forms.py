"""Forms of the operadora's own settings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms

from convenios.models import ParametrosDaOperadora
from tiss_schemas import catalogo, dominios

MAIOR_CARTEIRA = 20
"""Characters of a card's number in the standard."""
TABELAS = ("22", "20", "19", "18", "00", "90", "98")
"""Tables that an item's code may come from, the most used first."""
TABELAS_COM_NOME = [(tabela, f"{tabela} {dominios.texto('dm_tabela', tabela)}") for tabela in TABELAS]


class CampoDeTamanhos(forms.CharField):
    """Lengths in characters, typed as "15, 17"."""

    def clean(self, value: Any) -> list[int]:
        partes = [parte for parte in re.split(r"[,;\s]+", super().clean(value)) if parte]
        tamanhos = [int(parte) for parte in partes if parte.isascii() and parte.isdigit() and len(parte) <= 2]
        if len(tamanhos) != len(partes) or not all(1 <= tamanho <= MAIOR_CARTEIRA for tamanho in tamanhos):
            raise forms.ValidationError(
                f"Escreva só números de 1 a {MAIOR_CARTEIRA}, separados por vírgula, como em 15, 17."
            )
        return sorted(set(tamanhos))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value


def _numero(rotulo: str, menor: int, maior: int, ajuda: str) -> forms.IntegerField:
    frase = f"Escreva um número inteiro de {menor} a {maior}."
    return forms.IntegerField(
        label=rotulo,
        min_value=menor,
        max_value=maior,
        help_text=ajuda,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": frase, "min_value": frase, "max_value": frase},
    )


class ParametrosForm(forms.ModelForm):
    """What the operadora decides about every file that it receives; each help text says what the setting changes."""

    versoes_aceitas = forms.MultipleChoiceField(
        label="Versões do padrão TISS aceitas",
        widget=forms.CheckboxSelectMultiple,
        help_text="Arquivo em outra versão é recusado inteiro (M05), antes de qualquer outra conferência.",
        error_messages={"required": "Escolha ao menos uma versão: sem nenhuma, nenhum arquivo entraria."},
    )
    maximo_de_guias = _numero(
        "Máximo de guias por lote", 1, 100, "Até 100, o máximo do padrão. Lote com mais guias é recusado (L04)."
    )
    tolerancia_centavos = _numero(
        "Tolerância nas contas, em centavos",
        0,
        100,
        "Diferença por linha até a qual as contas e as somas são aceitas (I15, S01). 0 exige o valor exato.",
    )
    janela_da_transacao_dias = _numero(
        "Idade máxima da transação, em dias",
        1,
        3650,
        "Arquivo com data de registro mais antiga que isso é criticado (M09).",
    )
    tolerancia_hora_minutos = _numero(
        "Tolerância da hora da transação, em minutos",
        0,
        1440,
        "Quanto o relógio da clínica pode estar adiantado antes de a hora ser criticada (M10).",
    )
    tabelas_aceitas = forms.MultipleChoiceField(
        label="Tabelas aceitas nos itens",
        required=False,
        choices=[(tabela, f"{tabela} {dominios.texto('dm_tabela', tabela)}") for tabela in TABELAS],
        widget=forms.CheckboxSelectMultiple,
        help_text="Item com código de outra tabela é criticado (I02). Nenhuma marcada: todas são aceitas.",
    )
    tamanhos_da_carteira = CampoDeTamanhos(
        label="Tamanhos do número da carteira",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Carteira com outro número de caracteres é criticada (B02). Separe por vírgula, como em 15, 17. "
        "Vazio: qualquer tamanho.",
    )

    class Meta:
        model = ParametrosDaOperadora
        fields: ClassVar[list[str]] = [
            "versoes_aceitas",
            "tabelas_aceitas",
            "maximo_de_guias",
            "tamanhos_da_carteira",
            "tolerancia_centavos",
            "janela_da_transacao_dias",
            "tolerancia_hora_minutos",
            "valor_unitario_zero",
            "assinatura_exigida",
            "tabela_38_atual",
        ]
        labels: ClassVar[dict[str, str]] = {
            "valor_unitario_zero": "Aceitar valor unitário zero",
            "assinatura_exigida": "Exigir assinatura digital",
            "tabela_38_atual": "Usar os códigos da Tabela 38 atual em todas as versões",
        }
        help_texts: ClassVar[dict[str, str]] = {
            "valor_unitario_zero": "Sem esta marca, item com valor unitário 0,00 é criticado (I13).",
            "assinatura_exigida": "Com esta marca, arquivo sem assinatura digital válida é recusado.",
            "tabela_38_atual": "Sem esta marca, mensagens anteriores à 4.03.00 recebem os códigos que a versão delas "
            "conhece.",
        }

    def __init__(self, dados: Any, **opcoes: Any) -> None:
        super().__init__(dados, **opcoes)
        escolhas = _versoes(self.instance.versoes_aceitas)
        self.fields["versoes_aceitas"].choices = escolhas  # type: ignore[attr-defined]


def _versoes(aceitas: Iterable[str]) -> list[tuple[str, str]]:
    """Versions that can be judged, and those that are accepted already."""
    instaladas = {versao.numero for versao in catalogo.versoes()}
    return [
        (numero, numero if numero in instaladas else f"{numero} (não instalada: ainda não é conferida)")
        for numero in sorted(instaladas | set(aceitas))
    ]
