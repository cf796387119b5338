"""Settings of a convênio as people read them: in forms, in the history, in what an import would change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import models

from conecta.interface.formatos import cnpj, data, quantidade
from convenios.models import Convenio
from convenios.models.camadas import DocumentoDoProfissional, RegrasEmCamadas
from tiss_schemas import dominios
from tiss_schemas.lote_lido import TIPOS_DE_GUIA

LISTAS: Final = {
    "posicao_profissional": "dm_grauPart",
    "tabela_tiss_procedimentos": "dm_tabela",
    "tabela_tiss_taxas": "dm_tabela",
}
"""Settings whose value is a code of one of the standard's lists."""

_EM_CAMADAS: Final = frozenset(campo.name for campo in RegrasEmCamadas._meta.local_fields)
_QUEM: Final = {"executante": "executante", "solicitante": "solicitante"}


def campo_do_convenio(nome: str) -> models.Field[Any, Any]:
    """The model's field of that name."""
    campo = Convenio._meta.get_field(nome)
    if not isinstance(campo, models.Field):
        raise TypeError(f"{nome} is no field of a convênio")
    return campo


def rotulo(nome: str) -> str:
    """The name of a setting on the screens: "exige_senha" → "Exige número de senha"."""
    texto = str(campo_do_convenio(nome).verbose_name)
    return texto[:1].upper() + texto[1:]


def em_camadas(nome: str) -> bool:
    """Whether several layers may decide that setting."""
    return nome in _EM_CAMADAS


def em_palavras(nome: str, valor: Any) -> str:
    """A value of the setting as people read it; "" where it has none (for a layered one: the layer above decides)."""
    if valor is None or valor == "":
        return ""
    if nome in _PROPRIAS:
        return _PROPRIAS[nome](valor)
    campo = campo_do_convenio(nome)
    if isinstance(campo, models.CharField) and campo.choices:
        return str(dict(campo.flatchoices).get(valor, valor))
    if nome in LISTAS:
        return codigo_e_texto(LISTAS[nome], str(valor))
    return _pelo_tipo(valor)


def efetivo_em_palavras(nome: str, valor: Any) -> str:
    """The same for a value that holds: never empty."""
    return em_palavras(nome, valor) or _SEM_VALOR.get(nome, "nada definido")


def codigo_e_texto(lista: str, codigo: str) -> str:
    """A code of one of the standard's lists with what it means: "06 Anestesista"."""
    texto = dominios.texto(lista, codigo)
    return codigo if texto == codigo else f"{codigo} {texto}"


def onde_exige_senha(codigo: str) -> str:
    """Where a senha is demanded, in words: an element of a guide or a code of dm_tipoAtendimento."""
    return TIPOS_DE_GUIA.get(codigo) or codigo_e_texto("dm_tipoAtendimento", codigo)


def documentos_em_palavras(valor: Mapping[str, Mapping[str, str]]) -> str:
    """The exceptions by conselho: "executante CRM – Medicina: CPF"."""
    nomes = dict(DocumentoDoProfissional.choices)
    partes = [
        f"{quem} {dominios.texto('dm_conselhoProfissional', conselho)}: {nomes.get(documento, documento)}"
        for quem in _QUEM
        for conselho, documento in sorted(valor.get(quem, {}).items())
    ]
    return "; ".join(partes) or "nenhuma exceção"


def _pelo_tipo(valor: Any) -> str:
    if isinstance(valor, bool):
        return "Sim" if valor else "Não"
    if isinstance(valor, Decimal):
        return quantidade(valor)
    if isinstance(valor, date):
        return data(valor)
    return str(valor)


def _lugares_da_senha(valor: Sequence[str]) -> str:
    return ", ".join(map(onde_exige_senha, valor)) or "em todos"


def _abertos(valor: Sequence[str]) -> str:
    return ", ".join(rotulo(nome) for nome in valor)


def _cep(valor: str) -> str:
    return f"{valor[:5]}-{valor[5:]}"


_PROPRIAS: Final[dict[str, Callable[[Any], str]]] = {
    "exige_senha_em": _lugares_da_senha,
    "documentos_por_conselho": documentos_em_palavras,
    "abertos": _abertos,
    "cnpj": cnpj,
    "cep": _cep,
}
_SEM_VALOR: Final = {
    "exige_senha_em": "em todos",
    "documentos_por_conselho": "nenhuma exceção",
    "qtd_guia_lote": "100, o máximo do padrão",
    "origem": "qualquer uma",
    "documento_executante": "qualquer um",
    "documento_solicitante": "qualquer um",
}
"""What it means that a setting has no value."""
