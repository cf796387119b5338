"""What there is to learn from guides that were found valid: cards, professionals and codes, each counted.

A lot may name a professional on each of 22,000 lines: what is written alike is looked at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from lxml import etree

from conecta.texto import para_busca
from convenios.terminologia_tabelas import DE_ITENS
from tiss_schemas.espacos import NS, nome_local
from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.profissionais import e_de_ninguem

_Escrito: TypeAlias = tuple[str | bytes, ...]
CRO: Final = "08"
"""The dentists' council, which a GTO does not name."""
_NOMES: Final = {
    "nomeProf": "nome",
    "nomeProfissional": "nome",
    "conselho": "conselho",
    "conselhoProfissional": "conselho",
    "numeroConselhoProfissional": "numero",
    "UF": "uf",
    "CBOS": "cbo",
    "CBO": "cbo",
    "cpfContratado": "cpf",
    "codigoPrestadorNaOperadora": "codigo",
    "nomeContratadoSolicitante": "contratado",
}
_DENTISTAS: Final = (
    {"nomeProfSolic": "nome", "croSolic": "numero", "ufSolic": "uf", "cbosSolic": "cbo"},
    {"nomeProfExec2": "nome", "croExec2": "numero", "ufExec2": "uf", "cbosExec2": "cbo"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profissional:
    """Somebody, as one guide names them. `codigo` is that of the operadora that the guide is for."""

    nome: str
    conselho: str
    numero: str
    uf: str
    cbo: str = ""
    cpf: str = ""
    codigo: str = ""

    @property
    def chave(self) -> tuple[str, str, str]:
        """By what two mentions are of the same person."""
        return self.conselho, self.numero, self.uf


@dataclass(frozen=True, slots=True)
class Codigo:
    """What a line charges; `despesa` is "" for a procedure."""

    tabela: str
    codigo: str
    despesa: str


@dataclass(slots=True)
class Aprendido:
    """How often each thing stands on the guides. `descricoes`: what a line calls the code."""

    carteiras: Counter[str] = field(default_factory=Counter)
    profissionais: Counter[Profissional] = field(default_factory=Counter)
    codigos: Counter[Codigo] = field(default_factory=Counter)
    descricoes: dict[Codigo, str] = field(default_factory=dict)


def ler(guias: Iterable[GuiaLida]) -> Aprendido:
    """All that these guides teach. Asks nothing of the database."""
    aprendido = Aprendido()
    mencoes: Counter[_Escrito] = Counter()
    exemplos: dict[_Escrito, etree._Element] = {}
    for guia in guias:
        if guia.numero_carteira:
            aprendido.carteiras[guia.numero_carteira] += 1
        aprendido.profissionais.update(_da_guia(guia))
        for item in guia.itens:
            if item.tabela in DE_ITENS and item.codigo:
                codigo = Codigo(item.tabela, item.codigo, item.codigo_despesa or "")
                aprendido.codigos[codigo] += 1
                if item.descricao:
                    aprendido.descricoes.setdefault(codigo, item.descricao)
            for membro in item.equipe:
                escrito = tuple(membro.itertext())
                mencoes[escrito] += 1
                exemplos.setdefault(escrito, membro)
    for escrito, vezes in mencoes.items():
        for quem in _profissional(_textos(exemplos[escrito])):
            aprendido.profissionais[quem] += vezes
    return aprendido


def _da_guia(guia: GuiaLida) -> Iterator[Profissional]:
    """Those whom the guide names outside of its lines."""
    match guia.tipo:
        case "guiaConsulta":
            yield from _em(guia, "ans:profissionalExecutante")
        case "guiaSP-SADT":
            yield from _em(guia, "ans:dadosSolicitante")
        case "guiaOdonto":
            grupo = guia.elemento.find("ans:dadosProfissionaisResponsaveis", NS)
            for nomes in _DENTISTAS if grupo is not None else ():
                yield from _profissional({"conselho": CRO} | _textos(grupo, nomes))


def _em(guia: GuiaLida, caminho: str) -> Iterator[Profissional]:
    grupo = guia.elemento.find(caminho, NS)
    if grupo is not None:
        yield from _profissional(_textos(grupo))


def _textos(grupo: etree._Element | None, nomes: dict[str, str] = _NOMES) -> dict[str, str]:
    achados: dict[str, str] = {}
    for no in () if grupo is None else grupo.iter(etree.Element):
        que = nomes.get(nome_local(str(no.tag)))
        if que is not None and no.text:
            achados.setdefault(que, no.text.strip())
    return achados


def _profissional(textos: dict[str, str]) -> Iterator[Profissional]:
    """Nobody, where it is not known who it is. Where the contratado is somebody else, so are its documents."""
    contratado = textos.pop("contratado", None)
    if contratado is not None and para_busca(contratado) != para_busca(textos.get("nome", "")):
        textos = {que: texto for que, texto in textos.items() if que not in ("cpf", "codigo")}
    if all(textos.get(que) for que in ("nome", "conselho", "numero", "uf")) and not e_de_ninguem(textos["numero"]):
        yield Profissional(**textos)
