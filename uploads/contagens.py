"""Counting what a verdict found, by rule and field, for prestador and operadora to learn from: never a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils import timezone

from conecta.copia import Valor, inserir
from tiss_schemas import campos, catalogo
from tiss_schemas.achados import Achado
from tiss_schemas.lote_lido import TIPOS_DE_GUIA
from uploads.caminhos import ate_a_guia, sem_posicoes
from uploads.models import Arquivo, Contagem
from uploads.veredito import Veredito

_COLUNAS = (
    "prestador_id",
    "operadora_id",
    "arquivo_id",
    "versao",
    "regra",
    "campo",
    "observada",
    "codigo",
    "severidade",
    "quantidade",
    "guias",
    "importado",
    "julgado_em",
)


@dataclass(slots=True)
class _Grupo:
    """Findings of one rule in one field."""

    exemplo: Achado
    quantidade: int = 0
    guias: set[str] = field(default_factory=set)


def contar(arquivo: Arquivo, veredito: Veredito, *, importado: bool) -> None:
    """Write down what the first verdict on the file's current version found; a later verdict on it adds nothing.

    A version is judged again only if its first verdict found what stops it, and of that the prestador sees the row.
    """
    if not veredito.achados and not veredito.observados:
        return
    if Contagem.objects.filter(arquivo=arquivo, versao=arquivo.versao_atual).exists():
        return
    inserir(Contagem._meta.db_table, _COLUNAS, _linhas(arquivo, veredito, importado=importado))


def _linhas(arquivo: Arquivo, veredito: Veredito, *, importado: bool) -> Iterator[tuple[Valor, ...]]:
    agora = timezone.now()
    versao = veredito.documento.versao if veredito.documento else None
    for observada, achados in ((False, veredito.achados), (True, veredito.observados)):
        for (regra, campo), grupo in _agrupados(achados, versao).items():
            yield (
                arquivo.prestador_id,
                arquivo.operadora_id,
                arquivo.pk,
                arquivo.versao_atual,
                regra,
                campo,
                observada,
                grupo.exemplo.codigo,
                grupo.exemplo.severidade.value,
                grupo.quantidade,
                len(grupo.guias),
                importado,
                agora,
            )


def _agrupados(achados: tuple[Achado, ...], versao: str | None) -> dict[tuple[str, str], _Grupo]:
    grupos: dict[tuple[str, str], _Grupo] = {}
    conhecidos: dict[str, str] = {}
    for achado in achados:
        caminho = sem_posicoes(achado.caminho)
        if caminho not in conhecidos:
            conhecidos[caminho] = campo_conhecido(caminho, versao)
        grupo = grupos.setdefault((achado.regra, conhecidos[caminho]), _Grupo(achado))
        grupo.quantidade += 1
        if guia := ate_a_guia(achado.caminho)[0]:
            grupo.guias.add(guia)
    return grupos


def campo_conhecido(caminho: str, versao: str | None) -> str:
    """The field at an absolute path, as element names from the root down; "" for the file as a whole.

    Of names that the standard does not have, which may be anything that somebody typed, the known parent stands.
    """
    passos = caminho.strip("/").split("/")
    while passos and passos != [""]:
        if _descrito("/" + "/".join(passos), versao) is not None:
            return "/".join(passo.removeprefix("ans:") for passo in passos)
        passos.pop()
    return ""


def nome_do_campo(campo: str) -> str:
    """The field in the words of the printed form, as "Cobrança SP/SADT, 36 Data"; "Arquivo" for the whole."""
    if not campo:
        return "Arquivo"
    passos = campo.split("/")
    descrito = _descrito("".join(f"/ans:{passo}" for passo in passos), None)
    rotulo = passos[-1] if descrito is None else descrito.rotulo
    if descrito is not None and descrito.numero:
        rotulo = f"{descrito.numero} {rotulo}"
    guia = next((TIPOS_DE_GUIA[passo] for passo in passos if passo in TIPOS_DE_GUIA), "")
    return f"{guia}, {rotulo}" if guia and passos[-1] not in TIPOS_DE_GUIA else rotulo


def _descrito(caminho: str, versao: str | None) -> campos.Campo | None:
    """The field in the schema of that version or, where there is none such, in the newest that has it."""
    numeros = dict.fromkeys(filter(None, (versao, *(v.numero for v in reversed(catalogo.versoes())))))
    return next(filter(None, (campos.descrever(numero, caminho) for numero in numeros)), None)
