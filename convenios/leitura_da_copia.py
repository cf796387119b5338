"""Reading the file of a convênio, whatever it holds: values to register, and every problem with its place."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models

from conecta.contas.models import Organizacao
from convenios.forms_do_convenio import ConvenioForm
from convenios.forms_do_convenio_engrenagens import falta_no_valor
from convenios.logo_do_convenio import Logo, LogoRecusado, ler_logo
from convenios.models import CoberturaDoPlano, Convenio, Plano
from convenios.palavras_do_convenio import LISTAS, campo_do_convenio, em_camadas, rotulo
from convenios.partes import partes
from tiss_schemas import dominios

MAIOR_COPIA: Final = 1024 * 1024
"""Bytes of a file that is read."""
FORMATO: Final = "conecta.convenio/1"
_DO_SISTEMA: Final = frozenset({"id", "operadora", "codigo", "principal", "ativo", "criado_em"})
CAMPOS: Final = tuple(campo.name for campo in Convenio._meta.concrete_fields if campo.name not in _DO_SISTEMA)
"""Everything of a convênio that goes along: all but what the operadora's own register gives it."""
DO_PLANO: Final = ("codigo", "nome", "segmentacoes", "inicio", "fim", "ativo")
DA_COBERTURA: Final = ("tabela", "prefixo", "coberto", "carencia_dias")
_SECOES: Final = ("formato", "convenio", "logo", "planos", "partes")
_MAIS_PLANOS: Final = 2_000
_TIPOS: Final[dict[type[models.Field[Any, Any]], tuple[type, ...]]] = {
    models.BooleanField: (bool,),
    models.IntegerField: (int,),
    models.DecimalField: (str, int),
    models.JSONField: (dict,),
}
"""What JSON has to hold for a field; text for all others, and a list for lists."""


@dataclass(frozen=True, slots=True)
class Problema:
    """What is wrong, and where in the file."""

    onde: str
    frase: str


@dataclass(slots=True)
class ConvenioLido:
    """What a file says. Only without `problemas` may it be registered."""

    valores: dict[str, Any] = field(default_factory=dict)
    logo: Logo | None = None
    planos: list[dict[str, Any]] = field(default_factory=list)
    partes: dict[str, Any] = field(default_factory=dict)
    problemas: list[Problema] = field(default_factory=list)

    def recusar(self, onde: str, frase: str) -> None:
        """Note a problem."""
        self.problemas.append(Problema(onde, frase))


def ler_copia(dados: bytes, operadora: Organizacao, convenio: Convenio | None = None) -> ConvenioLido:
    """Read a file made for another or for this operadora. Never raises for what it holds.

    `convenio` is the one that its values are for; None for a new one.
    """
    lido = ConvenioLido()
    inteiro = _json(dados, lido)
    if not isinstance(inteiro, dict):
        return lido
    if inteiro.get("formato") != FORMATO:
        lido.recusar("formato", f"O arquivo não diz ser {FORMATO}. Exporte o convênio de novo, por este Conecta.")
        return lido
    _recusar_desconhecidos(lido, "arquivo", inteiro, _SECOES)
    _ler_valores(lido, inteiro.get("convenio"))
    _ler_logo(lido, inteiro.get("logo"))
    _ler_planos(lido, inteiro.get("planos", []), operadora, convenio)
    _ler_partes(lido, inteiro.get("partes", {}), operadora)
    return lido


def _json(dados: bytes, lido: ConvenioLido) -> Any:
    if len(dados) > MAIOR_COPIA:
        lido.recusar("arquivo", "O arquivo passa de 1 MB, o limite de um convênio.")
        return None
    try:
        inteiro = json.loads(dados, parse_float=str, parse_constant=str)
        escrito = json.dumps(inteiro, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        lido.recusar(
            "arquivo", "O arquivo não é JSON que se possa ler. Exporte o convênio de novo e não o edite à mão."
        )
        return None
    if not isinstance(inteiro, dict):
        lido.recusar("arquivo", "O arquivo não tem um convênio dentro.")
    if b"\\u0000" in escrito:
        lido.recusar("arquivo", "Há no arquivo um caractere nulo, que nenhum texto tem. Exporte o convênio de novo.")
        return None
    return inteiro


def _recusar_desconhecidos(lido: ConvenioLido, onde: str, valores: Mapping[str, Any], conhecidos: Any) -> None:
    for nome in sorted(set(valores) - set(conhecidos)):
        lido.recusar(f"{onde}: {nome[:60]}", "Este campo não existe. Tire-o do arquivo, ou confira como se escreve.")


def _ler_valores(lido: ConvenioLido, valores: Any) -> None:
    if not isinstance(valores, dict):
        lido.recusar("convenio", "Falta o cadastro do convênio.")
        return
    _recusar_desconhecidos(lido, "convenio", valores, CAMPOS)
    for nome in CAMPOS:
        if nome not in valores:
            lido.recusar(f"convenio: {nome}", f"Falta o campo {rotulo(nome)}.")
            continue
        try:
            lido.valores[nome] = _valor(nome, valores[nome])
        except ValidationError as erro:
            lido.recusar(f"convenio: {nome}", f"{rotulo(nome)}: {' '.join(erro.messages)}")
    _conferir_periodo(lido, "convenio: vencimento", lido.valores.get("inicio"), lido.valores.get("vencimento"))


def _valor(nome: str, valor: Any) -> Any:
    campo = campo_do_convenio(nome)
    if em_camadas(nome):
        return _em_camadas(nome, campo, valor)
    if nome == "abertos":
        return _abertos(valor)
    if valor is not None and not isinstance(valor, str):
        raise ValidationError("O valor tem de ser um texto.")
    return ConvenioForm.base_fields[nome].clean(valor or "")


def _em_camadas(nome: str, campo: Any, valor: Any) -> Any:
    if valor is None:
        return None
    _conferir_tipo(campo, valor)
    if frase := falta_no_valor(nome, valor):
        raise ValidationError(frase)
    if nome in LISTAS and valor and dominios.texto(LISTAS[nome], valor) == valor:
        raise ValidationError(f"“{valor}” não está na tabela do padrão.")
    return campo.clean(valor, None)


def _conferir_tipo(campo: Any, valor: Any) -> None:
    tipos = next((tipos for modelo, tipos in _TIPOS.items() if isinstance(campo, modelo)), (str,))
    if campo.get_internal_type() == "ArrayField" or hasattr(campo, "base_field"):
        certo = isinstance(valor, list) and all(isinstance(cada, str) for cada in valor)
    else:
        certo = isinstance(valor, tipos) and isinstance(valor, bool) == (bool in tipos)
    if not certo:
        raise ValidationError("O valor não é do tipo que este campo tem.")


def _abertos(valor: Any) -> list[str]:
    if not isinstance(valor, list) or not all(isinstance(nome, str) and em_camadas(nome) for nome in valor):
        raise ValidationError("Só nomes de configurações que o prestador possa decidir.")
    return sorted(set(valor))


def _conferir_periodo(lido: ConvenioLido, onde: str, inicio: date | None, fim: date | None) -> None:
    if inicio and fim and fim < inicio:
        lido.recusar(onde, "O fim é anterior ao início.")


def _ler_logo(lido: ConvenioLido, valor: Any) -> None:
    if valor is None:
        return
    try:
        lido.logo = ler_logo(base64.b64decode(valor, validate=True))
    except (binascii.Error, TypeError, ValueError):
        lido.recusar("logo", "O logo não está escrito em base 64.")
    except LogoRecusado as recusa:
        lido.recusar("logo", recusa.frase)


def _ler_planos(lido: ConvenioLido, planos: Any, operadora: Organizacao, convenio: Convenio | None) -> None:
    if not isinstance(planos, list) or len(planos) > _MAIS_PLANOS:
        lido.recusar("planos", f"Tem de ser uma lista de até {_MAIS_PLANOS} planos.")
        return
    alheios = dict(
        Plano.objects.filter(operadora=operadora).exclude(convenio=convenio).values_list("codigo", "convenio__nome")
    )
    vistos: set[str] = set()
    for numero, plano in enumerate(planos, start=1):
        onde = f"planos, {numero}º"
        lidos = _linha(lido, onde, plano, Plano, DO_PLANO)
        codigo = lidos.get("codigo", "")
        if codigo in alheios:
            lido.recusar(onde, f"O plano {codigo} já é do convênio {alheios[codigo]}, e só pode ser de um.")
        if codigo in vistos:
            lido.recusar(onde, f"O plano {codigo} está duas vezes no arquivo.")
        vistos.add(codigo)
        _conferir_periodo(lido, onde, lidos.get("inicio"), lidos.get("fim"))
        coberturas = plano.get("coberturas", []) if isinstance(plano, dict) else []
        lido.planos.append(lidos | {"coberturas": _coberturas(lido, onde, coberturas)})


def _coberturas(lido: ConvenioLido, onde: str, coberturas: Any) -> list[dict[str, Any]]:
    if not isinstance(coberturas, list):
        lido.recusar(onde, "As coberturas têm de ser uma lista.")
        return []
    lidas = [
        _linha(lido, f"{onde}, {numero}ª cobertura", linha, CoberturaDoPlano, DA_COBERTURA)
        for numero, linha in enumerate(coberturas, start=1)
    ]
    pares = [(linha.get("tabela"), linha.get("prefixo")) for linha in lidas]
    if len(set(pares)) != len(pares):
        lido.recusar(onde, "A mesma tabela e o mesmo começo de código aparecem em duas coberturas.")
    return lidas


def _linha(
    lido: ConvenioLido, onde: str, linha: Any, modelo: type[models.Model], campos: tuple[str, ...]
) -> dict[str, Any]:
    """The values of a row, by the model's own fields; problems are noted with their place."""
    if not isinstance(linha, dict):
        lido.recusar(onde, "Não é um registro com campos.")
        return {}
    _recusar_desconhecidos(lido, onde, linha, {*campos, *(("coberturas",) if modelo is Plano else ())})
    valores: dict[str, Any] = {}
    for nome in campos:
        campo: Any = modelo._meta.get_field(nome)
        try:
            if linha.get(nome) is not None:
                _conferir_tipo(campo, linha[nome])
            valores[nome] = campo.clean(linha.get(nome, campo.get_default()), None)
        except ValidationError as erro:
            lido.recusar(f"{onde}: {nome}", " ".join(erro.messages))
    return valores


def _ler_partes(lido: ConvenioLido, valores: Any, operadora: Organizacao) -> None:
    if not isinstance(valores, dict):
        lido.recusar("partes", "Tem de ser um registro com uma parte em cada campo.")
        return
    _recusar_desconhecidos(lido, "partes", valores, partes())
    for nome, parte in partes().items():
        if nome in valores:
            for frase in parte.conferir(operadora, valores[nome]):
                lido.recusar(f"partes: {parte.rotulo}", frase)
            lido.partes[nome] = valores[nome]
