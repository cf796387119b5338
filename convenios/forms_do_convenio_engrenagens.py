"""Settings with settings of their own: where a senha is demanded, and the document of each kind of professional."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms

from convenios.forms_do_convenio_campos import Herdado
from convenios.models.camadas import DocumentoDoProfissional
from convenios.palavras_do_convenio import codigo_e_texto, onde_exige_senha, rotulo
from tiss_schemas import dominios
from tiss_schemas.lote_lido import TIPOS_DE_GUIA

SENHA: Final = "exige_senha_em"
DOCUMENTOS: Final = "documentos_por_conselho"
ENGRENAGENS: Final = (SENHA, DOCUMENTOS)
_HERDAR, _NENHUM, _ESTES = "", "nenhum", "estes"
_CODIGOS_DE_ATENDIMENTO: Final = [f"{numero:02}" for numero in range(1, 24)]
_QUEM: Final = ("executante", "solicitante")
_CONSELHOS: Final = tuple(dominios.TEXTOS["dm_conselhoProfissional"])


@dataclass(frozen=True, slots=True)
class LinhaDeConselho:
    """A row of the table of documents: the conselho, and its two controls."""

    conselho: str
    executante: forms.BoundField
    solicitante: forms.BoundField


@dataclass(frozen=True, slots=True)
class GrupoDeLugares:
    """Boxes that stand under one heading."""

    nome: str
    opcoes: Sequence[forms.boundfield.BoundWidget]


def campos_da_engrenagem(herdado: Herdado) -> dict[str, forms.Field]:
    """The controls of one of `ENGRENAGENS`, by name: first what to do with the inherited, then the exceptions."""
    outros = _campos_da_senha() if herdado.nome == SENHA else _campos_dos_documentos()
    return {f"{herdado.nome}_modo": _modo(herdado), **outros}


def inicial_da_engrenagem(nome: str, valor: Any) -> dict[str, Any]:
    """The values of those controls for what is registered; None is inherited."""
    modo = _HERDAR if valor is None else _ESTES if valor else _NENHUM
    if nome == SENHA:
        return {f"{nome}_modo": modo, nome: list(valor or [])}
    documentos = valor or {}
    return {f"{nome}_modo": modo} | {
        _nome(quem, conselho): documento for quem in _QUEM for conselho, documento in documentos.get(quem, {}).items()
    }


def decidido_na_engrenagem(nome: str, limpos: Mapping[str, Any]) -> Any:
    """What was decided: None inherits, empty is nothing in particular."""
    modo = limpos.get(f"{nome}_modo")
    if nome == SENHA:
        return {_ESTES: list(limpos.get(nome) or []), _NENHUM: []}.get(str(modo))
    return {_ESTES: _documentos(limpos), _NENHUM: {}}.get(str(modo))


def falta_na_engrenagem(nome: str, limpos: Mapping[str, Any]) -> str:
    """What is wrong where only some were chosen, and none was; "" where nothing is."""
    if limpos.get(f"{nome}_modo") != _ESTES or decidido_na_engrenagem(nome, limpos):
        return ""
    if nome == SENHA:
        return "Marque ao menos um tipo de guia ou de atendimento, ou escolha “Em todos”."
    return "Escolha o documento de ao menos um conselho, ou “Nenhuma exceção”."


def falta_no_valor(nome: str, valor: Any) -> str:
    """What is wrong in a value of one of `ENGRENAGENS` that came from elsewhere, of the right type; "" for none."""
    if nome == SENHA:
        estranhos = [cada for cada in valor if onde_exige_senha(cada) == cada]
        return f"“{estranhos[0][:40]}” não é tipo de guia nem de atendimento." if estranhos else ""
    if nome == DOCUMENTOS and not _sao_documentos(valor):
        return "Só documentos conhecidos, por conselho, do executante e do solicitante."
    return ""


def linhas_dos_conselhos(form: forms.Form) -> list[LinhaDeConselho]:
    """The table of documents by conselho."""
    return [
        LinhaDeConselho(
            codigo_e_texto("dm_conselhoProfissional", conselho),
            form[_nome("executante", conselho)],
            form[_nome("solicitante", conselho)],
        )
        for conselho in _CONSELHOS
    ]


def grupos_de_lugares(form: forms.Form) -> list[GrupoDeLugares]:
    """The boxes of where a senha is demanded, guides first."""
    caixas = list(form[SENHA])
    guias = len(TIPOS_DE_GUIA)
    return [
        GrupoDeLugares("Tipos de guia", caixas[:guias]),
        GrupoDeLugares("Tipos de atendimento da guia SP/SADT", caixas[guias:]),
    ]


def _modo(herdado: Herdado) -> forms.ChoiceField:
    nenhum, estes = (
        ("Em todos", "Só nos marcados abaixo")
        if herdado.nome == SENHA
        else ("Nenhuma exceção", "Só as exceções abaixo")
    )
    return forms.ChoiceField(
        label=rotulo(herdado.nome),
        required=False,
        choices=[(_HERDAR, f"Herdar: {herdado.em_palavras}"), (_NENHUM, nenhum), (_ESTES, estes)],
    )


def _campos_da_senha() -> dict[str, forms.Field]:
    conhecidos = [codigo for codigo in _CODIGOS_DE_ATENDIMENTO if onde_exige_senha(codigo) != codigo]
    lugares = forms.MultipleChoiceField(
        label="Tipos de guia e de atendimento",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(codigo, onde_exige_senha(codigo)) for codigo in (*TIPOS_DE_GUIA, *conhecidos)],
    )
    return {SENHA: lugares}


def _campos_dos_documentos() -> dict[str, forms.Field]:
    return {_nome(quem, conselho): _documento(quem, conselho) for quem in _QUEM for conselho in _CONSELHOS}


def _documento(quem: str, conselho: str) -> forms.ChoiceField:
    sem_cnpj = [opcao for opcao in DocumentoDoProfissional.choices if opcao[0] != DocumentoDoProfissional.CNPJ]
    return forms.ChoiceField(
        label=f"Documento do {quem}, {codigo_e_texto('dm_conselhoProfissional', conselho)}",
        required=False,
        choices=[("", "O geral"), *(sem_cnpj if quem == "executante" else DocumentoDoProfissional.choices)],
    )


def _documentos(limpos: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    por_quem = {
        quem: {conselho: limpos[nome] for conselho in _CONSELHOS if limpos.get(nome := _nome(quem, conselho))}
        for quem in _QUEM
    }
    return {quem: documentos for quem, documentos in por_quem.items() if documentos}


def _sao_documentos(valor: Mapping[str, Any]) -> bool:
    return set(valor) <= set(_QUEM) and all(
        isinstance(por_conselho, dict)
        and all(c in _CONSELHOS and d in DocumentoDoProfissional.values for c, d in por_conselho.items())
        for por_conselho in valor.values()
    )


def _nome(quem: str, conselho: str) -> str:
    return f"documento_{quem}_{conselho}"
