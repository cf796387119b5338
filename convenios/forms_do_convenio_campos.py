"""The control of a setting that several layers may decide: it decides, or leaves it to the layer above."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django import forms
from django.core.validators import BaseValidator, MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

from conecta.interface.formatos import quantidade
from convenios.camadas import Camada
from convenios.forms import TABELAS
from convenios.models.camadas import DocumentoDoProfissional, RegrasEmCamadas
from convenios.palavras_do_convenio import LISTAS, codigo_e_texto, efetivo_em_palavras, rotulo
from convenios.regras import Regras
from tiss_schemas import catalogo, dominios

EM_BRANCO: Final = "-"
"""Choice of a list that decides for no value at all, where the layer above has one."""
_TEXTO_LONGO: Final = 150
_PADRAO: Final = Regras()


@dataclass(frozen=True, slots=True)
class Herdado:
    """What holds of a setting where this layer decides nothing: the value, and who decided it."""

    nome: str
    valor: Any
    camada: Camada

    @property
    def em_palavras(self) -> str:
        """As in "Sim (operadora)"."""
        return f"{efetivo_em_palavras(self.nome, self.valor)} ({self.camada})"


class CampoDeDecimal(forms.Field):
    """A number typed as in Brazil, "1.234,5" or "12,5", from 0 to `maior`; None where it is left empty."""

    def __init__(self, *, casas: int, maior: Decimal, **opcoes: Any) -> None:
        self.casas = casas
        self.maior = maior
        atributos = {"inputmode": "decimal", "autocomplete": "off", "maxlength": "20"}
        super().__init__(widget=forms.TextInput(attrs=atributos), **opcoes)

    def to_python(self, value: Any) -> Any:
        texto = str(value or "").strip()
        if not texto:
            return None
        numero = _decimal(texto)
        if numero is None or not 0 <= numero <= self.maior or -int(numero.as_tuple().exponent) > self.casas:
            raise forms.ValidationError(
                f"“{texto}” não serve aqui. Escreva um número de 0 a {quantidade(self.maior)}, com até {self.casas} "
                "casas depois da vírgula, como 12,5."
            )
        return numero

    def prepare_value(self, value: Any) -> Any:
        return quantidade(value).replace(".", "") if isinstance(value, Decimal) else value


class EscolhaComValor(forms.Select):
    """A list whose options say in `data-vale` which value would hold: the first one, the inherited value."""

    herdado: str = ""

    def create_option(self, name: str, value: Any, *args: Any, **opcoes: Any) -> dict[str, Any]:
        opcao: dict[str, Any] = super().create_option(name, value, *args, **opcoes)
        opcao["attrs"]["data-vale"] = str(value) or self.herdado
        return opcao


class EscolhaEmCamadas(forms.TypedChoiceField):
    """Inherit, no value at all where that says something, or one of the choices."""

    def __init__(self, herdado: Herdado, opcoes: list[tuple[str, str]], **comuns: Any) -> None:
        super().__init__(
            choices=[("", f"Herdar: {herdado.em_palavras}"), *opcoes],
            coerce=_lido,
            empty_value=None,
            widget=EscolhaComValor,
            **comuns,
        )
        self.widget.herdado = str(herdado.valor)


def campo_de(herdado: Herdado) -> forms.Field:
    """The control of a setting. Its value is None where the layer above decides."""
    modelo = modelo_de(herdado.nome)
    comuns: dict[str, Any] = {"label": rotulo(herdado.nome), "help_text": modelo.help_text, "required": False}
    if opcoes := _opcoes(herdado.nome, modelo):
        return EscolhaEmCamadas(herdado, opcoes, **comuns)
    if isinstance(modelo, models.DecimalField):
        return CampoDeDecimal(casas=modelo.decimal_places, maior=_maior(modelo), **comuns)
    if isinstance(modelo, models.PositiveSmallIntegerField):
        return _inteiro(modelo, comuns)
    return _texto(modelo, comuns)


def inicial_de(campo: forms.Field, atual: Any) -> Any:
    """What the control shows of a registered value: of a list, empty on purpose is a choice of its own."""
    return EM_BRANCO if atual == "" and isinstance(campo, EscolhaEmCamadas) else atual


def aceita_em_branco(herdado: Herdado, atual: Any) -> bool:
    """Whether "leave it empty here" is asked in a box of its own: for texts, where something would be inherited."""
    modelo = modelo_de(herdado.nome)
    e_texto = isinstance(modelo, models.CharField) and not _opcoes(herdado.nome, modelo)
    return e_texto and (bool(herdado.valor) or atual == "")


def modelo_de(nome: str) -> models.Field[Any, Any]:
    """The model's field of a layered setting."""
    return next(campo for campo in RegrasEmCamadas._meta.local_fields if campo.name == nome)


def _opcoes(nome: str, modelo: models.Field[Any, Any]) -> list[tuple[str, str]]:
    if isinstance(modelo, models.BooleanField):
        return [("True", "Sim"), ("False", "Não")]
    opcoes = _da_lista(nome) or [(str(valor), str(texto)) for valor, texto in modelo.flatchoices]
    if nome == "documento_executante":
        opcoes = [opcao for opcao in opcoes if opcao[0] != DocumentoDoProfissional.CNPJ]
    if opcoes and getattr(_PADRAO, nome) == "":
        opcoes.insert(0, (EM_BRANCO, efetivo_em_palavras(nome, "").capitalize()))
    return opcoes


def _da_lista(nome: str) -> list[tuple[str, str]]:
    if nome == "versao_padrao":
        return [(versao.numero, versao.numero) for versao in catalogo.versoes()]
    lista = LISTAS.get(nome)
    if lista is None:
        return []
    codigos = TABELAS if lista == "dm_tabela" else sorted(dominios.TEXTOS[lista])
    return [(codigo, codigo_e_texto(lista, codigo)) for codigo in codigos]


def _inteiro(modelo: models.Field[Any, Any], comuns: dict[str, Any]) -> forms.Field:
    menor, maior = (_limite(modelo, tipo) for tipo in (MinValueValidator, MaxValueValidator))
    frase = f"Escreva um número inteiro de {menor} a {maior}."
    return forms.IntegerField(
        min_value=menor,
        max_value=maior,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": frase, "min_value": frase, "max_value": frase},
        **comuns,
    )


def _texto(modelo: models.Field[Any, Any], comuns: dict[str, Any]) -> forms.Field:
    tamanho = modelo.max_length or 0
    return forms.CharField(
        max_length=tamanho,
        empty_value=None,
        validators=[validador for validador in modelo.validators if isinstance(validador, RegexValidator)],
        widget=forms.Textarea(attrs={"rows": 2}) if tamanho > _TEXTO_LONGO else forms.TextInput,
        **comuns,
    )


def _limite(modelo: models.Field[Any, Any], tipo: type[BaseValidator]) -> Any:
    return next((validador.limit_value for validador in modelo.validators if isinstance(validador, tipo)), None)


def _maior(modelo: models.DecimalField[Any, Any]) -> Decimal:
    """The largest that may be agreed, else that fits the column."""
    acordado: Decimal | None = _limite(modelo, MaxValueValidator)
    return Decimal(10) ** (modelo.max_digits - modelo.decimal_places) - 1 if acordado is None else acordado


def _lido(valor: str) -> Any:
    return {EM_BRANCO: "", "True": True, "False": False}.get(valor, valor)


def _decimal(texto: str) -> Decimal | None:
    limpo = texto.replace(".", "").replace(",", ".") if "," in texto else texto
    try:
        numero = Decimal(limpo) if limpo.isascii() and "_" not in limpo else None
    except InvalidOperation:
        return None
    return numero if numero is not None and numero.is_finite() else None
