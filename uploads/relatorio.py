"""What a dry run tells: the verdict on a file in words, its findings by cause, and the totals of its lot.

It is made where the file was judged, in a process of its own, and travels from there as plain values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from conecta.interface.formatos import inteiro
from lotes.recebimento import valor_informado
from tiss_schemas.achados import Achado, Severidade
from tiss_schemas.lote_lido import TIPOS_DE_GUIA, LoteLido
from uploads.caminhos import Caminhos, Lugar
from uploads.causas import por_causa
from uploads.comparacao import DePara, comparar, em_palavras, valores_em
from uploads.veredito import Veredito

CAUSAS_MOSTRADAS: Final = 500
LUGARES_DA_CAUSA: Final = 50
LUGARES_MOSTRADOS: Final = 3_000
"""Places listed in all: a page with more is slower than its reader."""
MAIOR_TEXTO: Final = 300
"""Characters of a value that are shown."""

_PESO: Final = {Severidade.IMPEDITIVA: 0, Severidade.IGNORAVEL: 1, Severidade.INFORMATIVA: 2}


@dataclass(frozen=True, slots=True)
class LugarDoTeste:
    """One finding: where it is, the value there, and what would be put in its place.

    Where the suggestion is more than another value, `sugestao` is None and `passos` says what it does.
    """

    guia: str
    caminho: str
    linha: int | None
    valor: str | None
    sugestao: str | None
    passos: list[str]

    @property
    def de_para(self) -> DePara | None:
        """Before and after, with what differs between them; None where the suggestion is no other value."""
        return None if self.sugestao is None else comparar(self.valor or "", self.sugestao)


@dataclass(frozen=True, slots=True)
class CausaDoTeste:
    """Findings that one decision would settle. `total` counts all of them, `lugares` has those that are listed."""

    regra: str
    codigo: str
    severidade: str
    mensagem: str
    total: int
    guias: int
    sugestoes: int
    lugares: list[LugarDoTeste]
    titulo: str = ""

    @property
    def resto(self) -> int:
        """Places that are not listed."""
        return self.total - len(self.lugares)

    @property
    def com_valor(self) -> bool:
        """Whether there is a value to show at any place."""
        return any(lugar.valor for lugar in self.lugares)

    @property
    def primeiro(self) -> LugarDoTeste:
        """The first place in the file."""
        return self.lugares[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relatorio:
    """The report. Without `lido` the bytes were no message that can be read; `valor` is in reais."""

    nome: str
    testado_em: datetime
    lido: bool
    sha256: str
    tamanho: int
    versao: str
    tipo_de_guia: str
    registro_ans: str
    numero_lote: str
    guias: int
    itens: int
    valor: Decimal
    impedem: int
    ignoraveis: int
    informativas: int
    sugestoes: int
    causas_ao_todo: int
    causas: list[CausaDoTeste]
    operadora: str = ""

    @property
    def achados(self) -> int:
        """How many findings there are, listed or not."""
        return self.impedem + self.ignoraveis + self.informativas

    @property
    def causas_a_mais(self) -> int:
        """Causes that are not listed."""
        return self.causas_ao_todo - len(self.causas)

    @property
    def achados_a_mais(self) -> int:
        """Findings of the causes that are not listed."""
        return self.achados - sum(causa.total for causa in self.causas)

    @property
    def tom(self) -> str:
        """The tone of the verdict on a screen."""
        if self.impedem:
            return "vermelho"
        return "ambar" if self.ignoraveis else "neutro"

    @property
    def veredito(self) -> str:
        """The verdict in one sentence."""
        if not self.lido:
            return "Não seria importado: o arquivo não pode ser lido."
        if self.impedem:
            verbo = "crítica impede" if self.impedem == 1 else "críticas impedem"
            return f"Não seria importado: {inteiro(self.impedem)} {verbo} a importação."
        if self.ignoraveis:
            verbo = "crítica espera" if self.ignoraveis == 1 else "críticas esperam"
            return f"Ainda não seria importado: {inteiro(self.ignoraveis)} {verbo} correção ou justificativa."
        return "Seria importado: nada impede este arquivo."

    def em_valores(self) -> dict[str, Any]:
        """The report in values that JSON knows."""
        return {**asdict(self), "valor": str(self.valor), "testado_em": self.testado_em.isoformat()}

    @classmethod
    def de_valores(cls, valores: Mapping[str, Any]) -> Relatorio:
        """The report that `em_valores` was made of."""
        causas = [
            CausaDoTeste(**{**causa, "lugares": [LugarDoTeste(**lugar) for lugar in causa["lugares"]]})
            for causa in valores["causas"]
        ]
        exatos = {
            "valor": Decimal(valores["valor"]),
            "testado_em": datetime.fromisoformat(valores["testado_em"]),
            "causas": causas,
        }
        return cls(**{**valores, **exatos})


def relatar(veredito: Veredito, *, nome: str, sha256: str, tamanho: int, agora: datetime) -> Relatorio:
    """The report of a verdict, without what only the database can name: titles of codes, the operadora."""
    # What stops the file first, then as in the file.
    grupos = sorted(por_causa(veredito.achados), key=lambda grupo: _PESO[grupo[0].severidade])
    contas = {peso: sum(achado.severidade is peso for achado in veredito.achados) for peso in Severidade}
    documento = veredito.documento
    return Relatorio(
        nome=nome,
        testado_em=agora,
        lido=documento is not None,
        sha256=sha256,
        tamanho=tamanho,
        versao=((documento.versao or "") if documento else "")[:8],
        impedem=contas[Severidade.IMPEDITIVA],
        ignoraveis=contas[Severidade.IGNORAVEL],
        informativas=contas[Severidade.INFORMATIVA],
        sugestoes=sum(bool(achado.edicoes) for achado in veredito.achados),
        causas_ao_todo=len(grupos),
        causas=list(_causas(grupos, veredito)),
        **_do_lote(veredito.lote),
    )


def _do_lote(lote: LoteLido | None) -> dict[str, Any]:
    guias = lote.guias if lote else []
    return {
        "tipo_de_guia": TIPOS_DE_GUIA.get((lote.tipo_guia or "") if lote else "", ""),
        "registro_ans": _curto((lote.registro_ans_destino or "") if lote else ""),
        "numero_lote": _curto((lote.numero_lote or "") if lote else ""),
        "guias": len(guias),
        "itens": sum(len(guia.itens) for guia in guias),
        "valor": sum((valor_informado(guia) for guia in guias), Decimal(0)),
    }


def _causas(grupos: Sequence[list[Achado]], veredito: Veredito) -> Iterator[CausaDoTeste]:
    caminhos = Caminhos(veredito.documento, veredito.lote)
    versao = (veredito.documento.versao or "") if veredito.documento else ""
    ainda = LUGARES_MOSTRADOS
    for grupo in islice(grupos, CAUSAS_MOSTRADAS):
        listados = grupo[: max(1, min(LUGARES_DA_CAUSA, ainda))]
        ainda -= len(listados)
        yield _causa(grupo, [_lugar(achado, caminhos.lugar(achado.caminho), versao) for achado in listados], caminhos)


def _causa(grupo: Sequence[Achado], lugares: list[LugarDoTeste], caminhos: Caminhos) -> CausaDoTeste:
    primeiro = grupo[0]
    return CausaDoTeste(
        regra=primeiro.regra,
        codigo=primeiro.codigo,
        severidade=primeiro.severidade.value,
        mensagem=primeiro.mensagem,
        total=len(grupo),
        guias=len({caminhos.lugar(achado.caminho).guia for achado in grupo} - {""}),
        sugestoes=sum(bool(achado.edicoes) for achado in grupo),
        lugares=lugares,
    )


def _lugar(achado: Achado, lugar: Lugar, versao: str) -> LugarDoTeste:
    valor, sugestao = _de_para(achado, versao)
    return LugarDoTeste(
        guia=lugar.guia,
        caminho=lugar.legivel,
        linha=achado.linha,
        valor=valor,
        sugestao=sugestao,
        passos=[_curto(passo) for passo in em_palavras(achado.conserto, achado)],
    )


def _de_para(achado: Achado, versao: str) -> tuple[str | None, str | None]:
    """The value and its suggestion, as their field is written on paper; None for what there is not."""
    if achado.valor is None and achado.sugestao is None:
        return None, None
    lado_a_lado = valores_em(versao, achado, achado.sugestao or "")
    de, para = (f"{lado_a_lado.inicio}{meio}{lado_a_lado.fim}" for meio in (lado_a_lado.de, lado_a_lado.para))
    return _curto(de), None if achado.sugestao is None else _curto(para)


def _curto(texto: str) -> str:
    return texto if len(texto) <= MAIOR_TEXTO else f"{texto[:MAIOR_TEXTO]}…"
