"""The verdict on a file: what the schema and the rules say of it, and whether it may come in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from operator import itemgetter
from typing import Any, Final

from django.utils import timezone

from tiss_schemas.achados import Achado, Severidade
from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.leitura import ArquivoRecusado, Documento, ler
from tiss_schemas.lote_lido import LoteLido, ler_lote
from tiss_schemas.validacao import LIMITE_ACHADOS, ha_mais, validar_estrutura
from tiss_schemas.valores import contas_exatas
from uploads.cascatas import Cascatas
from uploads.regras import REGRAS, Alvo, Apontamento, Regra
from uploads.regras.bases import Base
from uploads.regras.contexto import Contexto, Modo
from uploads.regras.mensagem_lida import Mensagem

CarregarContexto = Callable[[LoteLido | None, Documento], Contexto]
"""Gives the register that the rules ask, once the file is read and its codes are known."""

_VERSAO_DECLARADA: Final = re.compile(rb"<(?:[\w.-]+:)?Padrao\s*>\s*([0-9.]{5,8})\s*<")
_CABECALHO_BYTES: Final = 8_192
_DA_MENSAGEM: Final = (Alvo.ARQUIVO, Alvo.MENSAGEM, Alvo.CABECALHO)


@dataclass(frozen=True, slots=True)
class Veredito:
    """What was found, in document order. `documento` is None where the file was not read, `lote` where it has none.

    Lines and paths of the findings hold for the bytes that were judged.
    """

    documento: Documento | None
    lote: LoteLido | None
    achados: tuple[Achado, ...]
    observados: tuple[Achado, ...] = ()
    """Found by rules that the operadora only observes: counted for it, and nobody else's business."""
    convenio_id: int | None = None
    """By which convênio the lot is billed; None where the register has none, or was not asked."""

    @property
    def valido(self) -> bool:
        """Whether nothing keeps the file out; what may be ignored still waits for somebody to ignore it."""
        return not any(achado.impede for achado in self.achados)


@coletor_em_pausa()
@contas_exatas()
def julgar(
    conteudo: bytes,
    nome: str | None = None,
    *,
    contexto_de: CarregarContexto | None = None,
    agora: datetime | None = None,
    operadora_escolhida: str | None = None,
) -> Veredito:
    """Judge the bytes of a file by the schema of its version and by every rule.

    `nome` is the name it came with, of which only the extension counts (None: not judged). Without `contexto_de` no
    register is asked and the rules that need one are left out; `agora` (default: now) and `operadora_escolhida` (a
    registro ANS) are for that case. Never raises for what a file may hold.
    """
    try:
        documento = ler(conteudo, nome)
    except ArquivoRecusado as recusado:
        return Veredito(None, None, (_com_codigo_da_versao(recusado.achado, conteudo),))
    lote = ler_lote(documento)
    if contexto_de is not None:
        contexto = contexto_de(lote, documento)
    else:
        contexto = Contexto(agora=timezone.localtime(agora), operadora_escolhida=operadora_escolhida)
    tribunal = _ouvido(Mensagem(documento, lote), contexto)
    convenio = contexto.convenio_do(lote)
    return Veredito(
        documento,
        lote,
        tuple(tribunal.em_ordem()),
        tuple(tribunal.observados),
        convenio_id=None if convenio is None else convenio.id,
    )


def _ouvido(mensagem: Mensagem, contexto: Contexto) -> _Tribunal:
    """Every rule asked, by the stopping rules: no version, nothing else; no header, no lot."""
    tribunal = _Tribunal(mensagem.documento, contexto)
    if tribunal.ouvir(Alvo.VERSAO, [mensagem]):
        return tribunal
    tribunal.receber(validar_estrutura(mensagem.documento))
    parou = [tribunal.ouvir(alvo, [mensagem]) for alvo in _DA_MENSAGEM]
    if mensagem.lote is not None and not any(parou):
        tribunal.ouvir(Alvo.LOTE, [mensagem.lote])
        tribunal.ouvir(Alvo.GUIA, mensagem.lote.guias)
    return tribunal


@dataclass(frozen=True, slots=True)
class _Selo:
    """What all findings of one rule have in common in one verdict."""

    regra: str
    codigo: str
    severidade: Severidade
    depende: tuple[Base, ...]


class _Tribunal:
    """Collects what rules say of one document, and keeps them silent where the schema has spoken already."""

    def __init__(self, documento: Documento, contexto: Contexto) -> None:
        self._documento = documento
        self._contexto = contexto
        self._da_estrutura: list[Achado] = []
        self._das_regras: list[tuple[int, Achado]] = []
        self._cascatas = Cascatas(())
        self._lugares: dict[str, int] = {}
        self._impedem = 0
        self._contados = 0
        self.observados: list[Achado] = []

    def receber(self, achados: list[Achado]) -> None:
        """Take the findings of the schema, which are in document order."""
        self._da_estrutura = achados
        self._impedem = len(achados)
        self._cascatas = Cascatas(achados)

    def ouvir(self, alvo: Alvo, sujeitos: Iterable[Any]) -> bool:
        """Ask every rule for `alvo` about every subject; whether one that stops the rest has found something."""
        encerra = False
        for regra in _regras(alvo, self._contexto):
            encontrou = self._ouvir(regra, sujeitos)
            encerra = encerra or (encontrou and regra.encerra)
        return encerra

    def _ouvir(self, regra: Regra, sujeitos: Iterable[Any]) -> bool:
        funcao = regra.funcao
        modo = regra.modo_em(self._contexto)
        if funcao is None or modo is Modo.DESLIGADA:
            return False
        anotar = self._observar if modo is Modo.OBSERVADA else self._anotar
        selo = _Selo(
            regra=regra.numero,
            codigo=regra.codigo_em(self._contexto, self._documento.versao),
            severidade=regra.severidade_em(self._contexto),
            depende=regra.depende,
        )
        antes = len(self._das_regras)
        for sujeito in sujeitos:
            for apontamento in funcao(sujeito, self._contexto):
                anotar(selo, apontamento)
        return len(self._das_regras) > antes

    def _basta(self, selo: _Selo) -> bool:
        """Whether it is only counted. What may be ignored is always told: else nobody could ignore it."""
        if selo.severidade is not Severidade.IMPEDITIVA:
            return False
        self._impedem += 1
        return self._impedem > LIMITE_ACHADOS

    def _anotar(self, selo: _Selo, apontamento: Apontamento) -> None:
        if (achado := self._achado(selo, apontamento)) is None:
            return
        if self._basta(selo):
            self._contados += 1
        else:
            lugar = -1 if apontamento.no is None else self._documento.deslocamento(apontamento.no)
            self._das_regras.append((lugar, achado))

    def _observar(self, selo: _Selo, apontamento: Apontamento) -> None:
        if (achado := self._achado(selo, apontamento)) is not None:
            self.observados.append(achado)

    def _achado(self, selo: _Selo, apontamento: Apontamento) -> Achado | None:
        no, conserto = apontamento.no, apontamento.conserto
        caminho = "/" if no is None else self._documento.caminho(no)
        if self._cascatas.cala(selo.depende, caminho):
            return None
        return Achado(
            regra=selo.regra,
            codigo=selo.codigo,
            severidade=selo.severidade,
            mensagem=apontamento.mensagem,
            caminho=caminho,
            linha=None if no is None else self._documento.linha(no),
            valor=apontamento.valor,
            esperado=apontamento.esperado,
            sugestao=apontamento.sugestao,
            conserto=conserto(self._documento.caminho) if callable(conserto) else conserto,
            tipo=apontamento.tipo,
        )

    def em_ordem(self) -> list[Achado]:
        """How the file was understood, then everything found by its place in it; about one place, the schema first."""
        em_ordem = list(self._documento.reparos)
        ate = 0
        for lugar, achado in sorted(self._das_regras, key=itemgetter(0)):
            depois = bisect_right(self._da_estrutura, lugar, lo=ate, key=self._lugar)
            em_ordem += self._da_estrutura[ate:depois]
            em_ordem.append(achado)
            ate = depois
        em_ordem += self._da_estrutura[ate:]
        return [*em_ordem, ha_mais(self._contados, "erros")] if self._contados else em_ordem

    def _lugar(self, achado: Achado) -> int:
        """Where the node of a finding of the schema stands; worked out only for those that are compared."""
        lugar = self._lugares.get(achado.caminho)
        if lugar is None:
            no = self._documento.no(achado.caminho)
            lugar = len(self._documento.conteudo) if no is None else self._documento.deslocamento(no)
            self._lugares[achado.caminho] = lugar
        return lugar


def _regras(alvo: Alvo, contexto: Contexto) -> Iterator[Regra]:
    for regra in REGRAS.values():
        if regra.alvo is alvo and regra.funcao is not None and (contexto.cadastro or not regra.cadastro):
            yield regra


def _com_codigo_da_versao(achado: Achado, conteudo: bytes) -> Achado:
    """The code for a file that was refused unread: its version is looked for where the header should be."""
    declarada = _VERSAO_DECLARADA.search(conteudo[:_CABECALHO_BYTES])
    return replace(achado, codigo=REGRAS[achado.regra].codigo_na(declarada[1].decode() if declarada else None))
