"""From the causes found among the children of groups to what a person is told, and to the edits that mend each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, TypeAlias

from lxml import etree

from tiss_schemas import frases_de_estrutura as frases
from tiss_schemas.achados import Tipo
from tiss_schemas.calculados import Calculos
from tiss_schemas.conteudo import Causa, Filho, Problema, analisar
from tiss_schemas.edicoes import Edicao, Incluir, Mover, Remover, Renomear
from tiss_schemas.espacos import TAG_ANS, nome_local
from tiss_schemas.facetas import aceita
from tiss_schemas.modelo import Modelo, Trilha, trilha_de

_SO_COM: Final = {f"{TAG_ANS}epilogo": f"{TAG_ANS}hash"}
"""Groups of which one field is all that must be there."""

Argumento: TypeAlias = "etree._Element | str"


@dataclass(frozen=True, slots=True)
class Passo:
    """An edit whose places are still elements: `acao` is made of `argumentos`, each element becoming its path."""

    acao: type[Edicao]
    argumentos: tuple[Argumento, ...]


@dataclass(frozen=True, slots=True)
class Diagnostico:
    """The kind of error, the element that a person must look at, the sentence, and the steps that mend it."""

    tipo: Tipo
    elemento: etree._Element
    mensagem: str
    valor: str | None = None
    esperado: str | None = None
    conserto: tuple[Passo, ...] = ()


def retirados(diagnosticos: Iterable[Diagnostico]) -> set[etree._Element]:
    """The elements that the diagnoses would take out, whose values are therefore nobody's concern."""
    passos = (passo for diagnostico in diagnosticos for passo in diagnostico.conserto)
    return {alvo for passo in passos if passo.acao is Remover for alvo in passo.argumentos if not isinstance(alvo, str)}


@dataclass(frozen=True, slots=True)
class Caso:
    """A cause in a group of the document: `filhos` are its children, by which the indices of the cause count."""

    pai: etree._Element
    trilha: Trilha
    filhos: list[etree._Element]
    problema: Problema
    calculos: Calculos
    destino: etree._Element | None = None

    @property
    def envolvidos(self) -> list[etree._Element]:
        """The children that the cause is about."""
        return [self.filhos[indice] for indice in self.problema.indices]


class Clinica:
    """Finds the causes in groups of one tree, and remembers what is on its way from one group to another."""

    def __init__(self, modelo: Modelo) -> None:
        self._modelo = modelo
        self._chegam: dict[etree._Element, list[str]] = {}
        self._carentes: dict[str, list[etree._Element]] = {}
        self._com_lugar: dict[tuple[etree._Element, Trilha, str], list[etree._Element]] = {}
        self._calculos = Calculos()

    def espera(self, pai: etree._Element) -> bool:
        """Whether something that stands elsewhere is on its way to this group."""
        return pai in self._chegam

    def casos(self, pais: Iterable[etree._Element]) -> list[Caso]:
        """The causes in these groups. What stands in a wrong group is not missing in its own."""
        self._com_lugar, self._calculos = {}, Calculos()
        primeiros = {pai: list(self._do_grupo(pai)) for pai in pais}
        perdidos = {}
        for caso in (caso for casos in primeiros.values() for caso in casos):
            if caso.problema.causa is Causa.DESCONHECIDO and (destino := self._destino(caso)) is not None:
                self._chegam.setdefault(destino, []).append(caso.envolvidos[0].tag)
                perdidos[caso.envolvidos[0]] = destino
        agora = {pai: list(self._do_grupo(pai)) if self.espera(pai) else casos for pai, casos in primeiros.items()}
        return [self._com_destino(caso, perdidos) for casos in agora.values() for caso in casos]

    def _do_grupo(self, pai: etree._Element) -> Iterator[Caso]:
        trilha = trilha_de(pai)
        conhecidos = self._modelo.ordem(trilha)
        elementos = list(pai.iterchildren(etree.Element))
        filhos = tuple(
            Filho(
                filho.tag,
                () if filho.tag in conhecidos else tuple(neto.tag for neto in filho.iterchildren(etree.Element)),
            )
            for filho in elementos
        )
        for problema in analisar(self._modelo, trilha, filhos, tuple(self._chegam.get(pai, ()))):
            yield Caso(pai, trilha, elementos, problema, self._calculos)

    def _com_destino(self, caso: Caso, perdidos: dict[etree._Element, etree._Element]) -> Caso:
        if caso.problema.causa is not Causa.DESCONHECIDO:
            return caso
        return replace(caso, destino=perdidos.get(caso.envolvidos[0]))

    def _destino(self, caso: Caso) -> etree._Element | None:
        """The one group that lacks what stands here by mistake: the nearest first, those that need it before others."""
        tag = caso.envolvidos[0].tag
        lugares = [(_em_comum(lugar, caso.trilha), lugar) for lugar in self._modelo.lugares(tag)]
        for comum in sorted({comum for comum, _ in lugares if comum}, reverse=True):
            perto = [lugar for passos, lugar in lugares if passos == comum]
            ancestral = _acima(caso.pai, len(caso.trilha) - comum)
            livres = [grupo for lugar in perto for grupo in self._livres(ancestral, comum, lugar, tag)]
            if livres:
                certos = [grupo for grupo in livres if self._precisa(grupo, tag)] or livres
                return certos[0] if len(certos) == 1 else None
        carentes = self._dois_com_lugar(self._carentes_de(caso.pai, tag), tag)
        return carentes[0] if len(carentes) == 1 else None

    def _livres(self, ancestral: etree._Element, comum: int, lugar: Trilha, tag: str) -> list[etree._Element]:
        """The first groups at the trail `lugar` below `ancestral` that have room for a `tag`."""
        chave = (ancestral, lugar, tag)
        if chave not in self._com_lugar:
            grupos = _grupos(ancestral, lugar[comum:])
            self._com_lugar[chave] = [grupo for grupo in grupos if self._tem_lugar(grupo, tag)]
        return self._dois_com_lugar(self._com_lugar[chave], tag)

    def _dois_com_lugar(self, grupos: Iterable[etree._Element], tag: str) -> list[etree._Element]:
        """No more than two of those that still have room: where there are two, neither is the one that is meant."""
        return list(islice((grupo for grupo in grupos if self._tem_lugar(grupo, tag)), 2))

    def _carentes_de(self, pai: etree._Element, tag: str) -> list[etree._Element]:
        """Every group of the message that must have a `tag` and has none, looked for once."""
        if tag not in self._carentes:
            raiz = pai.getroottree().getroot()
            grupos = [grupo for lugar in self._modelo.lugares(tag) for grupo in _grupos(raiz, lugar[1:])]
            self._carentes[tag] = [g for g in grupos if self._precisa(g, tag) and self._tem_lugar(g, tag)]
        return self._carentes[tag]

    def _tem_lugar(self, grupo: etree._Element, tag: str) -> bool:
        vaga = self._modelo.vaga(trilha_de(grupo), tag)
        if vaga is None:
            return False
        ja = [filho.tag for filho in grupo.iterchildren(*vaga.tags)] + [
            outra for outra in self._chegam.get(grupo, ()) if outra in vaga.tags
        ]
        return not ja

    def _precisa(self, grupo: etree._Element, tag: str) -> bool:
        vaga = self._modelo.vaga(trilha_de(grupo), tag)
        return vaga is not None and vaga.obrigatoria

    def diagnosticar(self, caso: Caso) -> Diagnostico:
        """What is said of a cause."""
        if caso.destino is not None:
            return _grupo_errado(caso, caso.destino)
        return _DIAGNOSTICOS[caso.problema.causa](caso, self._modelo)


_PASSOS_ATE_A_GUIA: Final = 5
"""Steps from the root to a guide: what is lost in one is not looked for in another."""


def _em_comum(um: Trilha, outro: Trilha) -> int:
    """How many steps two trails share; 0 where that leaves the guide, or the header, of one of them."""
    comuns = next((i for i, (a, b) in enumerate(zip(um, outro, strict=False)) if a != b), min(len(um), len(outro)))
    return comuns if comuns >= _PASSOS_ATE_A_GUIA or um[1:2] == outro[1:2] == (f"{TAG_ANS}cabecalho",) else 0


def _acima(elemento: etree._Element, passos: int) -> etree._Element:
    """The ancestor so many steps up."""
    for _ in range(passos):
        pai = elemento.getparent()
        assert pai is not None
        elemento = pai
    return elemento


def _grupos(topo: etree._Element, passos: Trilha) -> list[etree._Element]:
    """The groups at these steps below `topo`."""
    return topo.findall("/".join(passos)) if passos else [topo]


def _vizinhos(caso: Caso, modelo: Modelo, tag: str) -> str:
    """Where `tag` belongs among the children that are there."""
    ordem = modelo.ordem(caso.trilha)
    presentes = sorted(
        {ordem[filho.tag]: filho.tag for filho in caso.filhos if filho.tag in ordem and filho.tag != tag}.items()
    )
    antes = [outra for posicao, outra in presentes if posicao < ordem[tag]]
    depois = [outra for posicao, outra in presentes if posicao > ordem[tag]]
    return frases.ao_lado(caso.trilha, antes[-1] if antes else None, depois[0] if depois else None)


def _nomes(tags: Iterable[str]) -> str:
    return ", ".join(nome_local(tag) for tag in tags)


def _de_falta(caso: Caso, modelo: Modelo) -> Diagnostico:
    tags = caso.problema.tags
    onde = _vizinhos(caso, modelo, tags[0])
    mensagem = frases.falta(caso.trilha, tags, f", {onde}" if onde else "")
    return Diagnostico(
        Tipo.FALTANDO, caso.pai, mensagem, esperado=_nomes(tags), conserto=_inclusao_calculada(caso, modelo)
    )


def _inclusao_calculada(caso: Caso, modelo: Modelo) -> tuple[Passo, ...]:
    """The one field that is missing, or is all of a missing group, where arithmetic or order says what it must hold."""
    if len(caso.problema.tags) != 1:
        return ()
    (tag,) = caso.problema.tags
    dentro = (tag,) if tag not in _SO_COM else (tag, _SO_COM[tag])
    texto = caso.calculos.valor(caso.pai, dentro[-1])
    if texto is None or not aceita(modelo, (*caso.trilha, *dentro), texto):
        return ()
    return (Passo(Incluir, (caso.pai, "/".join(map(nome_local, dentro)), texto)),)


def _de_vazio(caso: Caso, modelo: Modelo) -> Diagnostico:
    acima = caso.pai.getparent()
    irmaos = 0 if acima is None else sum(1 for irmao in acima.iterchildren(caso.pai.tag) if len(irmao))
    sobra = acima is not None and (modelo.opcional(caso.trilha) or irmaos > 0)
    mensagem = frases.vazio(caso.trilha, caso.problema.tags, sobra=sobra)
    conserto = (Passo(Remover, (caso.pai,)),) if sobra else _inclusao_calculada(caso, modelo)
    return Diagnostico(Tipo.FALTANDO, caso.pai, mensagem, esperado=_nomes(caso.problema.tags), conserto=conserto)


def _de_sem_grupo(caso: Caso, _modelo: Modelo) -> Diagnostico:
    (grupo,) = caso.problema.tags
    soltos = caso.envolvidos
    mensagem = frases.sem_grupo(caso.trilha, grupo, tuple(solto.tag for solto in soltos))
    existe = any(filho.tag == grupo for filho in caso.filhos)
    conserto = () if existe else _com_o_grupo(caso.pai, nome_local(grupo), soltos)
    return Diagnostico(Tipo.FALTANDO, caso.pai, mensagem, esperado=nome_local(grupo), conserto=conserto)


def _com_o_grupo(pai: etree._Element, grupo: str, soltos: list[etree._Element]) -> tuple[Passo, ...]:
    """Take the fields out and put them in again inside the group; none where a name in it would not be the only one."""
    folhas = [no for solto in soltos for no in solto.iter(etree.Element) if len(no) == 0]
    nomes = [f"{grupo}/{_caminho_abaixo(folha, pai)}" for folha in folhas]
    if len(set(nomes)) < len(nomes):
        return ()
    incluir = [Passo(Incluir, (pai, nome, folha.text or "")) for nome, folha in zip(nomes, folhas, strict=True)]
    return (*(Passo(Remover, (solto,)) for solto in soltos), *incluir)


def _caminho_abaixo(folha: etree._Element, pai: etree._Element) -> str:
    nomes = [nome_local(folha.tag)]
    for acima in folha.iterancestors():
        if acima is pai:
            break
        nomes.append(nome_local(acima.tag))
    return "/".join(reversed(nomes))


def _de_embrulhados(caso: Caso, _modelo: Modelo) -> Diagnostico:
    (embrulho,) = caso.envolvidos
    dentro = list(embrulho.iterchildren(etree.Element))
    mensagem = frases.embrulhados(caso.trilha, embrulho.tag, tuple(filho.tag for filho in dentro))
    conserto = (*(Passo(Mover, (filho, caso.pai)) for filho in dentro), Passo(Remover, (embrulho,)))
    return Diagnostico(Tipo.INESPERADO, embrulho, mensagem, conserto=conserto)


def _de_nome(caso: Caso, _modelo: Modelo) -> Diagnostico:
    (elemento,), (certa,) = caso.envolvidos, caso.problema.tags
    mensagem = frases.nome_errado(caso.trilha, elemento.tag, certa)
    certo = nome_local(certa)
    conserto = (Passo(Renomear, (elemento, certo)), *([Passo(Mover, (elemento,))] if caso.problema.deslocado else []))
    return Diagnostico(Tipo.INESPERADO, elemento, mensagem, esperado=certo, conserto=conserto)


def _de_desconhecido(caso: Caso, modelo: Modelo) -> Diagnostico:
    """What the standard has elsewhere is not to be thrown away: somebody has to say where it belongs."""
    (elemento,) = caso.envolvidos
    perdido = bool(modelo.lugares(elemento.tag)) and bool("".join(map(str, elemento.itertext())).strip())
    mensagem = frases.desconhecido(caso.trilha, elemento.tag, perdido=perdido)
    conserto = () if perdido else (Passo(Remover, (elemento,)),)
    return Diagnostico(Tipo.INESPERADO, elemento, mensagem, conserto=conserto)


def _grupo_errado(caso: Caso, destino: etree._Element) -> Diagnostico:
    (elemento,) = caso.envolvidos
    mensagem = frases.grupo_errado(caso.trilha, elemento.tag, trilha_de(destino))
    conserto = (Passo(Mover, (elemento, destino)),)
    return Diagnostico(Tipo.INESPERADO, elemento, mensagem, esperado=nome_local(destino.tag), conserto=conserto)


def _de_fora_de_ordem(caso: Caso, modelo: Modelo) -> Diagnostico:
    (elemento,) = caso.envolvidos
    onde = _vizinhos(caso, modelo, elemento.tag)
    mensagem = frases.fora_de_ordem(caso.trilha, elemento.tag, onde)
    conserto = (Passo(Mover, (elemento,)),)
    return Diagnostico(Tipo.FORA_DE_ORDEM, elemento, mensagem, esperado=f"deve vir {onde}", conserto=conserto)


def _de_repetido(caso: Caso, modelo: Modelo) -> Diagnostico:
    sobra = caso.envolvidos[0]
    outros = [filho for filho in caso.filhos if filho.tag == sobra.tag and filho is not sobra]
    igual = any(_iguais(sobra, outro) for outro in outros)
    vaga = modelo.vaga(caso.trilha, sobra.tag)
    maximo = (vaga.maximo(sobra.tag) if vaga else None) or 1
    mensagem = frases.repetido(caso.trilha, sobra.tag, maximo, igual=igual)
    vezes = "uma vez" if maximo == 1 else f"{maximo} vezes"
    conserto = (Passo(Remover, (sobra,)),) if igual and maximo == 1 else ()
    return Diagnostico(Tipo.INESPERADO, sobra, mensagem, esperado=f"no máximo {vezes}", conserto=conserto)


def _de_alternativa(caso: Caso, modelo: Modelo) -> Diagnostico:
    elemento, outra = caso.envolvidos[0], caso.problema.tags[0]
    outros = [filho for filho in caso.filhos if filho.tag == outra]
    campos = (no for no in (elemento, *outros) if modelo.valor((*caso.trilha, no.tag)) is not None)
    em_branco = next((campo for campo in campos if _em_branco(campo)), None)
    if em_branco is None:
        return Diagnostico(Tipo.INESPERADO, elemento, frases.alternativa(caso.trilha, elemento.tag, outra))
    mensagem = frases.alternativa_em_branco(
        caso.trilha, em_branco.tag, outra if em_branco is elemento else elemento.tag
    )
    return Diagnostico(Tipo.INESPERADO, em_branco, mensagem, conserto=(Passo(Remover, (em_branco,)),))


def _em_branco(elemento: etree._Element) -> bool:
    return len(elemento) == 0 and not (elemento.text or "").strip()


def _iguais(um: etree._Element, outro: etree._Element) -> bool:
    """Whether two elements hold the same, whatever their indentation."""
    return [(no.tag, (no.text or "").strip()) for no in um.iter()] == [
        (no.tag, (no.text or "").strip()) for no in outro.iter()
    ]


_DIAGNOSTICOS: Final[dict[Causa, Callable[[Caso, Modelo], Diagnostico]]] = {
    Causa.VAZIO: _de_vazio,
    Causa.FALTA: _de_falta,
    Causa.SEM_GRUPO: _de_sem_grupo,
    Causa.EMBRULHADOS: _de_embrulhados,
    Causa.NOME: _de_nome,
    Causa.DESCONHECIDO: _de_desconhecido,
    Causa.FORA_DE_ORDEM: _de_fora_de_ordem,
    Causa.REPETIDO: _de_repetido,
    Causa.ALTERNATIVA: _de_alternativa,
}
