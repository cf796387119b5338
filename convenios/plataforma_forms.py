"""Forms of the platform's own screens."""

from __future__ import annotations

from django import forms

from convenios.terminologia_tabelas import DO_PADRAO, rotulo


class EdicaoForm(forms.Form):
    """What is asked of a spreadsheet of ANS."""

    tabela = forms.ChoiceField(
        label="Tabela",
        choices=[("", "Escolha a tabela"), *((tabela, rotulo(tabela)) for tabela in DO_PADRAO)],
        help_text="Uma planilha da ANS por tabela.",
    )
    rotulo = forms.CharField(
        label="Edição",
        max_length=60,
        help_text="Como a ANS a chama, por exemplo 202611. Aparece na página de cada código.",
    )
    completa = forms.BooleanField(
        label="O arquivo é a tabela inteira",
        required=False,
        help_text="Marque para encerrar hoje os códigos que não estão nele. Sem a marca, eles ficam como estão.",
    )
