"""What changed in a convênio: written by whoever changes it, read as its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Max

from conecta.contas.models import Organizacao, Usuario
from convenios.models import Convenio, MudancaDeConvenio
from convenios.palavras_do_convenio import em_camadas, em_palavras, rotulo

CADASTRO: Final = "convenio"
LOGO: Final = "logo"
PLANOS: Final = "planos"
VERSOES: Final = "versoes"
_SEM_CAMPO: Final = {CADASTRO: "Convênio", LOGO: "Logo", PLANOS: "Planos", VERSOES: "Versões aceitas"}
"""What changes that is no field of the convênio."""


@dataclass(frozen=True, slots=True)
class Mudanca:
    """One setting before and after, as people read it; "" is empty."""

    campo: str
    antes: str
    depois: str


def nome_do_campo(campo: str) -> str:
    """How the history names what changed."""
    return _SEM_CAMPO.get(campo) or rotulo(campo)


def diferencas(antes: Mapping[str, Any], depois: Mapping[str, Any]) -> list[Mudanca]:
    """What differs between two values of the same settings, in the order of `depois`."""
    return [
        Mudanca(nome, _na_historia(nome, antes[nome]), _na_historia(nome, valor))
        for nome, valor in depois.items()
        if antes[nome] != valor
    ]


def o_que_mudou(mudancas: Sequence[Mudanca], devolvido: str) -> str:
    """What a screen says of settings that were saved; `devolvido` is the one that was given back to the layer above."""
    if not mudancas:
        return "Nada mudou: estava tudo como você deixou."
    if [mudanca.campo for mudanca in mudancas] == [devolvido]:
        return f"{rotulo(devolvido)} voltou ao herdado. Vale para os arquivos conferidos a partir de agora."
    nomes = ", ".join(nome_do_campo(mudanca.campo) for mudanca in mudancas[:3])
    outros = f" e mais {len(mudancas) - 3}" if len(mudancas) > 3 else ""
    return f"Salvo: {nomes}{outros}. Vale para os arquivos conferidos a partir de agora."


def registrar(
    convenio: Convenio, mudancas: Iterable[Mudanca], *, por: Usuario, prestador: Organizacao | None = None
) -> None:
    """Keep the changes. `prestador`: they hold only between the convênio and that prestador."""
    MudancaDeConvenio.objects.bulk_create(
        MudancaDeConvenio(
            operadora_id=convenio.operadora_id,
            prestador=prestador,
            convenio=convenio,
            campo=mudanca.campo,
            antes=mudanca.antes,
            depois=mudanca.depois,
            quem=por,
            quem_nome=por.nome,
        )
        for mudanca in mudancas
    )


def ultima(convenio: Convenio) -> int:
    """Id of the convênio's latest change: who saves says by it which state they looked at. 0 while there is none."""
    do_convenio = MudancaDeConvenio.objects.filter(convenio=convenio, prestador=None)
    return do_convenio.aggregate(ultima=Max("pk"))["ultima"] or 0


def _na_historia(nome: str, valor: Any) -> str:
    if em_camadas(nome) and valor is None:
        return "herdado"
    return em_palavras(nome, valor) or ("em branco" if em_camadas(nome) else "")
