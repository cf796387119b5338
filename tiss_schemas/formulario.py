"""From the description of a field to a Django form field with the right control, and between its value and the XML.

The one module of the engine that knows Django's forms. What a control accepts is what the XSD accepts, because the
XSD's own type has the last word.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from tiss_schemas.campos import Campo, TipoDeCampo

_FORMATOS_DE_DATA: Final = ("%d/%m/%Y", "%d%m%Y", "%Y-%m-%d")
_FORMATOS_DE_HORA: Final = ("%H:%M:%S", "%H:%M", "%H%M", "%H%M%S")
_DECIMAL_XML: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_MAIOR_NUMERO: Final = 24
"""No number of the standard is longer, and Decimal keeps 28 digits."""
_DINHEIRO: Final = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?", re.ASCII)
_COM_PONTO: Final = re.compile(r"-?\d+\.\d+", re.ASCII)
_PONTUACAO: Final = re.compile(r"[\s./-]")
_PADRAO_SEM_PONTUACAO: Final = re.compile(r"(\[[A-Za-z0-9-]+\]\{\d+\})+")
_OBRIGATORIO: Final = "Preencha este campo."
_ESCOLHIDO: Final = mark_safe(" selected")


class CampoDecimal(forms.Field):
    """A number typed as in Brazil: "1.234,56", "1234,56" or "1234.56"; shown as "1.234,56". Cleans to Decimal."""

    def __init__(self, *, decimais: int | None, **kwargs: Any) -> None:
        self.decimais = decimais
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        """The number typed; ValidationError where it is none."""
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal):
            return value
        return _decimal_digitado(str(value))

    def prepare_value(self, value: Any) -> Any:
        """Numbers as people write them; what is no number stays as it was typed."""
        return _decimal_escrito(value, self.decimais) if isinstance(value, Decimal) else value


class CampoDeCodigo(forms.CharField):
    """A code, typed with or without its mask ("07.906.129/0001-03"). Cleans to the bare characters."""

    def to_python(self, value: Any) -> str:
        """The characters that the XML holds: no punctuation, capital letters."""
        return _PONTUACAO.sub("", super().to_python(value) or "").upper()


class Escolha(forms.Select):
    """A select whose options are written in one go: a template for each of 170 takes ten times as long."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The control with its options; what is chosen is marked as Django marks it."""
        escolhidos = set(self.format_value(value))
        opcoes = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((str(codigo), _ESCOLHIDO if str(codigo) in escolhidos else "", texto) for codigo, texto in self.choices),
        )
        atributos = flatatt({"name": name} | self.build_attrs(self.attrs, attrs))
        return format_html("<select{}>{}</select>", atributos, opcoes)


def campo_de_formulario(campo: Campo) -> forms.Field:
    """The Django form field for `campo`: its control, label, help and the limits of the XSD.

    ValueError for a group, which has no value of its own.
    """
    comum: dict[str, Any] = {
        "label": campo.rotulo,
        "required": campo.obrigatorio or bool(campo.alternativas),
        "help_text": ajuda(campo),
        "error_messages": {"required": _OBRIGATORIO},
    }
    criado = _criar(campo, comum)
    criado.validators = [*criado.validators, lambda valor: _conferir(campo, valor)]
    return criado


def ajuda(campo: Campo) -> str:
    """What the field takes, in a few words, as "dd/mm/aaaa" or "até 20 caracteres"; empty where nothing is to say."""
    match campo.tipo:
        case TipoDeCampo.DATA:
            return "dd/mm/aaaa"
        case TipoDeCampo.HORA:
            return "hh:mm ou hh:mm:ss"
        case TipoDeCampo.INTEIRO:
            return f"número inteiro de até {campo.digitos} dígitos" if campo.digitos else "número inteiro"
        case TipoDeCampo.DECIMAL if campo.digitos and campo.decimais is not None:
            return f"até {campo.digitos - campo.decimais} dígitos antes da vírgula e {campo.decimais} depois"
        case TipoDeCampo.TEXTO if campo.tamanho_max:
            return _ajuda_do_tamanho(campo)
        case _:
            return ""


def para_xml(campo: Campo, valor: object) -> str:
    """The text that the XML holds for a cleaned `valor`: ISO dates, decimal point, at least two places for money."""
    if isinstance(valor, datetime):
        raise TypeError("um campo do TISS guarda data ou hora, nunca as duas")
    if isinstance(valor, date):
        return valor.isoformat()
    if isinstance(valor, time):
        return valor.isoformat(timespec="seconds")
    if isinstance(valor, Decimal):
        return _decimal_para_xml(valor, campo.decimais)
    return "" if valor is None else str(valor)


def de_xml(campo: Campo, texto: str | None) -> object:
    """The initial value of the control for the `texto` found in the XML; what cannot be read is shown as it is."""
    bruto = (texto or "").strip()
    try:
        match campo.tipo:
            case TipoDeCampo.DATA:
                return date.fromisoformat(bruto)
            case TipoDeCampo.HORA:
                return time.fromisoformat(bruto)
            case TipoDeCampo.DECIMAL:
                return _decimal_lido(bruto)
    except (ValueError, InvalidOperation):
        return bruto
    return bruto


def _criar(campo: Campo, comum: dict[str, Any]) -> forms.Field:
    match campo.tipo:
        case TipoDeCampo.GRUPO:
            raise ValueError(f"{campo.nome_xml} é um grupo e não tem valor próprio")
        case TipoDeCampo.LISTA:
            return _lista(campo, comum)
        case TipoDeCampo.DATA:
            return _data(comum)
        case TipoDeCampo.HORA:
            return _hora(comum)
        case TipoDeCampo.DECIMAL:
            entrada = forms.TextInput(attrs={"inputmode": "decimal", "data-controle": "decimal"})
            return CampoDecimal(decimais=campo.decimais, widget=entrada, **comum)
        case TipoDeCampo.INTEIRO:
            entrada = forms.TextInput(attrs={"inputmode": "numeric", "data-controle": "inteiro"})
            return forms.CharField(max_length=campo.digitos, widget=entrada, **comum)
        case TipoDeCampo.BASE64:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}), **comum)
        case _:
            return _texto(campo, comum)


def _lista(campo: Campo, comum: dict[str, Any]) -> forms.Field:
    opcoes = [(codigo, codigo if texto == codigo else f"{codigo} – {texto}") for codigo, texto in campo.opcoes]
    comum["error_messages"] |= {"invalid_choice": "O código “%(value)s” não está na lista. Escolha um dos que estão."}
    return forms.ChoiceField(choices=[("", "Escolha"), *opcoes], widget=Escolha, **comum)


def _data(comum: dict[str, Any]) -> forms.Field:
    comum["error_messages"] |= {"invalid": "Esta data não existe. Escreva dia, mês e ano, como em 27/11/2026."}
    entrada = forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "data-controle": "data"})
    return forms.DateField(input_formats=_FORMATOS_DE_DATA, widget=entrada, **comum)


def _hora(comum: dict[str, Any]) -> forms.Field:
    comum["error_messages"] |= {"invalid": "Esta hora não existe. Escreva hora e minutos, como em 08:30."}
    entrada = forms.TimeInput(format="%H:%M:%S", attrs={"inputmode": "numeric", "data-controle": "hora"})
    return forms.TimeField(input_formats=_FORMATOS_DE_HORA, widget=entrada, **comum)


def _texto(campo: Campo, comum: dict[str, Any]) -> forms.Field:
    if campo.padrao and _PADRAO_SEM_PONTUACAO.fullmatch(campo.padrao):
        so_digitos = "A-Z" not in campo.padrao
        atributos = {"inputmode": "numeric" if so_digitos else "text", "data-controle": "codigo"}
        return CampoDeCodigo(widget=forms.TextInput(attrs=atributos), **comum)
    longo = (campo.tamanho_max or 0) > 150
    entrada = forms.Textarea(attrs={"rows": 4}) if longo else forms.TextInput()
    return forms.CharField(max_length=campo.tamanho_max, min_length=campo.tamanho_min, widget=entrada, **comum)


def _ajuda_do_tamanho(campo: Campo) -> str:
    unidade = "dígitos" if campo.padrao and campo.padrao.startswith("[0-9]") else "caracteres"
    if campo.tamanho_min == campo.tamanho_max:
        return f"{campo.tamanho_max} {unidade}"
    return f"até {campo.tamanho_max} {unidade}"


def _conferir(campo: Campo, valor: object) -> None:
    """ValidationError with a sentence where the XSD of the version would refuse the value."""
    texto = para_xml(campo, valor)
    if campo.aceita(texto):
        return
    limites = ajuda(campo)
    esperado = f" Este campo aceita {limites}." if limites else " Confira o que foi digitado."
    raise ValidationError(f"O padrão TISS não aceita “{texto}” em {campo.rotulo}.{esperado}", code="xsd")


def _decimal_lido(texto: str) -> Decimal:
    """The number in the XML; InvalidOperation for what no field of money or quantity could hold."""
    if len(texto) > _MAIOR_NUMERO or not _DECIMAL_XML.fullmatch(texto):
        raise InvalidOperation(texto)
    return Decimal(texto)


def _decimal_digitado(texto: str) -> Decimal:
    limpo = texto.strip().removeprefix("R$").strip()
    if len(limpo) <= _MAIOR_NUMERO and _DINHEIRO.fullmatch(limpo):
        return Decimal(limpo.replace(".", "").replace(",", "."))
    if len(limpo) <= _MAIOR_NUMERO and _COM_PONTO.fullmatch(limpo):
        return Decimal(limpo)
    raise ValidationError(f"“{texto}” não é um número. Escreva como em 1.234,56.", code="invalid")


def _decimal_escrito(valor: Decimal, decimais: int | None) -> str:
    texto = f"{_com_casas(valor, decimais):,f}"
    return texto.translate(str.maketrans(",.", ".,"))


def _decimal_para_xml(valor: Decimal, decimais: int | None) -> str:
    return f"{_com_casas(valor, decimais):f}"


def _com_casas(valor: Decimal, decimais: int | None) -> Decimal:
    """`valor` with at least the two places of money; more places than the field has are kept, for the XSD to refuse."""
    casas = max(min(2, decimais or 0), -int(valor.as_tuple().exponent))
    return valor.quantize(Decimal(1).scaleb(-casas))
