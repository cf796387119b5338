"""Which controls a cause needs: from the path of a finding to the fields that a person can fill in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError

from tiss_schemas import campos, formulario
from tiss_schemas.achados import Tipo
from tiss_schemas.campos import Campo, TipoDeCampo
from tiss_schemas.edicao import ErroDeEdicao
from tiss_schemas.edicoes import Edicao, Incluir, Mover, Reler, Remover, Valor
from tiss_schemas.espacos import nome_local
from tiss_schemas.leitura import Documento
from tiss_schemas.operacoes import conferir_caracteres
from uploads.caminhos import HASH
from uploads.models import Critica

MAIOR_GRUPO = 12
"""Fields of a group that are offered; a group with more is mended where the file was made."""


class Acao(StrEnum):
    """What a person may decide about a cause."""

    NADA = ""
    SUGESTAO = "sugestao"
    CORRIGIR = "corrigir"
    REMOVER = "remover"
    MOVER = "mover"
    IGNORAR = "ignorar"


@dataclass(frozen=True, slots=True)
class Controle:
    """One field to fill in. `nome` is its path below the finding's own: "" for the node itself.

    `novo`: the element is not in the file, and filling it in puts it there.
    """

    campo: Campo
    nome: str
    novo: bool
    inicial: str | None = None

    def edicao(self, caminho: str, valor: str) -> Edicao:
        """The correction that puts `valor` there, for a finding at `caminho`."""
        return Incluir(caminho, self.nome, valor) if self.novo else Valor(self.caminho_em(caminho), valor)

    def caminho_em(self, caminho: str) -> str:
        """The path of the field itself, for a finding at `caminho`."""
        return caminho + "".join(f"/ans:{passo}" for passo in self.nome.split("/") if passo)


def controles_de(critica: Critica, versao: str, documento: Documento | None) -> list[Controle]:
    """The controls for a finding; none where only the system that made the file can mend it.

    `documento` is needed for a finding about a group, whose present fields are offered.
    """
    campo = campos.descrever(versao, critica.caminho)
    if campo is None or e_recalculada(critica):
        return []
    if critica.tipo == Tipo.FALTANDO:
        return list(_dos_que_faltam(campo, (critica.esperado or "").split(", ")))
    if critica.tipo in {Tipo.INESPERADO, Tipo.FORA_DE_ORDEM}:
        return []
    if campo.tipo is not TipoDeCampo.GRUPO:
        return [Controle(campo, "", novo=False, inicial=critica.valor)]
    return _do_grupo(campo, critica.caminho, documento)


def acoes_de(critica: Critica, controles: list[Controle], *, com_sugestao: bool) -> list[Acao]:
    """What may be decided, in the order in which it is offered; leaving it as it is always may."""
    acoes = [Acao.NADA]
    if com_sugestao:
        acoes.append(Acao.SUGESTAO)
    if controles:
        acoes.append(Acao.CORRIGIR)
    if critica.tipo == Tipo.INESPERADO:
        acoes.append(Acao.REMOVER)
    if critica.tipo == Tipo.FORA_DE_ORDEM and not com_sugestao:
        acoes.append(Acao.MOVER)
    if critica.severidade == Critica.Severidade.IGNORAVEL:
        acoes.append(Acao.IGNORAR)
    return [acao for acao in acoes if not (acao is Acao.REMOVER and critica.edicoes == (Remover(critica.caminho),))]


def edicao_da_estrutura(acao: Acao, caminho: str) -> Edicao:
    """The correction of an element that should not be there, or not there."""
    return Remover(caminho) if acao is Acao.REMOVER else Mover(caminho)


def e_recalculada(critica: Critica) -> bool:
    """Whether saving mends it by itself: hash, encoding and namespace are written anew with every version."""
    return critica.caminho.endswith(HASH) or critica.edicoes == (Reler(),)


def precisa_do_documento(critica: Critica, versao: str) -> bool:
    """Whether its controls can only be known with the message at hand."""
    campo = campos.descrever(versao, critica.caminho)
    return critica.tipo == Tipo.REGRA and campo is not None and campo.tipo is TipoDeCampo.GRUPO


def _dos_que_faltam(pai: Campo, nomes: list[str]) -> Iterator[Controle]:
    achados = [(achado, nome) for nome in nomes if (achado := _abaixo_de(pai, nome)) is not None]
    precisos = [par for achado, nome in achados for par in campos.folhas(achado, nome)]
    if len(precisos) <= MAIOR_GRUPO:
        yield from (Controle(campo, nome, novo=True) for campo, nome in precisos)


def _abaixo_de(pai: Campo, nome: str) -> Campo | None:
    """The field of that name in the group, or at that path below it ("dadosAutorizacao/senha")."""
    achado: Campo | None = pai
    for passo in nome.split("/"):
        filhos = achado.filhos if achado is not None else ()
        achado = next((filho for filho in filhos if filho.nome_xml == passo), None)
    return achado


def _do_grupo(grupo: Campo, caminho: str, documento: Documento | None) -> list[Controle]:
    elemento = documento.no(caminho) if documento else None
    if elemento is None:
        return []
    presentes = {nome_local(str(filho.tag)): filho.text or "" for filho in elemento if len(filho) == 0}
    controles = [
        Controle(campo, campo.nome_xml, novo=False, inicial=presentes[campo.nome_xml])
        for campo in grupo.filhos
        if campo.nome_xml in presentes and campo.tipo is not TipoDeCampo.GRUPO
    ]
    return controles if len(controles) <= MAIOR_GRUPO else []


def erro_no_valor(versao: str, caminho: str, digitado: str) -> str:
    """Why the standard would refuse what was typed into the field at `caminho`; "" where it accepts it.

    An empty field is no error: it leaves the file as it is. Of what is no field of the version nothing is said.
    """
    campo = campos.descrever(versao, caminho)
    if campo is None or campo.tipo is TipoDeCampo.GRUPO or not digitado.strip():
        return ""
    try:
        conferir_caracteres(caminho, digitado)
        formulario.campo_de_formulario(campo).clean(digitado)
    except ValidationError as erro:
        return " ".join(erro.messages)
    except ErroDeEdicao as erro:
        return erro.mensagem
    return ""
