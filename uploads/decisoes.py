"""What a person decided about the causes of a file, kept while they go from page to page and until it is saved."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import timezone

from conecta.contas.models import Usuario
from uploads.controles import Acao
from uploads.models import Arquivo, Rascunho

_CAMPO = re.compile(r"v\d{1,3}|acao|justificativa")
_ACOES = {acao.value for acao in Acao}
MAIOR_DIGITADO = 10_000
"""Characters of what was typed into one field that are kept."""


@dataclass(slots=True)
class Decisao:
    """About one cause: what was chosen and typed, which places it leaves out, and which have a value of their own.

    `campos` has the fields of the form by their names ("acao", "v0", "justificativa"), as they were typed. `fora` and
    the keys of `outros` are ids of críticas. `nome` is what the screen called the cause.
    """

    nome: str = ""
    campos: dict[str, str] = field(default_factory=dict)
    fora: list[int] = field(default_factory=list)
    outros: dict[str, str] = field(default_factory=dict)

    @property
    def acao(self) -> str:
        """What was chosen, as it came: a form says what it means."""
        return self.campos.get("acao", "")

    @property
    def digitado(self) -> list[str]:
        """The texts that somebody wrote."""
        return [*(texto for nome, texto in self.campos.items() if nome != "acao" and texto), *self.outros.values()]

    @property
    def vazia(self) -> bool:
        """Whether it decides nothing."""
        return not (self.acao or self.digitado or self.fora)


@dataclass(slots=True)
class Decisoes:
    """About the whole file: `sugestoes` where all suggestions are marked, of which a cause's own decision is free."""

    sugestoes: bool = False
    recalcular: bool = True
    por_causa: dict[str, Decisao] = field(default_factory=dict)

    @property
    def vazias(self) -> bool:
        """Whether nothing was decided."""
        return not self.sugestoes and self.recalcular and not self.por_causa

    def usa_sugestao(self, causa: str) -> bool:
        """Whether the suggestion of a cause that has one is marked."""
        decisao = self.por_causa.get(causa)
        return self.sugestoes if decisao is None else decisao.acao == Acao.SUGESTAO

    def separar(self, existentes: Container[str]) -> list[Decisao]:
        """Take out what a new verdict has left behind: causes that are gone, and choices of places, which have others.

        What was taken out, to be shown.
        """
        idas = {c: d for c, d in self.por_causa.items() if c not in existentes or d.fora or d.outros}
        self.por_causa = {c: d for c, d in self.por_causa.items() if c not in idas}
        return list(idas.values())

    def receber(self, causas: Iterable[str], dados: Mapping[str, str]) -> None:
        """Take what a page of the screen sent about these causes. Their places are decided on a page of their own."""
        for causa in causas:
            antes = self.por_causa.get(causa, Decisao())
            campos = {nome: valor for nome, valor in antes.campos.items() if nome == "acao"} | _campos(causa, dados)
            decisao = Decisao(_guardavel(dados.get(f"c-{causa}-nome", "")), campos, antes.fora, antes.outros)
            if decisao.vazia and not (self.sugestoes and "acao" in campos):
                self.por_causa.pop(causa, None)
            else:
                self.por_causa[causa] = decisao

    def marcar_sugestoes(self) -> None:
        """Mark every suggestion; what somebody typed or chose instead stays."""
        self.sugestoes = True
        self.por_causa = {causa: decisao for causa, decisao in self.por_causa.items() if not decisao.vazia}

    def desmarcar_sugestoes(self) -> None:
        """Take all suggestions back, also those that were chosen cause by cause."""
        self.sugestoes = False
        for decisao in self.por_causa.values():
            if decisao.acao == Acao.SUGESTAO:
                decisao.campos["acao"] = ""
        self.por_causa = {causa: decisao for causa, decisao in self.por_causa.items() if not decisao.vazia}

    def deixar(self, causa: str) -> None:
        """Leave one cause as it is, whatever else is marked."""
        if self.sugestoes:
            self.por_causa[causa] = Decisao(self.por_causa.get(causa, Decisao()).nome, {"acao": ""})
        else:
            self.por_causa.pop(causa, None)

    def escolher(self, causa: str, nome: str, acao: Acao, *, so_se_nova: bool = False) -> None:
        """Choose what is done about a cause, or, with `so_se_nova`, write down what its form shows as chosen."""
        if not so_se_nova or causa not in self.por_causa:
            self.por_causa.setdefault(causa, Decisao()).campos["acao"] = acao.value
        self.por_causa[causa].nome = nome

    def em_lugares(self, causa: str, mostrados: set[int], marcados: set[int], outros: Mapping[int, str]) -> None:
        """Take what the list of a cause's places sent about the places that it showed."""
        decisao = self.por_causa.setdefault(causa, Decisao())
        decisao.fora = sorted((set(decisao.fora) - mostrados) | (mostrados - marcados))
        alheios = {pk: valor for pk, valor in decisao.outros.items() if int(pk) not in mostrados}
        decisao.outros = alheios | {str(pk): valor for pk, valor in outros.items() if valor.strip()}
        if decisao.vazia and not self.sugestoes:
            self.por_causa.pop(causa)


def _campos(causa: str, dados: Mapping[str, str]) -> dict[str, str]:
    """The fields of one cause, without those that still hold what they were shown with."""
    prefixo = f"c-{causa}-"
    campos: dict[str, str] = {}
    for nome, valor in dados.items():
        curto = nome.removeprefix(prefixo)
        if nome.startswith(prefixo) and _CAMPO.fullmatch(curto) and not _intocado(valor, dados.get(f"initial-{nome}")):
            campos[curto] = _guardavel(valor)
    if campos.get("acao", "") not in _ACOES:
        del campos["acao"]
    return campos


def _guardavel(texto: str) -> str:
    """What is kept of a text that somebody sent: no more than fits, and no null, which Postgres cannot hold."""
    return texto.replace("\0", "")[:MAIOR_DIGITADO]


def _intocado(valor: str, mostrado: str | None) -> bool:
    """Whether a field holds what it was shown with; line ends are as the browser likes them, or gone."""
    return mostrado is not None and _sem_quebras(valor) == _sem_quebras(mostrado)


def _sem_quebras(texto: str) -> str:
    return texto.replace("\r", "").replace("\n", "")


def carregar(arquivo: Arquivo, usuario: Usuario) -> Decisoes:
    """The decisions of this person about the file as it stands; none where it was judged anew since."""
    rascunho = Rascunho.objects.filter(_este_veredito(arquivo), arquivo=arquivo, usuario=usuario).first()
    return Decisoes() if rascunho is None else _de_json(rascunho.decisoes)


def guardar(arquivo: Arquivo, usuario: Usuario, decisoes: Decisoes) -> None:
    """Keep the decisions until they are saved, discarded, or overtaken by a verdict; none while there is no verdict."""
    if arquivo.processado_em is None:
        return
    if decisoes.vazias:
        esquecer(arquivo, usuario)
        return
    Rascunho.objects.update_or_create(
        arquivo=arquivo,
        usuario=usuario,
        defaults={
            "prestador_id": arquivo.prestador_id,
            "versao": arquivo.versao_atual,
            "conferido_em": arquivo.processado_em,
            "decisoes": asdict(decisoes),
            "alterado_em": timezone.now(),
        },
    )


def esquecer(arquivo: Arquivo, usuario: Usuario) -> None:
    """Forget what this person decided about the file."""
    Rascunho.objects.filter(arquivo=arquivo, usuario=usuario).delete()


def ultrapassadas(arquivo: Arquivo, usuario: Usuario) -> Decisoes:
    """What this person had decided about an earlier verdict, which is forgotten with that."""
    velho = Rascunho.objects.filter(arquivo=arquivo, usuario=usuario).exclude(_este_veredito(arquivo)).first()
    if velho is None:
        return Decisoes()
    velho.delete()
    return _de_json(velho.decisoes)


def digitado(decisoes: Iterable[Decisao]) -> list[tuple[str, list[str]]]:
    """What was typed, under the name of its cause."""
    return [(decisao.nome, decisao.digitado) for decisao in decisoes if decisao.digitado]


def _este_veredito(arquivo: Arquivo) -> Q:
    return Q(versao=arquivo.versao_atual, conferido_em=arquivo.processado_em)


def _de_json(dados: Mapping[str, Any]) -> Decisoes:
    por_causa = {causa: Decisao(**decisao) for causa, decisao in dados["por_causa"].items()}
    return Decisoes(dados["sugestoes"], dados["recalcular"], por_causa)


def ids(textos: Sequence[str]) -> set[int]:
    """The ids among texts that somebody sent."""
    return {int(texto) for texto in textos if texto.isascii() and texto.isdigit() and len(texto) < 19}
